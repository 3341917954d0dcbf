"""Finding the real numbers of damaged rows in the store's open orders, in the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cancel_desk.practice.faults import Faults
from cancel_desk.practice.orders import Order, ShipNode
from cancel_desk.practice.store import PracticeStore
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.real_numbers import Clue, NumberCandidate
from cancel_desk.ui.dialogs.number_choices import MOST_CHOICES, NumberChoices
from cancel_desk.ui.dialogs.numbers_dialog import NumbersDialog
from cancel_desk.ui.grid.problems_panel import ProblemCard
from cancel_desk.ui.models.numbers_model import OFFERED, SHOWN, TAKE, WHY
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections
from ui.hands import NO_KEY, button_in, click, press, sees
from ui.person import Find

LONG = 20_000
HASHES = "####"


class Hands:
    """A person with a sheet that Excel damaged."""

    def __init__(self, window: MainWindow, dialog: Find, qtbot: QtBot) -> None:
        self.window = window
        self._dialog = dialog
        self._qtbot = qtbot

    def open(self, path: Path) -> None:
        self.window.journey.open_file(path)
        journey = self.window.journey
        self._qtbot.waitUntil(lambda: journey.step is Step.REVIEW, timeout=LONG)

    def look(self) -> NumbersDialog:
        """Ask for the real numbers and wait for what is found."""
        click(button_in(self.window.pages.review.problems, "Find the real numbers"))
        found: NumbersDialog = self._dialog(NumbersDialog)
        self._qtbot.waitUntil(found.table.isVisible, timeout=LONG)
        return found

    def closed(self, dialog: NumbersDialog) -> None:
        self._qtbot.waitUntil(lambda: not isValid(dialog), timeout=LONG)

    def cells(self, column: Column) -> list[str]:
        review = self.window.session.review
        assert review is not None
        return [review.table.text(row, column) for row in review.table.rows]

    def edit(self, row_id: int, column: Column, text: str) -> None:
        review = self.window.session.review
        assert review is not None
        cell = CellText(row_id, review.table.columns[column], text)
        self.window.pages.review.model.do("elsewhere", SetCells((cell,)))


@pytest.fixture
def hands(window: MainWindow, dialog: Find, qtbot: QtBot) -> Hands:
    return Hands(window, dialog, qtbot)


@pytest.fixture
def orders() -> list[Order]:
    """The practice store's orders with one line, all of it open."""
    return [
        each
        for each in PracticeStore().orders()
        if each.ship_node is ShipNode.SELLER
        and len(each.lines) == 1
        and each.lines[0].open == each.lines[0].quantity
    ]


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*rows: str, headers: str = "PO#,Line#,SKU,Qty,Reason") -> Path:
        path = tmp_path / "damaged.csv"
        path.write_text("\n".join([headers, *rows]), encoding="utf-8")
        return path

    return written


def shown(po: str) -> str:
    """Return a number as Excel shortens it so that no other order of the store has its digits."""
    return f"{int(po):.9E}"


def words(dialog: NumbersDialog, row: int, column: int) -> str:
    return str(dialog.rows.index(row, column).data())


def click_at(view: QAbstractItemView, place: QPoint) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NO_KEY, place)


def damaged_row(order: Order, text: str = "") -> str:
    line = order.lines[0]
    return f"{text or shown(order.purchase_order_id)},{line.number},{line.sku},,oos"


def test_one_fit_is_proposed_and_taken_only_when_ticked(
    hands: Hands, write: Write, orders: list[Order]
) -> None:
    po = orders[0].purchase_order_id
    hands.open(write(damaged_row(orders[0])))
    dialog = hands.look()
    assert words(dialog, 0, SHOWN) == shown(po)
    assert po in words(dialog, 0, OFFERED)
    assert "same first digits, SKU, line" in words(dialog, 0, WHY)
    assert not dialog.take.isEnabled()
    press(dialog.table, Qt.Key.Key_Space)
    assert dialog.take.text() == "Take 1 number"
    press(dialog.table, Qt.Key.Key_Space)
    assert not dialog.take.isEnabled()
    click(dialog.every)
    click(dialog.take)
    hands.closed(dialog)
    assert hands.cells(Column.PO) == [po]
    stack = hands.window.pages.review.undo_stack
    assert stack.undoText() == "number of 1 row"
    stack.undo()
    assert hands.cells(Column.PO) == [shown(po)]


