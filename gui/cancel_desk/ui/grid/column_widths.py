"""How wide the person likes each column, kept from sheet to sheet."""

from typing import Final

from PySide6.QtCore import QSettings, QUrl

from cancel_desk.ui.grid.grid_columns import GridColumn

_GROUP: Final = "columns"
LEAST: Final = 24
MOST: Final = 1200


class ColumnWidths:
    """Widths in pixels at 100 %, by what a column shows; the person's own columns by their name."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def width(self, column: GridColumn) -> int | None:
        """Return the width the person gave such a column, or None."""
        kept = str(self._settings.value(_key(column), ""))
        return min(max(int(kept), LEAST), MOST) if kept.isdecimal() else None

    def remember(self, column: GridColumn, width: int) -> None:
        """Keep a width."""
        self._settings.setValue(_key(column), width)


def _key(column: GridColumn) -> str:
    if column.extra:
        name = QUrl.toPercentEncoding(column.title.strip().casefold()).toStdString()
        return f"{_GROUP}/own/{name}"
    return f"{_GROUP}/{column.column or column.kind}"
