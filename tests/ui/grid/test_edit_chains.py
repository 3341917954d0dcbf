"""Random chains of everything a person can do to the grid, taken back and done again."""

from collections.abc import Callable, Mapping
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from builders import HEADERS, table
from cancel_desk.checks.checker import Checker
from cancel_desk.checks.review import Review
from cancel_desk.sheet.rows import Row
from cancel_desk.ui import in_turns
from cancel_desk.ui.grid.editing import Area, SheetEditing
from cancel_desk.ui.grid.finding import Finder, Wanted
from cancel_desk.ui.grid.findings import Findings
from cancel_desk.ui.grid.sheet_model import SheetModel
from ui.grid.conftest import CUSTOMER, LINE, MARKS, PO_COLUMN, QUANTITY, REASON, ROWS, SKU

LONG = 500
_TEXTS = (
    *("1796277083022", "1796277091147", "1796277091000", "1796277083022.0", "1.79628E+12", "all"),
    *("1", "2", "3", "0", "", "x", "oos", "fraud", "Out of stock", "NW-MUG", "SFITEM"),
)
_OWN = (PO_COLUMN, LINE, SKU, QUANTITY, REASON, CUSTOMER)
_MOST_ROWS = 40


class Hands:
    """Does one thing after another, each as chance says."""

    def __init__(self, chance: Random) -> None:
        review = Review(table(*ROWS, headers=(*HEADERS, "Customer"), marks=MARKS), "US")
        self.model = SheetModel(review, QUndoStack())
        self.model.undo_stack.setParent(self.model)
        self.model.undo_stack.setUndoLimit(1000)
        self.editing = SheetEditing(self.model)
        self.chance = chance
        self.deeds: Mapping[str, Callable[[], None]] = {
            "type": self.type,
            "clear": lambda: self.editing.clear([self.area()]),
            "cut": lambda: self.put(self.editing.cut([self.area()])),
            "paste": lambda: self.put([[self.text() for _ in range(2)] for _ in range(3)]),
            "fill": lambda: self.editing.fill([self.area()], self.text()),
            "down": lambda: self.editing.fill_down([self.area()]),
            "right": lambda: self.editing.fill_right([self.area()]),
            "insert": self.insert,
            "duplicate": self.duplicate,
            "delete": lambda: self.editing.delete_rows(self.rows()),
            "replace": self.replace,
            "sort": lambda: self.model.sort(chance.randrange(-1, 8), self.direction()),
            "keep": lambda: self.model.keep(REASON, frozenset(chance.sample(_TEXTS, 5))),
            "all": self.model.keep_all,
            "undo": self.model.undo_stack.undo,
            "redo": self.model.undo_stack.redo,
        }

    def do(self, deed: str) -> None:
        """Do something, if there are rows to do it to."""
        if len(self.model.shown) or deed in {"insert", "sort", "keep", "all", "undo", "redo"}:
            self.deeds[deed]()

    def rows(self) -> range:
        """Return some rows that are shown."""
        first = self.chance.randrange(len(self.model.shown))
        return range(first, min(first + self.chance.randrange(1, 4), len(self.model.shown)))

    def area(self) -> Area:
        first = self.chance.randrange(len(_OWN))
        return Area(self.rows(), _OWN[first : first + self.chance.randrange(1, 4)])

    def text(self) -> str:
        return self.chance.choice(_TEXTS)

    def direction(self) -> Qt.SortOrder:
        return self.chance.choice(list(Qt.SortOrder))

    def type(self) -> None:
        row, column = self.rows()[0], self.chance.choice(_OWN)
        self.model.setData(self.model.index(row, column), self.text())

    def put(self, block: list[list[str]]) -> None:
        self.editing.paste([self.area()], block, tuple(range(9)))

    def insert(self) -> None:
        if len(self.model.review.table) < _MOST_ROWS:
            row = self.rows()[0] if len(self.model.shown) else -1
            self.editing.insert_rows(row, 2, below=self.chance.random() < 0.5)

    def duplicate(self) -> None:
        if len(self.model.review.table) < _MOST_ROWS:
            self.editing.duplicate_rows(self.rows())

    def replace(self) -> None:
        finder = Finder(self.model, _OWN, Wanted(self.text(), whole=self.chance.random() < 0.5))
        hits = [hit for hit in finder.hits() if hit is not None]
        self.model.do("replacement", finder.replacement(hits, self.text()))

    def check(self) -> None:
        """Hold what was found edit by edit against a look at everything."""
        model, anew = self.model, Checker(self.model.review.table, "US")
        findings = Findings(model.review)
        ids = [row.id for row in model.review.table.rows]
        for row_id in ids:
            assert model.review.issues(row_id) == anew.issues(row_id)
            assert model.findings.issues(row_id) == anew.issues(row_id)
        assert model.findings.groups() == findings.groups()
        assert model.findings.tally() == findings.tally() == model.review.tally()
        assert len(set(model.shown)) == len(model.shown)
        assert set(model.shown) <= set(ids)

    def take_back_and_do_again(self, start: tuple[Row, ...]) -> None:
        stack = self.model.undo_stack
        while stack.canRedo():  # what the chain itself took back last
            stack.redo()
        self.model.settle()
        end = self.model.review.table.rows
        while stack.canUndo():
            assert stack.undoText()
            stack.undo()
        self.model.settle()
        assert self.model.review.table.rows == start
        self.check()
        while stack.canRedo():
            stack.redo()
        self.model.settle()
        assert self.model.review.table.rows == end
        self.check()


DEEDS = (
    *("type", "clear", "cut", "paste", "fill", "down", "right", "insert", "duplicate"),
    *("delete", "replace", "sort", "keep", "all", "undo", "redo"),
)


@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=25), chance=st.randoms())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_chain_is_taken_back_exactly(qtbot: QtBot, deeds: list[str], chance: Random) -> None:
    hands = Hands(chance)
    start = hands.model.review.table.rows
    for deed in deeds:
        hands.do(deed)
        hands.check()
    hands.take_back_and_do_again(start)


@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=12), chance=st.randoms())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_chain_of_steps_that_take_turns_is_taken_back_exactly(
    qtbot: QtBot, deeds: list[str], chance: Random
) -> None:
    """Each thing is done while the one before is under way, or after some turns of it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(in_turns, "PART", 1)
        patched.setattr(in_turns, "_TURN", 0.0)
        hands = Hands(chance)
        start = hands.model.review.table.rows
        for deed in deeds:
            hands.do(deed)
            hands.check()
            for _turn in range(chance.randrange(4)):
                QApplication.processEvents()
                hands.check()
        hands.take_back_and_do_again(start)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_chain_of_500_edits_is_taken_back_exactly(qtbot: QtBot, seed: int) -> None:
    chance = Random(seed)
    hands = Hands(chance)
    start = hands.model.review.table.rows
    edits = [deed for deed in DEEDS if deed not in {"sort", "keep", "all", "undo", "redo"}]
    while hands.model.undo_stack.count() < LONG:
        hands.do(chance.choice(edits))
        hands.do(chance.choice(("sort", "keep", "all", "all")))
        hands.check()
    hands.take_back_and_do_again(start)


def test_a_thousand_steps_are_kept_with_their_names(qtbot: QtBot) -> None:
    hands = Hands(Random(0))
    start = hands.model.review.table.rows
    for at in range(1000):
        hands.model.setData(hands.model.index(0, SKU), f"NW-{at}")
    stack = hands.model.undo_stack
    assert {stack.text(at) for at in range(stack.count())} == {"typing in SKU"}
    assert stack.count() == 1000
    hands.take_back_and_do_again(start)
