"""Leaving rows out: they stay in the sheet with the reason, and nothing is sent for them."""

from collections.abc import Iterable, Mapping

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.table import Table


def leave_out(table: Table, whys: Mapping[int, str]) -> SetCells:
    """Return the edit that leaves rows out, by their ids, each with why; a blank why is none."""
    at = table.columns[Column.LEFT_OUT]
    return SetCells(tuple(CellText(row_id, at, why) for row_id, why in whys.items()))


def take_back_in(table: Table, row_ids: Iterable[int]) -> SetCells:
    """Return the edit that makes rows count again."""
    return leave_out(table, dict.fromkeys(row_ids, ""))
