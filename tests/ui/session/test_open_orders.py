"""Getting a store's open orders into the grid, against the practice store."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cancel_desk.practice.faults import Faults
from cancel_desk.sheet.columns import Column
from cancel_desk.ui.dialogs.orders_dialog import OrdersDialog
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from cancel_desk.walmart.open_orders import ACKNOWLEDGED, NEW
from ui.fast_store import FastConnections
from ui.hands import button_in, click, press, type_text
from ui.person import Find

LONG = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """A person who wants orders."""

    def __init__(self, window: MainWindow, dialog: Find, qtbot: QtBot) -> None:
        self.window = window
        self._dialog = dialog
        self._qtbot = qtbot

    def ask(self) -> OrdersDialog:
        press(self.window, Qt.Key.Key_G, CTRL)
        found: OrdersDialog = self._dialog(OrdersDialog)
        return found

    def get(self, dialog: OrdersDialog) -> None:
        click(dialog.get)
        self._qtbot.waitUntil(lambda: not isValid(dialog))

    def until_open(self) -> None:
        journey = self.window.journey
        self._qtbot.waitUntil(lambda: journey.step is Step.REVIEW, timeout=LONG)

    def said(self) -> str:
        self._qtbot.waitUntil(self.window.notice.isVisible, timeout=LONG)
        return self.window.notice.sentence.text()

    def column(self, column: Column) -> list[str]:
        review = self.window.session.review
        assert review is not None
        at = review.table.columns[column]
        return [row.cells[at] for row in review.table.rows]


@pytest.fixture
def hands(window: MainWindow, dialog: Find, qtbot: QtBot) -> Hands:
    return Hands(window, dialog, qtbot)


def test_all_open_orders_come_into_the_grid(hands: Hands, connections: FastConnections) -> None:
    dialog = hands.ask()
    hands.get(dialog)
    hands.until_open()
    known = {order.purchase_order_id for order in connections.stores[-1].orders()}
    taken = hands.column(Column.PO)
    assert taken
    assert set(taken) <= known
    assert set(hands.column(Column.REASON)) == {""}
    assert all(int(quantity) > 0 for quantity in hands.column(Column.QUANTITY))
    assert hands.window.pages.review.footer.where.text().endswith("Open orders")
    assert not hands.window.notice.isVisible()


def test_skus_narrow_them(hands: Hands, dialog: Find) -> None:
    hands.get(hands.ask())
    hands.until_open()
    sku = hands.column(Column.SKU)[0]
    click(button_in(hands.window.header, "✓ Import"))
    click(hands.window.pages.imports.orders)
    box: QMessageBox = dialog(QMessageBox)
    click(button_in(box, "Replace it"))
    asked: OrdersDialog = dialog(OrdersDialog)
    type_text(asked.skus, sku.lower())
    assert asked.wanted.lines.skus == {sku.lower()}
    hands.get(asked)
    hands.until_open()
    assert set(hands.column(Column.SKU)) == {sku}


def test_what_is_asked_for(hands: Hands) -> None:
    dialog = hands.ask()
    assert dialog.wanted.lines.statuses == frozenset()
    assert dialog.wanted.lines.ship_from is None
    press(dialog.status, Qt.Key.Key_Down)
    assert dialog.wanted.lines.statuses == {NEW}
    press(dialog.status, Qt.Key.Key_Down)
    assert dialog.wanted.lines.statuses == {ACKNOWLEDGED}
    assert not dialog.ship_until.isEnabled()
    press(dialog.by_date, Qt.Key.Key_Space)
    assert dialog.ship_until.isEnabled()
    press(dialog.ship_until, Qt.Key.Key_Up)
    wanted = dialog.wanted.lines
    assert wanted.ship_from is not None
    assert wanted.ship_from.isoformat() == dialog.ship_from.date().toString("yyyy-MM-dd")
    assert wanted.ship_until != wanted.ship_from
    for field in (dialog.status, dialog.days, dialog.by_date, dialog.ship_from, dialog.skus):
        assert field.accessibleName()
        assert field.toolTip()


def test_none_that_fits_is_said(hands: Hands) -> None:
    dialog = hands.ask()
    type_text(dialog.skus, "no such thing")
    hands.get(dialog)
    assert "No open order of this store fits" in hands.said()
    assert hands.window.journey.step is Step.IMPORT


def test_orders_of_another_day_are_left(hands: Hands) -> None:
    dialog = hands.ask()
    press(dialog.by_date, Qt.Key.Key_Space)
    dialog.ship_from.setDate(QDate(2001, 1, 1))
    dialog.ship_until.setDate(QDate(2001, 1, 2))
    hands.get(dialog)
    assert "No open order of this store fits" in hands.said()


def test_getting_can_be_stopped(hands: Hands, connections: FastConnections, qtbot: QtBot) -> None:
    session = hands.window.session
    session.in_use.connected(lambda _connection: None, session.fail)
    qtbot.waitUntil(lambda: session.in_use.connection is not None, timeout=LONG)
    connections.stores[-1].faults = Faults(latency=0.5)
    with qtbot.waitSignal(session.reading_began, timeout=LONG):
        hands.get(hands.ask())
    with qtbot.waitSignal(session.reading_ended, timeout=LONG):
        click(hands.window.pages.imports.stop)
    assert session.review is None
    assert not hands.window.notice.isVisible()


def test_orders_of_a_store_left_meanwhile_are_not_opened(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    session = hands.window.session
    session.in_use.connected(lambda _connection: None, session.fail)
    qtbot.waitUntil(lambda: session.in_use.connection is not None, timeout=LONG)
    connections.stores[-1].faults = Faults(latency=0.5)
    with qtbot.waitSignal(session.reading_began, timeout=LONG):
        hands.get(hands.ask())
    with qtbot.waitSignal(session.reading_ended, timeout=LONG):
        session.choose_account(session.in_use.account)
    assert session.review is None
    assert not hands.window.notice.isVisible()
