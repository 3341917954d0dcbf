"""Changing a store in the window: its name, its place and its keys, and what runs make of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import SANDBOX_URL, Account, Environment, Market
from cancel_desk.desk import Desk
from cancel_desk.runs.gate import Gate
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.window import MainWindow
from cancel_desk.walmart.token import Credentials
from journeys.selling import Onlooker, read_orders, wishes, write_csv
from journeys.two_sellers import NEW_NORTH, NORTH, SOUTH, TwoSellers
from memory_keyring import MemoryKeyring
from standin.orders import make_orders
from ui.fast_store import FastConnections
from ui.hands import button_in, click, press, type_text
from ui.person import Find

LONG = 20_000
ORDERS = 4


@pytest.fixture
def sellers() -> Iterator[TwoSellers]:
    with TwoSellers(ORDERS) as serving:
        yield serving
        assert serving.strangers == []


@pytest.fixture
def north(connections: FastConnections, sellers: TwoSellers) -> Account:
    """A store that is known, with its keys."""
    wanted = Account("North", Market.US, Environment.SANDBOX, sellers.address)
    return connections.register.add(wanted, NORTH)


@pytest.fixture
def unfinished(desk: Desk, north: Account, tmp_path: Path) -> str:
    """A run of it that was stopped before anything was sent."""
    rows = wishes(make_orders(ORDERS, seed=7), seed=7, faulty=False)
    review = desk.review(desk.read(write_csv(tmp_path / "orders.csv", rows)), "US")
    with closing(desk.connections.connect("North")) as connection:
        read_orders(desk, review, connection)
        with closing(desk.begin(review, review.plan(connection.store), connection)) as run:
            gate = Gate()
            gate.stop()
            desk.send(run, connection, gate, Onlooker(gate))
            return run.id


@pytest.fixture
def editing(north: Account, window: MainWindow, dialog: Find, qtbot: QtBot) -> AccountDialog:
    """The dialog as it opens from the menu of the store in use."""
    window.session.choose_account(north)
    choose(window, "Edit North")
    found: AccountDialog = dialog(AccountDialog)
    qtbot.waitUntil(lambda: not window.session.background.busy, timeout=LONG)
    return found


def choose(window: MainWindow, label: str) -> None:
    """Choose an entry in the menu of accounts."""
    actions = window.header.account_menu.actions()
    (action,) = [each for each in actions if each.text().startswith(label)]
    action.trigger()


def retype(field: object, text: str) -> None:
    """Replace what is in a field."""
    field.clear()  # type: ignore[attr-defined]
    type_text(field, text)  # type: ignore[arg-type]


def save(editing: AccountDialog, qtbot: QtBot) -> Account:
    with qtbot.waitSignal(editing.accepted, timeout=LONG):
        click(editing.save)
    assert editing.account is not None
    return editing.account


def test_a_store_is_renamed_without_being_asked_for_anything(
    editing: AccountDialog,
    north: Account,
    window: MainWindow,
    connections: FastConnections,
    sellers: TwoSellers,
    qtbot: QtBot,
) -> None:
    assert editing.windowTitle() == "Edit North"
    assert not editing.save.isEnabled(), "nothing is changed yet"
    assert editing.form.client_id.text() == editing.form.secret.text() == ""
    retype(editing.form.name, "Northwind")
    assert editing.save.text() == "Save"
    assert not editing.untested.isVisible()
    kept = save(editing, qtbot)
    assert kept.name == "Northwind"
    assert connections.keys(kept) == NORTH
    assert connections.book.accounts() == (kept,)
    assert window.session.in_use.account == kept
    assert "Northwind" in window.header.account_button.text()
    assert window.notice.sentence.text().startswith("Northwind is saved. The keys are kept in: ")
    assert sellers.asked == {"north": [], "south": []}


def test_a_renamed_store_goes_on_with_its_runs(
    unfinished: str,
    editing: AccountDialog,
    desk: Desk,
    sellers: TwoSellers,
    qtbot: QtBot,
) -> None:
    retype(editing.form.name, "Northwind")
    assert editing.meaning.text() == (
        "1 run of North is not finished. It can be resumed under the new name."
    )
    save(editing, qtbot)
    desk.connections.register.add(
        Account("North", Market.US, Environment.SANDBOX, sellers.address), SOUTH
    )
    with closing(desk.reopen(unfinished)) as run, closing(desk.connect_for(run)) as connection:
        assert connection.account == "Northwind"
        desk.send(run, connection, Gate(), Onlooker(Gate()))
    assert sellers.cancelled("north")
    assert sellers.asked["south"] == []


def test_another_place_is_tried_first_and_said_to_hold_runs_up(
    unfinished: str,
    editing: AccountDialog,
    connections: FastConnections,
    north: Account,
    qtbot: QtBot,
) -> None:
    editing.form.market.setCurrentIndex(1)
    assert editing.meaning.text() == (
        f"1 run of North is not finished. It was confirmed for US, SANDBOX, {north.base_url}: "
        "after this change it can't be resumed, and nothing more of it is sent, until you change "
        "this back."
    )
    assert editing.save.text() == "Test and save"
    assert editing.untested.isVisible()
    kept = save(editing, qtbot)
    assert kept.market is Market.CA
    assert connections.keys(kept) == NORTH
    assert kept.sellers == north.sellers


def test_keys_of_the_same_client_go_on_without_a_question(
    unfinished: str, editing: AccountDialog, connections: FastConnections, qtbot: QtBot
) -> None:
    type_text(editing.form.client_id, NORTH.client_id)
    assert not editing.save.isEnabled(), "half a pair"
    type_text(editing.form.secret, NORTH.client_secret)
    assert not editing.same_store.isVisible()
    assert editing.meaning.text() == ""
    assert connections.keys(save(editing, qtbot)) == NORTH


def type_keys(editing: AccountDialog, keys: Credentials) -> None:
    type_text(editing.form.client_id, keys.client_id)
    type_text(editing.form.secret, keys.client_secret)


def test_other_keys_leave_the_run_alone_unless_the_person_knows_better(
    unfinished: str,
    editing: AccountDialog,
    window: MainWindow,
    desk: Desk,
    dialog: Find,
    sellers: TwoSellers,
    qtbot: QtBot,
) -> None:
    type_keys(editing, NEW_NORTH)
    assert editing.same_store.isVisible()
    assert not editing.same_store.isChecked()
    assert "can't be resumed with these unless they are of the same store" in editing.meaning.text()
    save(editing, qtbot)
    window.session.resume(unfinished)
    qtbot.waitUntil(lambda: "confirmed with other keys" in said(window), timeout=LONG)
    assert "say so when you enter them" in said(window)
    qtbot.waitUntil(lambda: window.session.sending is None, timeout=LONG)
    assert sellers.cancelled("north") == set()

    # It can still be said afterwards, while the run is open, and without typing the keys again.
    choose(window, "Edit North")
    again: AccountDialog = dialog(AccountDialog)
    qtbot.waitUntil(again.same_store.isVisible, timeout=LONG)
    assert not again.save.isEnabled()
    press(again.same_store, Qt.Key.Key_Space)
    assert "Some of its orders are looked up first" in again.meaning.text()
    assert not again.untested.isEnabled()
    kept = save(again, qtbot)
    assert kept.sellers == (NEW_NORTH.seller, NORTH.seller)
    window.session.resume(unfinished)
    qtbot.waitUntil(lambda: bool(sellers.cancelled("north")), timeout=LONG)
    qtbot.waitUntil(lambda: window.session.sending is None, timeout=LONG)
    assert sellers.asked["south"] == []


def test_keys_of_another_store_are_not_taken_for_the_same_ones(
    unfinished: str,
    editing: AccountDialog,
    connections: FastConnections,
    north: Account,
    sellers: TwoSellers,
    qtbot: QtBot,
) -> None:
    sellers.stores["south"].book.orders.clear()
    type_keys(editing, SOUTH)
    press(editing.same_store, Qt.Key.Key_Space)
    click(editing.save)
    qtbot.waitUntil(lambda: "is not in their store" in editing.notice.sentence.text(), timeout=LONG)
    assert editing.isVisible()
    assert connections.book.accounts() == (north,)
    assert connections.keys(north) == NORTH
    assert not editing.untested.isEnabled()


def test_what_fails_changes_nothing(
    editing: AccountDialog,
    connections: FastConnections,
    memory_keyring: MemoryKeyring,
    north: Account,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """The name and the keys are changed together or not at all."""
    kept = dict(memory_keyring.kept)
    set_password = memory_keyring.set_password

    def refuse_new(service: str, username: str, password: str) -> None:
        if password not in (NORTH.client_id, NORTH.client_secret):
            raise PermissionError(13, "Permission denied")
        set_password(service, username, password)

    monkeypatch.setattr(memory_keyring, "set_password", refuse_new)
    retype(editing.form.name, "Northwind")
    type_keys(editing, SOUTH)
    click(editing.untested)
    qtbot.waitUntil(lambda: "told not to" in editing.notice.sentence.text(), timeout=LONG)
    assert connections.book.accounts() == (north,)
    assert memory_keyring.kept == kept


def test_a_name_of_another_store_is_refused(
    north: Account, connections: FastConnections, editing: AccountDialog, qtbot: QtBot
) -> None:
    other = Account("South", Market.US, Environment.SANDBOX, SANDBOX_URL)
    connections.register.add(other, SOUTH)
    retype(editing.form.name, "south")
    click(editing.save)
    qtbot.waitUntil(lambda: "an account south already" in editing.notice.sentence.text())


def test_removing_says_what_becomes_of_unfinished_runs(
    unfinished: str,
    north: Account,
    window: MainWindow,
    dialog: Find,
    desk: Desk,
    sellers: TwoSellers,
    qtbot: QtBot,
) -> None:
    window.session.choose_account(north)
    choose(window, "Remove North")
    question: QMessageBox = dialog(QMessageBox)
    assert question.text() == "Remove North?"
    assert "1 run of it is not finished" in question.informativeText()
    press(question, Qt.Key.Key_Return)
    assert desk.connections.book.accounts() == (north,), "Enter keeps it"
    choose(window, "Remove North")
    click(button_in(dialog(QMessageBox), "Remove it"))
    qtbot.waitUntil(lambda: desk.connections.book.accounts() == (), timeout=LONG)
    qtbot.waitUntil(lambda: "North is removed from this computer" in said(window), timeout=LONG)
    # Added again under another name, it is known by its keys.
    desk.connections.register.add(
        Account("Nord", Market.US, Environment.SANDBOX, sellers.address), NORTH
    )
    with closing(desk.reopen(unfinished)) as run, closing(desk.connect_for(run)) as connection:
        assert connection.account == "Nord"


def said(window: MainWindow) -> str:
    return window.notice.sentence.text()
