"""The stand-in is itself strict, exact and as faulty as it is told to be."""

import http.client
import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from patience import PATIENCE
from standin.bucket import Spelling
from standin.faults import CANCEL_FAULTS, Fault, seeded, written
from standin.ledger import read_log
from standin.orders import Line, Looks, Order, make_orders
from standin.walmart import CLIENT_ID, CLIENT_SECRET, Manners, StandIn

PO = "1577914061094"


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: Message

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """A client that does what it is told, right or wrong."""

    def __init__(self, address: str) -> None:
        self._host = address.removeprefix("http://")
        self.token = ""

    def call(
        self, method: str, path: str, body: str | None = None, /, **headers: str | None
    ) -> Answer:
        given: dict[str, str | None] = {
            "WM_SEC.ACCESS_TOKEN": self.token,
            "WM_QOS.CORRELATION_ID": str(uuid4()),
            "WM_SVC.NAME": "Walmart Marketplace",
            "Accept": "application/json",
            "Content-Type": "application/json",
            **{key.replace("__", ".").replace("_x_", "-"): value for key, value in headers.items()},
        }
        sent = {key: value for key, value in given.items() if value is not None}
        connection = http.client.HTTPConnection(self._host, timeout=PATIENCE)
        try:
            connection.request(method, path, body, sent)
            reply = connection.getresponse()
            return Answer(reply.status, reply.read(), reply.headers)
        finally:
            connection.close()

    def sign_in(self) -> Answer:
        keys = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        answer = self.call(
            "POST",
            "/v3/token",
            "grant_type=client_credentials",
            Authorization=f"Basic {keys}",
            Content_x_Type="application/x-www-form-urlencoded",
            WM_SEC__ACCESS_TOKEN=None,
        )
        if answer.status == 200:
            self.token = answer.json["access_token"]
        return answer

    def cancel(self, *lines: Mapping[str, object], po: str = PO, **headers: str | None) -> Answer:
        body = {"orderCancellation": {"orderLines": {"orderLine": list(lines)}}}
        return self.call("POST", f"/v3/orders/{po}/cancel", json.dumps(body), **headers)

    def read(self, po: str = PO, /, **headers: str | None) -> Answer:
        return self.call("GET", f"/v3/orders/{po}", **headers)


def asked(
    line: object = "1",
    amount: object = "1",
    *,
    reason: str = "SELLER_CANCEL_OUT_OF_STOCK",
    unit: str = "EACH",
    status: str = "Cancelled",
    **more: object,
) -> dict[str, object]:
    quantity = {"unitOfMeasurement": unit, "amount": amount}
    entry = {"status": status, "cancellationReason": reason, "statusQuantity": quantity}
    return {"lineNumber": line, "orderLineStatuses": {"orderLineStatus": [entry]}, **more}


def some_orders() -> list[Order]:
    lines = [Line("1", "A", 3), Line("2", "B", 1), Line("5", "C", 2, shipped=1)]
    return [Order(PO, "5571600820432", lines), Order("2801556051627", "1", [Line("1", "D", 1)])]


@contextmanager
def serving(
    *faults: Fault, operation: str = "cancel", **how: Any
) -> Iterator[tuple[StandIn, Caller]]:
    plan = written({(operation, PO): faults})
    with StandIn(some_orders(), plan=plan, **how) as stand_in:
        caller = Caller(stand_in.address)
        caller.sign_in()
        yield stand_in, caller


def quantities(order: Mapping[str, Any], at: int) -> dict[str, str]:
    statuses = order["orderLines"]["orderLine"][at]["orderLineStatuses"]["orderLineStatus"]
    return {each["status"]: each["statusQuantity"]["amount"] for each in statuses}


def test_sound_calls_are_applied_and_no_violation() -> None:
    with serving() as (stand_in, caller):
        reply = caller.cancel(asked(amount="2"), asked("2"))
        assert reply.status == 200
        assert quantities(reply.json["order"], 0) == {"Acknowledged": "1", "Cancelled": "2"}
        assert quantities(caller.read().json["order"], 1) == {"Cancelled": "1"}
        assert quantities(caller.read().json["order"], 2) == {"Acknowledged": "1", "Shipped": "1"}
        assert stand_in.applied == {(PO, "1"): [2], (PO, "2"): [1]}
        assert stand_in.violations == []
        assert len(set(stand_in.ledger.correlation_ids)) == 4


