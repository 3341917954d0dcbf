"""The colour that goes with each result."""

from PySide6.QtGui import QColor

from cancel_desk.runs.results import Result
from cancel_desk.ui.widgets.theme import Colours, mixed


def result_colour(theme: Colours, result: Result) -> QColor:
    """Return the colour that goes with a result; its word or sign always stands beside it."""
    return {
        Result.CANCELLED: theme.good,
        Result.ALREADY_CANCELLED: theme.good,
        Result.REFUSED: theme.bad,
        Result.UNKNOWN: theme.doubtful,
        Result.NOT_SENT: theme.accent,
        Result.LEFT_OUT: theme.muted,
    }[result]


def result_fill(theme: Colours, result: Result) -> QColor:
    """Return the colour of a result's part of a bar: paler where there is nothing to do."""
    pale = {Result.ALREADY_CANCELLED: 0.5, Result.LEFT_OUT: 0.6}
    return mixed(result_colour(theme, result), theme.card, pale.get(result, 0.0))
