"""Text made fit for a file format, so that no cell runs as a formula or breaks the file."""

import re

from cancel_desk.sheet.problems import SheetError, SheetProblem

XLSX_CELL_LENGTH = 32_767

# XML has no way to hold these; spreadsheet programs read _xHHHH_ as the character. A carriage
# return XML can hold, but its readers turn it into a line feed. What looks like such an escape
# already needs its first underscore escaped to stay what it is.
_XLSX_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# The wide forms are what a Japanese or Chinese keyboard types; Excel takes them for the plain ones.
_RISKY_START = re.compile("[=+@\x00-\x1f\x7f＝＋－＠-]")  # noqa: RUF001
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def xlsx_text(text: str) -> str:
    """Return text as the content of an XLSX string cell, which is read back as the same text."""
    escaped = _XLSX_ESCAPED.sub(_escape, text)
    if escaped.isspace():
        # openpyxl does not mark blanks alone as kept, and readers then drop them.
        escaped = re.sub("[ \t\n]", _escape, escaped)
    return escaped


def fitting(text: str, *, row: int) -> str:
    """Return text that fits into a cell of a workbook; SheetError names the row if it does not.

    Excel counts in units of UTF-16, of which some characters take two.
    """
    if len(text) > XLSX_CELL_LENGTH // 2 and len(text.encode("utf-16-le", "surrogatepass")) > (
        2 * XLSX_CELL_LENGTH
    ):
        raise SheetError(SheetProblem.OUTPUT_CELL_TOO_LONG, row=row, limit=XLSX_CELL_LENGTH)
    return text


def csv_text(text: str) -> str:
    """Return text for a CSV cell: a leading apostrophe where it would run as a formula.

    Plain numbers stay as they are, whatever their sign, and so does every id without a sign.
    """
    if _RISKY_START.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
