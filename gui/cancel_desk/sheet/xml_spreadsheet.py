"""The sheets of an "XML spreadsheet 2003", which older tools save under the name .xls."""

import re
from xml.parsers import expat

from cancel_desk.sheet.cell_text import cell_text
from cancel_desk.sheet.headed import ReadRow
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.markup_table import MarkupTable
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.xml_elements import plain_name

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SHEET = re.compile(re.escape(NAMESPACE))


def is_xml_spreadsheet(text: str) -> bool:
    """Tell whether an XML text is such a spreadsheet."""
    return _SHEET.search(text, 0, 8192) is not None


def read_xml_spreadsheet(text: str, limits: Limits) -> dict[str, MarkupTable]:
    """Return each sheet by its name; SheetError if it is damaged or too big."""
    book = _Book(limits)
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    return book.sheets


def _refuse(*_: object) -> None:
    """No program writes such a declaration; a hostile file would define entities in it."""
    raise SheetError(SheetProblem.DAMAGED)


class _Book:
    """Follows the elements; a row or cell without an index follows the one before it."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: dict[str, MarkupTable] = {}
        self._limits = limits
        self._sheet = MarkupTable()
        self._number = 0
        self._column = 0
        self._cells: list[str] = []
        self._marks: list[tuple[int, Mark]] = []
        self._kind = ""
        self._said: list[str] | None = None

    def start(self, element: str, given: dict[str, str]) -> None:
        name, own = plain_name(element), {plain_name(key): text for key, text in given.items()}
        if name == "Worksheet":
            self._sheet = self.sheets.setdefault(own.get("Name", ""), MarkupTable())
            self._number = self._column = 0
        elif name == "Column":  # described before the rows; those without an index follow another
            first = _index(own, self._column + 1)
            self._column = first + _number(own, "Span", 0)
            if own.get("Hidden") == "1" or not own.get("Width", "1").strip("0."):
                last = min(self._column, self._limits.columns)
                self._sheet.hidden_columns.update(range(first - 1, last))
        elif name == "Row":
            self._number = _index(own, self._number + 1)
            self._cells, self._marks = [], []
            if own.get("Hidden") == "1":
                self._sheet.hidden_rows.append(self._number)
        elif name == "Cell":
            at = _index(own, len(self._cells) + 1)
            if at > self._limits.columns:
                raise SheetError(SheetProblem.TOO_MANY_COLUMNS, limit=self._limits.columns)
            self._cells += [""] * (at - len(self._cells))
        elif name == "Visible":  # among a sheet's options: SheetHidden or SheetVeryHidden
            self._said = []
        elif name == "Data" and self._cells:
            self._kind, self._said = own.get("Type", "String"), []

    def text(self, said: str) -> None:
        if self._said is not None:
            self._said.append(said)

    def end(self, element: str) -> None:
        name = plain_name(element)
        if name == "Data" and self._said is not None:
            self._take("".join(self._said))
            self._said = None
        elif name == "Visible" and self._said is not None:
            self._sheet.hidden = "Hidden" in "".join(self._said)
            self._said = None
        elif name == "Row" and any(self._cells):
            if self._number > self._limits.rows + 1:
                raise SheetError(SheetProblem.TOO_MANY_ROWS, limit=self._limits.rows)
            self._sheet.rows.append(ReadRow(self._number, self._cells, self._marks))

    def _take(self, said: str) -> None:
        text, mark = said, None
        if self._kind == "Number":
            try:
                text, mark = cell_text(float(said))
            except ValueError:
                mark = Mark.ERROR
        elif self._kind in {"DateTime", "Error"}:
            mark = Mark.DATE if self._kind == "DateTime" else Mark.ERROR
        if mark is not None:
            self._marks.append((len(self._cells) - 1, mark))
        self._cells[-1] = text


def _index(own: dict[str, str], usual: int) -> int:
    return _number(own, "Index", usual)


def _number(own: dict[str, str], name: str, usual: int) -> int:
    text = own.get(name, "")
    return int(text) if text.isdigit() and len(text) < 8 else usual
