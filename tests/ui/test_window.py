"""Files dropped on the window, closing it, and light and dark."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QDragLeaveEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.practice.faults import Faults
from cancel_desk.resources import resource
from cancel_desk.runs.results import Result
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections
from ui.hands import button_in, click, drag, press
from ui.person import Find

LONG = 20_000


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    return path


def wait_for(window: MainWindow, step: Step, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.journey.step is step, timeout=LONG)


def test_a_dropped_file_is_opened(window: MainWindow, sheet: Path, qtbot: QtBot) -> None:
    assert drag(window, [sheet], drop=True)
    wait_for(window, Step.REVIEW, qtbot)
    assert window.windowTitle() == "orders.csv[*] — Cancel Desk"
    assert window.pages.imports.drop_area.property("hot") is False


def test_the_window_shows_that_it_would_take_the_file(window: MainWindow, sheet: Path) -> None:
    drag(window, [sheet], drop=False)
    assert window.pages.imports.drop_area.property("hot") is True
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert window.pages.imports.drop_area.property("hot") is False


def test_several_files_are_not_taken(window: MainWindow, sheet: Path) -> None:
    assert not drag(window, [sheet, sheet], drop=True)
    assert not drag(window, [], drop=True)


def test_a_drop_in_review_asks_first(
    window: MainWindow, dialog: Find, sheet: Path, qtbot: QtBot
) -> None:
    drag(window, [sheet], drop=True)
    wait_for(window, Step.REVIEW, qtbot)
    drag(window, [sheet], drop=True)
    box = dialog(QMessageBox)
    assert "Replace the sheet" in box.text()
    click(button_in(box, "Keep it"))
    assert window.journey.step is Step.REVIEW


def sending(window: MainWindow, dialog: Find, connections: FastConnections, qtbot: QtBot) -> None:
    """Bring the window to the middle of a slow run."""
    click(window.pages.imports.practice)
    wait_for(window, Step.REVIEW, qtbot)
    click(button_in(window.pages.review, "Review and send"))
    confirm = dialog(ConfirmDialog)
    connections.stores[-1].faults = Faults(latency=0.2)
    click(confirm.send)
    wait_for(window, Step.SEND, qtbot)


def test_a_drop_while_sending_is_refused_with_a_sentence(
    window: MainWindow,
    dialog: Find,
    connections: FastConnections,
    sheet: Path,
    qtbot: QtBot,
) -> None:
    sending(window, dialog, connections, qtbot)
    drag(window, [sheet], drop=True)
    assert "A run is being sent" in window.notice.sentence.text()
    assert window.session.sending is not None


def test_closing_while_sending_finishes_the_calls_under_way(
    window: MainWindow,
    dialog: Find,
    connections: FastConnections,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    sending(window, dialog, connections, qtbot)
    window.close()
    assert window.isVisible()
    assert "finished first" in window.notice.sentence.text()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)
    # What was begun has its answer, the rest is as if it had never been begun.
    (run,) = Desk(desk.folders, connections).runs()
    assert run.counts is not None
    assert run.unfinished
    assert run.counts[Result.UNKNOWN] == 0
    assert run.counts[Result.NOT_SENT] > 0
    tallies = connections.stores[-1].tallies()
    assert run.counts[Result.CANCELLED] == len(tallies)


def test_closing_asks_before_changes_are_lost(
    window: MainWindow, dialog: Find, sheet: Path, qtbot: QtBot
) -> None:
    drag(window, [sheet], drop=True)
    wait_for(window, Step.REVIEW, qtbot)
    press(window.pages.review.view, Qt.Key.Key_Delete)
    assert window.isWindowModified()
    window.close()
    click(button_in(dialog(QMessageBox), "Keep working"))
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox), timeout=LONG)
    window.close()
    click(button_in(dialog(QMessageBox), "Close"))
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)


def test_the_window_opens_where_it_was_left(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    window.resize(800, 600)
    window.close()
    again = make_window(desk)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (800, 600)
    again.session.close()


def test_dark_is_followed_while_the_program_runs(window: MainWindow, qapp: QApplication) -> None:
    before = qapp.palette()
    dark = QPalette(before)
    dark.setColor(QPalette.ColorRole.Base, QColor("#1e1f22"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#e6e6e6"))
    light_style = window.styleSheet()
    try:
        qapp.setPalette(dark)
        QApplication.sendEvent(window, QEvent(QEvent.Type.PaletteChange))
        assert window.styleSheet() != light_style
        assert "#1e1f22" in window.styleSheet()
    finally:
        qapp.setPalette(before)
    QApplication.sendEvent(window, QEvent(QEvent.Type.PaletteChange))
    assert window.styleSheet() == light_style


def test_every_button_has_a_name_and_a_tooltip(window: MainWindow) -> None:
    pages: list[QWidget] = [window.header, window.notice]
    pages += [window.pages.of(step) for step in (Step.IMPORT, Step.SEND, Step.RESULTS)]
    buttons = [each for page in pages for each in page.findChildren(QAbstractButton)]
    named = [each for each in buttons if type(each).__name__ == "ActionButton"]
    assert len(named) > 20
    for button in named:
        shown_later = not button.text()
        assert button.toolTip(), button.text()
        assert button.accessibleName() or shown_later, button.toolTip()


def test_about_says_the_version(window: MainWindow, dialog: Find) -> None:
    window.header.about_chosen.emit()
    assert "Cancel Desk 0." in dialog(QMessageBox).text()


def test_the_window_has_its_icon(window: MainWindow) -> None:
    assert not window.windowIcon().pixmap(64, 64).isNull()
    assert resource("icon.svg").exists()
    with pytest.raises(FileNotFoundError):
        resource("no such file")
