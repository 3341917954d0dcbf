"""The history in the window: found as one types, and everything that is done with a run."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import overload

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cancel_desk.checks.plan import Store
from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.runs import run_index
from cancel_desk.runs.found_runs import FoundRuns
from cancel_desk.runs.history import RunSummary, run_path
from cancel_desk.runs.journal import JournalError
from cancel_desk.runs.outcome import Finding, Outcome, State
from cancel_desk.runs.run import Run
from cancel_desk.runs.run_index import LookingStopped, RunSearch
from cancel_desk.runs.run_words import RunWords, read_run
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.flows.past_runs import Sought, day_of, day_without_year, find_runs
from cancel_desk.ui.models.runs_model import BADGE, BEGAN, FILE, RESULT, STANDING, STORE, RunsModel
from cancel_desk.ui.session.newest import Stopped
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.widgets.theme import colours
from cancel_desk.ui.window import MainWindow
from outcomes_run import STORE as NORTHWIND
from outcomes_run import po, run_with_all_outcomes
from patience import PATIENCE
from ui import hands as real
from ui.hands import button_in, click, type_text
from ui.person import Find, Hands

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
LONG = 10_000
SOUTHWIND = replace(NORTHWIND, name="Southwind", environment="SANDBOX")
CANCELLED = Outcome(State.CANCELLED, Finding.CONFIRMED)


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key in a window that is in front, as a system sees to after a dialog."""
    widget.window().activateWindow()
    QTest.qWaitForWindowActive(widget.window())
    real.press(widget, key, modifiers)


def unfinished(desk: Desk, orders: int = 16, store: Store = NORTHWIND) -> str:
    run = run_with_all_outcomes(desk.folders.runs, orders=orders, store=store)
    run.close()
    return run.id


def finished(desk: Desk, orders: int = 2, store: Store = NORTHWIND, *, days_ago: int = 0) -> str:
    run = run_with_all_outcomes(desk.folders.runs, orders=orders, store=store)
    ended = datetime.now(UTC) - timedelta(days=days_ago)
    outcome = replace(CANCELLED, time=ended.strftime("%Y-%m-%dT%H:%M:%SZ"))
    run._journal.record({line.id: outcome for line in run.lines()})
    run.close()
    return run.id


@pytest.fixture
def history(window: MainWindow, dialog: Find, qtbot: QtBot) -> Callable[[], HistoryDialog]:
    """Open the history by its keys and wait for what it shows."""

    def open_it() -> HistoryDialog:
        press(window, Key.Key_H, CTRL_SHIFT)
        opened: HistoryDialog = dialog(HistoryDialog)
        qtbot.waitUntil(lambda: opened.count.text() != "Looking…", timeout=LONG)
        return opened

    return open_it


def shown(opened: HistoryDialog) -> set[str]:
    return {opened.runs.run(row).id for row in range(opened.runs.rowCount())}


def is_open(window: MainWindow) -> bool:
    return any(each.isVisible() for each in window.findChildren(HistoryDialog))


def is_gone(opened: HistoryDialog, run_id: str) -> bool:
    return run_id not in shown(opened)


def said(opened: HistoryDialog, qtbot: QtBot) -> str:
    """Return what the history tells, once nothing is under way any more."""
    sentence = opened.notice.sentence
    qtbot.waitUntil(
        lambda: opened.notice.isVisible() and not sentence.text().startswith("Saving"), timeout=LONG
    )
    return sentence.text()


def question(dialog: Find) -> QMessageBox:
    box: QMessageBox = dialog(QMessageBox)
    return box


def name_file(dialog: Find, path: Path) -> None:
    asking: QFileDialog = dialog(QFileDialog)
    asking.fileSelected.emit(str(path))
    asking.done(0)


