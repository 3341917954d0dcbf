"""Adding a store and its keys, tried out against a store that answers over real HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import (
    PRODUCTION_URL,
    SANDBOX_URL,
    THIS_SESSION,
    Account,
    Environment,
    Market,
)
from cancel_desk.desk import Desk
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.account_form import PORTAL
from cancel_desk.ui.session.background import Background
from cancel_desk.walmart.token import Credentials
from memory_keyring import MemoryKeyring
from patience import PATIENCE
from ui.fast_store import FastConnections
from ui.hands import click, press, type_text


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer(PracticeStore()) as serving:
        yield serving


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def adding(
    desk: Desk, background: Background, server: PracticeServer, qtbot: QtBot
) -> AccountDialog:
    """The dialog, filled in with keys that work."""
    dialog = AccountDialog(desk, background)
    qtbot.addWidget(dialog)
    dialog.open()
    type_text(dialog.form.name, "Northwind Goods")
    dialog.form.environment.setCurrentIndex(1)
    dialog.form.address.setText(server.address)
    type_text(dialog.form.client_id, CLIENT_ID)
    type_text(dialog.form.secret, CLIENT_SECRET)
    return dialog


def choose(qtbot: QtBot, dialog: AccountDialog, what: str) -> None:
    """Click a button and wait for what it began."""
    click({"test": dialog.test, "save": dialog.save, "untested": dialog.untested}[what])
    qtbot.waitUntil(lambda: not dialog._background.busy, timeout=10_000)


def test_keys_that_work_are_said_to_work(adding: AccountDialog, qtbot: QtBot) -> None:
    assert adding.save.text() == "Test and save"
    assert adding.untested.isVisible()
    choose(qtbot, adding, "test")
    assert "These keys work at Northwind Goods and may cancel" in adding.notice.sentence.text()
    assert adding.save.text() == "Save"
    assert not adding.untested.isVisible()


def test_a_change_asks_for_another_test(adding: AccountDialog, qtbot: QtBot) -> None:
    choose(qtbot, adding, "test")
    type_text(adding.form.secret, "x")
    assert adding.save.text() == "Test and save"


def test_wrong_keys_are_said_to_be_wrong(adding: AccountDialog, qtbot: QtBot) -> None:
    adding.form.secret.setText("wrong")
    choose(qtbot, adding, "test")
    assert "Northwind Goods refused the client id or secret" in adding.notice.sentence.text()
    assert adding.save.text() == "Test and save"


def test_keys_that_may_only_look_are_told_apart(
    adding: AccountDialog, server: PracticeServer, qtbot: QtBot
) -> None:
    server.store.faults = Faults(view_only=True)
    choose(qtbot, adding, "test")
    assert "may only look at orders" in adding.notice.sentence.text()


def test_a_store_that_is_away_is_told_apart(
    adding: AccountDialog, server: PracticeServer, qtbot: QtBot
) -> None:
    adding.form.address.setText("https://127.0.0.1:1")
    click(adding.test)
    qtbot.waitUntil(lambda: not adding._background.busy, timeout=20_000)
    assert "can't be reached" in adding.notice.sentence.text()


def test_a_saved_account_keeps_its_keys_in_the_keyring_alone(
    adding: AccountDialog,
    connections: FastConnections,
    memory_keyring: MemoryKeyring,
    qtbot: QtBot,
) -> None:
    with qtbot.waitSignal(adding.accepted, timeout=10_000):
        click(adding.save)
    assert adding.account is not None
    assert adding.account.kept_in == connections.vault.store_name
    assert adding.kept_words == f"The keys are kept in: {adding.account.kept_in}"
    assert connections.book.find("northwind goods") == adding.account
    assert adding.account.environment is Environment.SANDBOX
    assert adding.account.market is Market.US
    assert connections.vault.load("Northwind Goods") == Credentials(CLIENT_ID, CLIENT_SECRET)
    assert CLIENT_SECRET in memory_keyring.kept.values()
    assert CLIENT_SECRET not in connections.folders.accounts.read_text()


def test_a_name_that_is_taken_is_said_so(
    adding: AccountDialog, connections: FastConnections, qtbot: QtBot
) -> None:
    taken = Account("northwind goods", Market.US, Environment.SANDBOX, SANDBOX_URL)
    connections.register.add(taken, Credentials("id", "secret"))
    choose(qtbot, adding, "untested")
    assert "There is an account Northwind Goods already" in adding.notice.sentence.text()
    assert adding.isVisible()


def test_a_reserved_name_is_refused_before_anything_is_asked(
    adding: AccountDialog, qtbot: QtBot
) -> None:
    adding.form.name.setText("practice")
    choose(qtbot, adding, "test")
    assert "means something of its own" in adding.notice.sentence.text()
    adding.notice.hide()
    choose(qtbot, adding, "untested")
    assert "means something of its own" in adding.notice.sentence.text()


def test_an_account_whose_keys_cant_be_kept_is_not_kept_either(
    adding: AccountDialog,
    connections: FastConnections,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(memory_keyring, "set_password", lambda *_words: None)
    choose(qtbot, adding, "untested")
    assert connections.book.accounts() == ()
    assert adding.isVisible()
    # It may go better the next time, and going without a keyring is offered, not done.
    assert adding.untested.isEnabled()
    assert adding.session_only.isVisible()
    assert not adding.session_only.isChecked()


def test_the_secret_is_hidden_and_the_address_follows_the_kind(adding: AccountDialog) -> None:
    assert adding.form.secret.echoMode() is QLineEdit.EchoMode.Password
    adding.form.environment.setCurrentIndex(0)
    assert adding.form.address.text() == PRODUCTION_URL
    adding.form.environment.setCurrentIndex(1)
    assert adding.form.address.text() == SANDBOX_URL


def test_nothing_can_be_saved_before_it_is_complete(adding: AccountDialog) -> None:
    adding.form.name.clear()
    assert not adding.save.isEnabled()
    assert not adding.test.isEnabled()


def test_where_the_keys_are_kept_is_said(
    adding: AccountDialog, connections: FastConnections, qtbot: QtBot
) -> None:
    store = connections.vault.store_name
    assert store
    qtbot.waitUntil(lambda: f"kept in: {store}" in adding.kept_in.text())
    assert not adding.session_only.isVisible()


def test_the_portal_opens_in_the_browser(
    adding: AccountDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    click(adding.form.portal)
    assert opened == [PORTAL]


def test_keys_that_do_not_pass_are_saved_only_on_purpose(
    adding: AccountDialog, connections: FastConnections, qtbot: QtBot
) -> None:
    adding.form.secret.setText("wrong")
    choose(qtbot, adding, "save")
    assert "refused the client id or secret" in adding.notice.sentence.text()
    assert connections.book.accounts() == ()
    with qtbot.waitSignal(adding.accepted):
        click(adding.untested)
    assert connections.vault.load("Northwind Goods").client_secret == "wrong"


def test_nothing_is_saved_once_the_dialog_is_closed(
    adding: AccountDialog, server: PracticeServer, connections: FastConnections, qtbot: QtBot
) -> None:
    server.store.faults = Faults(latency=0.2)
    click(adding.save)
    click(adding.cancel)
    assert not adding.isVisible()
    qtbot.waitUntil(lambda: not adding._background.busy, timeout=10_000)
    assert connections.book.accounts() == ()


@pytest.fixture
def no_keyring(memory_keyring: MemoryKeyring) -> None:
    """A computer without a keyring; the fixture before puts things right again."""
    import keyring
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_the_session_is_offered_and_never_chosen(
    adding: AccountDialog, connections: FastConnections, qtbot: QtBot
) -> None:
    qtbot.waitUntil(adding.session_only.isVisible)
    assert "has no keyring" in adding.kept_in.text()
    assert not adding.session_only.isChecked()
    assert not adding.save.isEnabled()
    assert not adding.untested.isEnabled()
    assert adding.test.isEnabled()
    press(adding.session_only, Qt.Key.Key_Space)
    assert "for this session only" in adding.kept_in.text()
    with qtbot.waitSignal(adding.accepted, timeout=10_000):
        click(adding.save)
    assert adding.account is not None
    assert adding.account.kept_in == THIS_SESSION
    assert connections.keys(adding.account) == Credentials(CLIENT_ID, CLIENT_SECRET)
    assert CLIENT_SECRET not in connections.folders.accounts.read_text()


def test_keys_entered_again_replace_those_that_were(
    desk: Desk,
    connections: FastConnections,
    background: Background,
    server: PracticeServer,
    qtbot: QtBot,
) -> None:
    wanted = Account("Northwind", Market.US, Environment.SANDBOX, server.address)
    known = connections.register.add(wanted, Credentials("old", "old"))
    dialog = AccountDialog(desk, background, known=known, why="They moved.")
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.notice.sentence.text() == "They moved."
    assert dialog.form.name.text() == "Northwind"
    assert not dialog.form.name.isEnabled()
    type_text(dialog.form.client_id, CLIENT_ID)
    type_text(dialog.form.secret, CLIENT_SECRET)
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        click(dialog.save)
    assert dialog.account == replace(known, sellers=(Credentials(CLIENT_ID, "").seller,))
    assert connections.keys(known) == Credentials(CLIENT_ID, CLIENT_SECRET)


@pytest.mark.usefixtures("no_keyring")
def test_no_field_is_squeezed_by_what_is_said(adding: AccountDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(adding.session_only.isVisible)
    adding.notice.tell("These words need several lines. " * 20)
    fields = (adding.form.name, adding.form.address, adding.form.client_id, adding.form.secret)
    qtbot.waitUntil(lambda: adding.notice.height() > 100)
    qtbot.waitUntil(lambda: all(each.height() >= each.sizeHint().height() for each in fields))


def test_the_window_lives_on_while_a_keyring_hangs(
    desk: Desk,
    connections: FastConnections,
    background: Background,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    wanted = Account("Northwind", Market.US, Environment.SANDBOX, SANDBOX_URL)
    known = connections.register.add(wanted, Credentials("id", "secret"))
    released = threading.Event()
    monkeypatch.setattr(memory_keyring, "get_password", lambda *_words: released.wait(PATIENCE))
    dialog = AccountDialog(desk, background, known=known)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: not background.busy)
    click(dialog.test)
    turns = count()
    timer = QTimer(dialog)
    timer.timeout.connect(lambda: next(turns))
    timer.start(0)
    qtbot.waitUntil(lambda: next(turns) > 50)
    assert background.busy
    assert dialog.notice.sentence.text() == "Asking Walmart…"
    click(dialog.cancel)
    assert not dialog.isVisible()
    released.set()
    qtbot.waitUntil(lambda: not background.busy)


def test_a_keyring_that_hangs_is_given_up_with_a_sentence(
    adding: AccountDialog,
    connections: FastConnections,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    released = threading.Event()
    connections.vault._seconds = 0.05
    monkeypatch.setattr(memory_keyring, "get_password", lambda *_words: released.wait(PATIENCE))
    choose(qtbot, adding, "untested")
    assert "doesn't answer" in adding.notice.sentence.text()
    assert adding.session_only.isVisible()
    assert not adding.session_only.isChecked()
    released.set()
    assert connections.book.accounts() == ()
