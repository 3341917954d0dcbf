"""The bar by outcome: as long as the counts, none invisible, and said in words."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cancel_desk.ui.widgets.outcome_bar import HEIGHT, OutcomeBar, Part

GREEN, RED, GREY = QColor("#00aa00"), QColor("#aa0000"), QColor("#888888")


@pytest.fixture
def bar(qtbot: QtBot) -> OutcomeBar:
    made = OutcomeBar()
    qtbot.addWidget(made)
    made.resize(400, HEIGHT)
    made.show()
    return made


def painted(bar: OutcomeBar) -> list[str]:
    """Return the colours in the middle of the bar, from left to right."""
    picture = bar.grab().toImage()
    return [picture.pixelColor(x, HEIGHT // 2).name() for x in range(picture.width())]


def test_parts_are_as_long_as_their_counts(bar: OutcomeBar) -> None:
    bar.show_parts([Part(6, GREEN), Part(0, RED), Part(2, GREY)], "6 cancelled, 2 left out")
    assert bar.widths() == [300, 100]
    assert bar.accessibleName() == "6 cancelled, 2 left out"
    seen = painted(bar)
    assert set(seen) == {GREEN.name(), GREY.name()}
    assert seen.count(GREEN.name()) == pytest.approx(300, abs=2)


def test_one_of_very_many_can_be_seen(bar: OutcomeBar) -> None:
    bar.show_parts([Part(1_000_000, GREEN), Part(1, RED)], "")
    most, one = bar.widths()
    assert one > 3
    assert most + one == pytest.approx(400)
    assert RED.name() in painted(bar)[-10:]


def test_without_counts_there_is_no_part(bar: OutcomeBar) -> None:
    bar.show_parts([Part(0, GREEN)], "")
    assert bar.widths() == []
    assert GREEN.name() not in painted(bar)
