"""Sheets that were being edited when the program ended without warning, to go on with."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.kept_sheet import KeptNote
from cancel_desk.texts.times import local_moment
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE


class KeptSheets(QFrame):
    """One line for each sheet; hidden while there is none."""

    open_chosen = Signal(object)  # KeptNote
    discard_chosen = Signal(object)  # KeptNote

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        title = QLabel(_("Not sent yet"))
        title.setProperty("role", "headline")
        why = QLabel(_("The program ended while you were editing. Your changes were kept."))
        why.setProperty("role", "muted")
        why.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.addWidget(title)
        column.addWidget(why)
        column.addLayout(self._lines)
        self.hide()

    def show_notes(self, notes: Sequence[KeptNote]) -> None:
        """Show these sheets, the latest first."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it is gone at once, whenever Qt comes to delete it
                widget.deleteLater()
        for at, note in enumerate(notes):
            self._lines.addWidget(self._line(note, keys="Ctrl+Shift+R" if at == 0 else ""))
        self.setVisible(bool(notes))

    def _line(self, note: KeptNote, keys: str) -> QWidget:
        words = kept_line(note)
        label = QLabel(words)
        label.setProperty("role", "muted")
        discard = ActionButton(_("Discard"), keys="", tip=_("Remove what was kept"), role="link")
        discard.clicked.connect(partial(self._on_discard, note))
        buttons = [discard]
        if note.readable:
            again = ActionButton(
                _("Open it again"), keys=keys, tip=_("Go on where you were"), role="link"
            )
            again.clicked.connect(partial(self._on_open, note))
            buttons.insert(0, again)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        for button in buttons:
            button.setAccessibleName(f"{button.text()}: {words}")
            row.addWidget(button)
        row.addStretch(1)
        return line

    def _on_open(self, note: KeptNote) -> None:
        self.open_chosen.emit(note)

    def _on_discard(self, note: KeptNote) -> None:
        self.discard_chosen.emit(note)


def kept_line(note: KeptNote) -> str:
    """Return a sheet in one line: its file, its rows, and when it was kept."""
    if not note.readable:
        return _("What was kept of a sheet can't be read any more · {date}").format(
            date=local_moment(note.saved)
        )
    name = Path(note.source).name if note.source else _("Rows without a file")
    rows = ngettext("{n} row", "{n} rows", note.rows).format(n=grouped(note.rows))
    return f"{name} · {rows} · {local_moment(note.saved)}"
