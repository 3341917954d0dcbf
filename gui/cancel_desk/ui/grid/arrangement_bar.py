"""A line above the grid that says how its rows are sorted and filtered, and takes it back."""

from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.texts.lists import listed
from cancel_desk.ui.grid.elided_label import ElidedLabel
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_PATIENCE_MS: Final = 300


class ArrangementBar(QWidget):
    """Is there only while the rows are not simply those of the file in their order."""

    def __init__(self, view: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.words = ElidedLabel()
        self.words.setProperty("role", "muted")
        self.again = ActionButton(
            _("Apply again"),
            keys="Ctrl+Alt+L",
            tip=_("Filter and sort anew: rows that you have changed meanwhile may go or move"),
            role="link",
        )
        self.everything = ActionButton(
            _("Show all values"),
            keys="Ctrl+Alt+Shift+L",
            tip=_("Drop the filters of all columns"),
            role="link",
        )
        self.file_order = ActionButton(
            _("Order of your file"),
            keys="Ctrl+Alt+O",
            tip=_("Show the rows in the order of your file; that is also how they are sent"),
            role="link",
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.words)
        row.addWidget(self.again)
        row.addWidget(self.everything)
        row.addWidget(self.file_order)
        row.addStretch(1)
        self.again.clicked.connect(view.sheet.arrange_again)
        self.everything.clicked.connect(view.sheet.keep_all)
        self.file_order.clicked.connect(self._on_file_order)
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._on_long_wait)
        view.sheet.wished.connect(self._patience.start)
        view.sheet.arranged.connect(self._on_arranged)
        view.sheet.step_began.connect(self._patience.start)
        view.sheet.applied.connect(self._on_arranged)
        self._on_arranged()

    @Slot()
    def _on_long_wait(self) -> None:
        """Say what takes so long; most sheets are done with before one could look."""
        if self._view.sheet.is_changing:
            self.words.show_text(_("Changing the cells…"))
            self.show()
        elif self._view.sheet.is_arranging:
            self.words.show_text(_("Looking through the rows…"))
            self.show()

    @Slot()
    def _on_arranged(self) -> None:
        self._patience.stop()
        sheet = self._view.sheet
        order, kept = sheet.arrangement.order, sheet.arrangement.kept
        parts: list[str] = []
        if kept:
            names = listed(sheet.columns[at].title for at in sorted(kept))
            parts.append(
                _("Filtered by {columns}: {shown} of {all} rows").format(
                    columns=names,
                    shown=grouped(len(sheet.shown)),
                    all=grouped(len(sheet.review.table)),
                )
            )
        if order is not None:
            words = (
                _("Sorted by {column}, descending") if order.descending else _("Sorted by {column}")
            )
            parts.append(words.format(column=sheet.columns[order.column].title))
        self.words.show_text(" · ".join(parts))
        self.everything.setVisible(bool(kept))
        self.file_order.setVisible(order is not None)
        self.setVisible(bool(parts))

    @Slot()
    def _on_file_order(self) -> None:
        self._view.sheet.sort(-1)
        self._view.setFocus()