@pytest.mark.parametrize(
    "body",
    [
        [asked(1)],
        [asked(amount=1)],
        [asked(amount="0")],
        [asked(amount="2.0")],
        [asked(amount="-1")],
        [asked(unit="BOX")],
        [asked(reason="CANCEL_BY_SELLER")],
        [asked(status="Canceled")],
        [asked(status="Shipped")],
        [asked(sku="A")],
        [asked(), asked()],
        [],
        [asked(str(number)) for number in range(101)],
        [{"lineNumber": "1"}],
        [{"lineNumber": "1", "orderLineStatuses": {"orderLineStatus": []}}],
        [{"lineNumber": "1", "orderLineStatuses": []}],
        ["1"],
    ],
)
def test_a_body_that_is_not_as_the_schema_says(body: list[Any]) -> None:
    with serving() as (stand_in, caller):
        assert caller.cancel(*body).status == 400
        assert len(stand_in.violations) >= 1
        assert stand_in.applied == {}


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "{}", '{"orderCancellation":{},"orderCancellation":{}}', "<x/>"]
)
def test_a_body_that_is_no_cancel(body: str) -> None:
    with serving() as (stand_in, caller):
        assert caller.call("POST", f"/v3/orders/{PO}/cancel", body).status == 400
        assert len(stand_in.violations) >= 1


@pytest.mark.parametrize(
    "headers",
    [
        {"WM_SEC__ACCESS_TOKEN": None},
        {"WM_SEC__ACCESS_TOKEN": "Bearer x"},
        {"WM_QOS__CORRELATION_ID": None},
        {"WM_QOS__CORRELATION_ID": "0123456"},
        {"WM_SVC__NAME": None},
        {"Accept": None},
        {"Accept": "*/*"},
        {"Content_x_Type": None},
        {"Content_x_Type": "text/plain"},
        {"Authorization": "Basic eDp5"},
    ],
)
def test_a_header_that_is_missing_or_wrong(headers: dict[str, str | None]) -> None:
    with serving() as (stand_in, caller):
        assert caller.read(**headers).status == 400
        assert len(stand_in.violations) == 1


def test_a_correlation_id_used_twice() -> None:
    with serving() as (stand_in, caller):
        caller.read(WM_QOS__CORRELATION_ID="b3261d2d-028a-4ef7-8602-633c23200af6")
        caller.cancel(asked(), WM_QOS__CORRELATION_ID="B3261D2D-028A-4EF7-8602-633C23200AF6")
        assert len(stand_in.violations) == 1
        assert "used before" in stand_in.violations[0]


def test_wrong_keys_and_a_wrong_form() -> None:
    with StandIn(some_orders()) as stand_in:
        caller = Caller(stand_in.address)
        form = {
            "Content_x_Type": "application/x-www-form-urlencoded",
            "WM_SEC__ACCESS_TOKEN": None,
        }
        for body, keys in [("grant_type=client_credentials", "x:y"), ("grant_type=password", "")]:
            basic = b64encode((keys or f"{CLIENT_ID}:{CLIENT_SECRET}").encode()).decode()
            answer = caller.call("POST", "/v3/token", body, Authorization=f"Basic {basic}", **form)
            assert answer.status == 400
        assert len(stand_in.violations) == 2


def test_an_unknown_operation_and_an_unknown_query() -> None:
    with serving() as (stand_in, caller):
        assert caller.call("DELETE", f"/v3/orders/{PO}").status == 404
        caller.call("GET", f"/v3/orders/{PO}?productInfo=yes")
        assert len(stand_in.violations) == 2


def test_a_token_of_more_than_900_seconds() -> None:
    now = [0.0]
    with serving(clock=lambda: now[0]) as (stand_in, caller):
        now[0] = 900.0
        assert caller.read().status == 200
        now[0] = 901.0
        assert caller.read().status == 401
        assert len(stand_in.violations) == 1


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([asked(amount="4")], 400),
        ([asked("3")], 400),
        ([asked("5", "2")], 400),
        ([asked(), asked("5", "2")], 400),
    ],
)
def test_one_bad_line_refuses_the_whole_call(lines: list[Any], status: int) -> None:
    with serving() as (stand_in, caller):
        assert caller.cancel(*lines).status == status
        assert stand_in.applied == {}
        assert stand_in.violations == []


def test_refused_orders_and_a_second_cancel() -> None:
    wfs = Order("3", "4", [Line("1", "A", 1)], node="WFSFulfilled")
    with StandIn([*some_orders(), wfs]) as stand_in:
        caller = Caller(stand_in.address)
        caller.sign_in()
        assert caller.cancel(asked(), po="3").status == 400
        assert caller.cancel(asked(), po="99").status == 404
        assert caller.read("99").status == 404
        assert caller.cancel(asked("2")).status == 200
        assert caller.cancel(asked("2")).status == 400
        assert stand_in.applied == {(PO, "2"): [1]}


