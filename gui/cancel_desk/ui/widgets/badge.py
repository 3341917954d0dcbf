"""The badge that says how real a store is, by colour and always by the word."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cancel_desk.accounts.account import Environment
from cancel_desk.language import gettext as _


class BadgeColours(NamedTuple):
    """What a badge is painted with."""

    fill: QColor
    text: QColor


def badge_colours(environment: Environment) -> BadgeColours:
    """Return the colours of an environment's badge: the same in light and dark."""
    return {
        Environment.LIVE: BadgeColours(QColor("#b42318"), QColor("#ffffff")),
        Environment.SANDBOX: BadgeColours(QColor("#f2b01e"), QColor("#231a00")),
        Environment.PRACTICE: BadgeColours(QColor("#0a7a44"), QColor("#ffffff")),
    }[environment]


def _what_it_means(environment: Environment) -> str:
    return {
        Environment.LIVE: _("Your real orders: what is cancelled here can't be undone"),
        Environment.SANDBOX: _("A trial environment: none of its orders is real"),
        Environment.PRACTICE: _("A pretended store on this computer: nothing real can happen"),
    }[environment]


class Badge(QLabel):
    """LIVE, SANDBOX or PRACTICE: a mark that is the same in every language, and explained in it."""

    def __init__(
        self, environment: Environment = Environment.PRACTICE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_environment(environment)

    def show_environment(self, environment: Environment) -> None:
        """Show another environment."""
        fill, text = badge_colours(environment)
        self.setText(environment.value)
        self.setAccessibleName(environment.value)
        self.setAccessibleDescription(_what_it_means(environment))
        self.setToolTip(_what_it_means(environment))
        self.setStyleSheet(
            f"background: {fill.name()}; color: {text.name()}; border-radius: 3px;"
            "padding: 2px 6px; font-weight: bold;"
        )
