"""Merged cells: marking the rows that only seem to hold a text, and filling it into them."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from cancel_desk.sheet.columns import NEEDED, Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.rows import Mark, MergedRange, RawSheet, Row
from cancel_desk.sheet.table import Table


def with_merged_marked(raw: RawSheet, columns: Mapping[Column, int]) -> RawSheet:
    """Return a sheet whose blank cells below the first of a merged one say that they are.

    Only the columns that orders are made of are looked at.
    """
    ranges = _Ranges(raw.facts.merged, {at for column, at in columns.items() if column in NEEDED})
    if not ranges.columns:
        return raw
    return replace(raw, rows=tuple(_marked(row, ranges) for row in raw.rows))


def _marked(row: Row, ranges: "_Ranges") -> Row:
    found = [
        (at, Mark.MERGED)
        for at in ranges.columns
        if not row.cells[at].strip() and row.mark(at) is None and ranges.first_row(row, at)
    ]
    return row._replace(marks=tuple(sorted((*row.marks, *found)))) if found else row


def merged_fill(table: Table, row_ids: Collection[int]) -> SetCells:
    """Return the edit that writes what these rows show by merged cells into their own ones."""
    ranges = _Ranges(table.facts.merged, set(range(len(table.headers))))
    by_number: dict[int | None, Row] = {}
    for row in table.rows:
        by_number.setdefault(row.number, row)
    cells: list[CellText] = []
    for row_id in row_ids:
        row = table.row(row_id)
        for at, mark in row.marks:
            first = by_number.get(ranges.first_row(row, at)) if mark is Mark.MERGED else None
            if first is not None and first.cells[at].strip():
                cells.append(CellText(row_id, at, first.cells[at], first.mark(at)))
    return SetCells(tuple(cells))


class _Ranges:
    """The merged cells of some columns, in the order of their first rows."""

    def __init__(self, merged: Iterable[MergedRange], columns: Collection[int]) -> None:
        self._ranges: dict[int, list[MergedRange]] = {}
        for each in sorted(merged):
            if each.last_row > each.first_row and each.first_column in columns:
                self._ranges.setdefault(each.first_column, []).append(each)
        self._starts = {
            at: [each.first_row for each in found] for at, found in self._ranges.items()
        }
        self.columns = tuple(sorted(self._ranges))

    def first_row(self, row: Row, at: int) -> int | None:
        """Return the number of the row that holds what a cell shows; None if it is its own."""
        if row.number is None or at not in self._ranges:
            return None
        before = bisect_right(self._starts[at], row.number - 1)
        if not before:
            return None
        found = self._ranges[at][before - 1]
        return found.first_row if row.number <= found.last_row else None
