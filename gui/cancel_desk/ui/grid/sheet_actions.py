"""What can be done with the selected cells, as data: name, keys, and what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence

from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.clipboard import CELLS, Block, from_both, from_text, to_html, to_text
from cancel_desk.ui.grid.column_menu import FILTER_KEYS, filter_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from cancel_desk.ui.grid.sheet_view import SheetView


class SheetAction(NamedTuple):
    """One entry of the grid's menu. ``keys`` are in Qt's portable words."""

    name: str
    text: str
    keys: tuple[str, ...]
    do: Callable[[SheetView], None]


def sheet_actions() -> tuple[tuple[SheetAction, ...], ...]:
    """Return the entries of the menu, in sections."""
    return (
        (SheetAction("reason", _("Pick a reason…"), ("Alt+Down",), _pick_reason),),
        (
            SheetAction("cut", _("Cut"), ("Ctrl+X", "Shift+Del"), _cut),
            SheetAction("copy", _("Copy"), ("Ctrl+C", "Ctrl+Ins"), _copy),
            # Only texts are pasted, so that pasting values is the same.
            SheetAction("paste", _("Paste"), ("Ctrl+V", "Shift+Ins", "Ctrl+Shift+V"), _paste),
            SheetAction("clear", _("Clear cells"), ("Del", "Backspace"), _clear),
        ),
        (
            SheetAction("fill_down", _("Fill down"), ("Ctrl+D",), _fill_down),
            SheetAction("fill_right", _("Fill right"), ("Ctrl+R",), _fill_right),
            SheetAction(
                "fill",
                _("Fill the selection with this cell"),
                ("Ctrl+Return", "Ctrl+Enter"),
                _fill,
            ),
        ),
        (
            SheetAction(
                "insert_above",
                _("Insert row above"),
                ("Ctrl++", "Ctrl+Shift++", "Ctrl+Shift+="),
                _insert_above,
            ),
            SheetAction(
                "insert_below", _("Insert row below"), ("Ctrl+Shift+Return",), _insert_below
            ),
            SheetAction("duplicate", _("Duplicate rows"), ("Ctrl+Shift+D",), _duplicate),
            SheetAction(
                "leave_out",
                _("Leave out, or take back in"),
                ("Ctrl+Shift+X",),
                _leave_out,
            ),
            SheetAction("delete", _("Delete rows"), ("Ctrl+-",), _delete),
        ),
        (
            SheetAction("filter", _("Filter this column…"), (FILTER_KEYS,), _filter),
            SheetAction("column", _("Sort, filter, width…"), ("Alt+Shift+Down",), _column_menu),
            SheetAction("here", _("Show the current cell"), ("Ctrl+Backspace",), _show_current),
        ),
    )


def add_sheet_actions(view: SheetView, menu: QMenu) -> None:
    """Give the view its keys and the menu its entries."""
    for section in sheet_actions():
        for each in section:
            action = QAction(each.text, view)
            action.setObjectName(each.name)
            action.setShortcuts([QKeySequence(keys) for keys in each.keys])
            # While one types into a cell, the keys belong to the field.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(_trigger, each, view))
            view.addAction(action)
            menu.addAction(action)
        menu.addSeparator()


def _trigger(action: SheetAction, view: SheetView, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
    view.sheet.settle()  # what is copied or filled must be what the step before makes of it
    action.do(view)


def _pick_reason(view: SheetView) -> None:
    view.pick_reason()


def _cut(view: SheetView) -> None:
    _put_on_clipboard(view.editing.cut(view.areas()))


def _copy(view: SheetView) -> None:
    _put_on_clipboard(view.editing.copied(view.areas()))


def _put_on_clipboard(block: Block) -> None:
    data = QMimeData()
    data.setText(to_text(block))
    data.setHtml(to_html(block))
    data.setData(CELLS, b"")
    QGuiApplication.clipboard().setMimeData(data)


def _paste(view: SheetView) -> None:
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if data is None:  # nothing was ever copied
        return
    text = data.text()
    block = from_both(text, data.html()) if data.hasHtml() else from_text(text)
    landed = view.editing.paste(view.areas(), block, view.visible_columns())
    if landed:
        last = min(landed.rows[-1], len(view.sheet.shown) - 1)
        view.select_area(landed._replace(rows=range(landed.rows[0], last + 1)))


def _clear(view: SheetView) -> None:
    view.editing.clear(view.areas())


def _fill_down(view: SheetView) -> None:
    view.editing.fill_down(view.areas())


def _fill_right(view: SheetView) -> None:
    view.editing.fill_right(view.areas())


def _fill(view: SheetView) -> None:
    current = view.currentIndex()
    if current.isValid():
        view.editing.fill(view.areas(), str(current.data(Qt.ItemDataRole.EditRole)))


def _filter(view: SheetView) -> None:
    filter_by(view, max(view.currentIndex().column(), 0))


def _column_menu(view: SheetView) -> None:
    view.open_column_menu(max(view.currentIndex().column(), 0))


def _show_current(view: SheetView) -> None:
    view.scrollTo(view.currentIndex())


def _insert_above(view: SheetView) -> None:
    rows = view.selected_rows() or [0]
    view.editing.insert_rows(rows[0], len(rows), below=False)
    view.select_rows(rows[0], rows[0] + len(rows) - 1)


def _insert_below(view: SheetView) -> None:
    rows = view.selected_rows() or [-1]
    view.editing.insert_rows(rows[-1], 1, below=True)
    view.select_rows(rows[-1] + 1, rows[-1] + 1)


def _duplicate(view: SheetView) -> None:
    view.editing.duplicate_rows(view.selected_rows())


def _leave_out(view: SheetView) -> None:
    view.editing.leave_out_rows(view.selected_rows())


def _delete(view: SheetView) -> None:
    rows = view.selected_rows()
    view.editing.delete_rows(rows)
    left = len(view.sheet.shown)
    if rows and left:
        view.select_rows(min(rows[0], left - 1), min(rows[0], left - 1))
