"""Letting go of large things without keeping the window waiting."""

import weakref

import pytest
from PySide6.QtWidgets import QApplication

from cancel_desk.ui.garbage import let_go


class Thing:
    """Something whose end can be watched."""


@pytest.mark.usefixtures("qapp")
def test_much_is_let_go_of_a_part_in_each_turn() -> None:
    gone: list[int] = []
    contents = [Thing() for _ in range(12_000)]
    owner = Thing()
    weakref.finalize(owner, gone.append, -1)
    for at in (0, 6_999, 7_000, 11_999):
        weakref.finalize(contents[at], gone.append, at)
    held: list[list[Thing]] = [contents, []]
    let_go([owner], held)
    del owner, contents
    assert gone == []
    left: list[int] = []
    while held:
        QApplication.processEvents()
        left.append(sum(map(len, held)))
    assert gone[0] == -1
    assert set(gone[1:3]) == {11_999, 7_000}
    assert set(gone[3:]) == {6_999, 0}
    assert {7_000, 2_000} < set(left)
