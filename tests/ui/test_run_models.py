"""The two tables of a run."""

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.runs.journal import SheetRow
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.results import Result, row_results
from cancel_desk.sheet.columns import Column
from cancel_desk.ui.models.columns import LAST, PO, QUANTITY, REASON, RESULT, SIGN, SKU, Index
from cancel_desk.ui.models.lines_model import LinesModel
from cancel_desk.ui.models.results_model import ResultsModel
from cancel_desk.ui.widgets.theme import Colours, colours

HEADERS = ("PO#", "SKU", "Reason")
TIME = "2026-11-23T16:54:08Z"


def outcome(state: State, finding: Finding = Finding.CONFIRMED) -> Outcome:
    return Outcome(state, finding, words="No", correlation_id="c-1", time=TIME)


def line(at: int, state: State = State.PENDING, *, row_id: int = 0) -> RunLine:
    known = None if state in (State.PENDING, State.SENDING) else outcome(state)
    reason = "SELLER_CANCEL_OUT_OF_STOCK"
    return RunLine(at, at, f"PO{at}", row_id or at, "1", 2, reason, f"SKU{at}", state, known)


@pytest.fixture
def theme(qapp: object) -> Colours:
    return colours(QPalette())


@pytest.fixture
def lines(theme: Colours) -> LinesModel:
    model = LinesModel(theme)
    model.show_lines([line(1), line(2), line(3)], {1: 2, 2: 3, 3: None})
    return model


@pytest.fixture
def results(theme: Colours) -> ResultsModel:
    model = ResultsModel(theme)
    issue = Issue(4, Column.REASON, Level.ERROR, Code.REASON_MISSING)
    rows = [
        SheetRow(1, 2, ("PO1", "S", "OOS")),
        SheetRow(2, 3, ("PO2", "S", "OOS")),
        SheetRow(3, None, ("PO3", "S3", "OOS")),
        SheetRow(4, 5, ("PO4", "S4", ""), (issue,)),
    ]
    sent = [
        line(1, State.CANCELLED),
        line(2, State.REFUSED),
        line(3, State.CANCELLED),
        line(5, State.UNKNOWN, row_id=3),
    ]
    model.show_results(row_results(rows, sent), HEADERS)
    return model


def text(model: LinesModel | ResultsModel, row: int, column: int) -> str:
    return str(model.data(model.index(row, column)))


def test_both_are_sound_models(
    lines: LinesModel, results: ResultsModel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(lines)  # type: ignore[no-untyped-call]
    qtmodeltester.check(results)  # type: ignore[no-untyped-call]


def test_a_line_shows_how_it_stands(lines: LinesModel) -> None:
    assert [text(lines, 0, column) for column in (SIGN, PO, SKU, QUANTITY, REASON, RESULT)] == [
        *("·", "PO1", "SKU1", "2", "Out of stock", "Waiting"),
    ]
    assert text(lines, 0, LAST) == ""
    vertical = Qt.Orientation.Vertical
    assert [lines.headerData(row, vertical) for row in range(3)] == ["2", "3", "+"]


@pytest.mark.parametrize(
    ("state", "sign", "word"),
    [
        (State.SENDING, "…", "Sending"),
        (State.CANCELLED, "✓", "Cancelled"),
        (State.REFUSED, "✕", "Refused"),
        (State.UNSENT, "·", "Not sent yet"),
        (State.UNKNOWN, "?", "Being checked"),
        (State.SKIPPED, "—", "Left out"),
    ],
)
def test_every_state_has_a_sign_and_a_word(
    lines: LinesModel, state: State, sign: str, word: str
) -> None:
    lines.change([line(2, state)])
    assert (text(lines, 1, SIGN), text(lines, 1, RESULT)) == (sign, word)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert lines.data(lines.index(1, SIGN), role) == word


def test_only_cells_that_changed_are_told(lines: LinesModel, qtbot: QtBot) -> None:
    told: list[tuple[int, ...]] = []
    lines.dataChanged.connect(
        lambda top, bottom: told.append((top.row(), bottom.row(), top.column(), bottom.column()))
    )
    assert lines.change([line(1, State.CANCELLED), line(3, State.SENDING), line(99)]) == 2
    sign, result = (SIGN, SIGN), (RESULT, LAST)
    assert told == [(0, 0, *sign), (0, 0, *result), (2, 2, *sign), (2, 2, *result)]
    assert lines.change([line(99)]) is None
    assert len(told) == 4
    lines.change([line(2, State.SENDING), line(1, State.CANCELLED)])
    assert told[4:] == [(0, 1, *sign), (0, 1, *result)]
    assert text(lines, 0, LAST) != ""
    why = lines.data(lines.index(0, RESULT), Qt.ItemDataRole.ToolTipRole)
    assert why == "2 units cancelled: Out of stock."


class CountingModel(LinesModel):
    """Counts what a view asks of its cells."""

    def __init__(self, theme: Colours) -> None:
        super().__init__(theme)
        self.asked: Counter[str] = Counter()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked["one thing"] += 1
        return super().data(index, role)

    def multiData(self, index: Index, span: Any) -> None:
        self.asked["everything"] += 1
        super().multiData(index, span)


def test_a_cell_is_painted_from_one_answer(theme: Colours, qtbot: QtBot) -> None:
    """Each question may have to wait for the sending threads, so a repaint asks seldom."""
    model = CountingModel(theme)
    model.show_lines([line(1), line(2, State.CANCELLED)], {})
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(1200, 200)
    table.grab()
    assert model.asked == {"everything": 2 * 8}


def test_a_row_shows_its_result_and_why(results: ResultsModel) -> None:
    assert [text(results, row, RESULT) for row in range(4)] == [
        *("Cancelled", "Refused", "Unknown", "Left out"),
    ]
    assert text(results, 3, LAST) == "The reason is missing. Pick one."
    assert [text(results, 0, column) for column in (PO, SKU, REASON)] == [
        *("PO1", "SKU1", "Out of stock"),
    ]


def test_a_row_of_several_lines_shows_the_persons_own_cells(results: ResultsModel) -> None:
    assert [text(results, 2, column) for column in (PO, SKU, QUANTITY, REASON)] == [
        *("PO3", "S3", "", "Out of stock"),
    ]
    assert text(results, 2, LAST).startswith("1 of 2 lines cancelled.")


def test_the_filter_shows_one_result(results: ResultsModel) -> None:
    results.filter(Result.REFUSED)
    assert results.rowCount() == 1
    assert results.row_result(0).row.id == 2
    assert results.headerData(0, Qt.Orientation.Vertical) == "3"
    assert results.counts()[Result.CANCELLED] == 1
    results.filter(None)
    assert results.rowCount() == 4


def test_new_colours_are_told_to_the_view(
    lines: LinesModel, results: ResultsModel, theme: Colours, qtbot: QtBot
) -> None:
    dark = theme._replace(good=theme.bad)
    lines.change([line(1, State.CANCELLED)])
    for model in (lines, results):
        with qtbot.waitSignal(model.dataChanged):
            model.set_colours(dark)
        shown = model.data(model.index(0, RESULT), Qt.ItemDataRole.ForegroundRole)
        assert shown == theme.bad
