"""Words can be read on every ground of the grid, and states differ by shape."""

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.ui.grid.colours import grid_colours, veil
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.state_icons import state_icon
from cancel_desk.ui.widgets.theme import contrast, mixed


def palette(base: str, text: str) -> QPalette:
    made = QPalette()
    made.setColor(QPalette.ColorRole.Base, QColor(base))
    made.setColor(QPalette.ColorRole.Text, QColor(text))
    return made


PALETTES = [palette("#ffffff", "#000000"), palette("#1e1e1e", "#e8e8e8")]


@pytest.mark.parametrize("light_or_dark", PALETTES)
def test_every_word_can_be_read(light_or_dark: QPalette) -> None:
    colours = grid_colours(light_or_dark)
    text = light_or_dark.text().color()
    share = veil(colours.accent).alphaF()
    grounds = [colours.ground, colours.error_ground, colours.warning_ground]
    for ground in grounds:
        for seen in (ground, mixed(ground, colours.accent, share)):
            assert contrast(text, seen) >= 4.5
    for word in (colours.error, colours.warning, colours.muted, colours.ready, colours.text):
        assert contrast(word, colours.ground) >= 4.5
        assert contrast(word, colours.selection) >= 4.5


@pytest.mark.parametrize("light_or_dark", PALETTES)
def test_tints_differ_from_the_ground_and_from_one_another(light_or_dark: QPalette) -> None:
    colours = grid_colours(light_or_dark)
    grounds = {colours.ground.name(), colours.error_ground.name(), colours.warning_ground.name()}
    assert len(grounds) == 3


def test_each_state_has_a_shape_of_its_own(qtbot: QtBot) -> None:
    assert QApplication.instance() is not None
    colours = grid_colours(PALETTES[0])

    def shape(state: RowState) -> bytes:
        image = state_icon(state, colours).pixmap(32, 32).toImage()
        return bytes(image.convertToFormat(QImage.Format.Format_Alpha8).constBits())

    assert len({shape(state) for state in RowState}) == len(RowState)
