"""Blocks of cells as the text that spreadsheet programs exchange, both ways."""

import re
from collections.abc import Iterable, Sequence

Block = list[list[str]]
"""Rows of cell texts; they need not be equally long."""

# A cell in quotes ends at a tab or a line's end; a quote anywhere else is just a character.
_QUOTED = re.compile(r'"((?:[^"]+|"")*+)"(?=[\t\r\n]|\Z)')
_CELL_END = re.compile(r"[\t\r\n]|\Z")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NEEDS_QUOTES = re.compile(r'[\t\r\n]|\A"')


def to_text(block: Iterable[Sequence[str]]) -> str:
    """Return a block as tab-separated lines, each with its end, as spreadsheet programs do.

    Cells that would be torn apart are quoted. A single cell stands alone, so that it can be pasted
    into a field as well.
    """
    text = "".join("\t".join(map(_quoted, row)) + "\n" for row in block)
    alone = "\t" not in text and text.count("\n") == 1
    return text.removesuffix("\n") or text if alone else text


def from_text(text: str) -> Block:
    """Return the block in a text; one line's end behind the last row is no row of its own."""
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


def _quoted(cell: str) -> str:
    return '"{}"'.format(cell.replace('"', '""')) if _NEEDS_QUOTES.search(cell) else cell
