"""Whether the results can be saved later, looked at before the first cancel is sent."""

from pathlib import Path

from cancel_desk.checks.review import Review
from cancel_desk.desk import Desk
from cancel_desk.language import gettext as _
from cancel_desk.sheet.problems import SheetError
from cancel_desk.texts.lists import sentences
from cancel_desk.texts.sheet import sheet_sentence


def results_doubt(desk: Desk, source: Path | None, review: Review) -> str:
    """Return what stands in the way of saving the results where they usually go; "" for nothing.

    It holds nothing up, as the results are kept with the run in any case. May wait for a drive.
    """
    own = source if source and desk.folders.root not in source.parents else None
    try:
        desk.check_results_place(desk.results_place(own), own, review)
    except SheetError as error:
        return _("Think of this before you send: {why}").format(
            why=sentences((sheet_sentence(error), _kept()))
        )
    return ""


def no_answer_doubt() -> str:
    """Return that the place for the results does not answer."""
    return _(
        "The drive of your sheet does not answer, so the result sheet may have to be saved "
        "elsewhere. {kept}"
    ).format(kept=_kept())


def _kept() -> str:
    return _("The results stay in this program either way, and can be saved later.")