def test_a_click_on_the_box_ticks(hands: Hands, write: Write, orders: list[Order]) -> None:
    hands.open(write(damaged_row(orders[0])))
    dialog = hands.look()
    place = dialog.table.visualRect(dialog.rows.index(0, TAKE))
    click_at(dialog.table, QPoint(place.left() + 12, place.center().y()))
    assert len(dialog.taken) == 1


def test_closing_takes_nothing(hands: Hands, write: Write, orders: list[Order]) -> None:
    hands.open(write(damaged_row(orders[0])))
    dialog = hands.look()
    click(dialog.every)
    press(dialog, Qt.Key.Key_Escape)
    hands.closed(dialog)
    assert hands.cells(Column.PO) == [shown(orders[0].purchase_order_id)]


def test_of_several_one_is_chosen(hands: Hands, write: Write) -> None:
    hands.open(write(f"{HASHES},1,,,oos"))
    dialog = hands.look()
    assert words(dialog, 0, OFFERED).startswith("Choose: ")
    assert dialog.rows.index(0, TAKE).data(Qt.ItemDataRole.CheckStateRole) is None
    press(dialog.table, Qt.Key.Key_Return)
    assert dialog.choices.list.hasFocus()
    press(dialog.choices.list, Qt.Key.Key_Down)
    press(dialog.choices.list, Qt.Key.Key_Return)
    assert dialog.isVisible()
    [(_search, candidate)] = dialog.taken
    assert candidate.po in words(dialog, 0, OFFERED)
    click(dialog.take)
    hands.closed(dialog)
    assert hands.cells(Column.PO) == [candidate.po]


def test_a_choice_can_be_taken_back_and_unticked(hands: Hands, write: Write) -> None:
    hands.open(write(f"{HASHES},1,,,oos", f"{HASHES},1,no such SKU,,oos"))
    dialog = hands.look()
    choices = dialog.choices.list
    second = choices.visualItemRect(choices.item(2)).center()
    click_at(choices, second)
    assert len(dialog.taken) == 1
    press(dialog.table, Qt.Key.Key_Down)
    assert not dialog.choices.isVisible()
    press(dialog.table, Qt.Key.Key_Up)
    assert choices.currentRow() == 2
    press(dialog.table, Qt.Key.Key_Space)
    assert dialog.taken == []
    press(dialog.table, Qt.Key.Key_Space)
    assert len(dialog.taken) == 1
    click_at(choices, choices.visualItemRect(choices.item(0)).center())
    assert dialog.taken == []
    assert words(dialog, 0, OFFERED).startswith("Choose: ")


def test_only_the_likeliest_are_listed_and_the_rest_is_counted(qtbot: QtBot) -> None:
    choices = NumberChoices()
    qtbot.addWidget(choices)
    many = [NumberCandidate(str(at), "1", "A", "", 1, 1, (Clue.LINE,)) for at in range(60)]
    choices.show_choices("2", many, None)
    assert choices.list.count() == MOST_CHOICES + 2
    last = choices.list.item(choices.list.count() - 1)
    assert last.text().startswith("10 more may fit")
    choices.list.setCurrentItem(last)
    with qtbot.assertNotEmitted(choices.chosen):
        press(choices.list, Qt.Key.Key_Return)


def test_none_is_said(hands: Hands, write: Write) -> None:
    hands.open(write(f"{HASHES},1,no such SKU,,oos"))
    dialog = hands.look()
    assert words(dialog, 0, OFFERED) == "No open order fits"
    assert "1 row has none" in dialog.summary.text()
    assert not dialog.every.isVisible()
    hint = dialog.rows.index(0, OFFERED).data(Qt.ItemDataRole.ToolTipRole)
    assert "Copy the number from Seller Center" in str(hint)
    press(dialog.table, Qt.Key.Key_Space)
    assert dialog.taken == []


def test_a_row_edited_meanwhile_is_not_overwritten(
    hands: Hands, write: Write, orders: list[Order]
) -> None:
    hands.open(write(damaged_row(orders[0]), damaged_row(orders[1])))
    dialog = hands.look()
    click(dialog.every)
    hands.edit(1, Column.PO, "1796277083022")
    click(dialog.take)
    hands.closed(dialog)
    assert hands.cells(Column.PO) == ["1796277083022", orders[1].purchase_order_id]
    assert "1 row was changed meanwhile" in hands.window.notice.sentence.text()