def test_runs_are_found_while_one_types(
    desk: Desk, history: Callable[[], HistoryDialog], qtbot: QtBot
) -> None:
    first, second = unfinished(desk), finished(desk, store=SOUTHWIND)
    opened = history()
    assert opened.search.hasFocus()
    assert shown(opened) == {first, second}
    assert opened.count.text() == "2 runs"

    def found(text: str, *ids: str) -> None:
        opened.search.selectAll()
        type_text(opened.search, text)
        qtbot.waitUntil(lambda: shown(opened) == set(ids), timeout=LONG)

    found(po(9), first)
    found("southw", second)
    found("sku-4", first)
    found(f"{datetime.now().astimezone():%Y-%m-%d}", first, second)
    found(f"{datetime.now(UTC):%Y-%m-%d}"[:-1], first, second)  # half typed
    began = datetime.fromisoformat(desk.runs()[0].created).astimezone()
    found(f"{began:%b} {began.day}", first, second)
    found("2001-01-01")
    assert opened.nothing.isVisible()
    assert opened.nothing.text().startswith("No run has an order, SKU, store, file or day")
    press(opened.search, Key.Key_A, CTRL)
    press(opened.search, Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(opened) == {first, second}, timeout=LONG)
    press(opened.search, Key.Key_End)
    row = opened.table.currentIndex().row()
    press(opened.search, Key.Key_Down if row == 0 else Key.Key_Up)
    assert opened.table.currentIndex().row() != row
    assert opened.search.hasFocus()


def test_when_a_run_began_and_how_it_stands_are_seen_whole(
    desk: Desk, history: Callable[[], HistoryDialog]
) -> None:
    unfinished(desk)
    finished(desk, store=SOUTHWIND)
    table = history().table
    for column in (BEGAN, STANDING):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
        table.setColumnWidth(column, 20)  # whatever the language and the font, they fit
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)


class SeenRuns(FoundRuns):
    """Runs that note which of them were asked for."""

    def __init__(self, count: int) -> None:
        runs = [RunSummary(f"{at:04}", Path(), "2026-11-27T10:00:00Z") for at in range(count)]
        super().__init__([run.id for run in runs], runs, Path())
        self.seen: set[str] = set()

    @overload
    def __getitem__(self, at: int) -> RunSummary: ...
    @overload
    def __getitem__(self, at: slice) -> list[RunSummary]: ...
    def __getitem__(self, at: int | slice) -> RunSummary | list[RunSummary]:
        run = super().__getitem__(at)
        if isinstance(run, RunSummary):
            self.seen.add(run.id)
        return run


