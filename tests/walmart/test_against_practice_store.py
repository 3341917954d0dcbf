"""The real client against the practice store over loopback HTTP."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cancel_desk.practice.faults import Endpoint as Kind
from cancel_desk.practice.faults import Fault
from cancel_desk.practice.orders import ShipNode
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.open_orders import NEW, ListingStopped, list_open_orders
from cancel_desk.walmart.orders import CancelLine, Order
from cancel_desk.walmart.token import Credentials

REASON = "SELLER_CANCEL_OUT_OF_STOCK"


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer(PracticeStore()) as server:
        yield server


@pytest.fixture
def store(server: PracticeServer) -> PracticeStore:
    return server.store


@pytest.fixture
def client(server: PracticeServer) -> Iterator[WalmartClient]:
    client = WalmartClient(
        Endpoint(server.address),
        Credentials(CLIENT_ID, CLIENT_SECRET),
        sleep=lambda _seconds: None,
    )
    yield client
    client.close()


def open_order(client: WalmartClient) -> Order:
    start = datetime.now(UTC) - timedelta(days=100)
    return next(
        order
        for order in client.orders(created_start=start)
        if order.cancellable_here and all(line.open == line.ordered for line in order.lines)
    )


def cancel(client: WalmartClient, order: Order, *lines: CancelLine) -> Order:
    client.cancel_pace.reserve()
    reply = client.cancel(order.purchase_order_id, lines, correlation_id="id-1")
    assert reply.order is not None
    return reply.order


def failure_of(client: WalmartClient, order: Order, *lines: CancelLine) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        cancel(client, order, *lines)
    return caught.value


def test_keys_are_good_and_orders_are_read(client: WalmartClient, store: PracticeStore) -> None:
    assert client.token_detail().orders_scope == "full_access"
    order = open_order(client)
    assert client.order(order.purchase_order_id) == order
    assert order.ship_by is not None
    with pytest.raises(CallFailed) as caught:
        client.order("1")
    assert caught.value.kind is FailureKind.NOT_FOUND
    assert caught.value.words


def test_every_order_of_the_store_is_listed(client: WalmartClient, store: PracticeStore) -> None:
    start = datetime.now(UTC) - timedelta(days=170)
    listed = {
        order.purchase_order_id
        for kind in ("SellerFulfilled", "WFSFulfilled", "3PLFulfilled")
        for order in client.orders(created_start=start, ship_node_type=kind)
    }
    assert listed == {order.purchase_order_id for order in store.orders()}


def test_open_orders_are_listed_by_status_and_counted(
    client: WalmartClient, store: PracticeStore
) -> None:
    counts: list[int] = []
    listed = list_open_orders(client, progress=counts.append, stopped=lambda: False)
    here = {order.purchase_order_id for order in listed}
    assert here == {
        each.purchase_order_id
        for each in store.orders()
        if each.ship_node is ShipNode.SELLER and any(line.open for line in each.lines)
    }
    assert counts[-1] == len(listed)
    new = list_open_orders(client, statuses=[NEW], progress=counts.append, stopped=lambda: False)
    assert {order.purchase_order_id for order in new} < here
    assert all(any(NEW in line.quantities for line in order.lines) for order in new)


def test_a_list_nobody_waits_for_is_given_up(client: WalmartClient) -> None:
    counts: list[int] = []
    with pytest.raises(ListingStopped):
        list_open_orders(client, progress=counts.append, stopped=lambda: len(counts) == 2)
    assert counts == [1, 2]


def test_a_cancel_is_carried_out_once(client: WalmartClient, store: PracticeStore) -> None:
    order = open_order(client)
    line = order.lines[0]
    after = cancel(client, order, CancelLine(line.number, REASON, line.open))
    changed = after.line(line.number)
    assert changed is not None
    assert (changed.cancelled, changed.open) == (line.ordered, 0)
    tally = store.tally(order.purchase_order_id, line.number)
    assert (tally.units, tally.times) == (line.ordered, 1)
    again = failure_of(client, order, CancelLine(line.number, REASON, 1))
    assert again.kind is FailureKind.REFUSED
    assert again.words


@pytest.mark.parametrize(
    ("fault", "kind", "cause"),
    [
        (Fault.TOO_MANY_REQUESTS, FailureKind.THROTTLED, Cause.HTTP),
        (Fault.UNAUTHORIZED, FailureKind.UNSENT, Cause.UNAUTHORIZED),
        (Fault.ERROR_BEFORE, FailureKind.UNKNOWN, Cause.HTTP),
        (Fault.ERROR_AFTER, FailureKind.UNKNOWN, Cause.HTTP),
        (Fault.LOST_REPLY_BEFORE, FailureKind.UNKNOWN, Cause.CONNECTION_LOST),
        (Fault.LOST_REPLY_AFTER, FailureKind.UNKNOWN, Cause.CONNECTION_LOST),
        (Fault.BROKEN_JSON, FailureKind.UNKNOWN, Cause.UNREADABLE),
    ],
)
def test_faults_get_their_class_and_are_not_repeated(
    fault: Fault,
    kind: FailureKind,
    cause: Cause,
    client: WalmartClient,
    store: PracticeStore,
) -> None:
    order = open_order(client)
    store.script([fault], endpoint=Kind.CANCEL)
    line = CancelLine(order.lines[0].number, REASON, 1)
    failure = failure_of(client, order, line)
    assert (failure.kind, failure.cause) == (kind, cause)
    assert store.tally(order.purchase_order_id, line.line_number).times <= 1


def test_an_html_page_is_never_a_success(client: WalmartClient, store: PracticeStore) -> None:
    order = open_order(client)
    store.script([Fault.HTML_PAGE], endpoint=Kind.CANCEL)
    failure = failure_of(client, order, CancelLine(order.lines[0].number, REASON, 1))
    assert failure.kind in (FailureKind.UNKNOWN, FailureKind.FORBIDDEN)


def test_a_refused_token_is_renewed(client: WalmartClient, store: PracticeStore) -> None:
    order = open_order(client)
    store.script([Fault.UNAUTHORIZED], endpoint=Kind.CANCEL)
    line = CancelLine(order.lines[0].number, REASON, 1)
    failure_of(client, order, line)
    client.refresh_token()
    assert cancel(client, order, line).line(line.line_number)


def test_the_store_tells_how_many_calls_are_left(client: WalmartClient) -> None:
    """The first replies say that far more than the careful first burst may go at once."""
    order = open_order(client)
    for _ in range(6):
        failure_of(client, order, CancelLine("no such line", REASON, 1))
    waits = [client.cancel_pace.reserve().seconds for _ in range(40)]
    assert max(waits) == 0


def test_reading_orders_does_not_need_the_network_libraries() -> None:
    """So that the window need not wait for them."""
    code = (
        "import sys, cancel_desk.walmart.client, cancel_desk.accounts.vault, "
        "cancel_desk.accounts.book, cancel_desk.texts.connection\n"
        "print([m for m in ('requests', 'urllib3', 'truststore', 'keyring') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
