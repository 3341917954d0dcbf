"""The result workbook written row by row in constant memory, with the looks of Cancel Desk."""

import tempfile
from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cancel_desk.language import gettext as _
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.result_looks import (
    FIRST_ROWS,
    HEADER_FILL,
    HEADING_SIZE,
    LOOKS,
    RESULT_WIDTHS,
    SUMMARY_WIDTHS,
    own_widths,
    pages_beside,
)
from cancel_desk.sheet.result_mark import MARK_NAME, marked
from cancel_desk.sheet.result_rows import ResultSheet, Tally
from cancel_desk.sheet.safe_text import fitting, xlsx_text
from cancel_desk.sheet.sheet_choice import ORDER_SHEET, SUMMARY_SHEET
from cancel_desk.sheet.summary_page import (
    CHART_PLACE,
    Bars,
    Style,
    bars,
    summary_lines,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


def write_plain(path: Path, sheet: ResultSheet) -> None:
    """Write the workbook; every cell but the units is text.

    SheetError for a cell that is too long, OSError if the system refuses something.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    # The rows lie in files of their own until the workbook is put together.
    with tempfile.TemporaryDirectory(prefix="cancel-desk-") as folder:
        book = Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        book.set_custom_property(MARK_NAME, marked(sheet.mark), "text")
        try:
            _write_rows(book, sheet)
            _write_summary(book, sheet)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            for page in book.worksheets():
                page._opt_close()  # noqa: SLF001 - else its file stays open where writing failed


def _write_rows(book: "Workbook", sheet: ResultSheet) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, FIRST_ROWS))
    widths = (*own_widths(sheet.headers, (row.cells for row in first)), *RESULT_WIDTHS)
    page = _begin_rows(book, sheet.all_headers, widths, sheet.count, called=sheet.page_name)
    plain = book.add_format({"num_format": "@"})
    number = book.add_format({"num_format": "0", "align": "left"})  # as its name above it
    by_kind = _result_formats(book)
    own = len(sheet.headers)
    write = page._write_string  # noqa: SLF001 - what is around it costs a tenth of the time
    for at, row in enumerate(chain(first, rows), start=1):
        for column, text in enumerate(row.cells):
            if text:
                write(at, column, fitting(text, row=at + 1), plain)
        write(at, own, row.result, by_kind.get(row.kind, plain))
        write(at, own + 1, fitting(row.meaning, row=at + 1), plain)
        if row.walmart_words:
            write(at, own + 2, fitting(row.walmart_words, row=at + 1), plain)
        if row.units is not None:
            page.write_number(at, own + 3, row.units, number)
        if row.time:
            write(at, own + 4, row.time, plain)
        if row.correlation_id:
            write(at, own + 5, fitting(row.correlation_id, row=at + 1), plain)


def _begin_rows(
    book: "Workbook",
    headers: Sequence[str],
    widths: Sequence[float],
    count: int,
    *,
    called: str = ORDER_SHEET,
) -> Any:
    """Add the page of the rows, and write their header."""
    page: Any = _add_page(book, called)
    page.freeze_panes(1, 0)
    _set_up_print(page, pages_beside(widths))
    page.repeat_rows(0)
    page.autofilter(0, 0, count, len(headers) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:{column_letters(len(headers))}{count + 1}"})
    head = _header_format(book)
    for at, (name, width) in enumerate(zip(headers, widths, strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, fitting(name, row=1), head)
    return page


def _set_up_print(page: Any, beside: int = 1) -> None:
    """Have the columns on so many sheets of paper, on as many below as the rows take."""
    page.set_landscape()
    page.fit_to_pages(beside, 0)


def write_texts(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]], *, count: int
) -> None:
    """Write a workbook of ``count`` rows alone, every cell as text; errors as above."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix="cancel-desk-") as folder:
        book = Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        try:
            every = iter(rows)
            first = list(islice(every, FIRST_ROWS))
            page = _begin_rows(book, headers, own_widths(headers, first), count)
            plain = book.add_format({"num_format": "@"})
            for at, row in enumerate(chain(first, every), start=1):
                for column, text in enumerate(row):
                    if text:
                        page.write_string(at, column, fitting(text, row=at + 1), plain)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            for each in book.worksheets():
                each._opt_close()  # noqa: SLF001 - else its file stays open where writing failed


def _write_summary(book: "Workbook", sheet: ResultSheet) -> None:
    page: Any = _add_page(book, _(SUMMARY_SHEET))
    _set_up_print(page)
    for at, width in enumerate(SUMMARY_WIDTHS):
        page.set_column(at, at, width)
    # Before the rows: in constant memory they are gone once the next page begins.
    page.insert_chart(CHART_PLACE, _chart(book, sheet.summary.results, bars(sheet.summary)))
    styles = _summary_formats(book)
    by_kind = _result_formats(book)
    for at, line in enumerate(summary_lines(sheet.summary)):
        for column, cell in enumerate(line):
            if isinstance(cell.value, int):
                page.write_number(at, column, cell.value, styles[cell.style])
            else:
                form = by_kind.get(cell.kind, styles[cell.style])
                page.write_string(at, column, fitting(cell.value, row=at + 1), form)


def _chart(book: "Workbook", results: Sequence[Tally], place: Bars) -> Any:
    chart = book.add_chart({"type": "bar"})
    page, first, last = f"='{_(SUMMARY_SHEET)}'", place.first, place.last
    chart.add_series(
        {
            "categories": f"{page}!$A${first}:$A${last}",
            "values": f"{page}!$B${first}:$B${last}",
            # What the cells hold can't be looked up any more in constant memory.
            "categories_data": [tally.name for tally in results],
            "values_data": [tally.rows for tally in results],
            "points": [{"fill": {"color": f"#{LOOKS[kind].bar}"}} for kind in place.kinds],
            "data_labels": {"value": True},
            "gap": 50,
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 480, "height": 40 * len(place.kinds) + 40})
    return chart


def _add_page(book: "Workbook", name: str) -> Any:
    from xlsxwriter.worksheet import Worksheet

    class Page(Worksheet):  # type: ignore[misc] # it has no types
        """A page whose texts come back as they were.

        The library's own escaping loses an underscore where two escapes share it, and takes a
        text between <r> and </r> for markup.
        """

        @staticmethod
        def _escape_control_characters(data: str) -> str:
            text = xlsx_text(data)
            return f"_x003C_{text[1:]}" if text.startswith("<r>") else text

        def _xml_inline_string(
            self,
            string: str,
            preserve: bool,  # noqa: FBT001 - the library's own signature
            attributes: Sequence[tuple[str, object]],
        ) -> None:
            """Write a cell; its place and style are never in need of the library's escaping."""
            names = "".join([f' {name}="{value}"' for name, value in attributes])
            kept = ' xml:space="preserve"' if preserve else ""
            text = escape(string, quote=False)
            self.fh.write(f'<c{names} t="inlineStr"><is><t{kept}>{text}</t></is></c>')

    return book.add_worksheet(name, Page)


def _header_format(book: "Workbook") -> "Format":
    return book.add_format({"num_format": "@", "bold": True, "bg_color": f"#{HEADER_FILL}"})


def _result_formats(book: "Workbook") -> dict[str, "Format"]:
    return {
        kind: book.add_format({"num_format": look.number_format, "bg_color": f"#{look.fill}"})
        for kind, look in LOOKS.items()
    }


def _summary_formats(book: "Workbook") -> dict[Style, "Format"]:
    return {
        Style.TITLE: book.add_format({"num_format": "@", "bold": True, "font_size": HEADING_SIZE}),
        Style.NAME: _header_format(book),
        # Not wrapped: no program makes a row higher for it on opening. To the right there is room.
        Style.TEXT: book.add_format({"num_format": "@"}),
        Style.NUMBER: book.add_format({"num_format": "#,##0", "align": "left"}),
    }
