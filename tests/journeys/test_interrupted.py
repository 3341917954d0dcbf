"""Keys, tokens, the network and the computer itself, gone or asleep in the middle of a run."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import standin.walmart
from cancel_desk.checks.plan import Store
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.run import Run
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import FailureKind
from cancel_desk.walmart.token import Credentials
from journeys.cable import Cable
from journeys.selling import Onlooker, Wish, begin, connect, open_desk, send, write_csv
from standin.contract import Asked
from standin.orders import Line, Order
from standin.walmart import CLIENT_ID, CLIENT_SECRET, Manners, StandIn

ORDERS = 24
MIDDLE = 9
POS = [str(1577914061000 + at) for at in range(ORDERS)]


class Clock:
    """The stand-in's own clock."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(clock: Clock) -> Iterator[StandIn]:
    orders = [Order(po, po, [Line("1", "A", 1)]) for po in POS]
    with StandIn(orders, manners=Manners(latency=0.005), clock=clock) as serving:
        yield serving


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "state")


def in_the_middle(shop: StandIn, act: Callable[[], None]) -> None:
    """Have ``act`` called once when some lines are cancelled, before that is answered."""
    apply, acted = shop.ledger.apply, threading.Lock()

    def applying(po: str, done: Iterable[Asked], correlation_id: str) -> None:
        apply(po, done, correlation_id)
        if len(shop.applied) >= MIDDLE and acted.acquire(blocking=False):
            act()

    shop.ledger.apply = applying  # type: ignore[method-assign]


def run_over_all(desk: Desk, connection: Connection, folder: Path) -> Run:
    """Begin a run that asks for the one line of every order."""
    rows = [Wish(po, "1", "A", "1", "oos", {}) for po in POS]
    return begin(desk, write_csv(folder / "orders.csv", rows), connection)


def assert_all_cancelled_once(run: Run, shop: StandIn) -> None:
    assert [line for line in run.lines() if line.state is not State.CANCELLED] == []
    assert shop.applied == {(po, "1"): [1] for po in POS}


def test_a_token_that_is_refused_in_the_middle_is_renewed(
    shop: StandIn, desk: Desk, tmp_path: Path
) -> None:
    connection = connect(shop.address)
    run = run_over_all(desk, connection, tmp_path)
    in_the_middle(shop, shop._tokens.clear)
    send(desk, run, connection)
    assert_all_cancelled_once(run, shop)
    assert sum(n for (_, _, status), n in shop.ledger.calls.items() if status == 401) > 0
    run.close()
    connection.close()


def test_a_token_that_expired_while_the_computer_slept_is_not_used_any_more(
    shop: StandIn, desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    wall = Clock()
    client = WalmartClient(
        Endpoint(shop.address, cancels_per_minute=60_000),
        Credentials(CLIENT_ID, CLIENT_SECRET),
        wall=wall,
    )
    connection = Connection("stand-in", Store("Stand-in", "US", "LIVE", shop.address), client)
    run = run_over_all(desk, connection, tmp_path)

    def close_the_lid() -> None:
        wall.ahead += 8 * 3600
        clock.ahead += 8 * 3600

    in_the_middle(shop, close_the_lid)
    send(desk, run, connection)
    assert_all_cancelled_once(run, shop)
    tokens = sum(n for (operation, _, _), n in shop.ledger.calls.items() if operation == "token")
    assert tokens == 2
    run.close()
    client.close()


def test_keys_revoked_in_the_middle_end_the_run_and_new_ones_finish_it(
    shop: StandIn, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = connect(shop.address)
    run = run_over_all(desk, connection, tmp_path)

    def revoke() -> None:
        monkeypatch.setattr(standin.walmart, "CLIENT_SECRET", "another-secret")
        shop._tokens.clear()

    in_the_middle(shop, revoke)
    gate = Gate()
    end = desk.send(run, connection, gate, Onlooker(gate))
    assert end.failure is not None
    assert end.failure.kind is FailureKind.CREDENTIALS
    before = {line.po for line in run.lines() if line.state is State.CANCELLED}
    assert MIDDLE <= len(before) < ORDERS
    assert before == {po for po, _line in shop.applied}
    left = {line.state for line in run.lines() if line.po not in before}
    assert left <= {State.PENDING, State.UNSENT}
    monkeypatch.setattr(standin.walmart, "CLIENT_SECRET", CLIENT_SECRET)
    send(desk, run, connection)
    assert_all_cancelled_once(run, shop)
    run.close()
    connection.close()


class Mender(Onlooker):
    """Mends the cable when the program has said so often that the connection is gone."""

    def __init__(self, gate: Gate, cable: Cable, *, after: int) -> None:
        super().__init__(gate)
        self._cable = cable
        self._after = after
        self._lock = threading.Lock()
        self.told = 0
        self.unknown: list[RunLine] = []

    def unreachable(self, seconds: float) -> None:
        assert seconds >= 0
        with self._lock:
            self.told += 1
            if self.told == self._after:
                self._cable.mend()

    def changed(self, lines: Sequence[RunLine]) -> None:
        self.unknown += [line for line in lines if line.state is State.UNKNOWN]


def test_a_network_that_goes_and_comes_back_leaves_nothing_unknown(
    shop: StandIn, desk: Desk, tmp_path: Path
) -> None:
    """Calls are cut off half-way, after Walmart took them: they are looked up when it is back."""
    with Cable(shop.address) as cable:
        connection = connect(cable.address)
        run = run_over_all(desk, connection, tmp_path)
        in_the_middle(shop, cable.cut)
        gate = Gate()
        told = Mender(gate, cable, after=40)
        end = desk.send(run, connection, gate, told, attended=True)
        assert (end.stopped, end.failure) == (False, None)
        assert told.told >= 40
        assert told.unknown, "the call that was cut off was in doubt for a while"
        assert_all_cancelled_once(run, shop)
        run.close()
        connection.close()


def test_a_network_that_stays_away_ends_a_run_that_nobody_watches(
    shop: StandIn, desk: Desk, tmp_path: Path
) -> None:
    with Cable(shop.address) as cable:
        connection = connect(cable.address)
        run = run_over_all(desk, connection, tmp_path)
        in_the_middle(shop, cable.cut)
        gate = Gate()
        hurried = Desk(desk.folders, desk.connections, patience=replace(desk._patience, outage=0.0))
        end = hurried.send(run, connection, gate, Mender(gate, cable, after=10**9))
        assert end.failure is not None
        assert end.failure.kind is FailureKind.UNSENT
        by_state = {
            state: {line.po for line in run.lines() if line.state is state} for state in State
        }
        done = {po for po, _line in shop.applied}
        assert by_state[State.CANCELLED] <= done
        assert done <= by_state[State.CANCELLED] | by_state[State.UNKNOWN]
        cable.mend()
        send(desk, run, connection)
        assert_all_cancelled_once(run, shop)
        run.close()
        connection.close()
