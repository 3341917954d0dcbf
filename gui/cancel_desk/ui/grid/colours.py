"""The colours of states and problems in the grid, light and dark."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from cancel_desk.ui.widgets.theme import colours, mixed, readable


class GridColours(NamedTuple):
    """What the grid paints with; every word has a contrast of 4.5 on every ground it stands on."""

    ground: QColor
    text: QColor
    line: QColor
    error_ground: QColor
    warning_ground: QColor
    selection: QColor
    error: QColor
    warning: QColor
    ready: QColor
    muted: QColor
    accent: QColor


def grid_colours(palette: QPalette) -> GridColours:
    """Return the colours that fit a palette.

    The selection is what a selected cell of no colour looks like; see :func:`veil`.
    """
    theme = colours(palette)
    selection = mixed(theme.card, theme.accent, 0.16)
    amber = QColor("#f5b301")
    return GridColours(
        ground=theme.card,
        text=theme.text,
        line=theme.line,
        error_ground=mixed(theme.card, theme.bad, 0.16),
        warning_ground=mixed(theme.card, amber, 0.22),
        selection=selection,
        error=readable(theme.bad, selection),
        warning=readable(theme.doubtful, selection),
        ready=readable(theme.good, selection),
        muted=readable(theme.muted, selection),
        accent=theme.accent,
    )


def veil(accent: QColor) -> QColor:
    """Return the translucent colour laid over selected cells, so that their tint stays seen."""
    colour = QColor(accent)
    colour.setAlphaF(0.16)
    return colour
