"""What goes wrong on the way, and that the window stays usable and says it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import Account, Environment, Market, practice_account
from cancel_desk.checks.live import NotRead
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.practice.faults import Faults
from cancel_desk.ui.app import run
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from cancel_desk.walmart.token import Credentials
from ui.fast_store import FastConnections
from ui.hands import button_in, click, type_text
from ui.person import Find

LONG = 20_000
AWAY = "https://127.0.0.1:1"


def add_store(
    connections: FastConnections, name: str, *, keys: bool = True, market: Market = Market.US
) -> Account:
    """Keep an account whose store is away, with or without its keys."""
    account = connections.book.add(Account(name, market, Environment.SANDBOX, AWAY))
    if keys:
        connections.vault.save(name, Credentials("id", "secret"))
    return account


def said(window: MainWindow, qtbot: QtBot) -> str:
    qtbot.waitUntil(window.notice.isVisible, timeout=LONG)
    return window.notice.sentence.text()


@pytest.fixture
def reviewing(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with the practice store's sample under review."""
    click(window.pages.imports.practice)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    return window


def test_a_store_without_keys_is_said_so(
    reviewing: MainWindow, connections: FastConnections, qtbot: QtBot
) -> None:
    reviewing.session.choose_account(add_store(connections, "Northwind", keys=False))
    reviewing.pages.review.check_requested.emit()
    assert "holds no keys for this account" in said(reviewing, qtbot)
    assert reviewing.pages.review.isEnabled()


def test_keys_that_are_gone_are_asked_for_again(
    reviewing: MainWindow, connections: FastConnections, dialog: Find, qtbot: QtBot
) -> None:
    account = add_store(connections, "Northwind", keys=False)
    connections.book.change("Northwind", replace(account, kept_in="KWallet"))
    reviewing.session.choose_account(connections.account("Northwind"))
    reviewing.pages.review.check_requested.emit()
    asking: AccountDialog = dialog(AccountDialog)
    assert "were kept in KWallet, but this computer now uses" in asking.notice.sentence.text()
    type_text(asking.form.client_id, "id")
    type_text(asking.form.secret, "secret")
    with qtbot.waitSignal(asking.accepted, timeout=LONG):
        click(asking.untested)
    kept = connections.account("Northwind")
    assert connections.keys(kept) == Credentials("id", "secret")
    assert reviewing.session.in_use.account == kept
    assert f"kept in: {kept.kept_in}" in said(reviewing, qtbot)


def test_a_store_that_is_away_is_said_so_and_can_be_tried_again(
    reviewing: MainWindow, connections: FastConnections, qtbot: QtBot
) -> None:
    reviewing.session.choose_account(add_store(connections, "Northwind"))
    click(button_in(reviewing.pages.review, "Review and send"))
    assert "Northwind can't be reached" in said(reviewing, qtbot)
    assert reviewing.notice.unfold.isVisible()
    click(reviewing.notice.unfold)
    assert reviewing.notice.details.isVisible()
    click(reviewing.notice.copy)
    copied = QApplication.clipboard().text()
    assert copied.startswith("Northwind can't be reached")
    assert button_in(reviewing.pages.review, "Check with Walmart").isEnabled()


def test_another_market_brings_its_own_reasons(
    reviewing: MainWindow, connections: FastConnections
) -> None:
    reviewing.session.choose_account(add_store(connections, "Nord", market=Market.CA))
    review = reviewing.session.review
    assert review is not None
    assert review.market == "CA"
    assert review.tally().errors > 8


def test_answers_of_the_former_store_are_not_taken(
    reviewing: MainWindow, connections: FastConnections, qtbot: QtBot
) -> None:
    session = reviewing.session
    reviewing.pages.review.check_requested.emit()
    qtbot.waitUntil(lambda: bool(connections.stores))
    connections.stores[-1].faults = Faults(latency=0.2)
    qtbot.waitUntil(lambda: session.looks.reading, timeout=LONG)
    session.choose_account(practice_account(""))
    qtbot.waitUntil(lambda: not session.background.busy, timeout=LONG)
    review = session.review
    assert review is not None
    assert not any(review.live(row.id) for row in review.table.rows)
    assert not reviewing.pages.review.footer.bar.isVisible()


def test_two_that_wait_for_one_store_share_its_connection(
    reviewing: MainWindow, connections: FastConnections, qtbot: QtBot
) -> None:
    in_use = reviewing.session.in_use
    given: list[Connection] = []
    for _ in range(2):
        in_use.connected(given.append, lambda _error: None)
    qtbot.waitUntil(lambda: len(given) == 2, timeout=LONG)
    assert given[0] is given[1] is in_use.connection


