"""The questions about columns, the answers to them, and remembering these."""

import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.expansion import ExpandBy, Lookup
from cancel_desk.sheet.layouts import LayoutBook
from cancel_desk.sheet.matching import (
    Candidate,
    ColumnAnswer,
    ColumnQuestion,
    column_questions,
    must_ask,
)
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet, Row, SheetFacts, Source

PO = "129114917403021"
OTHER = "200000715749900"


def raw(headers: Sequence[str], *rows: Sequence[str], mark: Mark | None = None) -> RawSheet:
    source = Source("orders.csv", FileKind.TEXT, None, 1, "utf-8", ",")
    marks = ((0, mark),) if mark else ()
    made = tuple(Row(at, at + 1, tuple(cells), marks) for at, cells in enumerate(rows, start=1))
    return RawSheet(source, tuple(headers), made)


def question(sheet: RawSheet, column: Column, answer: ColumnAnswer | None = None) -> ColumnQuestion:
    return next(one for one in column_questions(sheet, answer) if one.column is column)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Nº de orden de compra", Column.PO),
        ("NÚMERO DE ORDEN DE COMPRA", Column.PO),
        ("采购订单号", Column.PO),
        ("Ｐ．Ｏ．＃", Column.PO),  # noqa: RUF001 - as East Asian keyboards type it
        ("Línea", Column.LINE),
        ("订单行号", Column.LINE),
        ("Cantidad", Column.QUANTITY),
        ("数量", Column.QUANTITY),
        ("Motivo de cancelación", Column.REASON),
        ("取消原因", Column.REASON),
        ("Purchase Order line #", Column.LINE),
        ("Partner Item Id", Column.SKU),
        ("poNum", Column.PO),
    ],
)
def test_names_in_each_language(header: str, column: Column) -> None:
    assert match_columns([header]).columns == {column: 0}


@pytest.mark.parametrize(
    ("headers", "at"),
    [(["Qty", "Qty to cancel"], 1), (["Cantidad a cancelar", "Cantidad"], 0)],
)
def test_the_quantity_to_cancel_goes_before_any_other(headers: list[str], at: int) -> None:
    match = match_columns(headers)
    assert (match.columns, match.doubtful) == ({Column.QUANTITY: at}, {})


@pytest.mark.parametrize("header", ["Cancelled Qty", "Update Qty", "Status Date", "Line Total"])
def test_what_only_sounds_alike_is_left_alone(header: str) -> None:
    assert match_columns([header]).columns == {}


@pytest.mark.parametrize("header", ["Order#", "Número de pedido", "订单号", "Customer Order ID"])
def test_customer_orders_are_known_and_never_taken(header: str) -> None:
    match = match_columns([header])
    assert (match.columns, match.possible) == ({}, {Column.PO: (0,)})
    assert match.customer_orders == (0,)
    asked = question(raw([header], [OTHER]), Column.PO)
    assert (asked.at, asked.must_ask) == (0, True)


@pytest.mark.parametrize("header", ["Reference Number", "Walmart Order #", "Site Order ID"])
def test_other_programs_numbers_are_asked_about(header: str) -> None:
    assert match_columns([header]).customer_orders == ()
    assert question(raw([header, "Qty"], [PO, "1"]), Column.PO).must_ask


def test_a_clear_column_needs_no_question() -> None:
    sheet = raw(["PO#", "Line#", "Note"], [PO, "1", "x"], [PO, "2", "y"])
    assert not must_ask(column_questions(sheet))
    asked = question(sheet, Column.PO)
    assert asked.candidates[0] == Candidate(0, "PO#", "A", (PO,), 1.0)
    assert [candidate.at for candidate in asked.candidates] == [0, 1, 2]
    missing = question(sheet, Column.REASON)
    assert (missing.at, missing.fixed, missing.must_ask) == (None, None, False)


def test_of_several_the_one_whose_values_fit_stands_first() -> None:
    sheet = raw(["PO#", "PO Number"], ["A-17", PO], ["A-18", f"'{PO}"])
    asked = question(sheet, Column.PO)
    assert (asked.at, asked.must_ask) == (1, True)
    assert [(one.at, one.fits) for one in asked.candidates] == [(1, 1.0), (0, 0.0)]


