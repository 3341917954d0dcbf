"""Sheets that name SKUs or customer orders, looked up at the store in use, in the window."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cancel_desk.checks.issues import Code
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.orders import Order, ShipNode
from cancel_desk.practice.store import PracticeStore
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.table import Table
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections
from ui.hands import button_in, click, press
from ui.person import Find

LONG = 30_000
CUSTOMER_ORDERS, SKUS = "customer orders", "SKUs only"


class Hands:
    """A person whose sheet names no purchase orders."""

    def __init__(self, window: MainWindow, dialog: Find, qtbot: QtBot, folder: Path) -> None:
        self.window = window
        self.folder = folder
        self._dialog = dialog
        self._qtbot = qtbot

    def open(self, headers: str, *rows: str) -> MatchingDialog:
        path = self.folder / "wishes.csv"
        path.write_text("\n".join([headers, *rows]), encoding="utf-8")
        self.window.journey.open_file(path)
        return self.asked()

    def asked(self) -> MatchingDialog:
        found: MatchingDialog = self._dialog(MatchingDialog)
        return found

    def pick(self, field: QComboBox, label: str) -> None:
        labels = [field.itemText(at) for at in range(field.count())]
        at = next(at for at, each in enumerate(labels) if each.startswith(label))
        press(field, Qt.Key.Key_Home)
        for _step in range(at):
            press(field, Qt.Key.Key_Down)
        assert field.currentIndex() == at, labels

    def use(self, dialog: MatchingDialog) -> None:
        click(dialog.use)
        self._qtbot.waitUntil(lambda: not isValid(dialog))

    def wait_for(self, step: Step) -> None:
        self._qtbot.waitUntil(lambda: self.window.journey.step is step, timeout=LONG)

    def lines(self) -> set[tuple[str, str]]:
        """The order lines in the grid."""
        table = self._table
        return {
            (table.text(row, Column.PO), table.text(row, Column.LINE))
            for row in table.rows
            if table.text(row, Column.PO)
        }

    def column(self, column: Column) -> list[str]:
        return [self._table.text(row, column) for row in self._table.rows]

    @property
    def _table(self) -> Table:
        review = self.window.session.review
        assert review is not None
        return review.table

    def codes(self, number: int) -> set[Code]:
        """The kinds of issues on the rows made of a row of the file."""
        review = self.window.session.review
        assert review is not None
        rows = [row for row in review.table.rows if row.number == number]
        return {issue.code for row in rows for issue in review.issues(row.id)}


@pytest.fixture
def hands(window: MainWindow, dialog: Find, qtbot: QtBot, tmp_path: Path) -> Hands:
    return Hands(window, dialog, qtbot, tmp_path)


@pytest.fixture
def orders() -> list[Order]:
    return [each for each in PracticeStore().orders() if each.ship_node is ShipNode.SELLER]


def open_lines(orders: Iterable[Order], *, sku: str = "") -> set[tuple[str, str]]:
    return {
        (order.purchase_order_id, line.number)
        for order in orders
        for line in order.lines
        if line.open and sku in ("", line.sku)
    }


def first_sku(orders: list[Order]) -> str:
    return next(line.sku for order in orders for line in order.lines if line.open)


def test_skus_only_are_asked_about_and_come_as_all_their_open_lines(
    hands: Hands, orders: list[Order]
) -> None:
    sku = first_sku(orders)
    dialog = hands.open("SKU,Reason,Memo", f"{sku},oos,first", "nothing,oos,second")
    assert dialog.columns.names.currentText().startswith(SKUS)
    assert not dialog.columns.choices[Column.PO].isEnabled()
    assert "Every open line of Practice store with one of these SKUs" in dialog.hint.text()
    assert dialog.use.text() == "Get the open lines"
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.lines() == open_lines(orders, sku=sku)
    assert set(hands.column(Column.REASON)) == {"oos"}
    assert Code.NO_LINE_FOUND in hands.codes(3)
    notice = hands.window.notice.sentence.text()
    assert "1 row of your sheet came to" in notice
    assert "For 1 row no order line was found (row 3)" in notice


def test_order_numbers_are_never_taken_for_purchase_orders_without_asking(
    hands: Hands, orders: list[Order]
) -> None:
    order = orders[0]
    dialog = hands.open("Order#,Reason", f"{order.customer_order_id},oos")
    assert not dialog.use.isEnabled()
    assert "may hold customer order numbers" in dialog.hint.text()
    hands.pick(dialog.columns.names, CUSTOMER_ORDERS)
    assert "Choose the column with the customer order numbers." in dialog.hint.text()
    hands.pick(dialog.columns.choices[Column.PO], "Order#")
    assert "these customer orders at Practice store" in dialog.hint.text()
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.lines() == open_lines(
        each for each in orders if each.customer_order_id == order.customer_order_id
    )


def test_the_same_headers_are_asked_about_again_with_the_answer_filled_in(
    hands: Hands, orders: list[Order], qtbot: QtBot
) -> None:
    rows = ("Order#,Reason", f"{orders[0].customer_order_id},oos")
    dialog = hands.open(*rows)
    hands.pick(dialog.columns.names, CUSTOMER_ORDERS)
    hands.pick(dialog.columns.choices[Column.PO], "Order#")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    hands.window.session.start_over()
    again = hands.open(*rows)
    assert again.columns.names.currentText().startswith(CUSTOMER_ORDERS)
    assert again.columns.choices[Column.PO].currentText().startswith("Order#")
    assert again.use.isEnabled()


def test_the_columns_can_be_changed_afterwards(hands: Hands, orders: list[Order]) -> None:
    sku = first_sku(orders)
    hands.use(hands.open("SKU,Reason", f"{sku},oos"))
    hands.wait_for(Step.REVIEW)
    click(hands.window.pages.review.footer.change)
    dialog = hands.asked()
    assert list(dialog.look.raw.headers) == ["SKU", "Reason"]
    assert dialog.columns.names.currentText().startswith(SKUS)


def test_what_is_looked_up_is_sent_and_comes_back_beside_its_row(
    hands: Hands, orders: list[Order], dialog: Find, qtbot: QtBot
) -> None:
    sku = first_sku(orders)
    hands.use(hands.open("SKU,Memo,Reason", f"{sku},keep me,oos", "nothing,and me,oos"))
    hands.wait_for(Step.REVIEW)
    click(button_in(hands.window.pages.review, "Review and send"))
    confirm: ConfirmDialog = dialog(ConfirmDialog)
    assert len(confirm.plan.lines) > 0
    sent = {(request.po, line.line) for request in confirm.plan.requests for line in request.lines}
    assert sent <= hands.lines()
    click(confirm.send)
    hands.wait_for(Step.RESULTS)
    click(hands.window.pages.results.ways.save)
    saving: QFileDialog = dialog(QFileDialog)
    out = hands.folder / "out.xlsx"
    saving.fileSelected.emit(str(out))
    saving.reject()
    qtbot.waitUntil(out.exists, timeout=LONG)
    qtbot.waitUntil(hands.window.notice.isVisible, timeout=LONG)
    header, *rows = load_workbook(out).worksheets[0].values
    found = [dict(zip(header, row, strict=True)) for row in rows]
    cancelled = {(row["PO#"], row["Line#"]) for row in found if row["Result"] == "Cancelled"}
    assert cancelled == sent
    assert {row["Memo"] for row in found if row["Row in file"] == "2"} == {"keep me"}
    [left] = [row for row in found if row["Row in file"] == "3"]
    assert (left["Memo"], left["Result"]) == ("and me", "Left out")
    assert "No open order line of the store" in str(left["What it means"])


def test_pasted_skus_are_asked_about(hands: Hands, orders: list[Order]) -> None:
    QGuiApplication.clipboard().setText(f"SKU\n{first_sku(orders)}\n")
    click(hands.window.pages.imports.paste)
    dialog = hands.asked()
    assert dialog.columns.names.currentText().startswith(SKUS)
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.lines() == open_lines(orders, sku=first_sku(orders))


def test_looking_up_can_be_stopped_and_ends_with_its_account(
    hands: Hands, orders: list[Order], connections: FastConnections, qtbot: QtBot
) -> None:
    session = hands.window.session
    session.in_use.connected(lambda _connection: None, session.fail)
    qtbot.waitUntil(lambda: session.in_use.connection is not None, timeout=LONG)
    connections.stores[-1].faults = Faults(latency=0.5)
    ends: tuple[Callable[[], None], ...] = (
        lambda: click(hands.window.pages.imports.stop),
        lambda: session.choose_account(session.in_use.account),
    )
    for end in ends:
        dialog = hands.open("SKU,Reason", f"{first_sku(orders)},oos")
        with qtbot.waitSignal(session.reading_began, timeout=LONG):
            hands.use(dialog)
        with qtbot.waitSignal(session.reading_ended, timeout=LONG):
            end()
        assert session.review is None
        assert not hands.window.notice.isVisible()


def test_a_column_is_not_two_things(hands: Hands) -> None:
    dialog = hands.open("Order#,SKU,Reason", "200012345678901,A,oos")
    hands.pick(dialog.columns.names, CUSTOMER_ORDERS)
    hands.pick(dialog.columns.choices[Column.PO], "SKU")
    assert "chosen for two things" in dialog.hint.text()
    assert not dialog.use.isEnabled()
    hands.pick(dialog.columns.names, SKUS)
    assert dialog.use.isEnabled()
