"""Two sellers whose orders have the same numbers: nothing of one is sent with the other's token."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.checks.review import Review
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk, OtherStore, PlanChanged
from cancel_desk.folders import lock_places
from cancel_desk.runs.earlier import earlier_sendings
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import RunInUse
from cancel_desk.runs.run import Run
from cancel_desk.runs.store_lock import StoreLock
from cancel_desk.texts.runs import other_store_sentence
from cli.terminal import after_cancels
from journeys.selling import Onlooker, open_desk, read_orders, send, wishes, write_csv
from journeys.two_sellers import NEW_NORTH, NORTH, SOUTH, TwoSellers
from patience import PATIENCE
from standin.orders import make_orders

ORDERS = 4


@pytest.fixture
def sellers() -> Iterator[TwoSellers]:
    with TwoSellers(ORDERS) as serving:
        yield serving
        assert serving.strangers == []
        for store in serving.stores.values():
            assert store.violations == []


@pytest.fixture
def desk(tmp_path: Path, sellers: TwoSellers) -> Desk:
    """A desk that knows both sellers by one address."""
    desk = open_desk(tmp_path / "state")
    for name, keys in (("North", NORTH), ("South", SOUTH)):
        account = Account(name, Market.US, Environment.LIVE, sellers.address)
        desk.connections.register.add(account, keys)
    return desk


@pytest.fixture
def north(desk: Desk) -> Iterator[Connection]:
    with closing(desk.connections.connect("North")) as connection:
        yield connection


@pytest.fixture
def south(desk: Desk) -> Iterator[Connection]:
    with closing(desk.connections.connect("South")) as connection:
        yield connection


@pytest.fixture
def review(desk: Desk, north: Connection, tmp_path: Path) -> Review:
    """A sheet that was checked against the orders of North."""
    rows = wishes(make_orders(ORDERS, seed=7), seed=7, faulty=False)
    found = desk.review(desk.read(write_csv(tmp_path / "orders.csv", rows)), "US")
    read_orders(desk, found, north)
    return found


@pytest.fixture
def run(desk: Desk, north: Connection, review: Review) -> Iterator[Run]:
    """A run confirmed for North, nothing sent yet."""
    with closing(desk.begin(review, review.plan(north.store), north)) as begun:
        yield begun


def test_each_is_sent_to_its_own(
    desk: Desk, north: Connection, south: Connection, run: Run, sellers: TwoSellers
) -> None:
    send(desk, run, north)
    assert sellers.cancelled("north")
    assert sellers.asked["south"] == []
    assert north.store.seller != south.store.seller
    assert NORTH.client_id not in repr(north)


def test_two_runs_at_once_keep_to_their_own_tokens(
    desk: Desk,
    north: Connection,
    south: Connection,
    review: Review,
    run: Run,
    sellers: TwoSellers,
) -> None:
    read_orders(desk, review, south)
    with closing(desk.begin(review, review.plan(south.store), south)) as other:
        threads = [
            threading.Thread(target=send, args=(desk, each, connection))
            for each, connection in ((run, north), (other, south))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    assert sellers.cancelled("north") == sellers.cancelled("south") != set()
    for store in sellers.stores.values():
        assert all(len(calls) == 1 for calls in store.applied.values())


def test_the_account_is_switched_between_check_and_send(
    desk: Desk, north: Connection, south: Connection, review: Review, sellers: TwoSellers
) -> None:
    confirmed = review.plan(north.store)
    with pytest.raises(PlanChanged):
        desk.begin(review, confirmed, south)
    assert sellers.asked["south"] == []
    assert not desk.runs()


def test_a_run_goes_on_with_its_account_spelled_and_named_otherwise(
    desk: Desk, north: Connection, run: Run, sellers: TwoSellers
) -> None:
    register = desk.connections.register
    respelled = sellers.address.replace("http://127.0.0.1", "HTTP://LocalHost") + "/"
    register.change("Nord", replace(register.rename("North", "Nord"), base_url=respelled))
    assert desk.connections.account_of(run.store, "North") == "Nord"
    with closing(desk.connect_for(run)) as again:
        assert again.store.address != north.store.address
        assert again.client.cancel_pace is north.client.cancel_pace
        send(desk, run, again)
    assert sellers.cancelled("north") == {(line.po, line.line) for line in run.lines()}


def test_the_account_is_switched_between_confirming_and_sending(
    desk: Desk, south: Connection, run: Run, sellers: TwoSellers
) -> None:
    with pytest.raises(OtherStore) as caught:
        desk.send(run, south, Gate(), Onlooker(Gate()))
    sentence = other_store_sentence(confirmed=caught.value.confirmed, given=caught.value.given)
    assert "confirmed for North (LIVE), but the account chosen is South (LIVE)" in sentence
    assert sellers.asked["south"] == []
    assert sellers.cancelled("north") == set()


def test_the_account_is_switched_while_a_run_is_sending(
    desk: Desk, north: Connection, run: Run, sellers: TwoSellers
) -> None:
    """Every call of a run goes through the connection it began with, whatever is opened since."""
    switched: list[Connection] = []

    def switch() -> None:
        switched.append(desk.connections.connect("South"))
        switched[0].client.order(next(iter(sellers.stores["south"].book.orders)))

    after_cancels(sellers.stores["north"], 1, switch)
    send(desk, run, north)
    assert len(sellers.asked["south"]) == 1
    assert sellers.cancelled("south") == set()
    assert sellers.cancelled("north")
    switched[0].close()


def test_the_account_is_switched_while_orders_are_checked(
    desk: Desk, north: Connection, review: Review, sellers: TwoSellers
) -> None:
    """Reading goes on through the connection it began with; no order of South is looked at."""
    first = threading.Event()
    sellers.asked["north"].clear()

    def told(_po: str, _look: object) -> None:
        if not first.is_set():
            first.set()
            desk.connections.connect("South").close()

    desk.order_reading(north).read(review.orders_wanted(), told)
    assert first.is_set()
    assert len(sellers.asked["north"]) == len(review.orders_wanted())
    assert sellers.asked["south"] == []


@pytest.mark.parametrize("how", ["stopped", "cut off"])
def test_a_run_of_one_is_not_resumed_with_the_others_name(
    how: str, desk: Desk, north: Connection, run: Run, sellers: TwoSellers
) -> None:
    gate = Gate()
    if how == "stopped":
        gate.stop()
        desk.send(run, north, gate, Onlooker(gate))
    run.close()
    again = desk.reopen(run.id)
    with closing(again), closing(desk.connect_for(again, "South")) as other:
        with pytest.raises(OtherStore):
            desk.send(again, other, Gate(), Onlooker(Gate()))
        assert sellers.asked["south"] == []
        with closing(desk.connect_for(again)) as own:
            send(desk, again, own)
    assert sellers.cancelled("north")
    assert sellers.asked["south"] == []


def test_keys_of_another_seller_under_the_same_name_are_noticed(
    desk: Desk, run: Run, sellers: TwoSellers
) -> None:
    desk.connections.register.replace_keys("North", SOUTH)
    with closing(desk.connect_for(run)) as other:
        with pytest.raises(OtherStore) as caught:
            desk.send(run, other, Gate(), Onlooker(Gate()))
        sentence = other_store_sentence(confirmed=caught.value.confirmed, given=caught.value.given)
    assert "confirmed with other keys of North (LIVE)" in sentence
    assert sellers.asked["south"] == []


def test_other_keys_of_the_same_store_go_on_once_the_person_says_so(
    desk: Desk, run: Run, north: Connection, sellers: TwoSellers
) -> None:
    """Nobody but the person knows; what they said counts for these keys and this account alone."""
    register = desk.connections.register
    register.replace_keys("North", NEW_NORTH)
    with closing(desk.connect_for(run)) as unsaid, pytest.raises(OtherStore):
        desk.send(run, unsaid, Gate(), Onlooker(Gate()))
    register.same_store("North", [NORTH.seller])
    with closing(desk.connect_for(run)) as said:
        assert (said.store.seller, said.store.formerly) == (NEW_NORTH.seller, (NORTH.seller,))
        for store in (said.store, north.store):
            with StoreLock(desk.folders.runs, store, places=lock_places()), pytest.raises(RunInUse):
                desk.send(run, said, Gate(), Onlooker(Gate()))
        send(desk, run, said)
        run.close()
        orders = list(sellers.stores["north"].book.orders)
        assert earlier_sendings(desk.folders.runs, said.store, orders)
    assert sellers.cancelled("north")
    # Keys that were put in their place behind our back are nobody we know.
    desk.connections.vault.save("North", SOUTH)
    with closing(desk.connections.connect("North")) as other:
        assert (other.store.seller, other.store.formerly) == (SOUTH.seller, ())
        assert earlier_sendings(desk.folders.runs, other.store, orders) == {}
    assert sellers.asked["south"] == []


def test_a_renamed_account_is_the_same_seller(
    desk: Desk, run: Run, north: Connection, sellers: TwoSellers
) -> None:
    desk.connections.register.rename("North", "Northwind")
    with closing(desk.connect_for(run)) as renamed:
        assert renamed.account == "Northwind"
        with (
            StoreLock(desk.folders.runs, north.store, places=lock_places()),
            pytest.raises(RunInUse),
        ):
            desk.send(run, renamed, Gate(), Onlooker(Gate()))
        send(desk, run, renamed)
        assert sellers.cancelled("north")
        run.close()
        orders = list(sellers.stores["north"].book.orders)
        assert earlier_sendings(desk.folders.runs, renamed.store, orders)
    other = replace(north.store, seller=SOUTH.seller)
    assert earlier_sendings(desk.folders.runs, other, orders) == {}
