"""The colours of states and problems, chosen for a light or a dark palette."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette


class Colours(NamedTuple):
    """What the grid paints with; every text here has 4.5:1 on its ground."""

    error_ground: QColor
    warning_ground: QColor
    error: QColor
    warning: QColor
    ready: QColor
    muted: QColor
    accent: QColor
    selection: QColor


def colours_of(palette: QPalette) -> Colours:
    """Return the colours that fit a palette."""
    base, text = palette.base().color(), palette.text().color()
    accent = palette.highlight().color()
    accent.setAlpha(255)
    selection = QColor(accent)
    selection.setAlpha(46)
    if is_dark(palette):
        return Colours(
            error_ground=QColor("#5c2b2b"),
            warning_ground=QColor("#4f3f14"),
            error=QColor("#ffa198"),
            warning=QColor("#f0c060"),
            ready=QColor("#6fd08c"),
            muted=_between(text, base, 0.35),
            accent=accent.lighter(135) if accent.lightness() < 140 else accent,
            selection=selection,
        )
    return Colours(
        error_ground=QColor("#fde3e1"),
        warning_ground=QColor("#fdf0c4"),
        error=QColor("#b42318"),
        warning=QColor("#8a5200"),
        ready=QColor("#1a7f37"),
        muted=_between(text, base, 0.40),
        accent=accent,
        selection=selection,
    )


def is_dark(palette: QPalette) -> bool:
    """Tell whether a palette writes light on dark."""
    return palette.base().color().lightness() < palette.text().color().lightness()


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours: 1 to 21, as WCAG reckons it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blended(over: QColor, ground: QColor) -> QColor:
    """Return what a translucent colour looks like on a ground."""
    return _between(over, ground, 1 - over.alphaF())


def _between(one: QColor, other: QColor, share: float) -> QColor:
    """Mix two colours; ``share`` is how much of the other one there is."""
    return QColor.fromRgbF(
        one.redF() * (1 - share) + other.redF() * share,
        one.greenF() * (1 - share) + other.greenF() * share,
        one.blueF() * (1 - share) + other.blueF() * share,
    )


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
