"""What can be done with a column of the grid: its order, its filter and its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.column_filter import ColumnFilterDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cancel_desk.ui.grid.sheet_view import SheetView

_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def column_menu(view: SheetView, at: int) -> QMenu:
    """Return a menu for a column; it goes when it is closed."""
    sheet, arrangement = view.sheet, view.sheet.arrangement
    order, menu = arrangement.order, QMenu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.addSection(sheet.columns[at].title)
    up = menu.addAction(_("Sort &ascending (0 to 9, A to Z)"), lambda: sheet.sort(at, _UP))
    down = menu.addAction(_("Sort &descending (Z to A, 9 to 0)"), lambda: sheet.sort(at, _DOWN))
    for action, descending in ((up, False), (down, True)):
        action.setCheckable(True)
        action.setChecked(order == (at, descending))
    back = menu.addAction(_("&Order of your file"), lambda: sheet.sort(-1))
    back.setEnabled(order is not None)
    menu.addSeparator()
    chosen = menu.addAction(_("&Filter…"), lambda: filter_by(view, at))
    chosen.setShortcut(QKeySequence(FILTER_KEYS))
    everything = menu.addAction(_("&Show all values"), lambda: sheet.keep(at, None))
    everything.setEnabled(at in arrangement.kept)
    menu.addSeparator()
    menu.addAction(_("Fit &width"), lambda: view.resizeColumnToContents(at))
    return menu


FILTER_KEYS = "Ctrl+Shift+L"


def filter_by(view: SheetView, at: int) -> None:
    """Ask which values of a column to show, as soon as they are gathered."""

    def ask(counts: Mapping[str, int]) -> None:
        sheet = view.sheet
        title, kept = sheet.columns[at].title, sheet.arrangement.kept.get(at)
        dialog = ColumnFilterDialog(title, counts, kept, view.window())
        dialog.chosen.connect(lambda values: sheet.keep(at, values))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    view.sheet.look_for_values(at, ask)
