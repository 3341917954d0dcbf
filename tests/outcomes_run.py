"""A run with every outcome there is, written to its journal as the sending would."""

from pathlib import Path

from builders import order, order_line
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.runs.journal import Journal
from cancel_desk.runs.outcome import Finding, Outcome, State
from cancel_desk.runs.run import Run
from cancel_desk.sheet.columns import match_columns
from cancel_desk.sheet.edits import RemoveRows
from cancel_desk.sheet.rows import FileKind, RawSheet, Row, SheetFacts, Source
from cancel_desk.sheet.table import Table

HEADERS = ("PO#", "Line#", "SKU", "Qty", "Reason", "Note")
STORE = Store("Northwind Goods", "US", "LIVE", "https://marketplace.walmartapis.com")
OUTCOMES = (
    Outcome(State.CANCELLED, Finding.CONFIRMED, {"units": "2"}, "OK", 200, "c-1"),
    Outcome(State.CANCELLED, Finding.FOUND_CANCELLED, {"units": "3"}, "", None, "c-2"),
    Outcome(State.REFUSED, Finding.REFUSED_BY_WALMART, {}, "=Not allowed", 400, "c-3"),
    Outcome(State.UNKNOWN, Finding.NO_ANSWER, {}, "", 500, "c-4"),
    Outcome(State.UNSENT, Finding.NOT_REACHED, {}, "", None, "c-5"),
    Outcome(State.SKIPPED, Finding.LESS_OPEN, {"open": "1"}),
    Outcome(State.SKIPPED, Finding.ALREADY_CANCELLED),
    None,
)
"""What became of the orders, one after the other and again from the start."""


def po(at: int) -> str:
    """Return the number of an order."""
    return str(129_114_917_400_000 + at)


def run_with_all_outcomes(
    folder: Path, *, orders: int = 16, store: Store = STORE, source: Source | None = None
) -> Run:
    """Write a run of a sorted sheet with duplicates, removed and inserted rows.

    Each order has a row of two units; after them come a row for all three lines of one order, a
    duplicate, and a row without an order.
    """
    shop = [
        order(order_line("1", ordered=2, sku=f"SKU-{at % 5}"), po=po(at)) for at in range(orders)
    ]
    whole = order(*(order_line(n, sku=f"W-{n}") for n in "123"), po=po(orders))
    cells = [(po(at), "1", f"SKU-{at % 5}", "2", "OOS", f"=note {at}") for at in range(orders)]
    cells += [(po(orders), "all", "", "", "fraud", "whole"), cells[0], ("", "1", "", "", "OOS", "")]
    rows = [Row(at + 1, at + 2, row) for at, row in enumerate(cells)]
    rows.insert(2, Row(900, 90, (po(5), "1", "", "9", "OOS", "removed here")))
    found = source or Source("orders.csv", FileKind.TEXT, None, 1)
    raw = RawSheet(found, HEADERS, tuple(reversed(rows)), SheetFacts())
    table = Table(raw, match_columns(HEADERS).columns)
    table.apply(RemoveRows((900,)))
    table.insert_rows([(1, table.new_row(("77", "1", "", "1", "OOS", "inserted here")))])
    review = Review(table, store.market)
    review.add_looks({each.purchase_order_id: each for each in [*shop, whole]})
    plan = review.plan(store)
    run = Run.begin(folder, plan, table, facts={"account": "NW", "version": "1.2"})
    _become(run._journal)
    return run


def _become(journal: Journal) -> None:
    """Record an outcome for each line, as its order's number says."""
    outcomes = {}
    for line in journal.lines():
        outcome = OUTCOMES[(int(line.po) + int(line.line) - 1) % len(OUTCOMES)]
        if outcome is not None:
            outcomes[line.id] = outcome
    journal.record(outcomes)
