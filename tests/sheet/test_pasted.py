"""The clipboard: ranges of cells, and order numbers picked out of free text."""

import pytest

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.damage import Damage
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.pasted import (
    NumberKind,
    pick_order_numbers,
    sheet_from_clipboard,
    sheet_of_numbers,
)
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind

PO, PO2 = "129114917403021", "1577914061094"


def test_a_range_with_its_header() -> None:
    sheet = sheet_from_clipboard(f"PO#\tQty\r\n{PO}\t1\r\n\r\n{PO2}\t\r\n")
    assert sheet.headers == ("PO#", "Qty")
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, (PO, "1")), (4, (PO2, ""))]
    assert (sheet.source.kind, sheet.source.header_row) == (FileKind.CLIPBOARD, 1)


def test_a_range_without_a_header_has_none() -> None:
    sheet = sheet_from_clipboard(f"{PO}\t1\n{PO2}\t2\textra\n")
    assert (sheet.headers, sheet.source.header_row) == (("", "", ""), 0)
    assert [row.cells for row in sheet.rows] == [(PO, "1", ""), (PO2, "2", "extra")]


def test_cells_with_line_ends_and_quotes() -> None:
    sheet = sheet_from_clipboard(f'PO#\tNote\n{PO}\t"a\n""b"""\n{PO2}\t15" screen\n')
    assert [row.cells[1] for row in sheet.rows] == ['a\n"b"', '15" screen']


def test_comma_separated_text_is_a_range_too() -> None:
    assert sheet_from_clipboard(f"PO#,Qty\n{PO},1\n").rows[0].cells == (PO, "1")


def test_the_other_form_has_the_whole_numbers() -> None:
    html = (
        "Version:1.0\r\nStartHTML:000\r\n<html><body><table><tr><td>PO#<td>Qty"
        f"<tr><td x:num='{PO}'>1.29115E+14<td>1</table></body></html>"
    )
    sheet = sheet_from_clipboard("PO#\tQty\n1.29115E+14\t1\n", html)
    assert sheet.rows[0].cells == (PO, "1")


def test_rows_that_were_hidden_where_they_were_copied_are_named() -> None:
    html = f"<table><tr><td>PO#<tr style='display:none'><td>{PO}<tr><td>1577914061094</table>"
    sheet = sheet_from_clipboard(f"PO#\n{PO}\n1577914061094\n", html)
    assert [row.cells for row in sheet.rows] == [(PO,), ("1577914061094",)]
    assert sheet.facts.hidden_rows == (2,)


def test_other_markup_is_no_range() -> None:
    assert sheet_from_clipboard(f"PO#\n{PO}\n", "<p>PO#</p>").rows[0].cells == (PO,)


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(SheetError) as caught:
        sheet_from_clipboard("\n\n")
    assert caught.value.problem is SheetProblem.EMPTY_FILE
    with pytest.raises(SheetError) as caught:
        sheet_from_clipboard("PO#\n1\n2\n3\n", limits=Limits(rows=2))
    assert caught.value.problem is SheetProblem.TOO_MANY_ROWS
    with pytest.raises(SheetError) as caught:
        sheet_from_clipboard("PO#\n" + "x" * 200_000)
    assert caught.value.problem is SheetProblem.CELL_TOO_LONG


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"please cancel {PO}, {PO2} and {PO}.", [PO, PO2]),
        (
            f"{PO},{PO2};109007446257350|1815367951431",
            [PO, PO2, "109007446257350", "1815367951431"],
        ),
        (f"PO#{PO}/{PO2}\n", [PO, PO2]),
        (f"采购单号{PO}件", [PO]),
        (f"{PO}.0", [PO]),
        ("Y12613640 and Z1", ["Y12613640"]),
        ("call 4155550100, 1Z999AA10123456784, 12345678901234567890", []),
        (f"x{PO} {PO}x 1.{PO} {PO}-1", []),
        ("", []),
    ],
)
def test_numbers_are_picked_out_of_free_text(text: str, found: list[str]) -> None:
    assert [number.text for number in pick_order_numbers(text)] == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"PO {PO}", NumberKind.PURCHASE_ORDER),
        (f"Purchase Order: {PO}", NumberKind.PURCHASE_ORDER),
        (f"order # {PO}", NumberKind.CUSTOMER_ORDER),
        (f"Customer orders:\n- {PO}", NumberKind.CUSTOMER_ORDER),
        (f"order 200000715749900 is PO {PO}", NumberKind.PURCHASE_ORDER),
        (f"PO {PO2}, order {PO}", NumberKind.CUSTOMER_ORDER),
        (f"客户订单 {PO}", NumberKind.CUSTOMER_ORDER),
        (f"采购订单 {PO}", NumberKind.PURCHASE_ORDER),
        (f"FedEx tracking {PO}", NumberKind.OTHER),
        (f"tracking:\n{PO}", NumberKind.PURCHASE_ORDER),
        (f"order {PO} or rather PO {PO}", NumberKind.PURCHASE_ORDER),
    ],
)
def test_a_number_is_what_the_words_before_it_call_it(text: str, kind: NumberKind) -> None:
    assert next(one.kind for one in pick_order_numbers(text) if one.text == PO) is kind


def test_damaged_numbers_are_picked_and_named() -> None:
    [number] = pick_order_numbers("cancel 1.29115E+14 please")
    assert (number.text, number.damage) == ("1.29115E+14", Damage.SCIENTIFIC)


def test_picked_numbers_become_a_sheet() -> None:
    table = open_table(sheet_of_numbers(pick_order_numbers(f"{PO} {PO2}")))
    assert [table.text(row, Column.PO) for row in table.rows] == [PO, PO2]
    assert not table.has_own(Column.LINE)
