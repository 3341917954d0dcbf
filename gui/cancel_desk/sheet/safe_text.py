"""Text made fit for a file format, so that no cell runs as a formula or breaks the file."""

import re

XLSX_CELL_LENGTH = 32_767

# XML has no way to hold these; spreadsheet programs read _xHHHH_ as the character. A carriage
# return XML can hold, but its readers turn it into a line feed. What looks like such an escape
# already needs its first underscore escaped to stay what it is.
_XLSX_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_RISKY_START = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def xlsx_text(text: str) -> str:
    """Return text as the content of an XLSX string cell, cut at the length a cell can hold."""
    escaped = _XLSX_ESCAPED.sub(_escape, text)
    if escaped.isspace():
        # openpyxl does not mark blanks alone as kept, and readers then drop them.
        escaped = re.sub("[ \t\n]", _escape, escaped)
    if len(escaped) > XLSX_CELL_LENGTH:
        return escaped[: XLSX_CELL_LENGTH - 1] + "…"
    return escaped


def csv_text(text: str) -> str:
    """Return text for a CSV cell: a leading apostrophe where it would run as a formula.

    Plain numbers stay as they are, whatever their sign, and so does every id without a sign.
    """
    if text.startswith(_RISKY_START) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
