"""The sheets that were opened last."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.support import collect
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import button_in, click
from ui.person import LONG, Find, Hands


@pytest.fixture
def sheets(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "mine & yours"
    folder.mkdir()
    paths = [folder / f"{name}.csv" for name in ("one", "two", "three", "fo&r" + "r" * 80)]
    for path in paths:
        path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    return paths


def shown(window: MainWindow) -> list[str]:
    """Return the full names of the sheets that are offered, as their tips tell them."""
    buttons = window.pages.imports.files.findChildren(QAbstractButton)
    return [each.toolTip() for each in buttons if not each.isHidden()]


def open_each(window: MainWindow, paths: list[Path], qtbot: QtBot) -> None:
    for path in paths:
        with qtbot.waitSignal(window.session.review_opened, timeout=LONG):
            window.journey.open_file(path)
        assert window.session.source == path
        window.session.start_over()


def test_the_last_three_are_opened_again_by_a_click(
    window: MainWindow, sheets: list[Path], dialog: Find, qtbot: QtBot
) -> None:
    window.begin(None)
    assert window.pages.imports.files.isHidden()
    open_each(window, [*sheets, sheets[1], sheets[3]], qtbot)
    click(window.header.steps[Step.IMPORT])
    assert shown(window) == [str(sheets[at]) for at in (3, 1, 2)]
    long_one, _two, _three = window.pages.imports.files.findChildren(QAbstractButton)[-3:]
    assert long_one.accessibleName() == sheets[3].name
    assert long_one.width() < 300
    click(button_in(window.pages.imports.files, "two.csv"))
    Hands(window, dialog, qtbot).wait_for(Step.REVIEW)
    assert window.session.source == sheets[1]


def test_they_are_there_at_the_next_start(
    window: MainWindow, desk: Desk, sheets: list[Path], qtbot: QtBot
) -> None:
    open_each(window, sheets[:1], qtbot)
    window.session.settings.sync()
    again = make_window(desk)
    qtbot.addWidget(again)
    assert shown(again) == [str(sheets[0])]
    again.session.close()


def test_a_report_for_support_names_none(
    window: MainWindow, desk: Desk, sheets: list[Path], qtbot: QtBot
) -> None:
    open_each(window, sheets[:2], qtbot)
    window.session.settings.sync()
    assert "one.csv" in Path(window.session.settings.fileName()).read_text(encoding="utf-8")
    assert not [part.name for part in collect(desk) if ".csv" in part.text]


def test_the_practice_sheet_is_not_among_them(
    window: MainWindow, dialog: Find, qtbot: QtBot
) -> None:
    Hands(window, dialog, qtbot).try_practice()
    assert shown(window) == []


def test_one_that_is_gone_is_told(
    window: MainWindow, sheets: list[Path], dialog: Find, qtbot: QtBot
) -> None:
    open_each(window, sheets[:1], qtbot)
    click(window.header.steps[Step.IMPORT])
    sheets[0].unlink()
    click(button_in(window.pages.imports.files, "one.csv"))
    assert "Nothing was sent" in Hands(window, dialog, qtbot).said()
