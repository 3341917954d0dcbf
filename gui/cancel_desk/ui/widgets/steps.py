"""The four steps of the journey, in order."""

from enum import IntEnum

from cancel_desk.language import gettext as _


class Step(IntEnum):
    """A step; its number is what the person sees before its name."""

    IMPORT = 1
    REVIEW = 2
    SEND = 3
    RESULTS = 4


def step_name(step: Step) -> str:
    """Return what a step is called on the screen."""
    return {
        Step.IMPORT: _("Import"),
        Step.REVIEW: _("Review & fix"),
        Step.SEND: _("Send"),
        Step.RESULTS: _("Results"),
    }[step]
