"""Other keys for an account on the command line, what its runs make of it, and its removal."""

import io
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.desk import Desk
from cancel_desk.runs.gate import Gate
from cancel_desk.walmart.token import Credentials
from cli.terminal import Said, Terminal
from journeys.selling import Onlooker, open_desk, read_orders, wishes, write_csv
from journeys.two_sellers import NEW_NORTH, NORTH, SOUTH, TwoSellers
from standin.orders import make_orders

ORDERS = 3


@pytest.fixture
def sellers() -> Iterator[TwoSellers]:
    with TwoSellers(ORDERS) as serving:
        yield serving


@pytest.fixture
def desk(terminal: Terminal, sellers: TwoSellers) -> Desk:
    desk = open_desk(terminal.state)
    account = Account("North", Market.US, Environment.LIVE, sellers.address)
    desk.connections.register.add(account, NORTH)
    return desk


@pytest.fixture
def run(desk: Desk, tmp_path: Path) -> str:
    """A run of North that was stopped before anything was sent."""
    rows = wishes(make_orders(ORDERS, seed=7), seed=7, faulty=False)
    review = desk.review(desk.read(write_csv(tmp_path / "orders.csv", rows)), "US")
    with closing(desk.connections.connect("North")) as connection:
        read_orders(desk, review, connection)
        with closing(desk.begin(review, review.plan(connection.store), connection)) as begun:
            gate = Gate()
            gate.stop()
            desk.send(begun, connection, gate, Onlooker(gate))
            return begun.id


def type_keys(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, keys: Credentials, *words: str
) -> Said:
    """Type the command, with keys on stdin."""
    lines = f"{keys.client_id}\n{keys.client_secret}\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return terminal.type("accounts", "keys", "North", *words)


def test_other_keys_are_tested_and_kept(
    terminal: Terminal, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = type_keys(terminal, monkeypatch, Credentials("north-id", "wrong"))
    assert wrong.status == 1
    assert "Nothing was saved." in wrong.told
    assert desk.connections.vault.load("North") == NORTH
    said = type_keys(terminal, monkeypatch, NEW_NORTH)
    assert said.status == 0
    assert "not finished" not in said.told
    assert desk.connections.vault.load("North") == NEW_NORTH


def test_a_run_goes_on_with_other_keys_of_the_same_store(
    terminal: Terminal,
    run: str,
    sellers: TwoSellers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resume = ("resume", run, "--results", tmp_path / "out.csv", "--yes")
    said = type_keys(terminal, monkeypatch, NEW_NORTH)
    assert "1 run of North is not finished" in said.told
    assert "--same-store" in said.told
    refused = terminal.type(*resume)
    assert "confirmed with other keys of North" in refused.told
    assert sellers.cancelled("north") == set()
    said = type_keys(terminal, monkeypatch, NEW_NORTH, "--same-store")
    assert said.status == 0
    assert "not finished" not in said.told
    assert terminal.type(*resume).status == 0
    assert sellers.cancelled("north")
    assert sellers.asked["south"] == []


def test_keys_of_another_store_are_not_taken_for_the_same_ones(
    terminal: Terminal,
    run: str,
    desk: Desk,
    sellers: TwoSellers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sellers.stores["south"].book.orders.clear()
    said = type_keys(terminal, monkeypatch, SOUTH, "--same-store")
    assert said.status == 1
    assert "is not in their store" in said.told
    assert desk.connections.vault.load("North") == NORTH


def test_removing_is_asked_about(terminal: Terminal, run: str, desk: Desk) -> None:
    unattended = terminal.type("accounts", "remove", "North")
    assert unattended.status == 2
    assert "nothing was removed. Add --yes" in unattended.told
    said = terminal.answer(("accounts", "remove", "north"), "n")
    assert "1 run of it is not finished" in said.told
    assert "Remove North?" in said.told
    assert "Nothing was removed." in said.told
    assert len(desk.connections.book.accounts()) == 1
    assert terminal.answer(("accounts", "remove", "north"), "y").status == 0
    assert desk.connections.book.accounts() == ()
