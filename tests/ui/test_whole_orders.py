"""Whole orders in the window: checked, shown as lines, one of them left out, sent, and told."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cancel_desk.practice.catalogue import ROLES, SEED, sample_orders
from cancel_desk.practice.sample import SAMPLE_DAY
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.pages.review_page import ReviewPage
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections
from ui.grid.conftest import REASON
from ui.hands import button_in, click, press
from ui.person import Find

LONG = 20_000
STOCK = sample_orders(SEED, SAMPLE_DAY)
FOUR = STOCK[ROLES["four lines"]].purchase_order_id
THREE_UNITS = STOCK[ROLES["three units"]].purchase_order_id
Key = Qt.Key


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> ReviewPage:
    """The review of two whole orders, by a sheet that has no lines."""
    path = tmp_path / "orders.csv"
    path.write_text(f"PO#,Cancel Reason,Mine\n{FOUR},oos,a\n{THREE_UNITS},oos,b\n")
    window.journey.open_file(path)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    return window.pages.review


def rows(page: ReviewPage) -> list[tuple[int | None, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in page.model.review.table.rows]


def check(page: ReviewPage, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.session.looks.ended, timeout=LONG):
        press(page.view, Key.Key_F5)


def test_lines_of_whole_orders_can_be_unticked_and_results_stay_with_the_row(
    page: ReviewPage,
    window: MainWindow,
    qtbot: QtBot,
    dialog: Find,
    connections: FastConnections,
    tmp_path: Path,
) -> None:
    before = rows(page)
    check(page, window, qtbot)
    assert [number for number, _ in rows(page)] == [2, 2, 2, 2, 3]
    assert [cells[2] for _, cells in rows(page)] == ["a", "a", "a", "a", "b"]
    assert [cells[3] for _, cells in rows(page)] == ["1", "2", "3", "4", "1"]
    assert rows(page)[4][1][5] == "3"
    assert window.notice.isVisible()
    assert "2 rows for whole orders now show their 5 open lines" in window.notice.sentence.text()
    assert page.undo.text() == "Undo filling in what Walmart says"
    press(page.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rows(page) == before
    press(page.view, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    page.view.go_to(1, 0)
    press(page.view, Key.Key_Space)
    click(button_in(page, "Review and send 4 lines"))
    confirm: ConfirmDialog = dialog(ConfirmDialog)
    assert "Row 2: Left out by you" in confirm.left_out.toPlainText()
    click(confirm.send)
    qtbot.waitUntil(lambda: window.journey.step is Step.RESULTS, timeout=LONG)
    tallies = connections.stores[-1].tallies()
    assert sorted(tallies) == sorted([(FOUR, "1"), (FOUR, "3"), (FOUR, "4"), (THREE_UNITS, "1")])
    opened = window.session.open_run
    assert opened is not None
    window.session.desk.write_results(opened.run, tmp_path / "out.csv")
    told = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["Mine"], row["Line#"], row["Qty"], row["Result"]) for row in told] == [
        ("a", "1", "1", "Cancelled"),
        ("a", "2", "1", "Left out"),
        ("a", "3", "2", "Cancelled"),
        ("a", "4", "1", "Cancelled"),
        ("b", "1", "3", "Cancelled"),
    ]
    assert [row.row.number for row in opened.run.results()] == [2, 2, 2, 2, 3]


def test_a_row_that_is_typed_into_meanwhile_is_left_alone(
    page: ReviewPage, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.looks.ended, timeout=LONG):
        press(page.view, Key.Key_F5)
        page.view.go_to(0, 2)
        press(page.view, Key.Key_F2)
    assert [number for number, _ in rows(page)] == [2, 3]
    assert page.model.open_row == page.model.review.table.at(0).id
    assert rows(page)[1][1][3:6] == ("1", STOCK[ROLES["three units"]].lines[0].sku, "3")


def test_without_a_check_whole_orders_are_named_in_the_confirmation(
    page: ReviewPage, qtbot: QtBot, dialog: Find
) -> None:
    click(button_in(page, "Review and send 2 lines"))
    confirm: ConfirmDialog = dialog(ConfirmDialog)
    assert "The whole order is cancelled" in confirm.warnings.toPlainText()
    assert [number for number, _ in rows(page)] == [2, 3]
    click(confirm.back)


def test_a_row_with_an_error_says_that_it_waits_and_shows_its_lines_once_fixed(
    page: ReviewPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.model.setData(page.model.index(0, REASON), "")
    check(page, window, qtbot)
    assert [number for number, _ in rows(page)] == [2, 3]
    assert "1 row for a whole order has an error: it shows its lines once that is fixed" in (
        window.notice.sentence.text()
    )
    page.model.setData(page.model.index(0, REASON), "oos")
    check(page, window, qtbot)
    assert [number for number, _ in rows(page)] == [2, 2, 2, 2, 3]
    page.undo_stack.undo()
    page.model.setData(page.model.index(0, REASON), "no reason")
    check(page, window, qtbot)  # by now the order is known
    page.model.setData(page.model.index(0, REASON), "oos")
    qtbot.waitUntil(lambda: [number for number, _ in rows(page)] == [2, 2, 2, 2, 3])
    assert page.undo.text() == "Undo filling in what Walmart says"
    press(page.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(page.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [number for number, _ in rows(page)] == [2, 3]
    page.view.editing.delete_rows([0])
    assert [number for number, _ in rows(page)] == [3]
