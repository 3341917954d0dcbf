"""Sentences about runs: why one can't be used, and what came of it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from cancel_desk.checks.plan import Store
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.earlier import OpenElsewhere
from cancel_desk.runs.handing_over import AlreadyHere, NotARun
from cancel_desk.runs.journal import ClaimLost, JournalError, RunFileGone, RunInUse, RunNotBegun
from cancel_desk.runs.keeping import RunUnfinished
from cancel_desk.runs.machine_lock import NoLockPlace, SentElsewhere
from cancel_desk.runs.results import Result
from cancel_desk.texts.durations import spoken
from cancel_desk.texts.lists import counts_words
from cancel_desk.walmart.endpoint import canonical


def journal_error_sentence(error: JournalError) -> str:
    """Return why a run can't be used and what to do."""
    if isinstance(error, SentElsewhere):
        return _(
            "Cancels were sent for this store a moment ago, with the records in another folder of "
            "this computer. Walmart may not show them yet, so nothing was sent from here: a part "
            "of a line could be cancelled twice. Resume the run in {time}."
        ).format(time=spoken(error.seconds))
    found = next((text for kind, text in _JOURNAL_ERRORS if isinstance(error, kind)), None)
    if found is not None:
        return found().format(run=error)
    return _(
        "The file of this run can't be used ({detail}), so nothing more is sent. Check the free "
        "space of the disk, then resume the run. If it stays so, look at its orders in Seller "
        "Center: what was sent before is cancelled there."
    ).format(detail=error)


_JOURNAL_ERRORS: tuple[tuple[type[JournalError], Callable[[], str]], ...] = (
    (
        RunInUse,
        lambda: _(
            "Another copy of Cancel Desk is working on this run, or sending for this store. "
            "Nothing was sent from here. Wait until it has finished, then resume the run."
        ),
    ),
    (
        RunNotBegun,
        lambda: _(
            "Nothing was sent, because the file of this run could not be written ({run}), and "
            "nothing is sent without it. Check the free space of the disk. When there is room, "
            "send the sheet again."
        ),
    ),
    (
        ClaimLost,
        lambda: _(
            "The run was stopped because a line was about to be sent that was not waiting to be "
            "sent. That line was not sent. Resume the run: every order is looked up first."
        ),
    ),
    (
        RunFileGone,
        lambda: _(
            "The file of this run was deleted or replaced while it was open, so nothing more is "
            "sent: nobody could look up later what was. What was sent before stays so. Save the "
            "result sheet now, then check and send a sheet with the rows that are left."
        ),
    ),
    (
        OpenElsewhere,
        lambda: _(
            "Run {run} has lines of the same orders, and another window of Cancel Desk or another "
            "program has it open. What it sent can't be seen from here, so nothing was sent: a "
            "line could be cancelled twice. Close it there, then try again."
        ),
    ),
    (
        NoLockPlace,
        lambda: _(
            "Two copies of Cancel Desk could send for this store at once, because nowhere on this "
            "computer can a lock be kept against it ({run}). So nothing was sent. Make your home "
            "folder one that you may write to, then resume the run."
        ),
    ),
    (
        RunUnfinished,
        lambda: _(
            "Run {run} is not finished: it has lines that were not sent or whose fate is unknown. "
            "Nothing was deleted. Resume it first, or delete it knowing that they stay undone."
        ),
    ),
    (
        AlreadyHere,
        lambda: _(
            "Run {run} is on this computer already, so nothing was taken in. To take in the other "
            "one, delete this one first."
        ),
    ),
    (
        NotARun,
        lambda: _(
            "This file is no whole run of this version of Cancel Desk, so it was not taken in. "
            "Have it exported again on the other computer."
        ),
    ),
)


def slept_sentence(seconds: float) -> str:
    """Return that the computer slept for so long while a run was being sent."""
    return _(
        "This computer slept for {time}. The run stood still meanwhile and is now as it "
        "was before: nothing was lost, and nothing is sent twice."
    ).format(time=spoken(seconds))


def no_such_run_sentence(run: str, listing: str) -> str:
    """Return that there is no run of that name; ``listing`` is the command that lists them."""
    return _(
        "There is no run {run} on this computer. Nothing was sent. "
        "“{command}” lists the runs there are."
    ).format(run=run, command=listing)


def nothing_unfinished_sentence(listing: str) -> str:
    """Return that there is nothing to resume; ``listing`` is the command that lists the runs."""
    return _(
        "No run on this computer is unfinished, so there is nothing to resume and nothing was "
        "sent. “{command}” lists the runs there are."
    ).format(command=listing)


def other_store_sentence(*, confirmed: Store, given: Store) -> str:
    """Return that a run belongs to another store than the one chosen."""
    if confirmed.name == given.name and canonical(confirmed.address) == canonical(given.address):
        return _(
            "This run was confirmed with other keys of {store}, which may be another seller's. "
            "Nothing was sent. If these are other keys of the same store, say so when you enter "
            "them for the account, then resume the run. Else check and send the sheet anew: "
            "lines that are cancelled already are seen then."
        ).format(store=store_words(confirmed))
    return _(
        "This run was confirmed for {confirmed}, but the account chosen is {given}. Nothing was "
        "sent. Resume it with the account it was confirmed for."
    ).format(confirmed=store_words(confirmed), given=store_words(given))


def plan_changed_sentence() -> str:
    """Return that what was confirmed is no longer what would be sent."""
    return _(
        "The sheet or the store changed after you confirmed, so nothing was sent. "
        "Look at the plan again and confirm it anew."
    )


def state_folder_sentence(folder: Path, error: OSError) -> str:
    """Return that Cancel Desk can't keep its state, without which nothing is sent."""
    return _(
        "Cancel Desk can't keep its records in {folder} ({why}), and sends nothing without them. "
        "Check that you may write there, or choose another folder with --data-dir."
    ).format(folder=folder, why=error.strerror or error)


def store_words(store: Store) -> str:
    """Return a store's name with its badge."""
    return f"{store.name} ({store.environment})"


def verdict(counts: Counter[Result]) -> str:
    """Return in one line what became of the rows of a sheet."""
    rows = counts.total()
    return ngettext("{rows} row: {parts}.", "{rows} rows: {parts}.", rows).format(
        rows=grouped(rows), parts=counts_words(counts)
    )
