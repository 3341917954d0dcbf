"""The tables of a web page, which some sites offer for download under a spreadsheet's name."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html.parser import HTMLParser

from cancel_desk.sheet.headed import ReadRow
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.markup_table import MarkupTable
from cancel_desk.sheet.problems import SheetError, SheetProblem

_BREAKS = frozenset({"br", "p", "div", "li"})
_SILENT = frozenset({"style", "script", "title"})
# A row as spreadsheet programs copy it by the hundred thousand: cells of plain text and no more.
_BLANK = r"[ \t\r\n\f]"
_BLANKS = re.compile(f"{_BLANK}+")
_VALUE = r"""(?:"[^"<>&]*"|'[^'<>&]*'|[A-Za-z0-9.%#:-]+)"""
_GIVEN = rf"(?:{_BLANK}+[A-Za-z:-]+={_VALUE}(?=[ \t\r\n\f>]))*{_BLANK}*"
_CELLS = rf"(?:<t[dh]{_GIVEN}>[^<&]*</t[dh]>{_BLANK}*)+"
_ROW_END = "</tr>"
_PLAIN_ROW = re.compile(rf"<tr({_GIVEN})>{_BLANK}*({_CELLS}){_ROW_END}")
_PLAIN_CELL = re.compile(rf"<t[dh]({_GIVEN})>([^<&]*)<")
_PLAIN_ATTRIBUTE = re.compile(rf"([A-Za-z:-]+)=({_VALUE})")
_SHEETS_NUMBER = re.compile(r'"1":3,"3":(-?[0-9]+(?:\.[0-9]+)?(?:[eE]\+?[0-9]+)?)\}')
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,2}")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=[0-9])[,.' \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")


def read_tables(text: str, limits: Limits) -> dict[str, MarkupTable]:
    """Return each table with any, named by their place: Table 1, Table 2.

    Blanks are folded as browsers do. A number that is shown shortened is taken as it is stored,
    where the page says so. Cells over several rows or columns hold their text once, like merged
    cells. SheetError if there is no table, or one beyond the limits.
    """
    page = _Page(limits)
    page.take(text)
    page.close()
    tables = [table for table in page.tables if any(any(row.cells) for row in table.rows)]
    if not tables:
        raise SheetError(SheetProblem.WEB_PAGE)
    return {f"Table {at}": table for at, table in enumerate(tables, start=1)}


