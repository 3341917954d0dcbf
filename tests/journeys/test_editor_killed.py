"""A window that is killed while a sheet is edited: the next one has the sheet as it was."""

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from cancel_desk.desk import open_desk
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.widgets.steps import Step
from ui.hands import button_in, click

LONG = 30_000
SHEET = "PO#,Line#,SKU,Qty,Reason,Mine\n1796277083022,1,A,1,oos,x\n1796277083022,2,B,1,oos,y\n"


def test_nothing_of_the_sheet_is_lost_when_the_program_is_killed(
    tmp_path: Path, qtbot: QtBot
) -> None:
    state, path = tmp_path / "state", tmp_path / "orders.csv"
    path.write_text(SHEET)
    script = Path(__file__).with_name("editing_child.py")
    command = [sys.executable, str(script), str(state), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "kept\n"
        child.kill()
    window = make_window(open_desk(state, {}))
    qtbot.addWidget(window)
    window.show()
    window.begin(None)
    offered = window.pages.imports.kept
    qtbot.waitUntil(offered.isVisible, timeout=LONG)
    click(button_in(offered, "Open it again"))
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    page = window.pages.review
    rows = page.model.review.table.rows
    assert [(row.number, row.cells[:6]) for row in rows] == [
        (2, ("1796277083022", "1", "A", "1", "oos", "x")),
        (3, ("1796277083022", "2", "Btyped", "1", "oos", "y")),
    ]
    assert page.model.review.draft(1).left_out
    assert page.footer.send.text() == "Review and send 1 line…"
    assert window.session.source == path
    assert page.has_edits()
    assert path.read_text() == SHEET
    window.session.close()
    assert not any((state / "sheets").iterdir())
