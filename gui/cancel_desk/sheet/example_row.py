"""The example row of the template: how it is known, and leaving it out of what was read."""

from dataclasses import replace

from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.rows import RawSheet

EXAMPLE_PO = "EXAMPLE 129114917403021"
"""What stands for the order in the example; with the blank in it, it could never be sent."""


def without_example(raw: RawSheet) -> RawSheet:
    """Return a sheet without the template's example row, whose number is kept among the facts.

    A row is one only as long as its order reads as it did; whatever else was typed over, the person
    is told which row was left out.
    """
    at = match_columns(raw.headers).columns.get(Column.PO)
    if at is None or not any(row.cells[at] == EXAMPLE_PO for row in raw.rows):
        return raw
    rows = tuple(row for row in raw.rows if row.cells[at] != EXAMPLE_PO)
    numbers = tuple(row.number or 0 for row in raw.rows if row.cells[at] == EXAMPLE_PO)
    return replace(raw, rows=rows, facts=replace(raw.facts, example_rows=numbers))
