"""Saying which column is which, and how a file is read, by the hands of a person."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.sheet.columns import Column
from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import button_in, click, press, type_text
from ui.person import Find

LONG = 20_000
Key = Qt.Key
PO, OTHER = "1796277083022", "129114917403021"


class Hands:
    """A person who opens sheets and answers."""

    def __init__(self, window: MainWindow, dialog: Find, qtbot: QtBot, folder: Path) -> None:
        self.window = window
        self._dialog = dialog
        self._qtbot = qtbot
        self._folder = folder

    def write(self, name: str, text: str, *, encoding: str = "utf-8") -> Path:
        path = self._folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def open_file(self, path: Path) -> None:
        self.window.journey.open_file(path)

    def asked(self) -> MatchingDialog:
        found: MatchingDialog = self._dialog(MatchingDialog)
        return found

    def open_text(self, text: str) -> MatchingDialog:
        self.open_file(self.write("orders.csv", text))
        return self.asked()

    def pick(self, field: QComboBox, label: str) -> None:
        """Choose an entry of a list as the keyboard does: open it, go there, Enter."""
        labels = [field.itemText(at) for at in range(field.count())]
        at = next(at for at, each in enumerate(labels) if each.startswith(label))
        press(field, Key.Key_Home)
        for _step in range(at):
            press(field, Key.Key_Down)
        assert field.currentIndex() == at, labels

    def use(self, dialog: MatchingDialog) -> None:
        click(dialog.use)
        self._qtbot.waitUntil(lambda: not isValid(dialog))

    def wait_for(self, step: Step) -> None:
        self._qtbot.waitUntil(lambda: self.window.journey.step is step, timeout=LONG)

    def until(self, done: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(done, timeout=LONG)

    def column(self, column: Column) -> list[str]:
        review = self.window.session.review
        assert review is not None
        at = review.table.columns[column]
        return [row.cells[at] for row in review.table.rows]


@pytest.fixture
def hands(window: MainWindow, dialog: Find, qtbot: QtBot, tmp_path: Path) -> Hands:
    return Hands(window, dialog, qtbot, tmp_path)


def two_sheets(path: Path) -> Path:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Monday"
    second = book.create_sheet("Tuesday")
    for page, po in ((first, PO), (second, OTHER)):
        page.append(["PO#", "Line#", "Reason"])
        page.append([po, "1", "fraud"])
    book.save(path)
    return path


def test_an_order_header_is_never_taken_without_asking(hands: Hands) -> None:
    dialog = hands.open_text(f"Order#,Reference,Qty\n{PO},{OTHER},1\n")
    choice = dialog.columns.choices[Column.PO]
    assert choice.currentText() == "Choose…"
    assert not dialog.use.isEnabled()
    assert "“Order#”" in dialog.hint.text()
    assert "customer order numbers" in dialog.hint.text()
    hands.pick(choice, "Order#")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.PO) == [PO]
    assert "columns as you chose them" in hands.window.pages.review.footer.where.text()


def test_the_answer_is_remembered_for_the_same_columns(hands: Hands, qtbot: QtBot) -> None:
    text = "Order#,Units of it\n{po},3\n"
    dialog = hands.open_text(text.format(po=PO))
    hands.pick(dialog.columns.choices[Column.PO], "Order#")
    hands.pick(dialog.columns.choices[Column.QUANTITY], "Units of it")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    hands.open_file(hands.write("next.csv", text.format(po=OTHER)))
    click(button_in(hands.window.findChildren(QMessageBox)[-1], "Replace it"))
    qtbot.waitUntil(lambda: hands.column(Column.PO) == [OTHER], timeout=LONG)
    assert hands.column(Column.QUANTITY) == ["3"]
    assert hands.window.findChildren(MatchingDialog) == []


def test_two_headers_for_one_column_are_shown_with_samples(hands: Hands) -> None:
    dialog = hands.open_text(f"PO#,PO Number,Qty,Units\n{PO},{OTHER},1,2\n")
    assert "Several columns could be the purchase order number, quantity" in dialog.hint.text()
    choice = dialog.columns.choices[Column.PO]
    hands.pick(choice, "PO Number (column B)")
    assert OTHER in dialog.columns._samples[Column.PO].text()
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.PO) == [OTHER]


def test_one_reason_and_quantity_for_all_rows(hands: Hands) -> None:
    dialog = hands.open_text(f"Order#,Note\n{PO},a\n{OTHER},b\n")
    form = dialog.columns
    assert form.choices[Column.REASON].currentText() == "Not in my file; use for all rows:"
    hands.pick(form.choices[Column.PO], "Order#")
    label = form.reason.itemText(1)
    hands.pick(form.reason, label)
    form.quantity.selectAll()
    type_text(form.quantity, "2")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.REASON) == [form_code(hands)] * 2
    assert hands.column(Column.QUANTITY) == ["2", "2"]


def form_code(hands: Hands) -> str:
    found = hands.column(Column.REASON)[0]
    assert found in list(ReasonCode)
    return found


def test_a_reason_for_all_rows_is_confirmed_for_each_sheet(hands: Hands) -> None:
    dialog = hands.open_text(f"Order#\n{PO}\n")
    hands.pick(dialog.columns.choices[Column.PO], "Order#")
    hands.pick(dialog.columns.reason, dialog.columns.reason.itemText(2))
    chosen = dialog.columns.reason.currentText()
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    click(hands.window.pages.review.footer.change)
    again = hands.asked()
    assert again.columns.choices[Column.PO].currentText() == "Order# (column A)"
    assert again.columns.reason.currentText() == chosen


def test_one_header_is_not_taken_for_two_columns(hands: Hands) -> None:
    dialog = hands.open_text(f"Order#,Qty\n{PO},1\n")
    hands.pick(dialog.columns.choices[Column.PO], "Order#")
    assert dialog.use.isEnabled()
    hands.pick(dialog.columns.choices[Column.SKU], "Order#")
    assert not dialog.use.isEnabled()
    assert "chosen for two things" in dialog.hint.text()


def test_cancelled_nothing_is_opened(hands: Hands, qtbot: QtBot) -> None:
    dialog = hands.open_text(f"Order#\n{PO}\n")
    press(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert hands.window.session.review is None
    assert hands.window.journey.step is Step.IMPORT


def test_of_several_sheets_one_is_chosen(hands: Hands, tmp_path: Path) -> None:
    hands.open_file(two_sheets(tmp_path / "week.xlsx"))
    dialog = hands.asked()
    assert dialog.reading.sheet.currentText() == "Monday"
    assert "How the file is read is a guess" in dialog.hint.text()
    assert dialog.rows.index(1, 0).data() == PO
    hands.pick(dialog.reading.sheet, "Tuesday")
    assert not dialog.use.isEnabled()
    hands.until(lambda: dialog.rows.index(1, 0).data() == OTHER)
    assert dialog.hint.text() == "You see all rows before anything is sent."
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.PO) == [OTHER]
    assert "“Tuesday”" in hands.window.pages.review.footer.where.text()


def test_what_may_be_the_quantity_must_be_settled(hands: Hands) -> None:
    dialog = hands.open_text(f"PO#,Line#,QTY CXL,Reason\n{PO},1,1,oos\n")
    quantity = dialog.columns.choices[Column.QUANTITY]
    assert quantity.currentText() == "Choose…"
    assert quantity.hasFocus()
    assert not dialog.columns.quantity.isVisible()
    assert not dialog.use.isEnabled()
    assert "“QTY CXL” may be it" in dialog.hint.text()
    hands.pick(quantity, "Not in my file")
    assert dialog.columns.quantity.isVisible()
    assert dialog.use.isEnabled()
    hands.pick(quantity, "QTY CXL (column C)")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.QUANTITY) == ["1"]


def hidden_quantity(path: Path, *, units: str) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["PO#", "Line#", "Cancel Qty", "Qty", "Cancel Reason"])
    page.append([PO, "1", units, "1", "fraud"])
    page.column_dimensions["C"].hidden = True
    book.save(path)
    return path


def test_a_hidden_quantity_is_taken_only_if_it_is_chosen(hands: Hands, tmp_path: Path) -> None:
    hands.open_file(hidden_quantity(tmp_path / "week.xlsx", units="3"))
    dialog = hands.asked()
    quantity = dialog.columns.choices[Column.QUANTITY]
    assert quantity.currentText() == "Choose…"
    assert not dialog.use.isEnabled()
    assert "“Cancel Qty” may be it, but your file hides it" in dialog.hint.text()
    labels = [quantity.itemText(at) for at in range(quantity.count())]
    assert "Cancel Qty (column C, hidden in your file)" in labels
    hands.pick(quantity, "Qty (column D)")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.QUANTITY) == ["1"]


def test_hidden_orders_are_chosen_by_the_person(hands: Hands, tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["PO#", "SKU", "Line#", "Reason"])
    page.append([PO, "A-1", "1", "fraud"])
    page.column_dimensions["A"].hidden = True
    book.save(tmp_path / "orders.xlsx")
    hands.open_file(tmp_path / "orders.xlsx")
    dialog = hands.asked()
    assert dialog.columns.by is None
    assert not dialog.use.isEnabled()
    hands.pick(dialog.columns.choices[Column.PO], "PO#")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.PO) == [PO]


def test_a_column_chosen_for_one_thing_needs_no_answer_for_another(hands: Hands) -> None:
    dialog = hands.open_text(f"PO#,Wie viele\n{PO},2\n")
    assert not dialog.use.isEnabled()
    hands.pick(dialog.columns.choices[Column.QUANTITY], "Wie viele")
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.QUANTITY) == ["2"]


def test_another_header_row_delimiter_and_encoding(hands: Hands) -> None:
    path = hands.write(
        "list.csv", f"PO#;Line#;Qty;Note\nAuftrag;Zeile;Zahl;Bemerkung\n{PO};1;1;schön\n"
    )
    hands.open_file(path)
    hands.wait_for(Step.REVIEW)
    assert len(hands.column(Column.PO)) == 2
    click(hands.window.pages.review.footer.change)
    dialog = hands.asked()
    assert dialog.reading.delimiter.currentText() == "semicolon"
    dialog.reading.header_row.selectAll()
    type_text(dialog.reading.header_row, "2")
    press(dialog.reading.header_row, Key.Key_Return)
    hands.until(lambda: dialog.look.raw.headers[0] == "Auftrag")
    hands.pick(dialog.reading.encoding, "Western European (Windows)")
    hands.until(lambda: dialog.rows.index(2, 3).data() == "schÃ¶n")
    hands.pick(dialog.reading.delimiter, "tab")
    hands.until(lambda: dialog.rows.columnCount() == 1)
    hands.pick(dialog.reading.delimiter, "semicolon")
    hands.until(lambda: dialog.rows.columnCount() == 4)
    headers = ("Auftrag", "Zeile", "Zahl")
    for column, name in zip((Column.PO, Column.LINE, Column.QUANTITY), headers, strict=False):
        hands.pick(dialog.columns.choices[column], name)
    hands.use(dialog)
    hands.wait_for(Step.REVIEW)
    assert hands.column(Column.PO) == [PO]


def test_a_header_row_that_is_not_there_is_said_in_the_dialog(hands: Hands) -> None:
    dialog = hands.open_text(f"Order#\n{PO}\n")
    dialog.reading.header_row.selectAll()
    type_text(dialog.reading.header_row, "9")
    press(dialog.reading.header_row, Key.Key_Return)
    hands.until(dialog.notice.isVisible)
    assert "Row 9 was chosen for the column names" in dialog.notice.sentence.text()
    assert dialog.reading.header_row.value() == 1


def test_changing_columns_asks_before_edits_are_lost(hands: Hands, dialog: Find) -> None:
    hands.open_file(hands.write("a.csv", f"PO#,Other\n{PO},{OTHER}\n"))
    hands.wait_for(Step.REVIEW)
    page = hands.window.pages.review
    page.view.go_to(0, 2)
    press(page.view, Key.Key_Delete)
    page.view.go_to(0, 1)
    press(page.view, Key.Key_Delete)
    assert page.has_edits()
    press(page, Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    asked = hands.asked()
    hands.pick(asked.columns.choices[Column.PO], "Other")
    hands.use(asked)
    box: QMessageBox = dialog(QMessageBox)
    click(button_in(box, "Keep it"))
    assert hands.column(Column.PO) == [""]
    assert page.has_edits()


def test_the_columns_are_named_above_the_first_rows(hands: Hands) -> None:
    dialog = hands.open_text(f"Order#,Qty\n{PO},1\n")
    head = dialog.preview.horizontalHeader().model()
    assert head.headerData(1, Qt.Orientation.Horizontal) == "B · Qty"
    assert head.headerData(0, Qt.Orientation.Horizontal) == "A"
    hands.pick(dialog.columns.choices[Column.PO], "Order#")
    assert head.headerData(0, Qt.Orientation.Horizontal) == "A · PO number"


def test_closing_while_reading_leaves_nothing_behind(
    hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    hands.open_file(two_sheets(tmp_path / "week.xlsx"))
    dialog = hands.asked()
    hands.pick(dialog.reading.sheet, "Tuesday")
    press(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    qtbot.waitUntil(lambda: not hands.window.session.background.busy, timeout=LONG)
    assert hands.window.session.review is None


def test_every_control_has_a_name_and_a_hint(hands: Hands) -> None:
    dialog = hands.open_text(f"Order#,Qty\n{PO},1\n")
    fields = [*dialog.columns.choices.values(), dialog.columns.reason, dialog.columns.quantity]
    fields += [dialog.reading.sheet, dialog.reading.header_row, dialog.reading.encoding]
    for field in (*fields, dialog.reading.delimiter, dialog.preview, dialog.use, dialog.cancel):
        assert field.accessibleName()
        assert field.toolTip()
