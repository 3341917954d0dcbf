"""The first step: a sheet is dropped, chosen or taken from the practice store."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.history import RunSummary
from cancel_desk.ui.pages.kept_sheets import KeptSheets
from cancel_desk.ui.pages.recent_files import RecentFiles
from cancel_desk.ui.pages.recent_runs import RecentRuns
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, SPACE


class ImportPage(QWidget):
    """A large place to drop a file on, what else there is to begin with, and earlier runs."""

    file_wanted = Signal()
    paste_wanted = Signal()
    orders_wanted = Signal()
    practice_wanted = Signal()
    template_wanted = Signal()
    reading_stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.choose = ActionButton(
            _("Choose a file…"), keys="Ctrl+O", tip=_("Choose a spreadsheet"), role="primary"
        )
        self.paste = ActionButton(
            _("Paste from clipboard"),
            keys="Ctrl+V",
            tip=_("Open rows you copied in a spreadsheet, or a text with purchase order numbers"),
        )
        self.orders = ActionButton(
            _("Get open orders…"),
            keys="Ctrl+G",
            tip=_("Open the orders of your store that are not shipped yet; nothing is changed"),
        )
        self.practice = ActionButton(
            _("Try it with the practice store"),
            keys="Ctrl+T",
            tip=_("Open a sample sheet for a pretended store: nothing real can happen"),
            role="link",
        )
        self.template = ActionButton(
            _("Save a template"),
            keys="Ctrl+Shift+T",
            tip=_("Save an empty sheet with the right columns, to fill in"),
            role="link",
        )
        self.stop = ActionButton(_("Stop"), keys="Esc", tip=_("Stop reading the file"))
        self.choose.clicked.connect(self.file_wanted)
        self.orders.clicked.connect(self.orders_wanted)
        self.paste.clicked.connect(self.paste_wanted)
        self.practice.clicked.connect(self.practice_wanted)
        self.template.clicked.connect(self.template_wanted)
        self.stop.clicked.connect(self.reading_stopped)
        self.kept = KeptSheets()
        self.files = RecentFiles()
        self.recent = RecentRuns()
        self.drop_area = QFrame()
        self.drop_area.setProperty("role", "drop")
        self._faces = QStackedLayout(self.drop_area)
        self._faces.addWidget(self._inviting())
        self._faces.addWidget(self._reading())
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN)
        column.setSpacing(SPACE + SPACE // 2)
        column.addWidget(self.kept)
        column.addWidget(self.drop_area, 1)
        column.addWidget(self.recent)

    def _inviting(self) -> QWidget:
        title = QLabel(_("Drop your spreadsheet here"))
        title.setProperty("role", "title")
        kinds = QLabel(
            _(
                "CSV, Excel (.xlsx, .xlsm, .xls, .xlsb) or OpenDocument (.ods): "
                "one row for each order line you want to cancel"
            )
        )
        kinds.setWordWrap(True)
        kinds.setProperty("role", "muted")
        new = QHBoxLayout()
        new.addStretch(1)
        new.addWidget(QLabel(_("New here?")))
        new.addWidget(self.practice)
        new.addWidget(QLabel("·"))
        new.addWidget(self.template)
        new.addStretch(1)
        face = QWidget()
        column = _centred(face)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(kinds)
        column.addSpacing(SPACE)
        begin = QHBoxLayout()
        begin.setSpacing(SPACE)
        begin.addStretch(1)
        begin.addWidget(self.choose)
        begin.addWidget(self.paste)
        begin.addWidget(self.orders)
        begin.addStretch(1)
        column.addLayout(begin)
        column.addSpacing(SPACE // 2)
        column.addLayout(new)
        column.addWidget(self.files)
        column.addStretch(1)
        return face

    def _reading(self) -> QWidget:
        self.reading_title = QLabel()
        self.reading_title.setProperty("role", "headline")
        self.reading_rows = QLabel()
        self.reading_rows.setProperty("role", "muted")
        bar = QProgressBar(textVisible=False)
        bar.setRange(0, 0)
        bar.setFixedWidth(320)
        bar.setProperty("tone", "plain")
        bar.setAccessibleName(_("Reading the file"))
        face = QWidget()
        column = _centred(face)
        for widget in (self.reading_title, bar, self.reading_rows, self.stop):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return face

    def show_reading(self, name: str) -> None:
        """Show that a file, or what else is named so, is being read."""
        self.reading_title.setText(_("Reading {name}…").format(name=name))
        self.show_rows(0)
        self._faces.setCurrentIndex(1)

    @Slot(int)
    def show_rows(self, rows: int) -> None:
        """Show how many rows have come so far."""
        text = ngettext("{n} row so far", "{n} rows so far", rows)
        self.reading_rows.setText(text.format(n=grouped(rows)))

    @Slot()
    def show_inviting(self) -> None:
        """Show that a file may be dropped."""
        self._faces.setCurrentIndex(0)

    def show_hot(self, *, hot: bool) -> None:
        """Show that a file is held over the window."""
        self.drop_area.setProperty("hot", hot)
        self.drop_area.style().unpolish(self.drop_area)
        self.drop_area.style().polish(self.drop_area)

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show earlier runs."""
        self.recent.show_runs(runs)


def _centred(face: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(face)
    column.setSpacing(SPACE)
    column.addStretch(1)
    return column