class _Page(HTMLParser):
    """Gathers tables; one inside another's cell is a table of its own, and no text of the cell."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[MarkupTable] = []
        self._limits = limits
        self._open: list[_Table] = []
        self._silent = 0

    def take(self, text: str) -> None:
        """Feed on a page; plain rows are taken for what they are without the parser's doing.

        Rows are sought one by one, since other threads wait for each single search.
        """
        fed = at = 0
        while (end := text.find(_ROW_END, at)) >= 0:
            begin, at = text.rfind("<tr", at, end), end + len(_ROW_END)
            row = _PLAIN_ROW.fullmatch(text, begin, at) if begin >= 0 else None
            if row is None:
                continue
            self.feed(text[fed:begin])
            fed = begin
            if self.rawdata or self.cdata_elem is not None:  # not done: in a comment or a script
                break
            if self._open:
                cells = _PLAIN_CELL.findall(row[2])
                self._open[-1].take_row(row[1], cells, silent=self._silent > 0)
            fed = at
        self.feed(text[fed:])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._open.append(_Table(self._limits))
            self.tables.append(self._open[-1].table)
        elif self._open:
            self._open[-1].begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._open:
            self._open.pop().end_row()
        elif self._open:
            self._open[-1].end(tag)

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent:
            self._open[-1].say(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._open.pop().end_row()


class _Table:
    """One table as it arrives; the end of a cell or row may be left out."""

    def __init__(self, limits: Limits) -> None:
        self.table = MarkupTable()
        self._limits = limits
        self._number = 0
        self._cells: list[str] | None = None
        self._said: list[str] | None = None
        self._stored: str | None = None
        self._span = 1
        self._taken: dict[int, int] = {}  # by column: rows that a cell above still reaches into

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "tr":
            self.end_row()
            self._begin_row()
            if "hidden" in given or _NOT_SHOWN.search(given.get("style", "")):
                self.table.hidden_rows.append(self._number)
        elif tag in {"td", "th"}:
            self._end_cell()
            self._begin_cell(given)
        elif tag in _BREAKS and self._said:
            self._said.append("\n" if tag == "br" else " ")

    def end(self, tag: str) -> None:
        if tag == "tr":
            self.end_row()
        elif tag in {"td", "th"}:
            self._end_cell()

    def say(self, data: str) -> None:
        if self._said is not None:
            self._said.append(_BLANKS.sub(" ", data))

    def take_row(self, given: str, cells: Iterable[tuple[str, str]], *, silent: bool) -> None:
        """Take a row of plain cells: what it and each of them is given, and their texts."""
        self.begin("tr", _attributes(given) if given else {})
        for own, text in cells:
            self.begin("td", _attributes(own) if own else {})
            if text and not silent:
                self.say(text)
            self._end_cell()
        self.end_row()

    def end_row(self) -> None:
        self._end_cell()
        if self._cells is not None:
            self._skip_taken()
            self.table.rows.append(ReadRow(self._number, self._cells, []))
            self._cells = None

    def _begin_row(self) -> None:
        self._number += 1
        if self._number > self._limits.rows + 1:
            raise SheetError(SheetProblem.TOO_MANY_ROWS, limit=self._limits.rows)
        self._cells = []

    def _begin_cell(self, given: Mapping[str, str]) -> None:
        if self._cells is None:
            self._begin_row()
        self._skip_taken()
        self._said = []
        self._stored = _stored_number(given)
        self._span = _count(given.get("colspan", ""), self._limits.columns)
        below = _count(given.get("rowspan", ""), self._limits.rows) - 1
        if below and self._cells is not None:
            for column in range(len(self._cells), len(self._cells) + self._span):
                self._taken[column] = below

    def _end_cell(self) -> None:
        if self._said is None or self._cells is None:
            return
        text = "".join(self._said).strip()
        if "\n" in text:
            text = "\n".join(line.strip(" ") for line in text.split("\n"))
        if self._stored is not None and stands_for(text, self._stored):
            text = self._stored
        self._cells += [text, *[""] * (self._span - 1)]
        self._said = None
        if len(self._cells) > self._limits.columns:
            raise SheetError(SheetProblem.TOO_MANY_COLUMNS, limit=self._limits.columns)

    def _skip_taken(self) -> None:
        while self._cells is not None and self._taken.get(len(self._cells), 0):
            self._taken[len(self._cells)] -= 1
            self._cells.append("")


@lru_cache(maxsize=256)
def _attributes(given: str) -> Mapping[str, str]:
    """Return the attributes of a plain cell; most cells have the same."""
    return {
        name.lower(): value[1:-1] if value[0] in "\"'" else value
        for name, value in _PLAIN_ATTRIBUTE.findall(given)
    }


def _count(text: str, most: int) -> int:
    return min(max(int(text), 1), most) if text.isdigit() and len(text) < 8 else 1


def stands_for(shown: str, whole: str) -> bool:
    """Tell whether a cell shows a whole number, if shortened or with signs between its digits.

    A date stands for a number too, but nobody means that number; zeros in front count as shown.
    """
    if shown and not shown.strip("#"):  # the column was too narrow
        return True
    if _SHORTENED.fullmatch(shown):
        digits = shown.upper().replace(",", ".")
        places = len(digits.partition("E")[0].replace(".", ""))
        return f"{float(digits):.{places - 1}e}" == f"{int(whole):.{places - 1}e}"
    return _BETWEEN.sub("", shown) == whole


def _stored_number(given: Mapping[str, str]) -> str | None:
    """Return the whole number behind a cell's text, where the program that wrote it noted it.

    Excel does as x:num, LibreOffice as sdval, Google Sheets in a value of its own.
    """
    noted = given.get("x:num") or given.get("sdval", "")
    value = given.get("data-sheets-value", "")
    if not (noted or value):  # nearly every cell
        return None
    from cancel_desk.sheet.cell_text import cell_text

    google = _SHEETS_NUMBER.search(value)
    try:
        number = float(google[1] if google else noted)
    except ValueError:
        return None
    text, mark = cell_text(number)
    return text if mark is None and text.isdigit() else None
