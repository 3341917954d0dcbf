"""A row of widgets that goes on in a further row where there is no room left."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem
from shiboken6 import isValid

from cancel_desk.ui.widgets.theme import SPACE


class FlowLayout(QLayout):
    """Lays out widgets one beside the other, in as many rows as the width asks for.

    With ``ends`` the first stands on the left and the others on the right, as below a page.
    Widgets need their least width alone, so a window can be as narrow as the widest of them.
    """

    def __init__(self, *, ends: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._ends = ends
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACE)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items, hidden ones among them."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item; None beyond the last, as Qt asks until there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of an item and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that it is the higher the narrower it is."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the rows are together at this width."""
        rows = list(self._rows(width))
        return sum(map(_height, rows)) + self.spacing() * max(0, len(rows) - 1)

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def sizeHint(self) -> QSize:
        """Return the size of a single row."""
        shown = list(self._shown())
        return QSize(self._width(shown), _height(shown))

    def setGeometry(self, place: QRect) -> None:
        """Put every item where it belongs."""
        super().setGeometry(place)
        top = place.top()
        for at, row in enumerate(self._rows(place.width())):
            left, height = place.left(), _height(row)
            spare = max(0, place.width() - self._width(row)) if self._ends else 0
            first_stays = at == 0 and len(row) > 1
            for number, item in enumerate(row):
                if number == (1 if first_stays else 0):
                    left += spare
                size = item.sizeHint().boundedTo(QSize(place.width(), height))
                above = (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(left, top + above), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _shown(self) -> Iterator[QLayoutItem]:
        # Qt may ask once more while a window ends, after it has destroyed the items.
        return (item for item in self._items if isValid(item) and not item.isEmpty())

    def _rows(self, width: int) -> Iterator[list[QLayoutItem]]:
        row: list[QLayoutItem] = []
        for item in self._shown():
            if row and self._width([*row, item]) > width:
                yield row
                row = []
            row.append(item)
        if row:
            yield row

    def _width(self, row: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in row) + self.spacing() * max(0, len(row) - 1)


def _height(row: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)
