"""Which page of the guide fits what is in front of the person."""

from typing import Final

from PySide6.QtWidgets import QWidget

from cancel_desk.ui.widgets.steps import Step

_OF_STEPS: Final = {
    Step.IMPORT: "first-run",
    Step.REVIEW: "fixing",
    Step.SEND: "sending",
    Step.RESULTS: "results",
}

# By the names of the classes, as importing all of them would hold up the window's start.
OF_DIALOGS: Final = {
    "AccountDialog": "keys",
    "ConfirmDialog": "sending",
    "DoubtsDialog": "results",
    "FixDialog": "fixing",
    "FoundDialog": "results",
    "HistoryDialog": "earlier-runs",
    "MatchingDialog": "sheet",
    "MonthDialog": "earlier-runs",
    "NumbersDialog": "fixing",
    "OrdersDialog": "sheet",
    "PasswordDialog": "sheet",
    "ReportDialog": "privacy",
    "RestockDialog": "results",
    "ShortcutsDialog": "first-run",
    "UpdatesDialog": "privacy",
    "ValueFixesDialog": "fixing",
    "WelcomeDialog": "first-run",
}


def page_for(step: Step, dialog: QWidget | None = None) -> str:
    """Return the name of the page about a step, or about the dialog that is open over it."""
    return OF_DIALOGS.get(type(dialog).__name__, _OF_STEPS[step])
