"""Steps of undo, and what becomes of them with their sheet."""

import gc
from weakref import ref

from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from builders import PO, table
from cancel_desk.checks.review import Review
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.ui.grid.edit_command import EditCommand
from cancel_desk.ui.grid.sheet_model import SheetModel


def make_model() -> SheetModel:
    return SheetModel(Review(table((PO, "1", "", "1", "oos")), "US"), QUndoStack())


def test_a_sheet_with_a_history_is_collected_safely(qtbot: QtBot) -> None:
    models: list[ref[SheetModel]] = []
    for _ in range(20):
        model = make_model()
        models.append(ref(model))
        model.setData(model.index(0, 2), "2")
        gc.collect(0)
        model.setData(model.index(0, 2), "3")
        del model
        gc.collect()
    assert [model() for model in models] == [None] * 20


def test_a_step_without_its_sheet_does_nothing(qtbot: QtBot) -> None:
    model = make_model()
    step = EditCommand("typing", [SetCells((CellText(1, 1, "2"),))], model)
    del model
    gc.collect()
    step.redo()
    step.undo()
    assert step.text() == "typing"
