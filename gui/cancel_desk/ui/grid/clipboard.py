"""Blocks of cells as the text and the table that spreadsheet programs exchange, both ways."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

from cancel_desk.sheet.limits import DEFAULT_LIMITS
from cancel_desk.sheet.problems import SheetError
from cancel_desk.sheet.web_tables import read_tables, stands_for

CELLS: Final = "application/x-cancel-desk-cells"
"""The kind of data that says that a copy was made in this program."""

Block = list[list[str]]
"""Rows of cell texts; they need not be equally long."""

# A cell in quotes ends at a tab or a line's end; a quote anywhere else is just a character.
_QUOTED = re.compile(r'"((?:[^"]+|"")*+)"(?=[\t\r\n]|\Z)')
_CELL_END = re.compile(r"[\t\r\n]|\Z")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MAYBE_SHORTENED = re.compile(r"[0-9][eE]\+[0-9]|##|[0-9][,.' \u00a0\u2009\u202f][0-9]{3}")
_NEEDS_QUOTES = re.compile(r'[\t\r\n]|\A"')


def to_text(block: Iterable[Sequence[str]]) -> str:
    """Return a block as tab-separated lines, each with its end, as spreadsheet programs do.

    Cells that would be torn apart are quoted. A single cell stands alone, so that it can be pasted
    into a field as well.
    """
    text = "".join("\t".join(map(_quoted, row)) + "\n" for row in block)
    alone = "\t" not in text and text.count("\n") == 1
    return text.removesuffix("\n") or text if alone else text


def to_html(block: Iterable[Sequence[str]]) -> str:
    """Return a block as a table of texts: numbers in it are not to be made anything else of.

    Excel heeds the number format in the style, LibreOffice the one in ``sdnum``.
    """
    rows = "".join(f"<tr>{''.join(map(_cell_html, row))}</tr>\n" for row in block)
    return (
        '<html><head><meta charset="utf-8"></head><body>\n<!--StartFragment--><table>\n'
        f"{rows}</table><!--EndFragment-->\n</body></html>"
    )


def from_both(text: str, page: str) -> Block:
    """Return the block on a clipboard that holds a text and a table.

    The text counts, for a table folds blanks. But where a number is shown shortened in it and the
    table knows its digits, those are taken.
    """
    block = from_text(text)
    if text.strip() and not _MAYBE_SHORTENED.search(text):
        return block  # reading a long table takes a while
    try:
        [table] = read_tables(page[max(page.find("<"), 0) :], DEFAULT_LIMITS).values()
    except (SheetError, ValueError):  # no table, or several
        return block
    if not text.strip():
        return [row.cells for row in table.rows]
    if [len(row) for row in block] != [len(row.cells) for row in table.rows]:
        return block
    for row, known in zip(block, table.rows, strict=True):
        for at, (shown, whole) in enumerate(zip(row, known.cells, strict=True)):
            if shown != whole and whole.isdecimal() and stands_for(shown.strip(), whole):
                row[at] = whole
    return block


def from_text(text: str) -> Block:
    """Return the block in a text; one line's end behind the last row is no row of its own."""
    if '"' not in text:  # nearly always, and several times as fast
        lines = _LINE_END.split(text)
        return [line.split("\t") for line in (lines if lines[-1] else lines[:-1])]
    block: Block = []
    at = 0
    while at < len(text):
        cell, at = _cell(text, at)
        row = [cell]
        while text.startswith("\t", at):
            cell, at = _cell(text, at + 1)
            row.append(cell)
        block.append(row)
        end = _LINE_END.match(text, at)
        at = end.end() if end else at
    return block


def _cell(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at)
    if quoted:
        return quoted[1].replace('""', '"'), quoted.end()
    end = _CELL_END.search(text, at)
    stop = end.start() if end else len(text)
    return text[at:stop], stop


def _cell_html(cell: str) -> str:
    lines = re.split(r"\r\n|\r|\n", cell)
    words = '<br style="mso-data-placement:same-cell">'.join(map(html.escape, lines))
    return f"""<td style='mso-number-format:"\\@"' sdnum="1033;0;@">{words}</td>"""


def _quoted(cell: str) -> str:
    return '"{}"'.format(cell.replace('"', '""')) if _NEEDS_QUOTES.search(cell) else cell
