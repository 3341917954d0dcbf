"""The headers of the grid, painted without asking every row whether it is selected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget


class PlainHeader(QHeaderView):
    """A header that shows names only.

    Qt's own looks up for each column whether all of its cells are selected, and for that asks the
    model about every row: with all of 100,000 rows selected each repaint took seconds.
    """

    def __init__(
        self,
        orientation: Qt.Orientation,
        alignment: Qt.AlignmentFlag,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(alignment)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Fill in what the style needs to paint one section."""
        option.section = section
        option.textAlignment = self.defaultAlignment()
        option.position = QStyleOptionHeader.SectionPosition.Middle
        option.text = str(self.model().headerData(section, self.orientation()))
