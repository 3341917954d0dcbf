"""Token buckets and what the replies say about them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cancel_desk.practice.bucket import Limits, TokenBucket
from cancel_desk.practice.catalogue import many_orders
from cancel_desk.practice.faults import Fault
from cancel_desk.practice.store import PracticeStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from practice.conftest import Caller, Clock


def test_a_minute_s_worth_then_one_a_second(clock: Clock) -> None:
    bucket = TokenBucket(60, clock=clock)
    assert [bucket.take().left for _ in range(60)] == list(range(59, -1, -1))
    refused = bucket.take()
    assert not refused.allowed
    assert refused.left == 0
    assert refused.replenished_at == int(clock.now * 1000) + 1000
    clock.now += 0.999
    assert not bucket.take().allowed
    clock.now += 0.001
    assert bucket.take().allowed
    assert not bucket.take().allowed
    clock.now += 600
    assert bucket.take().left == 59


def test_a_clock_set_back_takes_nothing_away(clock: Clock) -> None:
    bucket = TokenBucket(60, clock=clock)
    clock.now -= 3600
    assert bucket.take().left == 59
    clock.now += 1
    assert bucket.take().left == 59


@pytest.mark.parametrize("per_minute", [0.5, 1, 6000])
def test_other_rates(clock: Clock, per_minute: float) -> None:
    bucket = TokenBucket(per_minute, clock=clock)
    allowed = 0
    while bucket.take().allowed:
        allowed += 1
    assert allowed == max(1, per_minute)
    clock.now = bucket.take().replenished_at / 1000
    assert bucket.take().allowed


def test_the_sixty_first_cancel_is_refused(
    clock: Clock, open_store: Callable[[PracticeStore], AbstractContextManager[Caller]]
) -> None:
    store = PracticeStore(stock=many_orders(70, lines=(1, 1), units=(1, 1)), clock=clock)
    orders = [order.purchase_order_id for order in store.orders()]
    with open_store(store) as caller:
        answers = [caller.cancel(po, ("1", 1)) for po in orders[:61]]
        assert [answer.status for answer in answers] == [200] * 60 + [429]
        assert [answer.headers["x-current-token-count"] for answer in answers[58:]] == [
            "1",
            "0",
            "0",
        ]
        refused = answers[-1]
        assert refused.gateway_code == "REQUEST_THRESHOLD_VIOLATED.GMP_GATEWAY_API"
        assert int(refused.headers["X-Next-Replenishment-Time"]) == int(clock.now * 1000) + 1000
        assert not store.journal.calls()[-1].applied
        # Reading has a bucket of its own.
        read = caller.order(orders[61])
        assert read.headers["x-current-token-count"] == "4999"
        assert caller.get("/orders").headers["x-current-token-count"] == "4999"
        clock.now += 1
        assert caller.cancel(orders[60], ("1", 1)).status == 200
        assert caller.cancel(orders[61], ("1", 1)).status == 429


def test_the_rate_can_be_set(
    clock: Clock, open_store: Callable[[PracticeStore], AbstractContextManager[Caller]]
) -> None:
    store = PracticeStore(clock=clock, limits=Limits(cancel=2, read=3))
    with open_store(store) as caller:
        assert [caller.cancel("1", ("1", 1)).status for _ in range(3)] == [404, 404, 429]
        assert [caller.get("/orders").status for _ in range(4)] == [200, 200, 200, 429]


def test_a_429_by_fault_looks_like_a_real_one(
    caller: Caller, store: PracticeStore, clock: Clock
) -> None:
    store.script([Fault.TOO_MANY_REQUESTS])
    po = store.orders()[0].purchase_order_id
    refused = caller.cancel(po, ("1", 1))
    assert refused.status == 429
    assert refused.headers["x-current-token-count"] == "0"
    assert int(refused.headers["X-Next-Replenishment-Time"]) >= int(clock.now * 1000)
    assert json.loads(refused.body)["error"][0]["category"] == "REQUEST"
    assert caller.cancel(po, ("1", 1)).status == 200