def test_listing_can_be_stopped(
    hands: Hands, write: Write, orders: list[Order], connections: FastConnections, qtbot: QtBot
) -> None:
    hands.open(write(damaged_row(orders[0])))
    dialog = slowly_listing(hands, connections, qtbot)
    assert "so far" in dialog.summary.text()
    assert dialog.cancel.text() == "Stop"
    click(dialog.cancel)
    hands.closed(dialog)
    qtbot.waitUntil(lambda: not hands.window.session.background.busy, timeout=LONG)
    assert not hands.window.notice.isVisible()
    assert hands.cells(Column.PO) == [shown(orders[0].purchase_order_id)]


def test_what_another_store_offers_is_dropped(
    hands: Hands, write: Write, orders: list[Order], connections: FastConnections, qtbot: QtBot
) -> None:
    hands.open(write(damaged_row(orders[0])))
    dialog = slowly_listing(hands, connections, qtbot)
    session = hands.window.session
    session.choose_account(session.in_use.account)
    hands.closed(dialog)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=LONG)
    assert not hands.window.notice.isVisible()
    assert hands.cells(Column.PO) == [shown(orders[0].purchase_order_id)]


def slowly_listing(hands: Hands, connections: FastConnections, qtbot: QtBot) -> NumbersDialog:
    """Ask for the real numbers at a store that takes its time."""
    session = hands.window.session
    session.in_use.connected(lambda _connection: None, session.fail)
    qtbot.waitUntil(lambda: session.in_use.connection is not None, timeout=LONG)
    connections.stores[-1].faults = Faults(latency=0.5)
    click(button_in(hands.window.pages.review.problems, "Find the real numbers"))
    [dialog] = hands.window.findChildren(NumbersDialog)
    assert not dialog.table.isVisible()
    return dialog


def test_a_store_that_can_not_be_asked_is_said(
    hands: Hands, write: Write, orders: list[Order], connections: FastConnections, qtbot: QtBot
) -> None:
    hands.open(write(damaged_row(orders[0])))
    session = hands.window.session
    session.in_use.connected(lambda _connection: None, session.fail)
    qtbot.waitUntil(lambda: session.in_use.connection is not None, timeout=LONG)
    connection = session.in_use.connection
    assert connection is not None
    connection.close()
    click(button_in(hands.window.pages.review.problems, "Find the real numbers"))
    qtbot.waitUntil(hands.window.notice.isVisible, timeout=LONG)
    # Its end comes with the next turn of the loop.
    qtbot.waitUntil(lambda: hands.window.findChildren(NumbersDialog) == [], timeout=LONG)


def test_it_is_offered_for_damaged_order_numbers_only(hands: Hands, write: Write) -> None:
    hands.open(write("1796277083022,1,,####,oos"))
    panel = hands.window.pages.review.problems
    assert panel.findChildren(ProblemCard)
    assert not sees(panel, "Find the real numbers")
    hands.edit(1, Column.PO, HASHES)
    assert sees(panel, "Find the real numbers")


def test_ticks_can_be_seen_in_the_dark(
    hands: Hands, write: Write, orders: list[Order], qapp: QApplication
) -> None:
    before = qapp.palette()
    dark = QPalette(before)
    for role, colour in (
        (QPalette.ColorRole.Base, "#1e1f22"),
        (QPalette.ColorRole.Text, "#e6e6e6"),
    ):
        dark.setColor(role, QColor(colour))
    dark.setColor(QPalette.ColorRole.Window, QColor("#26272b"))
    hands.open(write(*map(damaged_row, orders[:2])))
    try:
        qapp.setPalette(dark)
        QApplication.sendEvent(hands.window, QEvent(QEvent.Type.PaletteChange))
        dialog = hands.look()
        tick = dialog.table.visualRect(dialog.rows.index(1, TAKE)).adjusted(1, 4, -1, -4)
        seen = dialog.table.viewport().grab(tick).toImage()
        lights = [
            seen.pixelColor(x, y).lightness() for x in range(24) for y in range(seen.height())
        ]
        assert max(lights) - min(lights) > 80
    finally:
        qapp.setPalette(before)
    QApplication.sendEvent(hands.window, QEvent(QEvent.Type.PaletteChange))