def test_only_runs_that_can_be_seen_are_looked_at(qtbot: QtBot) -> None:
    """Also where the table stood below all that is found: a thousand took 0.1 s of a letter."""
    dialog = HistoryDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    for fewer in (300, 30, 3):
        dialog.show_runs(SeenRuns(500))
        dialog.choose("0499")
        QApplication.processEvents()
        assert dialog.table.rowAt(0) > 400
        found = SeenRuns(fewer)
        dialog.show_runs(found)
        QApplication.processEvents()
        assert "0000" in found.seen
        # A page where it stood, and one where the run is that is chosen now.
        assert len(found.seen) <= 2 * (dialog.table.viewport().height() // 30 + 2)


def test_an_empty_history_says_what_it_is_for(history: Callable[[], HistoryDialog]) -> None:
    opened = history()
    assert opened.nothing.isVisible()
    assert "no runs on this computer yet" in opened.nothing.text()
    for button in (opened.acts.open_results, opened.acts.save, opened.acts.delete):
        assert not button.isEnabled()
    assert opened.acts.take_in.isEnabled()


@pytest.fixture(params=["en_US", "en_GB", "es_MX", "de_DE", "zh_CN", "en_CA"])
def written_here(request: pytest.FixtureRequest) -> Iterator[str]:
    """A place with its own way to write days in numbers."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    QLocale.setDefault(before)


def test_days_are_understood_as_they_are_written_here(written_here: str) -> None:
    day = date(2026, 11, 27)
    assert day_of("2026-11-27") == day
    for year in ("yy", "yyyy"):
        written = QLocale().toString(QDate(2026, 11, 27), re.sub("y+", year, written_here))
        assert day_of(f" {written} ") == day
    half_typed = ("2026-1", "2026-11", "2026-11-", "2026-11-2", "11/27/202", "27.11.202")
    for text in ("", "2026", "129114917400007", "north-wind", "2026-13-01", *half_typed):
        assert day_of(text) is None


def test_a_day_without_its_year_is_the_latest_there_was(written_here: str) -> None:
    today = date(2026, 11, 27)
    in_numbers = re.sub(r"\W*y+\W*", "", written_here)
    for day in (date(2026, 11, 27), date(2026, 3, 5), date(2025, 11, 28)):
        written = QLocale().toString(QDate(day.year, day.month, day.day), in_numbers)
        assert day_without_year(f" {written} ", today) == day
        assert day_without_year(f"{day:%b} {day.day}", today) == day
    for text in ("", "2026", "129114917400007", "sku-4", "Feb 30", "Nov", "27"):
        assert day_without_year(text, today) is None


def test_a_text_is_a_day_without_year_only_where_nothing_is_called_so(desk: Desk) -> None:
    run = finished(desk, store=SOUTHWIND)
    began = datetime.fromisoformat(desk.runs()[0].created).astimezone().date()

    def found(text: str, may_be: date | None) -> tuple[str, ...]:
        return find_runs(desk.history, Sought(text, may_be=may_be)).ids

    assert found("nowhere", began) == (run,)
    assert found("nowhere", None) == found("nowhere", began - timedelta(days=1)) == ()
    assert found("southw", began - timedelta(days=1)) == (run,)


def test_results_are_opened_by_return_and_from_recent_runs(
    window: MainWindow, desk: Desk, dialog: Find, hands: Hands, qtbot: QtBot
) -> None:
    hands.go_through()
    window.journey.shell.pages.results.ways.start_over.click()
    hands.wait_for(Step.IMPORT)
    recent = window.pages.imports.recent
    qtbot.waitUntil(recent.isVisible, timeout=LONG)
    click(recent.all_runs)
    opened: HistoryDialog = dialog(HistoryDialog)
    qtbot.waitUntil(lambda: opened.runs.rowCount() == 1, timeout=LONG)
    press(opened.table, Key.Key_Return)
    hands.wait_for(Step.RESULTS)
    assert window.session.open_run is not None
    assert window.session.open_run.run.id == desk.runs()[0].id


def test_a_run_that_the_window_has_open_is_shown_and_found(
    window: MainWindow,
    hands: Hands,
    history: Callable[[], HistoryDialog],
    dialog: Find,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    hands.go_through()
    assert window.session.open_run is not None
    run = window.session.open_run.run
    opened = history()
    assert shown(opened) == {run.id}
    words = opened.runs.index(0, STANDING).data()
    assert words.endswith(", open here")
    assert "cancelled" in opened.runs.index(0, RESULT).data()
    order = run.lines()[0].po
    type_text(opened.search, "nothing like it")
    qtbot.waitUntil(lambda: shown(opened) == set(), timeout=LONG)
    opened.search.selectAll()
    type_text(opened.search, order)
    qtbot.waitUntil(lambda: shown(opened) == {run.id}, timeout=LONG)
    assert not opened.acts.delete.isEnabled()
    assert "start over there first" in opened.acts.delete.toolTip()
    press(opened.table, Key.Key_S, CTRL)
    path = tmp_path / "again.xlsx"
    name_file(dialog, path)
    assert said(opened, qtbot) == f"Saved as {path}"
    assert path.stat().st_size


def test_a_result_sheet_is_saved_again(
    desk: Desk, history: Callable[[], HistoryDialog], dialog: Find, tmp_path: Path, qtbot: QtBot
) -> None:
    run_id = finished(desk)
    opened = history()
    press(opened.table, Key.Key_S, CTRL)
    path = tmp_path / "again.csv"
    name_file(dialog, path)
    assert said(opened, qtbot) == f"Saved as {path}"
    run = desk.reopen(run_id)
    desk.write_results(run, tmp_path / "expected.csv")
    run.close()
    assert path.read_bytes() == (tmp_path / "expected.csv").read_bytes()


def test_a_run_is_deleted_after_a_question(
    desk: Desk, history: Callable[[], HistoryDialog], dialog: Find, qtbot: QtBot
) -> None:
    run_id = finished(desk)
    opened = history()
    press(opened.table, Key.Key_Delete)
    box = question(dialog)
    assert box.text() == "Delete the run of 6 rows at Northwind Goods (LIVE)?"
    press(box, Key.Key_Return)
    qtbot.waitUntil(lambda: not box.isVisible())
    assert run_path(desk.folders.runs, run_id).exists()
    press(opened.table, Key.Key_Delete)
    click(button_in(question(dialog), "Delete it"))
    assert said(opened, qtbot) == f"Run {run_id} is deleted."
    qtbot.waitUntil(lambda: shown(opened) == set(), timeout=LONG)
    assert desk.history.earlier_sendings(NORTHWIND, [po(0)])


def test_an_unfinished_and_a_spoilt_run_are_deleted_only_knowingly(
    desk: Desk, history: Callable[[], HistoryDialog], dialog: Find, qtbot: QtBot
) -> None:
    run_id = unfinished(desk)
    (desk.folders.runs / "spoilt.run").write_text("no run")
    opened = history()
    for each, words in ((run_id, "This run is not finished."), ("spoilt", "The file of run")):
        opened.choose(each)
        press(opened.table, Key.Key_Delete)
        box = question(dialog)
        assert box.text().startswith(words)
        click(button_in(box, "Delete it"))
        qtbot.waitUntil(partial(is_gone, opened, each), timeout=LONG)
    assert not list(desk.folders.runs.glob("*.run"))


def test_a_run_goes_on_after_a_question(
    window: MainWindow,
    hands: Hands,
    history: Callable[[], HistoryDialog],
    dialog: Find,
    qtbot: QtBot,
) -> None:
    hands.try_practice()
    hands.send()
    click(hands.pages.send.stop)
    hands.wait_for(Step.RESULTS)
    assert window.session.open_run is not None
    run_id = window.session.open_run.run.id
    opened = history()
    press(opened.table, Key.Key_R, CTRL)
    box = question(dialog)
    assert box.text().startswith("Go on with the run of")
    assert "Cancels can't be undone." in box.informativeText()
    click(button_in(box, "Go on with it"))
    hands.wait_for(Step.SEND)
    assert not is_open(window)
    hands.wait_for(Step.RESULTS)
    assert window.session.open_run.run.id == run_id
    assert not window.session.open_run.run.summary().unfinished


def test_a_run_is_handed_to_another_computer(
    desk: Desk,
    history: Callable[[], HistoryDialog],
    dialog: Find,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    run_id = unfinished(desk)
    results = Run.reopen(run_path(desk.folders.runs, run_id))
    expected = results.results()
    results.close()
    opened = history()
    press(opened.table, Key.Key_E, CTRL)
    path = tmp_path / "for you.run"
    name_file(dialog, path)
    assert "go on with it on one computer only" in said(opened, qtbot)
    opened.notice.hide()
    press(opened.table, Key.Key_I, CTRL)
    name_file(dialog, path)
    assert f"Run {run_id} is on this computer already" in said(opened, qtbot)
    desk.history.delete(run_id, even_unfinished=True)
    opened.notice.hide()
    type_text(opened.search, "what is searched for does not hide it")
    press(opened.table, Key.Key_I, CTRL)
    name_file(dialog, path)
    assert said(opened, qtbot).startswith(f"Run {run_id} is in the history now.")
    qtbot.waitUntil(lambda: opened.chosen is not None and opened.chosen.id == run_id, timeout=LONG)
    assert "from another computer" in opened.about.text()
    taken = Run.reopen(run_path(desk.folders.runs, run_id))
    assert taken.results() == expected
    taken.close()


def test_what_is_no_run_is_not_taken_in(
    history: Callable[[], HistoryDialog], dialog: Find, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "x.run").write_text("no run")
    opened = history()
    click(opened.acts.take_in)
    name_file(dialog, tmp_path / "x.run")
    assert "This file is no whole run" in said(opened, qtbot)
    assert shown(opened) == set()


def choose_days(opened: HistoryDialog, words: str) -> None:
    """Choose how long runs are kept, by keys."""
    kept = opened.acts.kept
    kept.setFocus()
    for _ in range(kept.count()):
        if kept.currentText() == words:
            return
        press(kept, Key.Key_Down)


def test_runs_are_kept_for_a_set_time(
    window: MainWindow,
    desk: Desk,
    history: Callable[[], HistoryDialog],
    dialog: Find,
    qtbot: QtBot,
) -> None:
    old, new = finished(desk, days_ago=40), finished(desk)
    opened = history()
    kept = opened.acts.kept
    qtbot.waitUntil(lambda: kept.currentText() == "for ever", timeout=LONG)
    choose_days(opened, "for 30 days")
    box = question(dialog)
    assert box.text() == "Delete 1 finished run that is older?"
    press(box, Key.Key_Escape)
    qtbot.waitUntil(lambda: kept.currentText() == "for ever", timeout=LONG)
    assert shown(opened) == {old, new}
    assert desk.history.days_kept == 0
    choose_days(opened, "for 30 days")
    click(button_in(question(dialog), "Delete them"))
    assert said(opened, qtbot) == (
        "Finished runs are kept for 30 days after their last result. 1 run was deleted."
    )
    qtbot.waitUntil(lambda: shown(opened) == {new}, timeout=LONG)
    press(opened, Key.Key_Escape)
    finished(desk, days_ago=40)
    window.begin(None)
    qtbot.waitUntil(lambda: [run.id for run in desk.runs()] == [new], timeout=LONG)


def test_while_a_run_is_sent_others_are_only_looked_at(
    window: MainWindow, desk: Desk, hands: Hands, dialog: Find, qtbot: QtBot
) -> None:
    other = unfinished(desk)
    hands.try_practice()
    hands.send()
    click(hands.pages.send.pause)
    press(window, Key.Key_H, CTRL_SHIFT)
    opened: HistoryDialog = dialog(HistoryDialog)
    qtbot.waitUntil(lambda: opened.runs.rowCount() == 2, timeout=LONG)
    sent = window.session.open_run
    assert sent is not None
    opened.choose(sent.run.id)
    assert "Being sent now" in opened.runs.index(opened.table.currentIndex().row(), STANDING).data()
    opened.choose(other)
    for button in (opened.acts.open_results, opened.acts.go_on):
        assert not button.isEnabled()
        assert "A run is being sent" in button.toolTip()
    assert opened.acts.save.isEnabled()
    press(opened, Key.Key_Escape)
    click(hands.pages.send.stop)
    hands.wait_for(Step.RESULTS)


def test_the_history_gives_way_to_what_is_asked(
    window: MainWindow, hands: Hands, history: Callable[[], HistoryDialog], dialog: Find
) -> None:
    """Behind it, a confirmation could be answered for a store that was changed meanwhile."""
    hands.try_practice()
    history()
    hands.session.prepare()  # asked for before, and ready only now
    assert dialog(ConfirmDialog).isVisible()
    assert not is_open(window)


def test_a_history_that_can_not_be_read_is_said_so(
    window: MainWindow, desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_wanted: object, **_how: object) -> list[RunSummary]:
        raise JournalError("no")

    monkeypatch.setattr(desk.history, "find", refuse)
    press(window, Key.Key_H, CTRL_SHIFT)
    assert hands.said()
    assert not is_open(window)


def test_another_place_is_offered_where_a_file_of_the_past_cant_be_written(
    desk: Desk, history: Callable[[], HistoryDialog], dialog: Find, qtbot: QtBot, tmp_path: Path
) -> None:
    unfinished(desk)
    opened = history()
    for key, name in ((Key.Key_S, "out.xlsx"), (Key.Key_E, "copy.run")):
        press(opened, key, CTRL)
        name_file(dialog, tmp_path / "removed drive" / name)
        box = question(dialog)
        assert "its folder does not exist" in box.text()
        click(button_in(box, "Choose another place"))
        name_file(dialog, tmp_path / name)
        qtbot.waitUntil((tmp_path / name).exists, timeout=LONG)
        assert said(opened, qtbot).startswith(f"Saved as {tmp_path / name}")
    assert "go on with it on one computer only" in said(opened, qtbot)


def test_closing_the_history_stops_what_is_looked_for(
    window: MainWindow, desk: Desk, dialog: Find, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = threading.Event()
    ended: list[bool] = []

    def look(_wanted: RunSearch, *, open_here: object, stopped: Stopped) -> FoundRuns:
        looking.set()
        while not stopped():
            threading.Event().wait(0.001)
        ended.append(open_here is None)
        raise LookingStopped

    monkeypatch.setattr(desk.history, "find", look)
    press(window, Key.Key_H, CTRL_SHIFT)
    opened: HistoryDialog = dialog(HistoryDialog)
    assert looking.wait(PATIENCE)
    press(opened, Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.session.background.busy, timeout=LONG)
    assert ended == [True]
    assert not window.notice.isVisible()


def test_leaving_does_not_wait_until_every_run_was_read(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        finished(desk)
    read: list[Path] = []
    reading = threading.Event()
    closed = desk.history._index._closed

    def held(path: Path) -> RunWords:
        read.append(path)
        reading.set()
        closed.wait(PATIENCE)
        return read_run(path)

    monkeypatch.setattr(run_index, "read_run", held)
    press(window, Key.Key_H, CTRL_SHIFT)
    assert reading.wait(PATIENCE)
    window.close()
    assert len(read) == 1
    assert not window.session.background.busy


@pytest.fixture
def model(data_dir: Path, qapp: QApplication) -> RunsModel:
    folders = Folders(data_dir)
    folders.create()
    made = RunsModel(colours(QPalette()))
    runs = [
        replace(run_with_all_outcomes(folders.runs).summary(), environment=badge)
        for badge in ("LIVE", "PRACTICE")
    ]
    runs.append(RunSummary("spoilt", Path("spoilt.run"), unreadable=True))
    made.show_runs(FoundRuns.of(runs), sending=False)
    return made


def test_it_is_a_sound_model(model: RunsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_screen_reader_says_each_cell_with_its_heading(model: RunsModel) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    said_of = [model.index(0, at).data(role) for at in (BADGE, STORE, FILE, STANDING)]
    assert said_of == [
        "Badge: LIVE",
        "Store: Northwind Goods",
        "File: orders.csv",
        "State: ? 2 unknown",
    ]
    assert model.index(2, STORE).data(role) == "Store: not known"


def test_badges_are_painted_in_their_colours(
    desk: Desk, history: Callable[[], HistoryDialog]
) -> None:
    finished(desk)
    finished(desk, store=SOUTHWIND)
    opened = history()
    table = opened.table
    seen = set()
    for row in range(2):
        place = table.visualRect(opened.runs.index(row, BADGE))
        picture = table.viewport().grab(place).toImage()
        seen.add(picture.pixelColor(QPoint(picture.width() // 2, 7)).name())
    assert seen == {"#b42318", "#f2b01e"}


def test_keys_are_listed_with_the_others(window: MainWindow) -> None:
    from cancel_desk.ui.dialogs.shortcuts_dialog import shortcuts_in

    assert ("Ctrl+Shift+H", "History of all runs…") in shortcuts_in(window.header)