def test_several_with_the_same_values_are_no_question() -> None:
    sheet = raw(["PO#", "PO Number"], [PO, f"{PO} "])
    assert open_table(sheet).columns[Column.PO] == 0
    with pytest.raises(SheetError):
        open_table(raw(["PO#", "PO Number"], [PO, ""]))


def test_without_any_name_the_values_give_a_candidate_never_an_answer() -> None:
    asked = question(raw(["", ""], ["x", PO], ["y", "1.29115E+14"]), Column.PO)
    assert (asked.at, asked.must_ask) == (1, True)
    assert question(raw(["a", "b"], ["x", "y"]), Column.PO).at is None


def test_damaged_numbers_still_look_like_orders() -> None:
    sheet = raw(["Order#", "x"], ["1300000000000000000", "1"], mark=Mark.ROUNDED)
    assert question(sheet, Column.PO).candidates[0].fits == 1.0


def test_one_text_for_all_rows() -> None:
    sheet = raw(["PO#", "Reason"], [PO, "ask Ann"], [PO, ""])
    table = open_table(sheet, fixed={Column.REASON: "oos", Column.QUANTITY: "1"})
    assert [table.text(row, Column.REASON) for row in table.rows] == ["oos", "oos"]
    assert [table.text(row, Column.QUANTITY) for row in table.rows] == ["1", "1"]
    assert [row.cells[1] for row in table.rows] == ["ask Ann", ""]
    assert table.headers == ("PO#", "Reason")


def test_answers_are_remembered_by_layout(tmp_path: Path) -> None:
    book = LayoutBook(tmp_path / "layouts.json")
    headers = ["Order#", "Qty", "Quantity"]
    assert book.recall(headers) is None
    answer = ColumnAnswer({Column.PO: 0, Column.QUANTITY: 2}, {Column.REASON: "oos"})
    book.keep(headers, answer)
    book.keep(["x"], ColumnAnswer())
    assert LayoutBook(tmp_path / "layouts.json").recall(["order #", "QTY", "Quantity "]) == answer
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "layouts.json").stat().st_mode) == 0o600
    assert book.recall(["Qty", "Order#", "Quantity"]) is None
    assert list(tmp_path.iterdir()) == [tmp_path / "layouts.json"]
    book.forget(headers)
    assert book.recall(headers) is None
    assert book.recall(["x"]) == ColumnAnswer()


def test_what_rows_name_instead_is_remembered_and_asked_again(tmp_path: Path) -> None:
    book = LayoutBook(tmp_path / "layouts.json")
    answer = ColumnAnswer({Column.SKU: 1}, {}, Lookup(ExpandBy.CUSTOMER_ORDER, 0))
    book.keep(["Order#", "SKU"], answer)
    assert book.recall(["Order#", "SKU"]) == answer
    asked = question(raw(["Order#", "SKU"], [PO, "A"]), Column.PO, answer)
    assert (asked.at, asked.must_ask, asked.lookup) == (None, True, answer.lookup)


@pytest.mark.parametrize("lookup", ['["sku"]', '["sku", 7]', '["what", 0]', "0"])
def test_a_broken_memory_is_none(tmp_path: Path, lookup: str) -> None:
    path = tmp_path / "layouts.json"
    entry = f'{{"headers": ["a"], "columns": {{}}, "fixed": {{}}, "lookup": {lookup}}}'
    path.write_text(f'{{"version": 1, "layouts": [{entry}]}}', encoding="utf-8")
    assert LayoutBook(path).recall(["a"]) is None


def test_a_remembered_answer_is_the_guess_but_a_reason_is_asked_again() -> None:
    sheet = raw(["Order#", "Qty"], [PO, "1"])
    answer = ColumnAnswer({Column.PO: 0}, {Column.REASON: "oos", Column.LINE: "all"})
    assert not question(sheet, Column.PO, answer).must_ask
    assert not question(sheet, Column.LINE, answer).must_ask
    reason = question(sheet, Column.REASON, answer)
    assert (reason.fixed, reason.must_ask) == ("oos", True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"layouts": [{"headers": 1}]}', "\x00"])
