"""Adding a store, tried out against a store that answers over real HTTP."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import PRODUCTION_URL, SANDBOX_URL, Environment, Market
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cancel_desk.ui.background import Background
from cancel_desk.ui.dialogs.account_dialog import PORTAL, AccountDialog
from cancel_desk.walmart.token import Credentials
from memory_keyring import MemoryKeyring
from ui.fast_store import FastConnections
from ui.hands import click, type_text


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
    connections: FastConnections, background: Background, server: PracticeServer, qtbot: QtBot
) -> AccountDialog:
    """The dialog, filled in with keys that work."""
    dialog = AccountDialog(connections, background)
    qtbot.addWidget(dialog)
    dialog.open()
    type_text(dialog.name, "Northwind Goods")
    dialog.environment.setCurrentIndex(1)
    dialog.address.setText(server.address)
    type_text(dialog.client_id, CLIENT_ID)
    type_text(dialog.secret, CLIENT_SECRET)
    return dialog


def choose(qtbot: QtBot, dialog: AccountDialog, what: str) -> None:
    """Click a button and wait for what it began."""
    click({"test": dialog.test, "save": dialog.save}[what])
    qtbot.waitUntil(lambda: not dialog._background.busy, timeout=10_000)


def test_keys_that_work_are_said_to_work(adding: AccountDialog, qtbot: QtBot) -> None:
    assert adding.save.text() == "Save without a test"
    choose(qtbot, adding, "test")
    assert adding.notice.sentence.text() == "These keys work and may cancel orders."
    assert adding.save.text() == "Save"


def test_a_change_asks_for_another_test(adding: AccountDialog, qtbot: QtBot) -> None:
    choose(qtbot, adding, "test")
    type_text(adding.secret, "x")
    assert adding.save.text() == "Save without a test"


def test_wrong_keys_are_said_to_be_wrong(adding: AccountDialog, qtbot: QtBot) -> None:
    adding.secret.setText("wrong")
    choose(qtbot, adding, "test")
    assert "Northwind Goods refused the client id or secret" in adding.notice.sentence.text()
    assert adding.save.text() == "Save without a test"


def test_keys_that_may_only_look_are_told_apart(
    adding: AccountDialog, server: PracticeServer, qtbot: QtBot
) -> None:
    server.store.faults = Faults(view_only=True)
    choose(qtbot, adding, "test")
    assert "may not cancel orders" in adding.notice.sentence.text()


def test_a_store_that_is_away_is_told_apart(
    adding: AccountDialog, server: PracticeServer, qtbot: QtBot
) -> None:
    adding.address.setText("https://127.0.0.1:1")
    click(adding.test)
    qtbot.waitUntil(lambda: not adding._background.busy, timeout=20_000)
    assert "can't be reached" in adding.notice.sentence.text()


def test_a_saved_account_keeps_its_keys_in_the_keyring_alone(
    adding: AccountDialog,
    connections: FastConnections,
    memory_keyring: MemoryKeyring,
    qtbot: QtBot,
) -> None:
    with qtbot.waitSignal(adding.accepted):
        choose(qtbot, adding, "save")
    assert adding.account is not None
    assert connections.book.find("northwind goods") == adding.account
    assert adding.account.environment is Environment.SANDBOX
    assert adding.account.market is Market.US
    assert connections.vault.load("Northwind Goods") == Credentials(CLIENT_ID, CLIENT_SECRET)
    assert CLIENT_SECRET in memory_keyring.kept.values()
    assert CLIENT_SECRET not in connections.folders.accounts.read_text()


def test_a_name_that_is_taken_is_said_so(
    adding: AccountDialog, connections: FastConnections, qtbot: QtBot
) -> None:
    choose(qtbot, adding, "save")
    adding.open()
    choose(qtbot, adding, "save")
    assert "There is an account Northwind Goods already" in adding.notice.sentence.text()
    assert adding.isVisible()


def test_a_reserved_name_is_refused_before_anything_is_asked(
    adding: AccountDialog, qtbot: QtBot
) -> None:
    adding.name.setText("practice")
    choose(qtbot, adding, "test")
    assert "means something of its own" in adding.notice.sentence.text()
    choose(qtbot, adding, "save")
    assert "means something of its own" in adding.notice.sentence.text()


def test_an_account_whose_keys_cant_be_kept_is_not_kept_either(
    adding: AccountDialog,
    connections: FastConnections,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(memory_keyring, "set_password", lambda *_words: None)
    choose(qtbot, adding, "save")
    assert connections.book.accounts() == ()
    assert adding.isVisible()


def test_the_secret_is_hidden_and_the_address_follows_the_kind(adding: AccountDialog) -> None:
    assert adding.secret.echoMode() is QLineEdit.EchoMode.Password
    adding.environment.setCurrentIndex(0)
    assert adding.address.text() == PRODUCTION_URL
    adding.environment.setCurrentIndex(1)
    assert adding.address.text() == SANDBOX_URL


def test_nothing_can_be_saved_before_it_is_complete(adding: AccountDialog) -> None:
    adding.name.clear()
    assert not adding.save.isEnabled()
    assert not adding.test.isEnabled()


def test_where_the_keys_are_kept_is_said(adding: AccountDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "kept in" in adding.kept_in.text())


def test_the_portal_opens_in_the_browser(
    adding: AccountDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    click(adding.portal)
    assert opened == [PORTAL]
