"""What is made of a run to go on with: the rows that failed, and the SKUs to set to zero."""

from collections import Counter
from typing import NamedTuple

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.report.rows import is_to_do, kept_back_cells, why_kept_back
from cancel_desk.runs.outcome import State
from cancel_desk.runs.results import Result, cancelled_units
from cancel_desk.runs.run import Run
from cancel_desk.sheet.rows import FileKind, RawSheet, Row, SheetFacts, Source
from cancel_desk.sheet.table_file import NamedTable

FAILED = frozenset({Result.REFUSED, Result.LEFT_OUT})
"""Results of rows to correct and try again; what is not sent or unknown goes on with its run."""

_OUT_OF_STOCK = frozenset({ReasonCode.OUT_OF_STOCK, ReasonCode.OUT_OF_STOCK_CL})


class SoldOut(NamedTuple):
    """A SKU that lines were cancelled of because it was out of stock."""

    sku: str
    units: int
    orders: int


def failed_rows(run: Run) -> RawSheet:
    """Return the rows of a run that failed as a sheet to correct and send again.

    Rows that the person left out are not among it. Its source names the run, which the new run
    then names as its former one. There may be no row.
    """
    facts = run.facts
    source = Source(
        facts["source"],
        FileKind(facts.get("kind", FileKind.TEXT)),
        facts["sheet"] or None,
        int(facts.get("header_row", "1")),
        fingerprint=facts.get("fingerprint", ""),
        former=run.id,
    )
    failed = [each for each in run.results() if each.result in FAILED and is_to_do(each)]
    rows = tuple(
        Row(at, each.row.number, kept_back_cells(each, run.columns))
        for at, each in enumerate(failed, start=1)
    )
    hidden = tuple(
        each.row.number for each in failed if why_kept_back(each) and each.row.number is not None
    )
    return RawSheet(source, tuple(run.headers), rows, SheetFacts(hidden_rows=hidden))


def sold_out(run: Run) -> tuple[SoldOut, ...]:
    """Return the SKUs cancelled as out of stock, with units and orders, the most units first.

    Walmart sets an item out of stock in the warehouse of such a line alone.
    """
    units: Counter[str] = Counter()
    orders: dict[str, set[str]] = {}
    for line in run.lines():
        if line.state is State.CANCELLED and line.reason in _OUT_OF_STOCK and line.sku:
            units[line.sku] += cancelled_units(line) or 0
            orders.setdefault(line.sku, set()).add(line.po)
    return tuple(SoldOut(sku, number, len(orders[sku])) for sku, number in units.most_common())


def restock_table(run: Run) -> NamedTable:
    """Return the list of SKUs to set to zero, to be written or shown."""
    heads = (_("SKU"), _("New quantity"), _("Units cancelled"), _("Orders"))
    rows = tuple((each.sku, 0, each.units, each.orders) for each in sold_out(run))
    return NamedTable(_("Restock"), heads, rows)