def test_a_check_that_is_stopped_makes_no_plan(
    reviewing: MainWindow, connections: FastConnections, qtbot: QtBot
) -> None:
    session = reviewing.session
    session.in_use.connected(lambda _connection: None, lambda _error: None)
    qtbot.waitUntil(lambda: session.in_use.connection is not None, timeout=LONG)
    connections.stores[-1].faults = Faults(latency=0.3)
    with qtbot.assertNotEmitted(session.plan_made):
        click(button_in(reviewing.pages.review, "Review and send"))
        qtbot.waitUntil(lambda: session.looks.reading, timeout=LONG)
        click(button_in(reviewing.pages.review, "Stop checking"))
        qtbot.waitUntil(lambda: not session.background.busy, timeout=LONG)
    assert not session.looks.reading


def test_an_order_that_could_not_be_read_is_read_again_before_the_plan(
    reviewing: MainWindow, dialog: Find, connections: FastConnections, qtbot: QtBot
) -> None:
    session = reviewing.session
    review = session.review
    assert review is not None
    po = review.orders_wanted()[0]
    session.in_use.connected(lambda _connection: None, lambda _error: None)
    qtbot.waitUntil(lambda: session.in_use.connection is not None, timeout=LONG)
    reviewing.pages.review.add_looks({po: NotRead("No answer.")})
    session.looks._seen[po] = 1e12
    click(button_in(reviewing.pages.review, "Review and send"))
    dialog(ConfirmDialog)
    assert not isinstance(review.look(po), NotRead)


def test_a_broken_list_of_accounts_leaves_the_practice_store(desk: Desk, qtbot: QtBot) -> None:
    desk.folders.accounts.write_text("{")
    window = make_window(desk)
    qtbot.addWidget(window)
    window.show()
    window.begin(None)
    assert window.header.badge.text() == "PRACTICE"
    assert "was set aside" in said(window, qtbot)
    window.session.close()


def test_a_run_that_another_window_has_open_is_left_to_it(
    window: MainWindow, desk: Desk, dialog: Find, connections: FastConnections, qtbot: QtBot
) -> None:
    click(window.pages.imports.practice)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    click(button_in(window.pages.review, "Review and send"))
    click(dialog(ConfirmDialog).send)
    qtbot.waitUntil(lambda: window.journey.step is Step.RESULTS, timeout=LONG)
    opened = window.session.open_run
    assert opened is not None
    run_id = opened.run.id
    window.session.close_run()
    held = desk.reopen(run_id)
    window.session.resume(run_id)
    # That it takes long is said before, where it does.
    qtbot.waitUntil(lambda: "Another Cancel Desk" in window.notice.sentence.text())
    held.close()


def test_going_on_after_the_store_was_changed_opens_the_runs_own(
    window: MainWindow, dialog: Find, connections: FastConnections, qtbot: QtBot
) -> None:
    click(window.pages.imports.practice)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    click(button_in(window.pages.review, "Review and send"))
    confirm = dialog(ConfirmDialog)
    connections.stores[-1].faults = Faults(latency=0.1)
    click(confirm.send)
    qtbot.waitUntil(lambda: window.journey.step is Step.SEND, timeout=LONG)
    click(window.pages.send.stop)
    qtbot.waitUntil(lambda: window.journey.step is Step.RESULTS, timeout=LONG)
    window.session.choose_account(add_store(connections, "Northwind"))
    assert window.header.badge.text() == "SANDBOX"
    click(window.pages.results.ways.go_on)
    qtbot.waitUntil(lambda: window.header.badge.text() == "PRACTICE", timeout=LONG)
    results = window.pages.results
    qtbot.waitUntil(lambda: results.verdict.text().startswith("All 16"), timeout=LONG)
    assert all(tally.times == 1 for tally in connections.stores[-1].tallies().values())


def test_a_result_sheet_that_cant_be_written_is_said_so(
    window: MainWindow, dialog: Find, tmp_path: Path, qtbot: QtBot
) -> None:
    click(window.pages.imports.practice)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    click(button_in(window.pages.review, "Review and send"))
    click(dialog(ConfirmDialog).send)
    qtbot.waitUntil(lambda: window.journey.step is Step.RESULTS, timeout=LONG)
    click(window.pages.results.ways.save)
    asked = dialog(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "none" / "out.xlsx"))
    asked.reject()
    box = dialog(QMessageBox)
    assert "its folder does not exist" in box.text()
    click(button_in(box, "Don't save"))


def test_the_program_opens_its_window_with_a_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    opened: list[MainWindow] = []

    def until_it_is_read() -> int:
        windows = QApplication.topLevelWidgets()
        opened.extend(each for each in windows if isinstance(each, MainWindow) and each.isVisible())
        qtbot.waitUntil(lambda: opened[0].journey.step is Step.REVIEW, timeout=LONG)
        opened[0].close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(until_it_is_read))
    assert run(lambda: desk, desk.folders.root, path) == 0
    assert opened[0].session.source == path
