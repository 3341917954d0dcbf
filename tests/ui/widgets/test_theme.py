"""Colours that can be read, in light and dark."""

from collections import Counter

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import Environment
from cancel_desk.language import OWN_NAMES, Tongue, speak
from cancel_desk.runs.results import Result
from cancel_desk.ui.widgets.badge import Badge, badge_colours
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.result_colours import result_colour
from cancel_desk.ui.widgets.theme import colours, contrast, style_sheet

LIGHT = ("#ffffff", "#000000")
DARK = ("#1e1f22", "#e6e6e6")
GREY = ("#3b3b3b", "#f0f0f0")


def palette_of(base: str, text: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    return palette


@pytest.mark.parametrize("pair", [LIGHT, DARK, GREY])
def test_words_can_be_read_on_every_ground(pair: tuple[str, str]) -> None:
    theme = colours(palette_of(*pair))
    for name in ("text", "muted", "accent", "good", "bad", "doubtful"):
        assert contrast(getattr(theme, name), theme.page) >= 4.5, name
        assert contrast(getattr(theme, name), theme.card) >= 4.5, name
    assert contrast(theme.on_accent, theme.accent_fill) >= 4.5
    for chosen in (theme.text, theme.accent):  # rows, and chips
        assert contrast(chosen, theme.accent_soft) >= 4.5
    for result in Result:
        assert contrast(result_colour(theme, result), theme.page) >= 4.5


@pytest.mark.parametrize("pair", [LIGHT, DARK, GREY])
@pytest.mark.parametrize("role", ["", "field"])
def test_what_an_empty_field_says_can_be_read(
    qtbot: QtBot, pair: tuple[str, str], role: str
) -> None:
    theme = colours(palette_of(*pair))
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setProperty("role", role)
    field.setStyleSheet(style_sheet(theme))
    field.ensurePolished()
    said = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert contrast(said, theme.card) >= 4.5


@pytest.mark.parametrize("pair", [LIGHT, DARK, GREY])
@pytest.mark.parametrize("kind", ["plain", "primary", "chip"])
def test_a_button_that_is_off_can_be_read(qtbot: QtBot, pair: tuple[str, str], kind: str) -> None:
    """Words on it say why, such as that there is nothing to send yet."""
    theme = colours(palette_of(*pair))
    button = ActionButton("M", keys="", tip="", role=kind)
    qtbot.addWidget(button)
    font = button.font()
    font.setPixelSize(40)  # strokes so thick that their colour is seen whole
    button.setFont(font)
    button.setStyleSheet(style_sheet(theme))
    button.setEnabled(False)
    button.adjustSize()
    image = button.grab().toImage()
    ground = image.pixelColor(button.width() // 2, 4)
    inks = {
        image.pixelColor(x, y).name()
        for x in range(4, button.width() - 4)
        for y in range(4, button.height() - 4)
    }
    assert max(contrast(QColor(ink), ground) for ink in inks) >= 4.5


@pytest.mark.parametrize("environment", list(Environment))
def test_every_badge_has_its_word_and_can_be_read(qtbot: object, environment: Environment) -> None:
    fill, text = badge_colours(environment)
    assert contrast(fill, text) >= 4.5
    badge = Badge(environment)
    assert badge.text() == environment.value
    assert badge.accessibleName() == environment.value


@pytest.mark.parametrize("environment", list(Environment))
def test_every_badge_says_what_it_means_in_the_language(
    qtbot: object, environment: Environment
) -> None:
    meanings = set()
    for language in OWN_NAMES:
        speak(Tongue(language))
        badge = Badge(environment)
        assert badge.text() == environment.value
        assert badge.accessibleDescription() == badge.toolTip()
        meanings.add(badge.toolTip())
    assert len(meanings) == len(OWN_NAMES)


def test_no_two_badges_look_alike() -> None:
    assert len({badge_colours(each).fill.name() for each in Environment}) == len(Environment)


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("pair", [LIGHT, DARK, GREY])
def test_a_tick_stands_in_a_box_that_can_be_seen(
    pair: tuple[str, str], enabled: bool, qtbot: QtBot
) -> None:
    theme = colours(palette_of(*pair))
    box = QCheckBox("")
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(theme))
    box.setChecked(True)
    box.setEnabled(enabled)
    box.resize(box.sizeHint())
    image = box.grab().toImage()
    shown = Counter(
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    )
    fill, edge = (theme.accent_fill, theme.accent) if enabled else (theme.muted, theme.muted)
    assert shown[fill.name()] > 50
    assert shown[edge.name()] > 20
    assert shown["#ffffff"] > 2
    assert contrast(edge, theme.card) >= 3  # what WCAG asks of what is no text


def test_the_style_names_real_colours() -> None:
    style = style_sheet(colours(palette_of(*LIGHT)))
    assert "{" not in style.replace("{\n", "").replace("{ ", "")
    assert "#2457d6" in style
