"""Two sellers whose orders have the same numbers, and a person who changes between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.desk import Desk
from cancel_desk.runs.patience import Patience
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from cli.terminal import after_cancels
from journeys.selling import wishes, write_csv
from journeys.two_sellers import NORTH, SOUTH, TwoSellers
from memory_keyring import MemoryKeyring
from standin.orders import make_orders
from ui.fast_store import FastConnections
from ui.hands import button_in, click
from ui.person import Find

LONG = 30_000
ORDERS = 6


@pytest.fixture
def sellers() -> Iterator[TwoSellers]:
    with TwoSellers(ORDERS, latency=0.02) as serving:
        yield serving
        assert serving.strangers == []
        for store in serving.stores.values():
            assert store.violations == []


@pytest.fixture
def desk(connections: FastConnections) -> Desk:
    """A desk that takes as many failures in a row as the program does."""
    patience = Patience(looks=(0.0, 0.01), reconnects=(0.0, 0.0), before_again=0.0)
    return Desk(connections.folders, connections, patience=patience)


@pytest.fixture
def reviewing(
    window: MainWindow,
    connections: FastConnections,
    sellers: TwoSellers,
    tmp_path: Path,
    qtbot: QtBot,
) -> MainWindow:
    """The window with a sheet that could be either's, and North's account in use."""
    for name, keys in (("North", NORTH), ("South", SOUTH)):
        account = Account(name, Market.US, Environment.SANDBOX, sellers.address)
        connections.register.add(account, keys)
    window.session.choose_account(connections.account("North"))
    rows = wishes(make_orders(ORDERS, seed=7), seed=7, faulty=False)
    window.journey.open_file(write_csv(tmp_path / "orders.csv", rows))
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    return window


def choose(window: MainWindow, name: str) -> None:
    """Choose a store in the menu of accounts."""
    actions = window.header.account_menu.actions()
    (action,) = [each for each in actions if each.text().startswith(f"{name} ·")]
    action.trigger()


def quiet(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.session.background.busy, timeout=LONG)


def test_the_store_is_changed_while_orders_are_checked(
    reviewing: MainWindow, sellers: TwoSellers, qtbot: QtBot
) -> None:
    click(button_in(reviewing.pages.review, "Check with Walmart"))
    qtbot.waitUntil(lambda: bool(sellers.asked["north"]), timeout=LONG)
    choose(reviewing, "South")
    assert reviewing.header.account_button.text().startswith("South")
    quiet(reviewing, qtbot)
    assert sellers.asked["south"] == [], "nothing goes on by itself with other keys"
    review = reviewing.session.review
    assert review is not None
    assert not any(review.live(row.id) for row in review.table.rows), "what North said is gone"


def test_the_store_is_changed_while_a_plan_waits_for_its_orders(
    reviewing: MainWindow, sellers: TwoSellers, qtbot: QtBot
) -> None:
    click(button_in(reviewing.pages.review, "Review and send"))
    qtbot.waitUntil(lambda: bool(sellers.asked["north"]), timeout=LONG)
    choose(reviewing, "South")
    quiet(reviewing, qtbot)
    assert not any(each.isVisible() for each in reviewing.findChildren(ConfirmDialog))
    assert sellers.asked["south"] == []
    assert not reviewing.session.desk.runs()


def test_the_store_cant_be_changed_while_a_run_is_sending(
    reviewing: MainWindow,
    sellers: TwoSellers,
    memory_keyring: MemoryKeyring,
    dialog: Find,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """Neither by the menu nor behind its back; and no run ever asks the keyring for anything."""
    click(button_in(reviewing.pages.review, "Review and send"))
    confirming: ConfirmDialog = dialog(ConfirmDialog)

    def fail(*_words: str) -> None:
        raise AssertionError("the keyring is asked before a run, not in it")

    for call in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(memory_keyring, call, fail)
    # A run that needs a new token fetches it with the keys it has.
    after_cancels(sellers.stores["north"], 2, sellers.revoke_tokens)
    click(confirming.send)
    qtbot.waitUntil(lambda: bool(sellers.cancelled("north")), timeout=LONG)
    assert reviewing.session.sending is not None
    assert not reviewing.header.account_button.isEnabled()
    choose(reviewing, "South")
    assert reviewing.session.in_use.account.name == "North"
    qtbot.waitUntil(lambda: reviewing.journey.step is Step.RESULTS, timeout=LONG)
    assert sellers.asked["south"] == []
    assert sellers.cancelled("south") == set()
    assert all(len(calls) == 1 for calls in sellers.stores["north"].applied.values())
