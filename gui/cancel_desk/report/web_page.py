"""The printable page of a run: a page of HTML that browsers and Qt's text documents both show."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import zip_longest
from typing import NamedTuple

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.report.rows import result_row
from cancel_desk.report.summary import cell_of, order_of
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.run import Run
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.result_looks import HEADER_FILL, LOOKS
from cancel_desk.sheet.result_rows import Summary, Tally
from cancel_desk.texts.times import utc_moment

# Plain tables, and colours as attributes: all that Qt's text documents know.
_STYLE = """
body { font-family: sans-serif; font-size: 9pt; color: #1c1c1c; background: #ffffff;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
h1 { margin: 0px; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding-left: 6px; padding-right: 6px;
  padding-top: 3px; padding-bottom: 3px; }
thead { display: table-header-group; }
tr { page-break-inside: avoid; }
@page { size: A4 landscape; margin: 14mm; }
"""
_WHOLE_WIDTH = ' width="100%"'
_END = "</body>\n</html>\n"


_WIDTHS = (4, 13, 6, 9, 11, 22, 11, 9, 15)  # of the columns of the rows, in per cent


def web_page(run: Run, summary: Summary, rows: Sequence[RowResult]) -> Iterator[str]:
    """Yield the page piece by piece: verdict, bar, counts, and the rows with what became of them.

    Of the person's own columns it has the order, line and SKU alone: it is made to be handed on.
    """
    yield from _head(_title(run, summary))
    yield from _overview(run, summary)
    yield from _rows(run, rows)
    yield _END


class PageParts(NamedTuple):
    """The same page in parts, each HTML of its own: the overview, and the rows under their head.

    The head is to be shown above the rows wherever they go on, such as on a new sheet of paper.
    """

    overview: str
    head: str
    rows: Iterator[str]


def page_parts(
    run: Run, summary: Summary, rows: Sequence[RowResult], *, rows_a_part: int
) -> PageParts:
    """Return the page in parts of so many rows each."""

    def whole(pieces: Iterable[str]) -> str:
        return "".join((*_head(_title(run, summary)), *pieces, _END))

    return PageParts(
        whole(_overview(run, summary)),
        whole(_rows(run, ())),
        (
            whole(_rows(run, rows[at : at + rows_a_part], headed=False))
            for at in range(0, len(rows), rows_a_part)
        ),
    )


def _title(run: Run, summary: Summary) -> str:
    return escape(f"{summary.words.title} · {run.store.name} ({run.store.environment})")


def _head(title: str) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"


def _overview(run: Run, summary: Summary) -> Iterator[str]:
    yield f"<h1>{_title(run, summary)}</h1>\n<br>\n"
    yield _bar(summary.results)
    yield from _table((), ((name, value) for name, value in summary.facts))
    words = summary.words
    yield from _counts(words.results, words.rows, words.units, summary.results)
    yield from _counts(words.reasons, words.lines, words.units, summary.reasons)


def _bar(results: Sequence[Tally]) -> str:
    """Return the results as parts of one bar; the counts below say the same in words."""
    rows = sum(tally.rows for tally in results)
    parts = [
        f'<td width="{100 * tally.rows / rows:.2f}%" bgcolor="#{LOOKS[tally.kind].bar}"'
        f' title="{escape(tally.name)}">&nbsp;</td>'
        for tally in results
        if tally.rows
    ]
    return f'<table width="100%" cellspacing="0"><tr>{"".join(parts)}</tr></table>\n<br>\n'


def _counts(title: str, rows: str, units: str, tallies: Sequence[Tally]) -> Iterator[str]:
    if not tallies:
        return
    yield from _table(
        (title, rows, units),
        ((tally.name, grouped(tally.rows), grouped(tally.units)) for tally in tallies),
        [LOOKS[tally.kind].fill if tally.kind else "" for tally in tallies],
    )


def _rows(run: Run, rows: Sequence[RowResult], *, headed: bool = True) -> Iterator[str]:
    heads = (
        _("Row"),
        _("Order"),
        _("Line"),
        _("SKU"),
        _("Result"),
        _("What it means"),
        _("Walmart's words"),
        _("Units cancelled"),
        _("Time (UTC)"),
    )
    fills = [LOOKS[each.result].fill for each in rows]
    cells = (_cells(run, each) for each in rows)
    yield from _table(heads if headed else (), cells, fills, _WIDTHS)


def _cells(run: Run, each: RowResult) -> tuple[str, ...]:
    row = result_row(each)
    units = "" if row.units is None else str(row.units)
    lines = ", ".join(line.line for line in each.lines) or cell_of(run, each, Column.LINE)
    skus = dict.fromkeys(line.sku for line in each.lines if line.sku)
    sku = ", ".join(skus) or cell_of(run, each, Column.SKU)
    icon = LOOKS[row.kind].icon
    return (
        str(row.number or ""),
        order_of(run, each),
        lines,
        sku,
        f"{icon} {row.result}",
        row.meaning,
        row.walmart_words,
        units,
        utc_moment(row.time),
    )


def _table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    fills: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> Iterator[str]:
    """Yield a table; ``fills`` are the colours of its rows' first cell, or of Result.

    ``widths`` are those of its columns in per cent of the page.
    """
    wide = [f' width="{width}%"' for width in widths]
    yield f'<table cellspacing="0"{_WHOLE_WIDTH if widths else ""}>\n'
    if heads:
        cells = "".join(
            f'<th bgcolor="#{HEADER_FILL}"{width}>{escape(name)}</th>'
            for name, width in zip_longest(heads, wide, fillvalue="")
        )
        yield f"<thead><tr>{cells}</tr></thead>\n"
    coloured = 4 if widths else 0
    for at, row in enumerate(rows):
        fill = fills[at] if at < len(fills) else ""
        yield "<tr>"
        for column, (text, width) in enumerate(zip_longest(row, wide, fillvalue="")):
            colour = f' bgcolor="#{fill}"' if fill and column == coloured else ""
            yield f"<td{colour}{width}>{escape(text)}</td>"
        yield "</tr>\n"
    yield "</table>\n" if widths else "</table>\n<br>\n"
