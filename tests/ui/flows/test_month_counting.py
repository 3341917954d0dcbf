"""The numbers of a month in the window: table, plot, choices and what is saved."""

import csv
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cancel_desk.checks.plan import Store
from cancel_desk.desk import Desk
from cancel_desk.report.numbers import number_tables
from cancel_desk.runs.journal import Journal
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.dialogs.month_dialog import MonthDialog
from cancel_desk.ui.models.amounts_model import LINES, NAME, AmountsModel
from cancel_desk.ui.window import MainWindow
from outcomes_run import STORE, run_with_all_outcomes
from patience import PATIENCE
from ui import hands as real
from ui.hands import button_in, click
from ui.person import Find, Hands

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LONG = 20_000
TODAY = datetime.now().astimezone().date()
LIVE = "Northwind Goods (LIVE)"
PRACTICE = "Practice store (PRACTICE)"


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    """Press a key in a window that is in front, as a system sees to after a dialog."""
    widget.window().activateWindow()
    QTest.qWaitForWindowActive(widget.window())
    real.press(widget, key, modifiers)


def run_of(desk: Desk, day: date, store: Store = STORE) -> None:
    """Write a run whose lines all ended at the noon of a day here."""
    noon = datetime(day.year, day.month, day.day, 12).astimezone().astimezone(UTC)
    time = f"{noon:%Y-%m-%dT%H:%M:%SZ}"
    run = run_with_all_outcomes(desk.folders.runs, store=store)
    run._journal.note(created=time)
    outcomes = {x.id: replace(x.outcome, time=time) for x in run.lines() if x.outcome}
    run._journal.record(outcomes)
    run.close()


def months_before(months: int) -> date:
    day = QDate(TODAY.year, TODAY.month, 1).addMonths(-months)
    return date(day.year(), day.month(), 1)


