"""Header names as people and programs write them."""

import pytest

from cancel_desk.sheet.columns import NEEDED, Column, match_columns, plain_header
from cancel_desk.sheet.header_names import NAMES


@pytest.mark.parametrize(
    "header",
    ["PO#", "po #", " Po# ", "PO Number", "purchase_order_id", "PurchaseOrderId", "\uff30\uff2f#"],
)
def test_spelling_does_not_matter(header: str) -> None:
    assert match_columns([header]).columns == {Column.PO: 0}


@pytest.mark.parametrize(
    "header", ["Order#", "Order ID", "Update Qty", "Update Status", "PO Box", "Postcode", ""]
)
def test_similar_names_are_left_alone(header: str) -> None:
    match = match_columns([header])
    assert (match.columns, match.doubtful) == ({}, {})


def test_several_fitting_headers_are_all_reported() -> None:
    match = match_columns(["Qty", "PO#", "Quantity"])
    assert match.columns == {Column.PO: 1}
    assert match.doubtful == {Column.QUANTITY: (0, 2)}


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("采购订单编号(PO#)", Column.PO),
        ("PO# / 采购订单号", Column.PO),
        ("行号\nLine#", Column.LINE),
        ("数量\uff08Qty\uff09", Column.QUANTITY),
        ("Cancel reason | 取消原因", Column.REASON),
        ("N.º de orden de compra", Column.PO),
        ("N. º de línea", Column.LINE),
        ("P.O. No.", Column.PO),
    ],
)
def test_two_languages_and_dots_are_understood(header: str, column: Column) -> None:
    assert match_columns([header]).columns == {column: 0}


@pytest.mark.parametrize("header", ["PO# (Order#)", "PO#/SKU", "PO# (old)", "SKU / UPC"])
def test_a_header_of_different_names_is_not_taken(header: str) -> None:
    match = match_columns([header])
    assert (match.columns, match.doubtful) == ({}, {})


def test_an_order_number_in_two_languages_may_be_a_purchase_order() -> None:
    match = match_columns(["订单号 (Order ID)"])
    assert (match.columns, match.possible, match.customer_orders) == ({}, {Column.PO: (0,)}, (0,))


@pytest.mark.parametrize("column", NEEDED)
def test_two_candidates_for_any_column_are_doubtful(column: Column) -> None:
    first, second = NAMES[column][-1][:2]
    match = match_columns([first, second])
    assert (match.columns, match.doubtful) == ({}, {column: (0, 1)})


def test_names_are_folded() -> None:
    assert plain_header("Purchase-Order  #") == "purchase order #"
