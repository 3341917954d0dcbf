"""From whatever went wrong to a sentence for the person, and details for whoever helps them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from cancel_desk.accounts.account import AccountError
from cancel_desk.accounts.vault import VaultError
from cancel_desk.desk import OtherStore, PlanChanged
from cancel_desk.language import gettext as _
from cancel_desk.runs.earlier import OpenElsewhere
from cancel_desk.runs.handing_over import AlreadyHere, NotARun
from cancel_desk.runs.journal import JournalError, RunInUse
from cancel_desk.runs.keeping import RunUnfinished
from cancel_desk.runs.kept_sheet import KeepingFailed, KeptSheetLost
from cancel_desk.runs.machine_lock import NoLockPlace, SentElsewhere
from cancel_desk.sheet.problems import SheetError
from cancel_desk.texts.connection import (
    account_error_sentence,
    call_failed_sentence,
    vault_error_sentence,
)
from cancel_desk.texts.runs import journal_error_sentence, other_store_sentence
from cancel_desk.texts.sheet import sheet_sentence
from cancel_desk.ui.session.sheet_look import NothingToOpen
from cancel_desk.unforeseen import trail, write_down
from cancel_desk.walmart.failures import CallFailed

_SAID_BY_RUNS: Final = (
    AlreadyHere,
    NoLockPlace,
    NotARun,
    OpenElsewhere,
    RunUnfinished,
    SentElsewhere,
)


class Explanation(NamedTuple):
    """What happened in plain words, and details that are folded away; may be empty."""

    sentence: str
    details: str = ""


def explain(error: Exception, *, store: str = "Walmart", root: Path | None = None) -> Explanation:
    """Return the sentence for an error; for what nobody foresaw, where it arose.

    The latter is also kept under ``root``, the program's folder, for a report for support.
    """
    sentence = _known(error, store)
    if sentence is not None:
        return Explanation(sentence, _technical(error))
    if root is not None:
        write_down(error, root)
    return Explanation(
        _(
            "Something went wrong inside this program. What was cancelled so far is written down "
            "and nothing else was sent. Start the program again; if it happens again, please "
            "report it with the details."
        ),
        trail(error),
    )


def _known(error: Exception, store: str) -> str | None:  # noqa: PLR0911 - one line per kind
    if isinstance(error, SheetError | NothingToOpen):
        return sheet_sentence(error) if isinstance(error, SheetError) else str(error)
    if isinstance(error, CallFailed):
        return call_failed_sentence(error, store=store)
    if isinstance(error, AccountError):
        return account_error_sentence(error)
    if isinstance(error, VaultError):
        return vault_error_sentence(error)
    if isinstance(error, _SAID_BY_RUNS):
        return journal_error_sentence(error)
    if isinstance(error, OtherStore):
        return other_store_sentence(confirmed=error.confirmed, given=error.given)
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence()
    if isinstance(error, OSError):
        why = error.strerror or type(error).__name__
        return _("This computer refused it: {why}. Nothing was sent.").format(why=why)
    return None


# Functions, so that each sentence is translated when it is asked for; a kind before those above it.
_SENTENCES: tuple[tuple[type[Exception], Callable[[], str]], ...] = (
    (
        PlanChanged,
        lambda: _("The sheet changed after you confirmed it. Nothing was sent; please look again."),
    ),
    (
        RunInUse,
        lambda: _(
            "Another Cancel Desk on this computer has this run open, or is sending to the same "
            "store. Nothing was sent. Close the other window, or wait until it is done."
        ),
    ),
    (
        JournalError,
        lambda: _(
            "What happens can't be written down on this computer, so nothing more was sent. "
            "Free some disk space and check that the program's folder can be written to, "
            "then resume the run."
        ),
    ),
    (
        KeepingFailed,
        lambda: _(
            "Your changes are in this window only: they can't be kept on this computer for the "
            "case of a crash. Nothing was sent. Free some disk space, or save the sheet elsewhere."
        ),
    ),
    (
        KeptSheetLost,
        lambda: _(
            "The sheet that was kept can't be opened any more, or another window has it. "
            "Nothing was sent. Open your file again."
        ),
    ),
)


def _technical(error: Exception) -> str:
    if isinstance(error, CallFailed):
        parts = [error.cause.value, str(error.status or ""), error.code, error.correlation_id]
        return " · ".join(part for part in parts if part)
    if isinstance(error, JournalError | KeepingFailed | KeptSheetLost | OSError):
        return str(error)
    return ""
