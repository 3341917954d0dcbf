"""Which runs of an account are unfinished, and what their orders say of other keys."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.accounts.account import PRODUCTION_URL, Account, Environment, Market
from cancel_desk.desk import Desk
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.run import Run
from cancel_desk.unfinished import order_not_there, other_sellers, unfinished_of
from cancel_desk.walmart.failures import CallFailed
from cancel_desk.walmart.token import Credentials
from journeys.selling import Onlooker, open_desk, read_orders, send, wishes, write_csv
from journeys.two_sellers import NEW_NORTH, NORTH, SOUTH, TwoSellers
from standin.orders import make_orders


@pytest.fixture
def sellers() -> Iterator[TwoSellers]:
    with TwoSellers(4) as serving:
        yield serving


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "state")


@pytest.fixture
def north(desk: Desk, sellers: TwoSellers) -> Account:
    wanted = Account("North", Market.US, Environment.LIVE, sellers.address)
    return desk.connections.register.add(wanted, NORTH)


@pytest.fixture
def run(desk: Desk, north: Account, tmp_path: Path) -> Iterator[Run]:
    rows = wishes(make_orders(4, seed=7), seed=7, faulty=False)
    review = desk.review(desk.read(write_csv(tmp_path / "orders.csv", rows)), "US")
    with closing(desk.connections.connect("North")) as connection:
        read_orders(desk, review, connection)
        with closing(desk.begin(review, review.plan(connection.store), connection)) as begun:
            yield begun


def test_the_unfinished_runs_of_an_account(desk: Desk, north: Account, run: Run) -> None:
    assert unfinished_of(desk, north) == (), "it is open, perhaps elsewhere"
    (found,) = unfinished_of(desk, north, opened=run)
    assert (found.id, found.store) == (run.id, run.store)
    assert len(found.left) == len(run.lines())
    run.close()
    assert unfinished_of(desk, north) == (found,)
    assert unfinished_of(desk, replace(north, name="Nord")) == (found,)
    assert unfinished_of(desk, replace(north, sellers=())) == (found,)
    respelled = replace(north, base_url=north.base_url.replace("127.0.0.1", "LOCALHOST"))
    assert unfinished_of(desk, respelled) == (found,)
    for other in (
        replace(north, name="Nord", sellers=(SOUTH.seller,)),
        replace(north, market=Market.CA),
        replace(north, base_url=PRODUCTION_URL),
        replace(north, environment=Environment.SANDBOX),
    ):
        assert unfinished_of(desk, other) == ()
    run.path.write_bytes(b"no run any more")
    assert unfinished_of(desk, north) == ()


def test_a_run_that_is_done_is_not_unfinished(desk: Desk, north: Account, run: Run) -> None:
    with closing(desk.connections.connect("North")) as connection:
        send(desk, run, connection)
    assert unfinished_of(desk, north, opened=run) == ()


def test_a_run_that_another_program_opens_meanwhile_is_passed_over(
    desk: Desk, north: Account, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.close()
    summaries = desk.runs()
    with closing(desk.reopen(run.id)):
        monkeypatch.setattr(desk, "runs", lambda: summaries)
        assert unfinished_of(desk, north) == ()


def test_whose_keys_would_have_to_be_the_same(desk: Desk, north: Account, run: Run) -> None:
    runs = unfinished_of(desk, north, opened=run)
    assert other_sellers(runs, north, NORTH.seller) == ()
    assert other_sellers(runs, north, NEW_NORTH.seller) == (NORTH.seller,)
    assert other_sellers((), north, NEW_NORTH.seller) == (NORTH.seller,)
    told = replace(north, sellers=(NEW_NORTH.seller, NORTH.seller))
    assert other_sellers(runs, told, NEW_NORTH.seller) == ()
    unsaid = replace(north, sellers=(NEW_NORTH.seller,))
    assert other_sellers(runs, unsaid, NEW_NORTH.seller) == (NORTH.seller,)


def test_orders_speak_for_keys_or_against_them(
    desk: Desk, north: Account, run: Run, sellers: TwoSellers
) -> None:
    runs = unfinished_of(desk, north, opened=run)
    assert order_not_there(desk, north, NEW_NORTH, runs) == ""
    assert 1 <= len(sellers.asked["north"]) - 4 <= 3, "a few are enough"
    po = runs[0].left[0].po
    line = runs[0].left[0]
    for left in (replace(line, line="99"), replace(line, sku="another")):
        assert order_not_there(desk, north, NEW_NORTH, [replace(runs[0], left=(left,))]) == po
    sellers.stores["south"].book.orders.clear()
    assert order_not_there(desk, north, SOUTH, runs) == po
    assert order_not_there(desk, north, SOUTH, ()) == ""
    with pytest.raises(CallFailed):
        order_not_there(desk, north, Credentials("nobody", "x"), runs)


def test_nothing_is_sent_by_looking(
    desk: Desk, north: Account, run: Run, sellers: TwoSellers
) -> None:
    order_not_there(desk, north, NEW_NORTH, unfinished_of(desk, north, opened=run))
    assert not any("cancel" in path for path in sellers.asked["north"])
    gate = Gate()
    gate.stop()
    with closing(desk.connections.connect("North")) as connection:
        desk.send(run, connection, gate, Onlooker(gate))
    assert sellers.cancelled("north") == set()
