"""The result workbook made of the person's own: their formatting, the results behind it.

Openpyxl holds the whole workbook in memory, so this is for workbooks of a usual size.
"""

from collections.abc import Sequence
from copy import copy
from itertools import chain, islice
from pathlib import Path
from typing import Any

from cancel_desk.language import gettext as _
from cancel_desk.sheet.own_book import OwnBook
from cancel_desk.sheet.own_rules import Body, take_rules
from cancel_desk.sheet.own_values import Value, kept_value
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.result_looks import (
    FIRST_ROWS,
    HEADER_FILL,
    HEADING_SIZE,
    LOOKS,
    RESULT_WIDTHS,
    SUMMARY_WIDTHS,
    Look,
    own_widths,
    pages_beside,
)
from cancel_desk.sheet.result_mark import MARK_NAME, marked
from cancel_desk.sheet.result_rows import UNITS_AT, ResultRow, ResultSheet
from cancel_desk.sheet.safe_text import fitting, xlsx_text
from cancel_desk.sheet.sheet_choice import SUMMARY_SHEET
from cancel_desk.sheet.summary_page import (
    CHART_PLACE,
    Bars,
    Style,
    bars,
    summary_lines,
)

_MOST_ABOVE = 10
"""Rows above the header that come along: they are frozen with it, and take of the window."""
_TEXT_FORMAT = 49  # the number of the format "@", the same in every workbook


def write_styled(path: Path, sheet: ResultSheet, own: OwnBook) -> None:
    """Write the results into a copy of the person's sheet.

    Their numbers and days stay what they were, but for ids and for what was changed here: that is
    text, and so is all that a formula might be made of. The rows above the header come along as
    they look, and the rules for whole columns as far as openpyxl holds them.

    SheetError for a cell that is too long, OSError if the system refuses something.
    """
    book, page = own.book, own.book.create_sheet("Results")
    _OwnLooks(own, page, sheet).write()
    for other in book.sheetnames:
        if other != page.title:
            del book[other]
    page.title = sheet.page_name
    book.defined_names.clear()
    _write_summary(book.create_sheet(_(SUMMARY_SHEET)), sheet)
    book.active = 0
    _set_mark(book, marked(sheet.mark))
    book.save(path)


class _OwnLooks:
    """Writes the rows on a new page, each cell as its cell on the former page looks."""

    def __init__(self, own: OwnBook, page: Any, sheet: ResultSheet) -> None:
        from openpyxl.styles import Alignment

        self._below_name = Alignment(horizontal="left")
        self._former = own.page
        self._values = own.values
        self._page = page
        self._sheet = sheet
        self._header_row = own.header_row
        self._own = len(sheet.headers)
        self._last_number = self._header_row + 1
        self._highest = self._last_number
        # The number of the header's row here.
        self._top = self._header_row if self._header_row <= _MOST_ABOVE + 1 else 1

    def write(self) -> None:
        page, sheet, top = self._page, self._sheet, self._top
        rows = iter(sheet.rows)
        first = list(islice(rows, FIRST_ROWS))
        self._take_widths(own_widths(sheet.headers, (row.cells for row in first)))
        self._take_above()
        self._write_header()
        for at, row in enumerate(chain(first, rows), start=top + 1):
            self._write_row(at, row)
        last = top + sheet.count
        page.freeze_panes = f"A{top + 1}"
        page.print_title_rows = f"{top}:{top}"
        shown = page.column_dimensions.values()
        _set_up_print(page, pages_beside([each.width for each in shown if not each.hidden]))
        page.auto_filter.ref = f"A{top}:{column_letters(len(sheet.all_headers))}{last}"
        if top == self._header_row:
            take_rules(self._former, page, Body(top + 1, self._highest, last, self._own))

    def _take_above(self) -> None:
        """Take over a title, and whatever else stands above the header."""
        for at in range(1, self._top):
            self._take_height(at, at)
            for former in self._former[at]:
                value = self._values.cell(at, former.column).value
                if not (former.has_style or value is not None):
                    continue
                cell = self._page.cell(at, former.column)
                cell._style = copy(former._style)  # noqa: SLF001 - as below
                if isinstance(value, str):
                    _set_text(cell, value, row=at)
                else:
                    cell.value = value
        for merged in self._former.merged_cells.ranges:
            if merged.max_row < self._top:
                self._page.merge_cells(merged.coord)

    def _take_widths(self, unless_known: Sequence[float]) -> None:
        for at, width in enumerate(unless_known, start=1):
            self._page.column_dimensions[column_letters(at)].width = width
        for dimension in self._former.column_dimensions.values():
            for at in range(dimension.min or 0, min(dimension.max or 0, self._own) + 1):
                column = self._page.column_dimensions[column_letters(at)]
                column.hidden = dimension.hidden
                if dimension.width:
                    column.width = dimension.width
        for at, width in enumerate(RESULT_WIDTHS, start=self._own + 1):
            self._page.column_dimensions[column_letters(at)].width = width

    def _write_header(self) -> None:
        from openpyxl.styles import PatternFill

        self._take_height(self._top, self._header_row)
        last = self._former.cell(self._header_row, max(self._own, 1))
        for at, name in enumerate(self._sheet.all_headers, start=1):
            cell = self._page.cell(self._top, at)
            former = self._former.cell(self._header_row, at) if at <= self._own else last
            self._look_as(cell, former)
            if not cell.fill.fill_type:
                cell.fill = PatternFill("solid", fgColor=HEADER_FILL)
            _set_text(cell, name, row=self._top)

    def _write_row(self, at: int, row: ResultRow) -> None:
        # A row that was inserted here looks as the one above it.
        number = self._last_number = row.number or self._last_number
        self._highest = max(self._highest, number)
        self._take_height(at, number)
        for column, text in enumerate(row.cells, start=1):
            cell = self._page.cell(at, column)
            former = self._former.cell(number, column)
            value = self._kept(row, column, text)
            if value is None:
                self._look_as(cell, former)
                _set_text(cell, text, row=at)
            else:
                cell._style = copy(former._style)  # noqa: SLF001 - as below
                cell.value = value
        for column, text in enumerate(row.texts[self._own :], start=self._own + 1):
            cell = self._page.cell(at, column)
            if column == self._own + UNITS_AT + 1:
                cell.value, cell.alignment = row.units, self._below_name
                continue
            cell.number_format = "@"
            if column == self._own + 1 and row.kind in LOOKS:
                _colour(cell, LOOKS[row.kind])
            _set_text(cell, text, row=at)

    def _kept(self, row: ResultRow, column: int, text: str) -> Value | None:
        """Return the value that the cell had and may keep; None where it becomes text."""
        if not text or row.number is None or column - 1 in self._sheet.ids:
            return None
        return kept_value(text, self._values.cell(row.number, column).value)

    def _look_as(self, cell: Any, former: Any) -> None:
        if not former.has_style:
            cell.number_format = "@"
            return
        style = copy(former._style)  # noqa: SLF001 - the way to share a style within a book
        style.numFmtId = _TEXT_FORMAT
        cell._style = style  # noqa: SLF001

    def _take_height(self, at: int, number: int) -> None:
        if number in self._former.row_dimensions:
            self._page.row_dimensions[at].height = self._former.row_dimensions[number].height


