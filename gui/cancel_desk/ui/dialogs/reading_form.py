"""How a file is read, to look at and change: its sheet, header row, letters and separators."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.sheet.characters import ENCODINGS
from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.guess import ReadingGuess
from cancel_desk.sheet.text import DELIMITERS
from cancel_desk.ui.widgets.theme import SPACE

_LAST_ROW = 1_048_576


class ReadingForm(QWidget):
    """Shows a guess; tells of every change by the person."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = QComboBox()
        self.header_row = QSpinBox(minimum=0, maximum=_LAST_ROW)
        self.header_row.setKeyboardTracking(False)
        self.header_row.setSpecialValueText(_("none"))
        self.encoding = QComboBox()
        self.delimiter = QComboBox()
        self._guess: ReadingGuess | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self._labels: dict[QWidget, QLabel] = {}
        for text, tip, field in (
            (_("&Sheet"), _("The sheet with the orders"), self.sheet),
            (
                _("Column &names in row"),
                _("The row with the names of the columns; what stands above it is left out"),
                self.header_row,
            ),
            (_("&Letters"), _("Choose another if letters look wrong below"), self.encoding),
            (_("Columns &parted by"), _("What stands between two cells"), self.delimiter),
        ):
            label = QLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            field.setToolTip(tip)
            self._labels[field] = label
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        self.sheet.activated.connect(self._on_sheet)
        self.encoding.activated.connect(self.changed)
        self.delimiter.activated.connect(self.changed)
        self.header_row.valueChanged.connect(self._on_header_row)

    def show_guess(self, guess: ReadingGuess, *, from_file: bool) -> None:
        """Show how a file is read; rows that come from none have nothing to choose."""
        self._guess = guess
        _offer(self.sheet, _sheets(guess), guess.sheet)
        _offer(self.encoding, _encodings(guess), guess.encoding)
        _offer(self.delimiter, _delimiters(guess), guess.delimiter)
        self.header_row.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.header_row.setValue(guess.header_row)
        self.header_row.blockSignals(False)  # noqa: FBT003 - Qt's own
        for field, seen in (
            (self.sheet, self.sheet.count() > 1),
            (self.header_row, True),
            (self.encoding, guess.encoding is not None),
            (self.delimiter, guess.delimiter is not None),
        ):
            field.setVisible(seen)
            self._labels[field].setVisible(seen)
        self.setVisible(from_file)

    def wanted(self, choice: ReadingChoice) -> ReadingChoice:
        """Return a choice with what the person changed here; the rest stays a guess."""
        guess = self._guess
        if guess is None:
            return choice
        sheet, header = self.sheet.currentData(), self.header_row.value()
        encoding, delimiter = self.encoding.currentData(), self.delimiter.currentData()
        if sheet != guess.sheet:  # the names stand elsewhere on another sheet
            return replace(choice, sheet=sheet, header_row=None)
        return replace(
            choice,
            header_row=header if header != guess.header_row else choice.header_row,
            encoding=encoding if encoding != guess.encoding else choice.encoding,
            delimiter=delimiter if delimiter != guess.delimiter else choice.delimiter,
        )

    @Slot()
    def _on_sheet(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_header_row(self) -> None:
        self.changed.emit()


def _offer(field: QComboBox, entries: list[tuple[str, str]], chosen: str | None) -> None:
    field.clear()
    for label, value in entries:
        field.addItem(label, value)
    field.setCurrentIndex(max(field.findData(chosen), 0))


def _sheets(guess: ReadingGuess) -> list[tuple[str, str]]:
    hidden = [(_("{name} (hidden)").format(name=name), name) for name in guess.facts.hidden_sheets]
    return [(name, name) for name in guess.facts.sheets] + hidden


def _encodings(guess: ReadingGuess) -> list[tuple[str, str]]:
    known = {
        "utf-8": _("UTF-8 (usual)"),
        "utf-16-le": "UTF-16 LE",
        "utf-16-be": "UTF-16 BE",
        "cp1252": _("Western European (Windows)"),
        "gb18030": _("Chinese, simplified"),
        "big5": _("Chinese, traditional"),
        "cp932": _("Japanese"),
        "euc-kr": _("Korean"),
        "cp1250": _("Central European (Windows)"),
        "cp1251": _("Cyrillic (Windows)"),
        "cp1254": _("Turkish (Windows)"),
        "mac-roman": _("Western European (Mac)"),
    }
    names = list(ENCODINGS)
    if guess.encoding and guess.encoding not in names:
        names.insert(0, guess.encoding)
    return [(known.get(name, name), name) for name in names]


def _delimiters(guess: ReadingGuess) -> list[tuple[str, str]]:
    known = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("upright stroke")}
    signs = list(DELIMITERS)
    if guess.delimiter and guess.delimiter not in signs:
        signs.insert(0, guess.delimiter)
    return [(known.get(sign, sign), sign) for sign in signs]
