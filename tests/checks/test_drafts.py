"""What a row asks for, and what is wrong in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import HEADERS, PO, table
from cancel_desk.checks.drafts import Draft, examined_draft, flawless_drafts, read_draft
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.expansion import NOT_EXPANDED
from cancel_desk.sheet.rows import Mark


def draft(*cells: str, headers: tuple[str, ...] = HEADERS, mark: Mark | None = None) -> Draft:
    made = table(cells, headers=headers, marks={(0, 0): mark} if mark else None)
    return read_draft(made, made.at(0), "US")


def codes(found: Draft) -> set[Code]:
    return {issue.code for issue in found.issues}


def test_a_sound_row_is_read_whole() -> None:
    found = draft(PO, "2", "NW-MUG", "3", "OOS")
    assert (found.po, found.line, found.quantity, found.sku) == (PO, "2", 3, "NW-MUG")
    assert found.reason is not None
    assert found.reason.code is ReasonCode.OUT_OF_STOCK
    assert not found.whole_order
    assert found.issues == ()


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (("", "1", "", "1", "OOS"), Column.PO, Code.PO_MISSING),
        (("   ", "1", "", "1", "OOS"), Column.PO, Code.PO_MISSING),
        (("17962 77083022", "1", "", "1", "OOS"), Column.PO, Code.PO_MALFORMED),
        (("PO#1796277083022", "1", "", "1", "OOS"), Column.PO, Code.PO_MALFORMED),
        ((f"-{PO}", "1", "", "1", "OOS"), Column.PO, Code.PO_MALFORMED),
        (("Total", "1", "", "1", "OOS"), Column.PO, Code.PO_MALFORMED),
        (("---", "1", "", "1", "OOS"), Column.PO, Code.PO_MALFORMED),
        (("EXAMPLE 129114917403021", "1", "", "1", "OOS"), Column.PO, Code.PO_MALFORMED),
        (("1.79628E+12", "1", "", "1", "OOS"), Column.PO, Code.CELL_DAMAGED),
        (("#######", "1", "", "1", "OOS"), Column.PO, Code.CELL_DAMAGED),
        ((PO, "", "", "1", "OOS"), Column.LINE, Code.LINE_MISSING),
        ((PO, "0", "", "1", "OOS"), Column.LINE, Code.LINE_MALFORMED),
        ((PO, "one", "", "1", "OOS"), Column.LINE, Code.LINE_MALFORMED),
        ((PO, "-1", "", "1", "OOS"), Column.LINE, Code.LINE_MALFORMED),
        ((PO, "1", "", "0", "OOS"), Column.QUANTITY, Code.QUANTITY_MALFORMED),
        ((PO, "1", "", "2.5", "OOS"), Column.QUANTITY, Code.QUANTITY_MALFORMED),
        ((PO, "1", "", "-2", "OOS"), Column.QUANTITY, Code.QUANTITY_MALFORMED),
        ((PO, "1", "", "1,000", "OOS"), Column.QUANTITY, Code.QUANTITY_MALFORMED),
        ((PO, "1", "", "123456", "OOS"), Column.QUANTITY, Code.QUANTITY_MALFORMED),
        ((PO, "all", "", "2", "OOS"), Column.QUANTITY, Code.QUANTITY_FOR_WHOLE_ORDER),
        ((PO, "1", "", "1", ""), Column.REASON, Code.REASON_MISSING),
        ((PO, "1", "", "1", "NO_INVENTORY"), Column.REASON, Code.REASON_UNKNOWN),
        ((PO, "1", "", "1", "CANCEL_BY_SELLER"), Column.REASON, Code.REASON_UNKNOWN),
    ],
)
def test_an_error_is_named_on_its_cell(cells: tuple[str, ...], column: Column, code: Code) -> None:
    errors = [issue for issue in draft(*cells).issues if issue.level is Level.ERROR]
    assert [(issue.column, issue.code) for issue in errors] == [(column, code)]


@pytest.mark.parametrize("mark", sorted(set(Mark) - NOT_EXPANDED - {Mark.MERGED}))
def test_what_the_reader_saw_in_the_po_cell_is_damage(mark: Mark) -> None:
    found = draft("1796277083022000", "1", "", "1", "OOS", mark=mark)
    assert codes(found) == {Code.CELL_DAMAGED}
    assert found.po == ""


def test_a_repaired_number_is_used_and_told() -> None:
    found = draft("'1796277083022.0", "1.0", "", "2.0", "OOS")
    assert (found.po, found.line, found.quantity) == (PO, "1", 2)
    assert codes(found) == {Code.CELL_REPAIRED}
    assert all(issue.level is Level.INFO for issue in found.issues)


@pytest.mark.parametrize("po", ["12345", "12345678901234567"])
def test_a_po_of_unusual_length_is_only_warned_about(po: str) -> None:
    found = draft(po, "1", "", "1", "OOS")
    assert found.po == po
    assert [issue.level for issue in found.issues] == [Level.WARNING]


def test_a_letter_in_a_po_is_fine() -> None:
    assert draft("Y127613640123", "1", "", "1", "OOS").issues == ()


@pytest.mark.parametrize("word", ["all", "ALL", " Whole order ", "*"])
def test_a_line_cell_can_mean_the_whole_order(word: str) -> None:
    found = draft(PO, word, "", "", "OOS")
    assert found.whole_order
    assert found.line == ""
    assert found.issues == ()


def test_without_a_line_column_an_order_alone_means_the_whole_order() -> None:
    found = draft(PO, "OOS", headers=("PO#", "Reason"))
    assert found.whole_order
    assert found.issues == ()


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (("PO#", "SKU", "Reason"), (PO, "NW-MUG", "OOS")),
        (("PO#", "Qty", "Reason"), (PO, "1", "OOS")),
    ],
)
def test_without_a_line_column_a_row_that_describes_one_line_needs_it(
    headers: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    found = draft(*cells, headers=headers)
    assert not found.whole_order
    assert codes(found) == {Code.LINE_MISSING}


def test_a_blank_quantity_is_warned_about_only_where_there_is_a_column() -> None:
    assert codes(draft(PO, "1", "", "", "OOS")) == {Code.QUANTITY_BLANK}
    without = draft(PO, "1", "OOS", headers=("PO#", "Line#", "Reason"))
    assert without.quantity is None
    assert without.issues == ()


@pytest.mark.parametrize(
    ("status", "entity", "code"),
    [
        ("Shipped", "", Code.SHEET_SAYS_CLOSED),
        ("canceled", "", Code.SHEET_SAYS_CLOSED),
        ("Acknowledged", "WFSFulfilled", Code.SHEET_SAYS_WFS),
    ],
)
def test_what_the_file_says_of_the_line_is_a_hint(status: str, entity: str, code: Code) -> None:
    headers = (*HEADERS, "Status", "Fulfillment Entity")
    found = draft(PO, "1", "", "1", "OOS", status, entity, headers=headers)
    assert [(issue.level, issue.code) for issue in found.issues] == [(Level.WARNING, code)]


@given(st.lists(st.text(max_size=20), min_size=5, max_size=5))
def test_any_text_is_read_without_failing_and_never_invents_digits(cells: list[str]) -> None:
    found = draft(*cells)
    errors = {issue.column for issue in found.issues if issue.level is Level.ERROR}
    assert bool(found.po) is (Column.PO not in errors)
    assert (found.reason is not None) is (Column.REASON not in errors)
    assert found.whole_order or bool(found.line) is (Column.LINE not in errors)


PLAIN = st.tuples(
    st.sampled_from([PO, "129114917403021", "1", "17962770830\uff122", " " + PO, "1.8E+12"]),
    st.sampled_from(["1", "12345", "123456", "01", "0", "1.0", "", "all", "²"]),
    st.sampled_from(["", " NW-MUG "]),
    st.sampled_from(["1", "99999", "100000", "", "0", "1 "]),
    st.sampled_from(["OOS", "Out of stock", "", "no"]),
)


SAYS = st.tuples(
    st.sampled_from(["", "Shipped", "Created", "WFSFulfilled"]),
    st.sampled_from(["", "WFSFulfilled", "Shipped"]),
)


@given(st.lists(st.tuples(PLAIN, SAYS), max_size=4), st.sets(st.integers(2, 5), max_size=2))
def test_the_short_way_for_flawless_rows_gives_the_same(
    rows: list[tuple[tuple[str, ...], tuple[str, str]]], hidden: set[int]
) -> None:
    headers = (*HEADERS, "Status", "Fulfillment Entity")
    made = table(*(cells + says for cells, says in rows), headers=headers, hidden=tuple(hidden))
    for row_id, short in flawless_drafts(made, made.rows, "US").items():
        assert short == examined_draft(made, made.row(row_id), "US")


def test_a_marked_cell_never_takes_the_short_way() -> None:
    made = table((PO, "1", "", "1", "OOS"), marks={(0, 0): Mark.ROUNDED})
    assert flawless_drafts(made, made.rows, "US") == {}


def test_a_flawless_row_takes_the_short_way() -> None:
    made = table((PO, "1", "NW-MUG", "1", "OOS"))
    assert list(flawless_drafts(made, made.rows, "US")) == [1]


def test_a_row_that_the_file_hides_is_left_out_and_says_so() -> None:
    """A filter that was left on in Excel must not cancel what it hid."""
    made = table((PO, "1", "", "1", "OOS"), (PO, "2", "", "1", "OOS"), hidden=(3,))
    shown, hidden = (read_draft(made, row, "US") for row in made.rows)
    assert codes(shown) == set()
    assert [(x.level, x.code) for x in hidden.issues] == [(Level.ERROR, Code.ROW_HIDDEN)]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Update Status", "Ship"), ("Cancel?", "No"), ("To cancel", "n"), ("Cancelar", " no "),
        ("Action", "Don\u2019t cancel"), ("是否取消", "否"), ("Cancel (Y/N)", "N"),
    ],
)  # fmt: skip
def test_a_row_that_the_file_says_not_to_cancel_is_left_out(header: str, text: str) -> None:
    headers = (*HEADERS, header)
    made = table((PO, "1", "", "1", "OOS", text), (PO, "2", "", "1", "OOS", "yes"), headers=headers)
    refused, wanted = (read_draft(made, row, "US") for row in made.rows)
    assert [(x.level, x.code) for x in refused.issues] == [(Level.ERROR, Code.SHEET_SAYS_NO)]
    assert refused.issues[0].params == {"header": header, "text": text.strip()}
    assert wanted.issues == ()


def test_a_reason_or_units_under_such_a_name_are_what_they_are() -> None:
    headers = (*HEADERS[:4], "Cancel", "Reason")
    made = table((PO, "1", "", "1", "1", "no stock"), headers=headers)
    assert made.refusal(made.at(0)) is None
