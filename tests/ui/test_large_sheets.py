"""A sheet of 100,000 rows never keeps the window waiting: read, opened, asked about, pasted,
sorted, filtered or searched.

What counts is the work of the whole program in each turn of the window's loop, since other threads
can keep the interpreter from it. `tests/benchmarks/reading.py` takes the clock of another thread.
"""

import weakref
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, cycle
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.garbage import GarbageCollection
from cancel_desk.ui.grid.column_filter import ColumnFilterDialog
from cancel_desk.ui.pages.review_page import ReviewPage
from cancel_desk.ui.window import MainWindow
from ui.hands import button_in, click, press
from ui.heartbeat import Heart, assert_never_kept_waiting
from ui.person import Find

ROWS = 100_000
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def text() -> str:
    lines = (
        f"{129_114_917_000_000 + at // 3}\t{at % 3 + 1}\tSKU-{at % 997}\t1\tout of stock\tnote {at}"
        for at in range(ROWS)
    )
    return "\n".join(("PO#\tLine#\tSKU\tQty\tCancel Reason\tNote", *lines))


@pytest.fixture
def large(text: str, tmp_path: Path) -> Path:
    path = tmp_path / "large.tsv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Collect garbage as the program does."""
    collection = GarbageCollection()
    yield
    collection.deleteLater()


def longest_stop(qtbot: QtBot, act: Callable[[], None], done: Callable[[], bool]) -> float:
    """Return the most work in a turn of the loop from an act until it is done, in seconds."""
    heart = Heart()
    act()
    qtbot.waitUntil(done, timeout=120_000)
    heart_beats = len(heart.turns)
    # What it leaves behind for the next turns counts as well.
    qtbot.waitUntil(lambda: len(heart.turns) >= heart_beats + 20)
    heart.stop()
    return max(turn.program for turn in heart.turns)


def new_review(window: MainWindow) -> Callable[[], bool]:
    before = window.session.review
    known = None if before is None else weakref.ref(before)

    def is_there() -> bool:
        review = window.session.review
        return review is not None and (known is None or known() is not review)

    return is_there


def test_reading_and_opening_do_not_stop_the_window(
    window: MainWindow, large: Path, qtbot: QtBot
) -> None:
    def read() -> None:
        window.session.read(large)

    assert_never_kept_waiting(lambda: [longest_stop(qtbot, read, new_review(window))])
    assert window.session.review is not None
    assert len(window.session.review.table) == ROWS


def test_settling_columns_does_not_stop_the_window(
    window: MainWindow, large: Path, qtbot: QtBot, dialog: Find
) -> None:
    window.session.read(large)
    qtbot.waitUntil(lambda: window.session.review is not None, timeout=120_000)
    change = window.pages.review.footer.change
    qtbot.waitUntil(change.isVisible)

    def look_and_settle() -> Iterator[float]:
        yield longest_stop(qtbot, lambda: click(change), lambda: asked(window))
        use = partial(click, button_in(dialog(MatchingDialog), "Use these columns"))
        yield longest_stop(qtbot, use, new_review(window))

    assert_never_kept_waiting(look_and_settle)


def asked(window: MainWindow) -> bool:
    return any(each.isVisible() for each in window.findChildren(MatchingDialog))


def test_pasting_does_not_stop_the_window(window: MainWindow, text: str, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(text)

    def paste() -> None:
        window.session.opening.paste(QApplication.clipboard().text(), None)

    assert_never_kept_waiting(lambda: [longest_stop(qtbot, paste, new_review(window))])
    assert window.session.review is not None
    assert len(window.session.review.table) == ROWS


@pytest.fixture
def opened(window: MainWindow, large: Path, qtbot: QtBot) -> ReviewPage:
    window.session.read(large)
    qtbot.waitUntil(lambda: window.session.review is not None, timeout=120_000)
    page = window.pages.review
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    return page


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_sorting_does_not_stop_the_window(opened: ReviewPage, qtbot: QtBot) -> None:
    descending = cycle([False, True])

    def sort() -> None:
        opened.view.open_column_menu(1)
        down = Qt.Key.Key_D if next(descending) else Qt.Key.Key_A
        menu = QApplication.activePopupWidget()
        assert menu is not None
        press(menu, down)
        assert opened.model.is_arranging

    def measure() -> Iterator[float]:
        yield longest_stop(qtbot, sort, lambda: not opened.model.is_arranging)

    assert_never_kept_waiting(measure)
    assert opened.model.arrangement.order is not None


def test_filtering_by_a_column_does_not_stop_the_window(
    window: MainWindow, opened: ReviewPage, qtbot: QtBot, dialog: Find
) -> None:
    def ask() -> None:
        press(
            opened.view,
            Qt.Key.Key_L,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )

    def is_asked() -> bool:
        return any(each.isVisible() for each in window.findChildren(ColumnFilterDialog))

    def ask_and_filter() -> Iterator[float]:
        opened.model.keep_all()
        opened.view.go_to(0, 1)
        qtbot.waitUntil(lambda: opened.model.rowCount() == ROWS)
        # The dialog of the try before had the keyboard.
        window.activateWindow()
        opened.view.setFocus()
        qtbot.waitUntil(opened.view.hasFocus)
        yield longest_stop(qtbot, ask, is_asked)
        asked = dialog(ColumnFilterDialog)
        assert isinstance(asked, ColumnFilterDialog)
        asked.search.setText("99")
        show = asked.show_rows
        yield longest_stop(qtbot, partial(click, show), lambda: opened.model.rowCount() < ROWS)

    assert_never_kept_waiting(ask_and_filter)


def test_searching_does_not_stop_the_window(opened: ReviewPage, qtbot: QtBot) -> None:
    needles = (f"sku-{at}" for at in count(990))

    def measure() -> Iterator[float]:
        opened.filters.show_all()
        qtbot.waitUntil(lambda: opened.model.rowCount() == ROWS)
        search = partial(opened.filters.search.setText, next(needles))
        yield longest_stop(qtbot, search, lambda: opened.model.rowCount() < ROWS)

    assert_never_kept_waiting(measure)


def test_a_sheet_that_is_replaced_is_let_go_of_without_being_looked_for(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """What was set aside with a large sheet would otherwise stay to the end of the program."""
    path = tmp_path / "small.csv"
    path.write_text("PO#,Line#,Reason\n1796277083022,1,oos\n")
    gone: list[str] = []
    for _ in range(3):
        window.session.read(path)
        qtbot.waitUntil(new_review(window), timeout=20_000)
        assert window.session.review is not None
        weakref.finalize(window.session.review, gone.append, "review")
        model = window.pages.review.model
        model.searched_texts(model.shown.row_ids)
        weakref.finalize(model.arrangement, gone.append, "arrangement")
        weakref.finalize(model._words, gone.append, "words for searches")
    qtbot.waitUntil(lambda: len(gone) == 6)
    assert sorted(gone) == ["arrangement"] * 2 + ["review"] * 2 + ["words for searches"] * 2
