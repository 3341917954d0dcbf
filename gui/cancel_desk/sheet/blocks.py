"""Rows on their way from a reader, many at a time: whole columns go far faster than single cells.

What is done here to a whole block gives the same as done to each of its rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice, zip_longest
from typing import NamedTuple, TypeVar

from cancel_desk.sheet.headed import HEADER_SEARCH, ReadRow, filled_rows, used_width
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.rows import Mark

_FIRST_ROWS = 2 * HEADER_SEARCH  # these are looked at one by one
_CELLS = 20_000

_T = TypeVar("_T")


class Block(NamedTuple):
    """Rows as columns of equal length: their numbers in the file, their cells, and their marks.

    ``marks`` gives the marks of a row by its place in the block; most have none.
    """

    numbers: Sequence[int]
    columns: Sequence[Sequence[str]]
    marks: Mapping[int, list[tuple[int, Mark]]]


class RowStream(Iterator[ReadRow]):
    """Gives rows one by one while they are looked at singly, then whole blocks of the others."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = iter(blocks)
        self._singly: Iterator[ReadRow] = iter(())

    def __next__(self) -> ReadRow:
        """Return the next row, without its empty last cells."""
        while (row := next(self._singly, None)) is None:
            self._singly = rows_of(next(self._blocks))
        return row

    def blocks(self) -> Iterator[Block]:
        """Yield the rows that were not taken singly."""
        begun = list(self._singly)
        if begun:
            yield block_of(begun)
        yield from self._blocks


def rows_of(block: Block) -> Iterator[ReadRow]:
    """Yield the rows of a block, without their empty last cells."""
    cells = zip(*block.columns, strict=True) if block.columns else iter([()] * len(block.numbers))
    for at, (number, texts) in enumerate(zip(block.numbers, cells, strict=True)):
        marks = block.marks.get(at, [])
        yield ReadRow(number, list(texts[: used_width(texts, marks)]), marks)


def block_of(rows: Sequence[ReadRow]) -> Block:
    """Return rows as a block as wide as the widest of them."""
    columns = list(zip_longest(*(row.cells for row in rows), fillvalue=""))
    return Block(
        [row.number for row in rows],
        columns,
        {at: row.marks for at, row in enumerate(rows) if row.marks},
    )


def blocks_of(rows: Iterable[ReadRow]) -> Iterator[Block]:
    """Yield rows as blocks; an error on the way comes after the rows before it."""
    return map(block_of, batches(rows, lambda row: len(row.cells)))


def batches(rows: Iterable[_T], width: Callable[[_T], int]) -> Iterator[list[_T]]:
    """Yield rows in lists of about equally many cells, the first few rows apart.

    An error on the way comes after the rows before it.
    """
    stream = iter(rows)
    size = _FIRST_ROWS
    while True:
        batch: list[_T] = []
        error: Exception | None = None
        try:
            batch.extend(islice(stream, size))  # keeps what came before an error
        except Exception as caught:  # noqa: BLE001 - raised below
            error = caught
        if batch:
            yield batch
        if error is not None:
            raise error
        if len(batch) < size:
            return
        size = max(1, _CELLS // max(1, *map(width, batch)))


def filled_blocks(blocks: Iterable[Block], limits: Limits) -> Iterator[Block]:
    """Pass on what :func:`filled_rows` passes on, and raise what it raises."""
    count = 0
    for each in blocks:
        block = _narrowed(_filled(each))
        if not _within(block, limits, count):
            yield from blocks_of(filled_rows(rows_of(block), limits, before=count))
        count += len(block.numbers)
        if block.numbers:
            yield block


def _filled(block: Block) -> Block:
    """Return the rows that are not blank."""
    if any(map(_is_full, block.columns)):
        return block
    texts = map("".join, zip(*block.columns, strict=True))
    kept = [at in block.marks or not (not text or text.isspace()) for at, text in enumerate(texts)]
    places = list(compress(range(len(kept)), kept))
    return Block(
        [block.numbers[at] for at in places],
        [[column[at] for at in places] for column in block.columns],
        {to: block.marks[at] for to, at in enumerate(places) if at in block.marks},
    )


def _is_full(column: Sequence[str]) -> bool:
    return "" not in column and not any(map(str.isspace, column))


def _narrowed(block: Block) -> Block:
    """Return the block without last columns that are empty in every row."""
    width = len(block.columns)
    least = max((at + 1 for marks in block.marks.values() for at, _ in marks), default=0)
    while width > least and not any(block.columns[width - 1]):
        width -= 1
    return block._replace(columns=block.columns[:width])


def _within(block: Block, limits: Limits, before: int) -> bool:
    """Tell whether no row passes a limit, where so many rows came ``before``."""
    return (
        before + len(block.numbers) <= limits.rows + 1
        and len(block.columns) <= limits.columns
        and all(max(map(len, column)) <= limits.cell_length for column in block.columns)
    )
