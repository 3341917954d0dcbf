"""Walmart's own words, found in any of the ten shapes an error body has been seen in."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cancel_desk.walmart.loose_json import (
    UnreadableReply,
    decode,
    items,
    optional_mapping,
    storable,
)

MAX_WORDS = 500
_MOST_READ = 8 * MAX_WORDS  # the patterns below take long over a long word

# First one that is there wins; `title` belongs to problem+json, `error_description` to OAuth.
_SENTENCES = ("description", "message", "error_description", "info", "detail", "title")
_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Only with separators: a bare run of digits is an order number, which must stay readable.
_PHONE = re.compile(r"(?<![\w-])(\+?\d{1,2}[-. ])?(\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-])")
_TOKEN = re.compile(r"eyJ[\w-]{5,}[\w.-]*|(?:Basic|Bearer) +[\w+/=.-]{8,}", re.IGNORECASE)


class WalmartWords(NamedTuple):
    """An error code with its suffix ("" when there is none) and one line of Walmart's text."""

    code: str
    text: str


def read_words(body: bytes) -> WalmartWords:
    """Return what an error body says; empty words for an empty body. Never raises."""
    if not body.strip():
        return WalmartWords("", "")
    try:
        payload = decode(body)
    except UnreadableReply:
        return _from_markup(body.decode("utf-8", "replace"))
    return words_in(payload)


def words_in(payload: object) -> WalmartWords:
    """Return what the ``error`` or ``errors`` of a decoded body say, or a bare text's own words.

    Empty words when the body tells of no error.
    """
    if isinstance(payload, str):
        return WalmartWords("", plain(payload))
    found = [_one(error) for error in _errors(payload)]
    texts = dict.fromkeys(words.text for words in found if words.text)
    code = next((words.code for words in found if words.code), "")
    return WalmartWords(code, plain("; ".join(texts)))


def plain(text: str) -> str:
    """Return one line without tokens, e-mail addresses and telephone numbers, 500 at most."""
    line = hidden(" ".join(storable(html.unescape(text)).split())[:_MOST_READ])
    return line if len(line) <= MAX_WORDS else line[: MAX_WORDS - 1] + "…"


def hidden(text: str) -> str:
    """Return text with its tokens, e-mail addresses and telephone numbers hidden."""
    for pattern, instead in ((_TOKEN, "[hidden]"), (_E_MAIL, "[e-mail]"), (_PHONE, "[phone]")):
        text = pattern.sub(instead, text)
    return text


def _errors(payload: object) -> Iterable[object]:
    top = optional_mapping(payload)
    if isinstance(top.get("error"), str):
        return (top,)  # OAuth: the code itself stands in `error`
    if "errors" in top:
        errors = top["errors"]
        return items(errors, "error") if isinstance(errors, Mapping) else items(top, "errors")
    if "error" in top:
        return items(top, "error")
    if "list" in top:
        return items(top["list"], "errors")
    return (top,) if "title" in top or "detail" in top or "code" in top else ()


def _one(error: object) -> WalmartWords:
    told = optional_mapping(error)
    code = told.get("code") or told.get("error") or ""
    sentence = next((str(told[key]) for key in _SENTENCES if told.get(key)), "")
    causes = [
        str(optional_mapping(cause).get("description") or "")
        for cause in items(told.get("causes"), "cause")
    ]
    parts = dict.fromkeys(part for part in (sentence, *causes) if part)
    text = "; ".join(parts)
    field = told.get("field")
    if isinstance(field, str) and field and field not in text:
        text = f"{text} ({field})" if text else field
    return WalmartWords(plain(str(code)), text)


def _from_markup(text: str) -> WalmartWords:
    """Read XML (namespaced or not) or an HTML page of the network's edge.

    By pattern and not with a parser: a broken page must still give its words, and a hostile one
    must not make a parser expand anything.
    """
    if re.search(r"<(\w+:)?(errors?|_InternalGMPErrorWrapper)\b", text):
        return WalmartWords(
            plain(_inside(text, "code")),
            plain(_inside(text, "description") or _inside(text, "info")),
        )
    title = _inside(text, "title") or _inside(text, "h1")
    reference = re.search(r"Reference\s*#\s*([\w.]{4,80})", html.unescape(text))
    told = [title, f"Reference #{reference[1]}" if reference else ""]
    return WalmartWords("", plain(" ".join(part for part in told if part)))


def _inside(text: str, tag: str) -> str:
    found = re.search(rf"<(?:\w+:)?{tag}\b[^<>]*>([^<]*)</", text, re.IGNORECASE)
    return found[1] if found else ""
