"""A seller's sheet of orders to cancel, a desk to do it with, and whether the results are true."""

import csv
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cancel_desk.accounts.book import AccountBook
from cancel_desk.accounts.vault import Vault
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.connections import Connection, Connections
from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import RunLine
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.run import Run
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed
from cancel_desk.walmart.orders import Order as ReadOrder
from cancel_desk.walmart.token import Credentials
from standin.faults import CANCEL_FAULTS, Fault
from standin.orders import Line, Order
from standin.walmart import CLIENT_ID, CLIENT_SECRET

PATIENCE = Patience(
    looks=(0.01, 0.02, 0.05), last_looks=(0.05,), reconnects=(0.01,) * 3, before_again=0.0
)

SELLER_CENTER = (
    "PO#", "Order#", "Order Date", "Ship By", "Delivery Date", "Customer Name",
    "Customer Shipping Address", "Customer Phone Number", "Ship to Address 1",
    "Ship to Address 2", "City", "State", "Zip", "Segment", "FLIDS", "Line#", "UPC", "Status",
    "Item Description", "Shipping Method", "Shipping Tier", "Shipping SLA",
    "Shipping Config SOurce", "Qty", "SKU", "Item Cost", "Shipping Cost", "Tax",
    "Update Status", "Update Qty", "Carrier", "Tracking Number", "Tracking Url",
    "Seller Order NO", "Fulfillment Entity", "Replacement Order",
    "Original Customer Order Id", "Cancel reason",
)  # fmt: skip
"""The header of Seller Center's order download, and the reason that a seller adds to it."""

ALL_AT_ONCE = tuple(fault for fault in CANCEL_FAULTS if fault is not Fault.THROTTLED_SILENT)
"""Every fault but a 429 that names no time: the client waits 60 seconds after each of those."""

_PLAIN = ("Purchase Order #", "Line", "SKU", "Qty to cancel", "Reason", "My notes")
_REASONS = ("out of stock", "OOS", "SELLER_CANCEL_PRICING_ERROR", "Pricing error", "address")
_LineKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """One row of the sheet: its cells by meaning, and the units it asks of each order line.

    ``asked`` is empty for a row that must be left out.
    """

    po: str
    line: str
    sku: str
    quantity: str
    reason: str
    asked: Mapping[_LineKey, int]


def wishes(orders: Sequence[Order], seed: int, *, faulty: bool = True) -> list[Wish]:
    """Return rows for every order: lines whole and in part, whole orders, and ``faulty`` ones."""
    chance = random.Random(seed)
    rows = [row for order in orders for row in _order_rows(order, chance)]
    if faulty:
        rows[3:3] = [
            Wish("9999999999999", "1", "", "1", "oos", {}),
            Wish("1.29115E+14", "1", "", "1", "oos", {}),
            Wish(orders[0].po, "77", "", "1", "oos", {}),
            Wish("", "1", "", "1", "oos", {}),
        ]
    return rows


def _order_rows(order: Order, chance: random.Random) -> Iterator[Wish]:
    reason = chance.choice(_REASONS)
    if chance.random() < 0.2:
        asked = {(order.po, line.number): line.open for line in order.lines if line.open}
        yield Wish(order.po, "all", "", "", reason, asked)
        return
    for line in order.lines:
        yield _line_row(order, line, reason, chance)


def _line_row(order: Order, line: Line, reason: str, chance: random.Random) -> Wish:
    units = chance.randint(1, line.open) if chance.random() < 0.4 else line.open
    blank = units == line.open and chance.random() < 0.2
    quantity = "" if blank else str(units)
    sku = line.sku if chance.random() < 0.7 else ""
    return Wish(order.po, line.number, sku, quantity, reason, {(order.po, line.number): units})


def write_csv(path: Path, rows: Iterable[Wish]) -> Path:
    """Write the rows as the small CSV file a seller would type."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_PLAIN)
        for at, row in enumerate(rows):
            writer.writerow([row.po, row.line, row.sku, row.quantity, row.reason, f"note {at}"])
    return path


def write_xlsx(path: Path, rows: Iterable[Wish]) -> Path:
    """Write the rows as a Seller Center download; every other number is a number cell."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Po Details"
    page.append(SELLER_CENTER)
    for at, row in enumerate(rows):
        known = {
            "PO#": row.po,
            "Order#": "5571600820432",
            "Line#": row.line,
            "Qty": row.quantity,
            "SKU": row.sku,
            "Status": "Acknowledged",
            "Cancel reason": row.reason,
        }
        cells: list[str | int] = [known.get(name, "") for name in SELLER_CENTER]
        if at % 2:
            cells = [int(x) if isinstance(x, str) and x.isdecimal() else x for x in cells]
        page.append(cells)
    book.save(path)
    return path


