"""One option of the practice command for everything that can go wrong in the practice store."""

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any

import typer

from cancel_desk.practice.bodies import Shape
from cancel_desk.practice.faults import Fault, Faults

_HELP = {
    Fault.TOO_MANY_REQUESTS: "Answers 429 although there is room.",
    Fault.UNAUTHORIZED: "Answers 401 although the token is good.",
    Fault.ERROR_BEFORE: "Answers 5xx and cancels nothing.",
    Fault.ERROR_AFTER: "Cancels, then answers 5xx.",
    Fault.LOST_REPLY_BEFORE: "Breaks the connection and cancels nothing.",
    Fault.LOST_REPLY_AFTER: "Cancels, then breaks the connection.",
    Fault.BROKEN_JSON: "Cancels, then answers broken JSON.",
    Fault.HTML_PAGE: "Answers a web page and cancels nothing.",
    Fault.SLOW: "Cancels, then answers late.",
    Fault.LINE_SKIPPED: "Answers 200, but leaves the last line as it was.",
    "slow_seconds": "Seconds that a late answer takes.",
    "latency": "Seconds that every call takes.",
    "read_lag": "Seconds for which an order still reads as before its cancel.",
    "shape": "How errors are written.",
    "single_objects": "Answers a list of one as the bare object.",
    "view_only": "Gives out tokens that may only read.",
    "on_reads": "Lets the faults strike reading orders too.",
}
_PANEL = "Faults (rates from 0 to 1)"


def with_fault_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that takes ``**faults`` an option for each field of Faults."""
    signature = inspect.signature(command)
    own = [each for each in signature.parameters.values() if each.kind is not each.VAR_KEYWORD]
    added = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=annotation
        )
        for field in fields(Faults)
        for annotation in [_option(field.name, field.default)]
    ]
    command.__signature__ = signature.replace(parameters=[*own, *added])  # type: ignore[attr-defined]
    # Read by typer beside the signature.
    command.__annotations__ |= {each.name: each.annotation for each in added}
    return command


def _option(name: str, default: object) -> Any:
    word = f"--{name.replace('_', '-')}"
    if default is None:
        return _annotated(Shape | None, word, name)
    if isinstance(default, bool):
        return _annotated(bool, word, name)
    if name in set(Fault):
        return _annotated(float, word, name, metavar="RATE", min=0.0, max=1.0)
    return _annotated(float, word, name, metavar="SECONDS", min=0.0)


def _annotated(kind: Any, word: str, name: str, **more: Any) -> Any:
    return Annotated[kind, typer.Option(word, help=_HELP[name], rich_help_panel=_PANEL, **more)]