@pytest.fixture
def numbers(window: MainWindow, dialog: Find, qtbot: QtBot) -> Callable[[], MonthDialog]:
    """Open the numbers by their keys and wait until they are counted."""

    def open_it() -> MonthDialog:
        press(window, Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
        opened: MonthDialog = dialog(MonthDialog)
        counted(opened, qtbot)
        return opened

    return open_it


def counted(opened: MonthDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.totals.text() != "Counting…", timeout=LONG)


def turn(opened: MonthDialog, key: Qt.Key, qtbot: QtBot) -> None:
    """Turn to another month by a key, and wait until it is counted."""
    month = opened.month
    press(opened.table, key)
    qtbot.waitUntil(lambda: opened.month != month)
    counted(opened, qtbot)


def rows_of(opened: MonthDialog) -> list[list[str]]:
    model = opened.amounts
    return [
        [str(model.index(row, at).data()) for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def words_of(table: NamedTable) -> list[list[str]]:
    return [[str(value) for value in row] for row in table.rows]


def test_a_month_is_shown_as_table_and_plot(
    desk: Desk, numbers: Callable[[], MonthDialog], qtbot: QtBot
) -> None:
    run_of(desk, TODAY)
    expected = desk.month_numbers(TODAY)
    reasons, skus, stores = number_tables(expected)
    opened = numbers()
    assert opened.totals.text().startswith(f"{expected.lines} lines · {expected.units} units")
    assert rows_of(opened) == words_of(skus)
    assert opened.chart.accessibleDescription().startswith(
        f"{skus.rows[0][0]}: {skus.rows[0][1]} lines, {skus.rows[0][2]} units"
    )
    press(opened.table, Key.Key_2)
    qtbot.waitUntil(lambda: rows_of(opened) == words_of(reasons))
    assert opened.title.text() == "Lines cancelled, by reason"
    assert opened.chart.accessibleName() == opened.table.accessibleName() == opened.title.text()
    press(opened.table, Key.Key_3)
    qtbot.waitUntil(lambda: rows_of(opened) == words_of(stores))
    assert opened.chart.shown()[0].name == LIVE


def test_months_are_gone_through_by_keys(
    desk: Desk, numbers: Callable[[], MonthDialog], qtbot: QtBot
) -> None:
    run_of(desk, months_before(2))
    opened = numbers()
    assert opened.nothing.isVisible()
    assert opened.nothing.text().startswith("Nothing was cancelled in ")
    assert not opened.save.isEnabled()
    assert not opened.after.isEnabled()
    for months in (1, 2):
        turn(opened, Key.Key_PageUp, qtbot)
        assert opened.month == months_before(months)
    assert opened.chart.isVisible()
    assert opened.save.isEnabled()
    turn(opened, Key.Key_PageDown, qtbot)
    assert opened.nothing.isVisible()


def test_practice_counts_where_its_store_is_chosen(
    desk: Desk, numbers: Callable[[], MonthDialog], qtbot: QtBot
) -> None:
    run_of(desk, TODAY, replace(STORE, name="Practice store", environment="PRACTICE"))
    opened = numbers()
    assert opened.nothing.isVisible()
    assert "the practice store" in opened.hint.text()
    opened.stores.setFocus()
    press(opened.stores, Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert opened.store == PRACTICE
    qtbot.waitUntil(opened.chart.isVisible, timeout=LONG)
    turn(opened, Key.Key_PageUp, qtbot)
    assert opened.store == PRACTICE
    assert PRACTICE in opened.nothing.text()


def test_one_store_is_counted_alone(
    desk: Desk, numbers: Callable[[], MonthDialog], qtbot: QtBot
) -> None:
    run_of(desk, TODAY)
    run_of(desk, TODAY, replace(STORE, name="Southwind"))
    opened = numbers()
    both = opened.totals.text()
    opened.stores.setFocus()
    press(opened.stores, Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert opened.store == LIVE
    counted(opened, qtbot)
    assert opened.totals.text() != both
    press(opened.table, Key.Key_3)
    qtbot.waitUntil(lambda: [row[0] for row in rows_of(opened)] == [LIVE])


def test_what_is_shown_is_saved(
    desk: Desk,
    numbers: Callable[[], MonthDialog],
    dialog: Find,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    run_of(desk, TODAY)
    opened = numbers()
    press(opened.table, Key.Key_S)
    path = tmp_path / "numbers.csv"
    asking: QFileDialog = dialog(QFileDialog)
    asking.fileSelected.emit(str(path))
    asking.done(0)
    qtbot.waitUntil(lambda: opened.notice.sentence.text() == f"Saved as {path}", timeout=LONG)
    with path.open(encoding="utf-8-sig", newline="") as file:
        saved = [row for row in csv.reader(file) if row]
    tables = number_tables(desk.month_numbers(TODAY))
    assert saved == [row for table in tables for row in (list(table.headers), *words_of(table))]


def test_numbers_that_can_not_be_saved_are_said_so(
    desk: Desk,
    numbers: Callable[[], MonthDialog],
    dialog: Find,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    run_of(desk, TODAY)
    opened = numbers()
    click(opened.save)
    asking: QFileDialog = dialog(QFileDialog)
    asking.fileSelected.emit(str(tmp_path / "gone" / "numbers.csv"))
    asking.done(0)
    qtbot.waitUntil(opened.notice.isVisible, timeout=LONG)
    assert "gone" in opened.notice.sentence.text()


def test_runs_that_are_not_counted_are_named(
    desk: Desk, numbers: Callable[[], MonthDialog]
) -> None:
    (desk.folders.runs / "spoilt.run").write_text("no run")
    opened = numbers()
    assert opened.missing.text() == (
        "1 run is not counted, because it is in use or can't be read: spoilt"
    )


def test_the_run_that_is_open_counts(
    hands: Hands, numbers: Callable[[], MonthDialog], qtbot: QtBot
) -> None:
    hands.go_through()
    opened = numbers()
    assert "not counted" not in opened.missing.text()
    opened.stores.setFocus()
    press(opened.stores, Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(opened.chart.isVisible, timeout=LONG)


def test_numbers_give_way_to_what_is_asked(
    window: MainWindow, hands: Hands, numbers: Callable[[], MonthDialog], dialog: Find
) -> None:
    hands.try_practice()
    numbers()
    hands.session.prepare()  # asked for before, and ready only now
    assert dialog(ConfirmDialog).isVisible()
    assert not any(each.isVisible() for each in window.findChildren(MonthDialog))


@pytest.fixture
def model() -> AmountsModel:
    made = AmountsModel()
    rows = (("b", 3, 5, 2), ("A", 2, 9, 2), ("", 1, 1, 1))
    made.show_table(NamedTable("By SKU", ("SKU", "Lines", "Units", "Orders"), rows))
    return made


def test_it_is_a_sound_model(model: AmountsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_table_is_sorted_by_names_and_amounts(model: AmountsModel) -> None:
    def names() -> list[object]:
        return [model.index(row, NAME).data() for row in range(model.rowCount())]

    assert names() == ["b", "A", "(none)"]
    model.sort(NAME)
    assert names() == ["(none)", "A", "b"]
    model.sort(LINES, Qt.SortOrder.AscendingOrder)
    assert names() == ["(none)", "A", "b"]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert names() == ["A", "b", "(none)"]
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [model.index(0, at).data(role) for at in (0, 2)] == ["SKU: A", "Units: 9"]


def test_another_place_is_offered_where_the_numbers_cant_be_written(
    desk: Desk, numbers: Callable[[], MonthDialog], dialog: Find, qtbot: QtBot, tmp_path: Path
) -> None:
    run_of(desk, TODAY)
    opened = numbers()
    for name in ("removed drive/out.xlsx", "out.xlsx"):
        if name == "out.xlsx":
            box: QMessageBox = dialog(QMessageBox)
            assert "its folder does not exist" in box.text()
            click(button_in(box, "Choose another place"))
        else:
            click(opened.save)
        asked: QFileDialog = dialog(QFileDialog)
        asked.fileSelected.emit(str(tmp_path / name))
        asked.done(0)
    qtbot.waitUntil((tmp_path / "out.xlsx").exists, timeout=LONG)
    qtbot.waitUntil(lambda: "Saved as" in opened.notice.sentence.text(), timeout=LONG)


def test_closing_the_numbers_stops_counting(
    window: MainWindow, desk: Desk, dialog: Find, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_of(desk, TODAY)
    run_of(desk, TODAY)
    counting = threading.Event()
    read: list[Path] = []

    def held(path: Path) -> Journal:
        read.append(path)
        counting.set()
        go_on.wait(PATIENCE)
        return open_to_look(path)

    go_on, open_to_look = threading.Event(), Journal.open_to_look
    assert len(desk.history.find()) == 2  # the index is made
    monkeypatch.setattr(Journal, "open_to_look", held)
    press(window, Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    opened = dialog(MonthDialog)
    assert counting.wait(PATIENCE)
    press(opened, Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    go_on.set()
    qtbot.waitUntil(lambda: not window.session.background.busy, timeout=LONG)
    assert len(read) == 1
    assert not window.notice.isVisible()
