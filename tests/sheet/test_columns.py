"""Header names as people and programs write them."""

import pytest

from cancel_desk.sheet.columns import Column, match_columns, plain_header


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


def test_names_are_folded() -> None:
    assert plain_header("Purchase-Order  #") == "purchase order #"
