"""Results of a grid that was sorted, filtered, cut and added to: no row is lost, none is wrong."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cancel_desk.practice.catalogue import SEED, sample_orders
from cancel_desk.practice.sample import SAMPLE_DAY, clean_rows, write_sheet
from cancel_desk.runs.results import Result
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import RemoveRows
from cancel_desk.sheet.leaving_out import leave_out
from cancel_desk.sheet.result_rows import RESULT_COLUMNS
from cancel_desk.texts.outcomes import correlation_ids, reason_text, result_time, result_word
from cancel_desk.ui.dialogs.found_dialog import FoundDialog
from cancel_desk.ui.grid.grid_columns import Kind
from cancel_desk.ui.widgets.steps import Step
from ui.fast_store import FastConnections
from ui.grid.conftest import SKU
from ui.hands import click, type_text
from ui.person import LONG, Find, Hands

CONTROL = Qt.KeyboardModifier.ControlModifier


def lines_of(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    page: Any = load_workbook(path).worksheets[0]
    header, *rows = ([("" if x is None else str(x)) for x in row] for row in page.values)
    return header, [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", ["orders.xlsx", "orders.csv"])
def test_every_row_of_the_sheet_comes_back_whatever_the_grid_shows(
    hands: Hands, connections: FastConnections, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    rows = clean_rows(sample_orders(SEED, SAMPLE_DAY))[:9]
    path = tmp_path / name
    write_sheet(path, [*rows, rows[0]])  # the last is a duplicate
    hands.window.journey.open_file(path)
    hands.wait_for(Step.REVIEW)
    review, page = hands.session.review, hands.pages.review
    assert review is not None
    view, table = page.view, review.table
    view.sheet.sort(SKU, Qt.SortOrder.DescendingOrder)
    ids = [row.id for row in table.rows]
    view.sheet.do("deletion", RemoveRows((ids[2],)))
    view.editing.insert_rows(0, 1, below=True)
    view.sheet.do("leaving out", leave_out(table, {ids[4]: "sold by phone"}))
    type_text(page.filters.search, rows[5]["PO#"])
    qtbot.waitUntil(lambda: len(view.sheet.shown) < 5, timeout=LONG)
    hidden = {row.id for row in table.rows} - set(view.sheet.shown)
    assert {ids[0], ids[3], ids[9]} <= hidden
    before = [(row.cells[table.columns[Column.PO]], row.number) for row in table.rows]
    assert [number for _po, number in before].count(None) == 1
    hands.send()
    hands.wait_for(Step.RESULTS)
    opened = hands.session.open_run
    assert opened is not None
    results = opened.run.results()
    assert [
        (each.row.cells[opened.run.columns[Column.PO]], each.row.number) for each in results
    ] == before
    cancelled = {ids.index(each.row.id) for each in results if each.result is Result.CANCELLED}
    assert cancelled == {0, 1, 3, 5, 6, 7, 8}
    assert sum(tally.times for tally in connections.stores[-1].tallies().values()) == len(cancelled)
    hands.press_in_front(Qt.Key.Key_S, CONTROL)
    out = tmp_path / "out.xlsx"
    hands.save_as(out)
    header, lines = lines_of(out)
    own = list(opened.run.headers)
    assert header == [*own, "Left out because", *RESULT_COLUMNS]
    assert len(lines) == len(results) == 10
    for line, each in zip(lines, results, strict=True):
        assert tuple(line[each] for each in own) == each.row.cells
        assert line["Result"] == result_word(each.result)
        assert line["What it means"] == reason_text(each)
        assert line["Time"] == result_time(each)
        assert line["Correlation ID"] == correlation_ids(each)
    assert [line["Left out because"] for line in lines if line["Left out because"]] == [
        "sold by phone"
    ]


def test_rows_left_out_stay_so_where_the_run_is_gone(
    hands: Hands, dialog: Find, tmp_path: Path
) -> None:

    rows = clean_rows(sample_orders(SEED, SAMPLE_DAY))[:4]
    path, out = tmp_path / "orders.xlsx", tmp_path / "out.xlsx"
    write_sheet(path, rows)
    hands.window.journey.open_file(path)
    hands.wait_for(Step.REVIEW)
    review = hands.session.review
    assert review is not None
    first, second = (row.id for row in review.table.rows[:2])
    model = hands.pages.review.view.sheet
    model.do("leaving out", leave_out(review.table, {first: "sold by phone"}))
    model.setData(model.index(1, hands.pages.review.view.column_of(Kind.REASON)), "no such")
    hands.send()
    hands.wait_for(Step.RESULTS)
    opened = hands.session.open_run
    assert opened is not None
    hands.press_in_front(Qt.Key.Key_S, CONTROL)
    hands.save_as(out)
    run = opened.run.id
    hands.session.start_over()
    hands.session.desk.history.delete(run)
    hands.window.journey.open_file(out)
    shown: FoundDialog = dialog(FoundDialog)
    click(shown.go_on)
    hands.wait_for(Step.REVIEW)
    review = hands.session.review
    assert review is not None
    assert [review.draft(row.id).left_out for row in review.table.rows] == [True, False]
    assert second != first
