"""Reading JSON that says the same thing in several ways: wrapped or not, text or number."""

import json
import re
from collections.abc import Mapping


class UnreadableReply(ValueError):  # noqa: N818 - it reads as what happened
    """A reply that doesn't say what was asked, so that nothing may be concluded from it."""


def decode(body: bytes) -> object:
    """Return what the JSON text says. Raises UnreadableReply; NaN and Infinity are refused."""
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise UnreadableReply("not JSON") from None


def _no_constant(name: str) -> object:
    raise ValueError(name)


def as_mapping(value: object, name: str) -> Mapping[str, object]:
    """Return ``value`` if it is an object. Raises UnreadableReply."""
    if not isinstance(value, Mapping):
        raise UnreadableReply(f"{name} is not an object")
    return value


def optional_mapping(value: object) -> Mapping[str, object]:
    """Return ``value`` if it is an object, else an empty one: for what may be missing."""
    return value if isinstance(value, Mapping) else {}


def items(container: object, key: str) -> tuple[object, ...]:
    """Return the things called ``key`` in ``container``: an array, one object, or none.

    ``container`` may be the array itself, without the object around it.
    """
    found = container.get(key) if isinstance(container, Mapping) else container
    if found is None or found == "":
        return ()
    return tuple(found) if isinstance(found, list) else (found,)


def storable(text: str) -> str:
    """Return text without lone surrogates: JSON may hold them, but no file or digest can."""
    return text.encode("utf-8", "replace").decode()


def as_text(value: object, name: str, *, blank: bool = False) -> str:
    """Return text from text or a whole number. Raises UnreadableReply for anything else.

    None and "" pass only where ``blank`` says so.
    """
    if isinstance(value, str):
        text = storable(value).strip()
    elif value is None:
        text = ""
    elif isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        text = str(int(value))
    else:
        raise UnreadableReply(f"{name} is neither text nor a whole number")
    if not text and not blank:
        raise UnreadableReply(f"{name} is missing")
    return text


def as_units(value: object, name: str) -> int:
    """Return a count of units from "2", 2, 2.0 or "2.0". Raises UnreadableReply."""
    text = as_text(value, name)
    if not re.fullmatch(r"[0-9]{1,9}(\.0*)?", text):
        raise UnreadableReply(f"{name} is not a count of units")
    return int(text.split(".")[0])
