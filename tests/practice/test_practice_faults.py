"""Each fault: what the caller sees, and what became of the order."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from cancel_desk.practice.bodies import Shape
from cancel_desk.practice.faults import Endpoint, Fault, FaultPlan, Faults, Planned
from cancel_desk.practice.journal import Tally
from patience import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from cancel_desk.practice.orders import Order
    from cancel_desk.practice.store import PracticeStore
    from practice.conftest import Caller, Clock

GONE = (http.client.RemoteDisconnected, ConnectionError)


@pytest.mark.parametrize(
    ("fault", "status", "applied"),
    [
        (Fault.TOO_MANY_REQUESTS, 429, False),
        (Fault.UNAUTHORIZED, 401, False),
        (Fault.ERROR_BEFORE, 500, False),
        (Fault.ERROR_AFTER, 500, True),
        (Fault.HTML_PAGE, 503, False),
        (Fault.BROKEN_JSON, 200, True),
    ],
)
def test_faults_that_answer(
    caller: Caller,
    store: PracticeStore,
    named: Callable[[str], Order],
    fault: Fault,
    status: int,
    applied: bool,
) -> None:
    po = named("three units").purchase_order_id
    store.script([fault])
    answer = caller.cancel(po, ("1", 3))
    assert answer.status == status
    assert store.tally(po, "1") == (Tally(3, 1) if applied else Tally())
    call = store.journal.calls()[-1]
    assert (call.fault, call.status, call.applied) == (fault, status, applied)
    assert call.broken_rule is None
    # The script is over: all is well again.
    assert caller.order(po).statuses("1") == ({"Cancelled": "3"} if applied else {"Created": "3"})


@pytest.mark.parametrize(
    ("fault", "applied"), [(Fault.LOST_REPLY_BEFORE, False), (Fault.LOST_REPLY_AFTER, True)]
)
def test_lost_replies(
    caller: Caller,
    store: PracticeStore,
    named: Callable[[str], Order],
    fault: Fault,
    applied: bool,
) -> None:
    po = named("three units").purchase_order_id
    store.script([fault])
    with pytest.raises(GONE):
        caller.cancel(po, ("1", 1))
    assert store.tally(po, "1").times == int(applied)
    assert store.journal.calls()[-1].status is None
    assert caller.order(po).status == 200


def test_broken_json_is_broken(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    store.script([Fault.BROKEN_JSON])
    answer = caller.cancel(named("one line").purchase_order_id, ("1", 1))
    assert answer.headers["Content-Type"].startswith("application/json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.body)


def test_the_page_of_the_edge(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    po = named("one line").purchase_order_id
    store.script([Fault.HTML_PAGE, Planned(Fault.HTML_PAGE, status=403)])
    page = caller.cancel(po, ("1", 1))
    assert page.headers["Content-Type"] == "text/html"
    assert b"Reference&#32;&#35;18" in page.body
    assert caller.cancel(po, ("1", 1)).status == 403


def test_a_skipped_line(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    po = named("two lines").purchase_order_id
    store.script([Fault.LINE_SKIPPED, Fault.LINE_SKIPPED, None])
    answer = caller.cancel(po, ("1", 1), ("2", 2))
    assert answer.statuses("1") == {"Cancelled": "1"}
    assert answer.statuses("2") == {"Acknowledged": "2"}
    assert caller.cancel(po, ("2", 2)).statuses("2") == {"Acknowledged": "2"}
    assert not store.journal.calls()[-1].applied
    assert caller.cancel(po, ("2", 2)).statuses("2") == {"Cancelled": "2"}
    assert store.tallies() == {(po, "1"): Tally(1, 1), (po, "2"): Tally(2, 1)}


def test_a_slow_reply_is_a_reply(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    po = named("one line").purchase_order_id
    store.faults = Faults(slow_seconds=0.01, latency=0.002)
    store.script([Fault.SLOW])
    assert caller.cancel(po, ("1", 1)).statuses("1") == {"Cancelled": "1"}


def test_a_caller_that_does_not_wait(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    po = named("one line").purchase_order_id
    store.script([Fault.SLOW])
    caller.connection.sock.settimeout(0.05)
    with pytest.raises(TimeoutError):
        caller.cancel(po, ("1", 1))
    until(lambda: bool(store.tallies()), "the cancel at the store")
    assert store.tally(po, "1") == Tally(1, 1)


@pytest.mark.parametrize("shape", list(Shape))
def test_an_error_in_another_shape(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order], shape: Shape
) -> None:
    po = named("delivered").purchase_order_id
    usual = caller.cancel(po, ("1", 1)).body
    store.script([Planned(shape=shape)])
    chosen = caller.cancel(po, ("1", 1))
    assert chosen.status == 400
    assert (chosen.body == usual) is (shape is Shape.ORDERS)
    store.faults = Faults(shape=shape)
    assert caller.cancel(po, ("1", 1)).body == chosen.body


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 423])
def test_the_status_of_an_error(caller: Caller, store: PracticeStore, status: int) -> None:
    po = store.orders()[0].purchase_order_id
    steps = [Planned(Fault.ERROR_BEFORE, status=status), Planned(Fault.ERROR_AFTER, status=status)]
    store.script(steps)
    assert caller.cancel(po, ("1", 1)).status == status
    assert caller.cancel(po, ("1", 1)).status == status
    assert store.tally(po, "1") == Tally(1, 1)


def test_reads_and_tokens_can_be_scripted(caller: Caller, store: PracticeStore) -> None:
    po = store.orders()[0].purchase_order_id
    store.script([Fault.ERROR_BEFORE], endpoint=Endpoint.ORDER)
    store.script([Fault.BROKEN_JSON], endpoint=Endpoint.ORDERS)
    store.script([Fault.LOST_REPLY_AFTER], endpoint=Endpoint.TOKEN)
    assert caller.cancel("1", ("1", 1)).status == 404
    assert caller.order(po).status == 500
    with pytest.raises(json.JSONDecodeError):
        caller.get("/orders").json  # noqa: B018 - reading it is the test
    with pytest.raises(GONE):
        caller.token()
    assert caller.order(po).status == 200


def test_reads_lag_behind(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order], clock: Clock
) -> None:
    po = named("three units").purchase_order_id
    store.faults = Faults(read_lag=5)
    assert caller.cancel(po, ("1", 1)).statuses("1") == {"Created": "2", "Cancelled": "1"}
    clock.now += 4
    assert caller.cancel(po, ("1", 1)).statuses("1") == {"Created": "1", "Cancelled": "2"}
    assert caller.order(po).statuses("1") == {"Created": "3"}
    listed = caller.get(f"/orders?purchaseOrderId={po}").json["list"]["elements"]["order"][0]
    assert len(listed["orderLines"]["orderLine"][0]["orderLineStatuses"]["orderLineStatus"]) == 1
    clock.now += 5
    assert caller.order(po).statuses("1") == {"Created": "1", "Cancelled": "2"}


def draws(faults: Faults, seed: int, count: int = 2000) -> list[Planned]:
    plan = FaultPlan(faults, seed=seed)
    return [plan.next(Endpoint.CANCEL) for _ in range(count)]


def test_chance_keeps_its_rates_and_its_seed() -> None:
    faults = Faults(too_many_requests=0.1, error_after=0.2, slow=0.3)
    drawn = draws(faults, 1)
    counts = Counter(planned.fault for planned in drawn)
    assert set(counts) == {Fault.TOO_MANY_REQUESTS, Fault.ERROR_AFTER, Fault.SLOW, None}
    for fault, rate in ((Fault.TOO_MANY_REQUESTS, 0.1), (Fault.ERROR_AFTER, 0.2), (None, 0.4)):
        assert counts[fault] / len(drawn) == pytest.approx(rate, abs=0.04)
    assert {each.status for each in drawn if each.fault is Fault.ERROR_AFTER} >= {500, 520}
    assert draws(faults, 1) == drawn
    assert draws(faults, 2) != drawn


@pytest.mark.parametrize("fault", list(Fault))
def test_a_rate_of_one_is_always(fault: Fault) -> None:
    rates: dict[str, Any] = {fault.value: 1.0}
    always = Faults(**rates)
    assert {planned.fault for planned in draws(always, 3, 50)} == {fault}


def test_reads_only_when_asked() -> None:
    for on_reads in (True, False):
        plan = FaultPlan(Faults(error_before=1, on_reads=on_reads), seed=1)
        expected = Fault.ERROR_BEFORE if on_reads else None
        assert plan.next(Endpoint.ORDER).fault is expected
        assert plan.next(Endpoint.ORDERS).fault is expected
        assert plan.next(Endpoint.TOKEN).fault is None


@pytest.mark.parametrize(
    "settings",
    [{"slow": 1.1}, {"slow": -0.1}, {"slow": 0.6, "error_after": 0.6}, {"latency": -1.0}],
)
def test_settings_that_make_no_sense(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1|0 or more"):
        Faults(**settings)


def test_a_script_is_shared_by_threads() -> None:
    plan = FaultPlan(Faults(), seed=1)
    plan.script([Fault.SLOW] * 400, Endpoint.CANCEL)
    seen: list[Fault | None] = []

    def work() -> None:
        seen.extend(plan.next(Endpoint.CANCEL).fault for _ in range(150))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(seen) == {Fault.SLOW: 400, None: 200}
