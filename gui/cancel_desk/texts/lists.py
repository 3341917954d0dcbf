"""Words one after another, with the signs that a language puts between them."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import reduce

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.results import Result


def listed(parts: Iterable[str]) -> str:
    """Return the parts as a list; "" for none."""
    every = list(parts)
    words = _("{listed}, {next}")
    return reduce(lambda done, part: words.format(listed=done, next=part), every) if every else ""


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one behind the other; blank ones are left out."""
    words = _("{sentence} {next}")
    told = [part for part in parts if part]
    return reduce(lambda done, part: words.format(sentence=done, next=part), told) if told else ""


def about(name: str, text: str) -> str:
    """Return what is said about something, behind its name."""
    return _("{name}: {text}").format(name=name, text=text)


def counted(result: Result, number: int) -> str:
    """Return how many rows have a result, as a part of a list."""
    return _COUNTED[result](number).format(n=grouped(number))


def counts_words(counts: Counter[Result] | None) -> str:
    """Return how many rows have each result; "" where it isn't known."""
    counts = counts or Counter()
    return listed(counted(result, counts[result]) for result in Result if counts[result])


_COUNTED: dict[Result, Callable[[int], str]] = {
    Result.CANCELLED: lambda n: ngettext("{n} cancelled", "{n} cancelled", n),
    Result.REFUSED: lambda n: ngettext("{n} refused", "{n} refused", n),
    Result.UNKNOWN: lambda n: ngettext("{n} unknown", "{n} unknown", n),
    Result.LEFT_OUT: lambda n: ngettext("{n} left out", "{n} left out", n),
    Result.NOT_SENT: lambda n: ngettext("{n} not sent", "{n} not sent", n),
    Result.ALREADY_CANCELLED: lambda n: ngettext(
        "{n} already cancelled", "{n} already cancelled", n
    ),
}
