"""The badge that says how real a store is, by colour and always by the word."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cancel_desk.accounts.account import Environment
from cancel_desk.ui.theme import badge_colours


class Badge(QLabel):
    """LIVE, SANDBOX or PRACTICE."""

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
        self.setStyleSheet(
            f"background: {fill.name()}; color: {text.name()}; border-radius: 3px;"
            "padding: 2px 6px; font-weight: bold;"
        )
