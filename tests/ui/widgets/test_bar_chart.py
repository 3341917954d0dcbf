"""The plot of amounts: its bars, its words, and its colours in light and dark."""

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette
from pytestqt.qtbot import QtBot

from cancel_desk.ui.widgets.bar_chart import Bar, BarChart
from cancel_desk.ui.widgets.theme import colours


def bars(*amounts: int) -> list[Bar]:
    return [Bar(f"SKU-{at}", n, f"{n} lines") for at, n in enumerate(amounts)]


@pytest.fixture
def chart(qtbot: QtBot) -> BarChart:
    made = BarChart()
    qtbot.addWidget(made)
    made.resize(400, 280)
    made.show()
    return made


def painted(picture: QImage, colour: QColor, y: int) -> int:
    """Count the pixels of a colour in a row of a picture."""
    return sum(picture.pixelColor(x, y) == colour for x in range(picture.width()))


def test_bars_are_as_long_as_their_amounts(chart: BarChart) -> None:
    chart.show_bars(bars(100, 50, 0, 1), name="By SKU")
    longest, half, none, one = chart.lengths()
    assert half == longest / 2
    assert none == 2.0
    assert one == pytest.approx(max(2.0, longest / 100))
    picture = chart.grab().toImage()
    accent = colours(QGuiApplication.palette()).accent
    assert painted(picture, accent, 14) == pytest.approx(longest, abs=3)
    assert painted(picture, accent, 14 + 28) == pytest.approx(half, abs=3)


def test_what_there_is_no_room_for_is_counted(chart: BarChart) -> None:
    chart.show_bars(bars(*range(20, 0, -1)), name="By SKU")
    assert len(chart.shown()) == 9
    words = chart.accessibleDescription()
    assert words.startswith("SKU-0: 20 lines; SKU-1: 19 lines; ")
    assert words.endswith("; and 11 more in the table")
    chart.resize(400, 20 * 28)
    assert len(chart.shown()) == 20
    assert chart.accessibleDescription().endswith("SKU-19: 1 lines")
    assert chart.accessibleName() == "By SKU"


def test_without_amounts_nothing_is_painted(chart: BarChart) -> None:
    chart.show_bars((), name="By SKU")
    assert chart.lengths() == []
    assert chart.accessibleDescription() == ""
    chart.show_bars(bars(0), name="By SKU")
    assert chart.lengths() == [0.0]


def test_a_name_too_long_leaves_room_for_its_bar(chart: BarChart) -> None:
    chart.show_bars([Bar("S" * 200, 3, "3 lines"), *bars(2)], name="By SKU")
    assert chart.lengths()[0] > 200


def test_it_follows_the_system_into_the_dark(chart: BarChart) -> None:
    chart.show_bars(bars(3), name="By SKU")
    before = QGuiApplication.palette()
    light = colours(before).accent
    dark = QPalette(QColor("#222222"))
    QGuiApplication.setPalette(dark)
    try:
        accent = colours(dark).accent
        assert accent != light
        assert painted(chart.grab().toImage(), accent, 14) > 100
    finally:
        QGuiApplication.setPalette(before)
