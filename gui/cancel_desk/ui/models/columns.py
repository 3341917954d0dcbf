"""What the columns of a run's tables have in common."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from cancel_desk.language import gettext as _

Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to a model."""

SIGN: Final = 0
PO, LINE, SKU, QUANTITY, REASON, RESULT, LAST = range(1, 8)
_WIDTHS = {SIGN: 32, PO: 140, LINE: 52, SKU: 120, QUANTITY: 52, REASON: 180, RESULT: 130}
_ROW_HEIGHT = 28


def headings(last: str) -> Sequence[str]:
    """Return the headings; only the last column differs from table to table."""
    return (
        "",
        _("PO number"),
        _("Line"),
        _("SKU"),
        _("Qty"),
        _("Reason"),
        _("Result"),
        last,
    )


def set_up_table(table: QTableView) -> None:
    """Make a calm, read-only table of whole rows."""
    table.setProperty("role", "rows")
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    )
    for column, width in _WIDTHS.items():
        table.setColumnWidth(column, width)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
