"""Every text that can be read on a window, in its menus and dialogs and in the guide."""

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabWidget,
    QTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_HALVES = re.compile(r"\b[AP]M\b|[ap]\.m\.|[上下]午")
ROWS = 40


def texts_on(*windows: QWidget) -> Counter[tuple[str, str]]:
    """Count every text by what kind of thing says it; numbers in it count as a sign each."""
    found: Counter[tuple[str, str]] = Counter()
    for window in windows:
        for part in (window, *window.findChildren(QObject)):
            for kind, text in _texts_of(part):
                if text:
                    found[f"{type(part).__name__} {kind}", _plain(text)] += 1
    return found


def _plain(text: str) -> str:
    return re.sub("[0-9]+", "0", _HALVES.sub("", text))


def _texts_of(part: QObject) -> Iterator[tuple[str, str]]:
    if isinstance(part, QAction):
        yield from (("text", part.text()), ("tip", part.toolTip()), ("icon text", part.iconText()))
    if isinstance(part, QWidget):
        yield from (
            ("tip", part.toolTip()),
            ("name", part.accessibleName()),
            ("description", part.accessibleDescription()),
            ("title", part.windowTitle()),
        )
        yield from _texts_of_kind(part)


def _texts_of_kind(part: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(part, QLabel | QAbstractButton | QAbstractSpinBox):
        yield "text", part.text()
    elif isinstance(part, QLineEdit):
        yield from (("hint", part.placeholderText()), ("text", part.text()))
    elif isinstance(part, QMenu | QGroupBox):
        yield "title", part.title()
    elif isinstance(part, QTextEdit):
        yield from (("hint", part.placeholderText()), ("text", part.toPlainText()))
    elif isinstance(part, QComboBox):
        yield from (("item", part.itemText(at)) for at in range(part.count()))
    elif isinstance(part, QTabWidget):
        yield from (("tab", part.tabText(at)) for at in range(part.count()))
    elif isinstance(part, QAbstractItemView) and part.model() is not None:
        yield from _texts_of_model(part.model())


def _texts_of_model(
    model: QAbstractItemModel, above: QModelIndex | None = None
) -> Iterator[tuple[str, str]]:
    above = above or QModelIndex()
    # A list has one column, and keeps that for itself.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
    for column in range(columns):
        for role in _ROLES:
            yield "header", _text(model.headerData(column, Qt.Orientation.Horizontal, role))
    for row in range(min(model.rowCount(above), ROWS)):
        for column in range(columns):
            index = model.index(row, column, above)
            for role in _ROLES:
                yield "cell", _text(index.data(role))
            if column == 0 and model.rowCount(index):
                yield from _texts_of_model(model, index)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
