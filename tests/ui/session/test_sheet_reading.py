"""Reading a sheet in the background: what was given up never arrives."""

import threading

from pytestqt.qtbot import QtBot

from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.sheet_reading import Cancelled, Progress, SheetReading
from patience import PATIENCE


def test_a_sheet_given_up_at_the_last_moment_is_not_opened(qtbot: QtBot) -> None:
    read = threading.Event()

    def work(_progress: Progress, _cancelled: Cancelled) -> str:
        read.set()
        return "everything"

    background = Background()
    reading = SheetReading(background, "orders.csv", work)
    found: list[object] = []
    reading.finished.connect(found.append)
    with qtbot.waitSignal(reading.failed) as failed:
        reading.start()
        assert read.wait(PATIENCE)  # its end can't be heard of before the window's next turn
        reading.cancel()
    error = failed.args[0]
    assert isinstance(error, SheetError)
    assert error.problem is SheetProblem.CANCELLED
    assert found == []
    background.close()