class Onlooker:
    """Listens to a run, and lets it go on whenever it pauses itself."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def changed(self, lines: Sequence[RunLine]) -> None:
        """Lines stand differently: nothing to do."""

    def waiting(self, seconds: float) -> None:
        """A call waits for its slot: nothing to do."""

    def unreachable(self, seconds: float) -> None:
        """The connection is gone for now: nothing to do."""

    def first_sent(self, lines: Sequence[RunLine]) -> None:
        """Go on as the person would who likes what they see of these ``lines``."""
        assert lines
        self._gate.resume()

    def paused(self, failure: CallFailed) -> None:
        """Go on as the person would, whatever ``failure`` it was."""
        assert failure.kind
        self._gate.resume()


def open_desk(root: Path) -> Desk:
    """Return a desk with little patience over a state folder."""
    folders = Folders(root)
    folders.create()
    connections = Connections(folders, AccountBook(folders.accounts), Vault(), {})
    return Desk(folders, connections, patience=PATIENCE)


class _HastyClient(WalmartClient):
    """Waits between attempts to read by its own ``sleep``, which is short."""

    def order(
        self, purchase_order_id: str, *, wait: Callable[[float], bool] | None = None
    ) -> ReadOrder:
        assert wait is not None, "a stop must end the waiting between attempts"
        return super().order(purchase_order_id)


def connect(address: str) -> Connection:
    """Return a connection to a stand-in, faster than Walmart allows."""
    client = _HastyClient(
        Endpoint(address, cancels_per_minute=60_000, reads_per_minute=600_000),
        Credentials(CLIENT_ID, CLIENT_SECRET),
        sleep=lambda seconds: time.sleep(min(seconds, 0.01)),
    )
    connection = Connection("stand-in", Store("Stand-in", "US", "LIVE", address), client)
    connection._ends.callback(client.close)
    return connection


def read_orders(desk: Desk, review: Review, connection: Connection) -> None:
    """Read all orders of a review; a reading that can't begin is begun again."""
    for _ in range(10):
        try:
            looks = desk.order_reading(connection).read(review.orders_wanted())
        except CallFailed:
            continue
        review.add_looks(looks)
        return
    raise AssertionError("the orders could not be read")


def begin(desk: Desk, path: Path, connection: Connection) -> Run:
    """Do everything with a sheet up to the confirmed run."""
    review = desk.review(desk.read(path), "US")
    read_orders(desk, review, connection)
    return desk.begin(review, review.plan(connection.store), connection)


def send(desk: Desk, run: Run, connection: Connection) -> None:
    """Send a run to its end."""
    gate = Gate()
    end = desk.send(run, connection, gate, Onlooker(gate))
    assert end.failure is None
    assert end.journal_error is None


@dataclass(slots=True)
class Truth:
    """What is wrong with a finished or half-finished job; ``words`` counts rows by result."""

    twice: list[str] = field(default_factory=list)
    too_many: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)

    @property
    def wrong(self) -> list[str]:
        """Everything that must never be."""
        return self.twice + self.too_many + self.untrue


def hold_against(
    rows: Sequence[Wish],
    results: Sequence[Mapping[str, str]],
    applied: Mapping[_LineKey, Sequence[int]],
) -> Truth:
    """Compare a result sheet, row by row, with what was cancelled at the store."""
    truth = Truth()
    assert len(results) == len(rows)
    asked = {key: units for row in rows for key, units in row.asked.items()}
    for key, calls in applied.items():
        if len(calls) > 1:
            truth.twice.append(f"{key} in {len(calls)} calls")
        if sum(calls) > asked.get(key, 0):
            truth.too_many.append(f"{key}: {sum(calls)} of {asked.get(key, 0)}")
    for row, result in zip(rows, results, strict=True):
        truth.words[result["Result"]] += 1
        why = _untrue(row, result, applied)
        if why:
            truth.untrue.append(f"{row.po} {row.line}: {why}; {dict(result)}")
    return truth


def _untrue(row: Wish, result: Mapping[str, str], applied: Mapping[_LineKey, Sequence[int]]) -> str:
    done = [key for key, units in row.asked.items() if sum(applied.get(key, ())) == units]
    touched = [key for key in row.asked if applied.get(key)]
    word, text = result["Result"], result["What it means"]
    if not text:
        return "no reason is given"
    told = re.match(r"(\d+) of (\d+) lines cancelled", text)
    if told:
        return _untrue_count(word, int(told[1]), int(told[2]), len(done), len(touched))
    if word == "Unknown":
        return ""
    if word == "Cancelled":
        return "" if len(done) == len(row.asked) > 0 else "said to be cancelled, and is not"
    return "cancelled, and not said to be" if touched else ""


def _untrue_count(word: str, told: int, lines: int, done: int, touched: int) -> str:
    """Judge a row that stands for several lines by what its text counts."""
    if word == "Unknown":
        return "" if told <= done else f"{told} said, {done} done"
    if told != touched or told != done:
        return f"{told} said, {done} done, {touched} touched"
    return "" if (word == "Cancelled") == (told == lines) else f"{told} of {lines} is {word}"


def read_results(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result workbook by header name."""
    from openpyxl import load_workbook

    page = load_workbook(path)["Po Details"]
    header, *rows = page.iter_rows(values_only=True)
    return [
        {str(name): str(value or "") for name, value in zip(header, row, strict=True)}
        for row in rows
    ]
