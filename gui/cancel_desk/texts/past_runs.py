"""Words about runs of the past: how each stands, what a deletion means and what going on."""

from collections import Counter
from typing import NamedTuple

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.results import Result
from cancel_desk.texts.lists import counted, sentences
from cancel_desk.texts.times import local_day


class QuestionWords(NamedTuple):
    """A question about a run, and what a yes would mean."""

    question: str
    meaning: str


def standing_words(run: RunSummary) -> str:
    """Return in a few words how a run stands."""
    counts: Counter[Result] = run.counts or Counter()
    if run.in_use:
        return _("In use")
    if run.unreadable:
        return _("Can't be read")
    if unknown := counts[Result.UNKNOWN]:
        return counted(Result.UNKNOWN, unknown)
    if run.unfinished:
        return _("Unfinished")
    return _("Finished")


def deletion_words(run: RunSummary) -> QuestionWords:
    """Return what to ask before a run is deleted; more strongly where something is still open."""
    if run.unreadable:
        return QuestionWords(
            _("The file of run {run} can't be read. Delete it all the same?").format(run=run.id),
            _(
                "What it sent is lost with it: Cancel Desk can then no longer tell you of a line "
                "“you already cancelled this line”. Orders are still read at Walmart before "
                "every cancel. If the file may be mended, keep it."
            ),
        )
    rows = (run.counts or Counter()).total()
    name = ngettext(
        "the run of {n} row at {store} ({badge})", "the run of {n} rows at {store} ({badge})", rows
    ).format(n=grouped(rows), store=run.store, badge=run.environment)
    gone = _(
        "Its sheet and its results are deleted from this computer for good; result sheets you "
        "saved stay, and what it cancelled stays cancelled. Cancel Desk goes on remembering which "
        "lines it sent: if one comes up again, you are still told “you already cancelled this "
        "line”. The numbers of its month no longer count it."
    )
    if not run.unfinished:
        return QuestionWords(_("Delete {run}?").format(run=name), gone)
    question = _("This run is not finished. Delete {run} all the same?").format(run=name)
    return QuestionWords(question, "\n\n".join((*_left_open(run), gone)))


def _left_open(run: RunSummary) -> list[str]:
    """Return what nobody would look after any more."""
    counts: Counter[Result] = run.counts or Counter()
    told: list[str] = []
    if unknown := counts[Result.UNKNOWN]:
        told.append(
            ngettext(
                "Of {n} row nobody knows yet whether Walmart cancelled it, and after this Cancel "
                "Desk can't find out any more: you would have to look it up in Seller Center.",
                "Of {n} rows nobody knows yet whether Walmart cancelled them, and after this "
                "Cancel Desk can't find out any more: you would have to look them up in Seller "
                "Center.",
                unknown,
            ).format(n=grouped(unknown))
        )
    if unsent := counts[Result.NOT_SENT]:
        told.append(
            ngettext(
                "{n} row was not sent: its order goes on and has to be shipped, unless you cancel "
                "it otherwise.",
                "{n} rows were not sent: their orders go on and have to be shipped, unless you "
                "cancel them otherwise.",
                unsent,
            ).format(n=grouped(unsent))
        )
    return told


def going_on_words(run: RunSummary) -> QuestionWords:
    """Return what to ask before an earlier run is gone on with, and what would happen."""
    counts: Counter[Result] = run.counts or Counter()
    steps: list[str] = []
    if unknown := counts[Result.UNKNOWN]:
        steps.append(
            ngettext(
                "{n} row whose fate is unknown is looked up first.",
                "{n} rows whose fate is unknown are looked up first.",
                unknown,
            ).format(n=grouped(unknown))
        )
    if unsent := counts[Result.NOT_SENT]:
        steps.append(
            ngettext(
                "{n} row that was confirmed but not sent is cancelled, if it is still open then.",
                "{n} rows that were confirmed but not sent are cancelled, as far as they are "
                "still open then.",
                unsent,
            ).format(n=grouped(unsent))
        )
    if run.imported:
        steps.append(
            _(
                "The run came from another computer. Go on with it here only if nobody goes on "
                "with it there: neither knows of the other's calls."
            )
        )
    steps.append(_("Cancels can't be undone."))
    question = _("Go on with the run of {day} at {store} ({badge})?").format(
        day=local_day(run.created), store=run.store, badge=run.environment
    )
    return QuestionWords(question, sentences(steps))