@pytest.mark.parametrize("fault", CANCEL_FAULTS)
def test_each_fault_applies_what_its_name_says(fault: Fault) -> None:
    with serving(fault, manners=Manners(slow=0.01, late=0.0)) as (stand_in, caller):
        status = 0
        try:
            reply = caller.cancel(asked(), asked("2"))
            status = reply.status
        except (OSError, http.client.HTTPException):
            reply = Answer(0, b"", Message())
        late = fault in {Fault.APPLIED_LATE, Fault.ACCEPTED_LATE}
        applied = fault.endswith("_after") or fault in {
            Fault.SLOW, Fault.OTHER_ORDER, Fault.ONE_UNCHANGED,
        }  # fmt: skip
        lost = ("closed", "reset", "cut_short", "applied")
        assert (status == 0) == fault.startswith(lost)
        if not late:
            first = not applied or fault is Fault.ONE_UNCHANGED
            assert stand_in.applied.get((PO, "1"), []) == ([] if first else [1])
            assert stand_in.applied.get((PO, "2"), []) == ([1] if applied else [])
        if fault.startswith("throttled"):
            assert status == 429
            names = {key.casefold() for key in reply.headers}
            assert ("retry-after" in names) == (fault is Fault.THROTTLED_SECONDS)
            assert ("x-current-token-count" in names) == (fault is Fault.THROTTLED_REPLENISH)
        if fault is Fault.UNAUTHORIZED:
            assert status == caller.read().status == 401
        assert stand_in.violations == []


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        (Spelling.PRODUCTION, "X-Next-Replenishment-Time"),
        (Spelling.GUIDE, "x-next-replenish-time"),
        (Spelling.NONE, None),
    ],
)
def test_the_bucket_runs_dry_and_says_so(spelling: Spelling, name: str | None) -> None:
    manners = Manners(capacity=1, per_minute=1, spelling=spelling)
    with serving(manners=manners) as (stand_in, caller):
        assert caller.cancel(asked()).status == 200
        reply = caller.cancel(asked("2"))
        assert reply.status == 429
        assert reply.headers.get("x-current-token-count") == (None if name is None else "0")
        if name is not None:
            stamp = reply.headers[name]
            assert stamp.isdigit() == (spelling is Spelling.PRODUCTION)
        assert stand_in.applied == {(PO, "1"): [1]}


def test_looks_of_bodies() -> None:
    looks = Looks(single=True, numbers=True, bare=True)
    with serving(manners=Manners(looks=looks)) as (_, caller):
        order = caller.read("2801556051627").json
        line = order["orderLines"]["orderLine"]
        assert order["purchaseOrderId"] == 2801556051627
        assert line["lineNumber"] == 1
        assert line["orderLineStatuses"]["orderLineStatus"]["statusQuantity"]["amount"] == 1


def test_a_reading_lags_behind_but_the_reply_does_not() -> None:
    with serving(manners=Manners(lag=3600.0)) as (_, caller):
        reply = caller.cancel(asked("2"))
        assert quantities(reply.json["order"], 1) == {"Cancelled": "1"}
        assert quantities(caller.read().json["order"], 1) == {"Acknowledged": "1"}
        assert caller.cancel(asked("2")).status == 400


def test_a_seeded_plan_is_the_same_every_time() -> None:
    calls = [("cancel", str(po), nth) for po in range(300) for nth in (1, 2)]
    first, again, other = (seeded(seed, rate=0.5) for seed in (1, 1, 2))
    faults = [first(*call) for call in calls]
    assert faults == [again(*call) for call in calls]
    assert faults != [other(*call) for call in calls]
    assert set(faults) == {Fault.NONE, *CANCEL_FAULTS}


def test_orders_are_the_same_for_the_same_seed_and_unlike_each_other() -> None:
    orders = make_orders(200, 1)
    assert orders == make_orders(200, 1)
    assert len({order.po for order in orders}) == 200
    assert {len(order.po) for order in orders} == {13, 14, 15}
    assert 350 <= sum(len(order.lines) for order in orders) <= 450


def test_as_a_process_of_its_own_with_a_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = Path(__file__).with_name("walmart.py")
    arguments = ["--orders", "3", "--seed", "7", "--log", str(log)]
    with subprocess.Popen(
        [sys.executable, str(script), *arguments], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        caller = Caller(process.stdout.readline().strip())
        caller.sign_in()
        order = make_orders(3, 7)[0]
        line = order.lines[0]
        assert caller.cancel(asked(line.number, str(line.open)), po=order.po).status == 200
        found = read_log(log)
        caller.read(Accept=None)
        assert len(read_log(log).violations) == 1
        process.terminate()
    assert found.applied == {(order.po, line.number): [line.open]}
    assert found.violations == []
    assert process.returncode == 0