def test_a_broken_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "layouts.json"
    path.write_text(text, encoding="utf-8")
    book = LayoutBook(path)
    assert book.recall(["PO#"]) is None
    book.keep(["PO#"], ColumnAnswer({Column.PO: 0}))
    assert book.recall(["PO#"]) == ColumnAnswer({Column.PO: 0})


def test_the_oldest_layouts_are_forgotten(tmp_path: Path) -> None:
    book = LayoutBook(tmp_path / "layouts.json")
    for at in range(201):
        book.keep([f"h{at}"], ColumnAnswer({Column.PO: 0}))
    assert book.recall(["h0"]) is None
    assert book.recall(["h1"]) is not None


@pytest.mark.parametrize(
    "header",
    [
        "QTY CXL", "CXL Qty", "Cancel units", "Cancelled Qty", "QTY (EA)", "Quantity requested",
        "# units", "No. of units", "Pieces", "Pcs", "Count", "Amount", "How many", "To cancel",
        "Quantité", "Menge", "取消的件数", "Priority",
    ],
)  # fmt: skip
def test_what_may_be_a_quantity_is_never_passed_over(header: str) -> None:
    sheet = raw(["PO#", "Line#", header, "Note"], [PO, "1", "1", "x"], [PO, "2", "2.0", "y"])
    asked = question(sheet, Column.QUANTITY)
    assert (asked.at, asked.must_ask) == (None, True)
    assert asked.candidates[0].header == header
    with pytest.raises(SheetError) as raised:
        open_table(sheet)
    assert raised.value.problem is SheetProblem.OVERLOOKED_COLUMN
    assert raised.value.params == {"headers": [header]}
    given = ColumnAnswer({Column.PO: 0, Column.LINE: 1}, weighed=(2,))
    answered = column_questions(sheet, given)
    assert not must_ask(answered)
    assert len(open_table(sheet, columns={Column.PO: 0, Column.LINE: 1})) == 2


@pytest.mark.parametrize("header", ["Qty CXL", "Cancel", "To cancel", "Refund quantity"])
def test_an_ordered_quantity_is_doubted_for_one_to_cancel(header: str) -> None:
    cells = [PO, "1", "3", "1"]
    assert question(raw(["PO#", "Line#", "Qty", header], cells), Column.QUANTITY).must_ask
    sure = raw(["PO#", "Line#", "Qty to cancel", header], cells)
    assert not must_ask(column_questions(sure))


def test_a_quantity_beside_that_says_nothing_else_is_no_doubt() -> None:
    headers = ["PO#", "Line#", "Qty", "Update Qty"]
    for other in ("3", "0", "", "none"):
        assert not must_ask(column_questions(raw(headers, [PO, "1", "3", other])))
    assert must_ask(column_questions(raw(headers, [PO, "1", "3", "0"], [PO, "2", "3", "1"])))


@pytest.mark.parametrize("header", ["Ln", "Article", "Product", "Item", "Pos.", "商品编号"])
def test_what_may_be_a_line_is_never_taken_for_a_whole_order(header: str) -> None:
    sheet = raw(["PO#", header, "Reason"], [PO, "A-1", "oos"])
    assert question(sheet, Column.LINE).must_ask
    with pytest.raises(SheetError):
        open_table(sheet)
    with_sku = raw(["PO#", header, "SKU", "Reason"], [PO, "A-1", "A-1", "oos"])
    assert not must_ask(column_questions(with_sku))


def test_columns_of_other_things_are_not_asked_about() -> None:
    headers = ["PO#", "Note", "Customer", "Price", "Ship by", "Empty qty", "Reason"]
    cells = [PO, "call 2 pm", "A. Smith", "12.99", "2026-03-04", "", "oos"]
    assert not must_ask(column_questions(raw(headers, cells)))