def _set_up_print(page: Any, beside: int = 1) -> None:
    """Have the columns on so many sheets of paper, on as many below as the rows take."""
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = beside
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _write_summary(page: Any, sheet: ResultSheet) -> None:
    from openpyxl.styles import Alignment, PatternFill

    # One without a name is shown in another than all the rest.
    bold = copy(page.parent._fonts[0])  # noqa: SLF001 - the font of cells that have no other
    bold.b = True
    title = copy(bold)
    title.sz = HEADING_SIZE
    for at, width in enumerate(SUMMARY_WIDTHS, start=1):
        page.column_dimensions[column_letters(at)].width = width
    for at, line in enumerate(summary_lines(sheet.summary), start=1):
        for column, part in enumerate(line, start=1):
            cell = page.cell(at, column)
            if isinstance(part.value, int):
                cell.value, cell.number_format = part.value, "#,##0"
                cell.alignment = Alignment(horizontal="left")
                continue
            cell.number_format = "@"
            if part.kind in LOOKS:
                _colour(cell, LOOKS[part.kind])
            elif part.style is Style.TITLE:
                cell.font = title
            elif part.style is Style.NAME:
                cell.font = bold
                cell.fill = PatternFill("solid", fgColor=HEADER_FILL)
            _set_text(cell, part.value, row=at)
    _set_up_print(page)
    page.add_chart(_chart(page, bars(sheet.summary)), CHART_PLACE)


def _chart(page: Any, place: Bars) -> Any:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.marker import DataPoint

    chart = BarChart(barDir="bar")
    chart.add_data(Reference(page, min_col=2, min_row=place.first, max_row=place.last))
    chart.set_categories(Reference(page, min_col=1, min_row=place.first, max_row=place.last))
    for at, kind in enumerate(place.kinds):
        point = DataPoint(idx=at)
        point.graphicalProperties.solidFill = LOOKS[kind].bar
        chart.series[0].dPt.append(point)
    # What is not said to be hidden is shown: a label would name its series and bar as well.
    chart.series[0].dLbls = DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        showBubbleSize=False,
    )
    chart.legend = None
    chart.gapWidth = 50
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = False
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    return chart


def _set_text(cell: Any, text: str, *, row: int) -> None:
    """Fill a cell with text, whatever it looks like; a blank one only keeps its looks."""
    if text:
        # Past the library's own check, which would cut the text at the length of its escapes.
        cell._value = xlsx_text(fitting(text, row=row))  # noqa: SLF001
        cell.data_type = "s"


def _colour(cell: Any, look: Look) -> None:
    from openpyxl.styles import PatternFill

    cell.number_format = look.number_format
    cell.fill = PatternFill("solid", fgColor=look.fill)


def _set_mark(book: Any, text: str) -> None:
    from openpyxl.packaging.custom import StringProperty

    if MARK_NAME in book.custom_doc_props.names:
        del book.custom_doc_props[MARK_NAME]
    book.custom_doc_props.append(StringProperty(name=MARK_NAME, value=text))