@pytest.mark.parametrize(
    "values",
    [
        ("1 pc", "2 pcs"), ("1 of 3", "2/3"), ("x1", "2 units"), ("one", "all"), ("1", "all"),
        ("1 unidad", "2"), ("1件", "2件"), ("1.0", "2,0"),
    ],
)  # fmt: skip
def test_units_are_known_however_they_are_written(values: tuple[str, str]) -> None:
    sheet = raw(["PO#", "Line#", "Wish"], *([PO, "1", value] for value in values))
    assert question(sheet, Column.QUANTITY).must_ask


@pytest.mark.parametrize("value", ["L1", "line 1", "1st", "2.", "#3"])
def test_lines_are_known_however_they_are_written(value: str) -> None:
    assert question(raw(["PO#", "Which"], [PO, value]), Column.LINE).must_ask


@pytest.mark.parametrize("other", ["Remove", "Short", "Available", "Faltante", "缺货", ""])
def test_fewer_units_beside_the_ordered_ones_are_asked_about(other: str) -> None:
    headers = ["PO#", "Line#", "Qty", other]
    assert must_ask(column_questions(raw(headers, [PO, "1", "3", "1"], [PO, "2", "2", "2"])))
    assert not must_ask(column_questions(raw(headers, [PO, "1", "3", "3"], [PO, "2", "2", "2"])))
    assert not must_ask(column_questions(raw(headers, [PO, "1", "3", "17"], [PO, "2", "2", "1"])))


def test_none_to_cancel_is_asked_about_and_money_is_not() -> None:
    assert must_ask(column_questions(raw(["PO#", "Qty", "QTY CXL"], [PO, "3", "0"])))
    headers = ["PO#", "Line#", "Qty", "Tax", "Shipping Cost"]
    assert not must_ask(column_questions(raw(headers, [PO, "1", "3", "1", "2"])))


def test_a_header_over_two_columns_is_asked_about() -> None:
    rows = (["", "", "Ordered", "To cancel"], [PO, "1", "3", "1"])
    assert must_ask(column_questions(raw(["PO#", "Line#", "Quantity", ""], *rows)))


def test_an_answer_does_not_count_for_what_was_empty_then() -> None:
    headers = ["PO#", "Line#", "Qty", "Update Qty"]
    answer = ColumnAnswer({Column.PO: 0, Column.LINE: 1, Column.QUANTITY: 2})
    filled = raw(headers, [PO, "1", "3", "1"])
    assert not must_ask(column_questions(raw(headers, [PO, "1", "3", ""]), answer))
    assert must_ask(column_questions(filled, answer))
    assert not must_ask(column_questions(filled, replace(answer, weighed=(3,))))


def test_columns_without_names_are_asked_about_for_each_sheet(tmp_path: Path) -> None:
    book = LayoutBook(tmp_path / "layouts.json")
    book.keep(["", ""], ColumnAnswer({Column.PO: 0}))
    assert book.recall(["", ""]) is None
    book.keep(["PO#", "", "Wish"], ColumnAnswer({Column.PO: 0}, weighed=(2,)))
    assert book.recall(["PO#", "", "Wish"]) == ColumnAnswer({Column.PO: 0}, weighed=(2,))


def test_what_is_blank_at_first_is_looked_at_where_it_is_filled() -> None:
    rows = [[PO, "1", ""]] * 300 + [[PO, "2", "-"], [PO, "3", "1"]]
    assert question(raw(["PO#", "Line#", "Wish"], *rows), Column.QUANTITY).must_ask


@pytest.mark.parametrize(
    "header", ["Walmart line", "WM line #", "PO Ln", "PO item", "PO行", "Línea Walmart", "Item #"]
)
def test_the_count_of_a_sheets_own_rows_is_doubted_for_another_line(header: str) -> None:
    headers = ["Line", "PO#", header, "Qty", "Line total"]
    rows = (["1", PO, "2", "1", "12"], ["2", OTHER, "1", "1", "30"])
    assert question(raw(headers, *rows), Column.LINE).must_ask
    same = ([at, PO, at, "1", "12"] for at in ("1", "2"))
    assert not must_ask(column_questions(raw(headers, *same)))


def hiding(sheet: RawSheet, *places: int) -> RawSheet:
    return replace(sheet, facts=SheetFacts(hidden_columns=places))


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_column_that_the_file_hides_is_never_taken_without_asking(at: int) -> None:
    headers = ["PO#", "Line#", "Cancel Qty", "Cancel Reason", "Qty"]
    seen = raw(headers, [PO, "1", "3", "oos", "1"])
    sheet = hiding(seen, at)
    column = (Column.PO, Column.LINE, Column.QUANTITY, Column.REASON)[at]
    assert not must_ask(column_questions(seen))
    asked = question(sheet, column)
    assert (asked.at, asked.must_ask, asked.doubted) == (None, True, (at,))
    assert asked.candidates[0].hidden
    with pytest.raises(SheetError) as raised:
        open_table(sheet)
    assert raised.value.problem is SheetProblem.HIDDEN_COLUMN
    assert raised.value.params == {"headers": [headers[at]]}
    given = ColumnAnswer({Column.PO: 0, Column.LINE: 1, Column.QUANTITY: 2, Column.REASON: 3})
    assert question(sheet, column, given).must_ask
    weighed = question(sheet, column, replace(given, weighed=(at,)))
    assert (weighed.at, weighed.must_ask) == (at, False)


def test_hidden_columns_that_say_nothing_to_cancel_are_left_alone() -> None:
    headers = ["PO#", "Line#", "SKU", "Customer", "Qty"]
    sheet = raw(headers, [PO, "1", "A-1", "A. Smith", "1"])
    assert not must_ask(column_questions(hiding(sheet, 2, 3)))
    assert len(open_table(hiding(sheet, 2, 3))) == 1
    by_sku = hiding(raw(["PO#", "SKU", "Qty"], [PO, "A-1", "1"]), 1)
    assert question(by_sku, Column.SKU).must_ask


def test_a_column_taught_by_hand_is_asked_about_once_it_is_hidden() -> None:
    sheet = hiding(raw(["PO#", "Line#", "Foo"], [PO, "1", "many"]), 2)
    answer = ColumnAnswer({Column.PO: 0, Column.LINE: 1, Column.QUANTITY: 2})
    asked = question(sheet, Column.QUANTITY, answer)
    assert (asked.at, asked.must_ask, asked.doubted) == (None, True, (2,))
    for_all = replace(answer, columns={Column.PO: 0, Column.LINE: 1}, fixed={Column.QUANTITY: "1"})
    assert not must_ask(column_questions(sheet, for_all))


def test_of_several_that_fit_the_one_that_is_seen_is_the_guess() -> None:
    sheet = hiding(raw(["PO#", "Qty", "Quantity"], [PO, "3", "1"]), 1)
    assert question(sheet, Column.QUANTITY).at == 2


def test_names_in_another_order_further_down_are_refused() -> None:
    top, below = ["PO#", "Line#", "Qty", "Reason"], ["PO#", "Qty", "Line#", "Reason"]
    for again in (below, ["Line#", "PO#", "Qty", "Reason"]):
        sheet = raw(top, [PO, "1", "1", "oos"], again, [OTHER, "1", "2", "oos"])
        with pytest.raises(SheetError) as raised:
            open_table(sheet, columns={Column.PO: 0, Column.LINE: 1, Column.QUANTITY: 2})
        assert raised.value.params == {"row": 3}
    assert len(open_table(raw(top, [PO, "1", "1", "oos"], top, [OTHER, "1", "2", "oos"]))) == 3


def test_the_same_names_again_are_a_row_whatever_was_taken_for_the_units() -> None:
    top = ["PO#", "Line#", "Qty", "Wish", "Reason"]
    sheet = raw(top, [PO, "1", "3", "1", "oos"], top, [OTHER, "1", "2", "1", "oos"])
    chosen = {Column.PO: 0, Column.LINE: 1, Column.QUANTITY: 3, Column.REASON: 4}
    assert len(open_table(sheet, columns=chosen)) == 3
