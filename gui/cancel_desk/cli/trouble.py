"""The one place where an exception becomes a sentence at the terminal."""

from collections.abc import Callable
from typing import Any

from cancel_desk.accounts.account import AccountError
from cancel_desk.accounts.vault import VaultError
from cancel_desk.cli.attention import LeftAtOnce
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.desk import OtherStore, PlanChanged
from cancel_desk.language import gettext as _
from cancel_desk.practice.state import StateError
from cancel_desk.runs.journal import JournalError
from cancel_desk.sheet.problems import SheetError
from cancel_desk.texts.connection import (
    account_error_sentence,
    address_sentence,
    call_failed_sentence,
    vault_error_sentence,
)
from cancel_desk.texts.runs import (
    journal_error_sentence,
    other_store_sentence,
    plan_changed_sentence,
)
from cancel_desk.texts.sheet import sheet_sentence
from cancel_desk.unforeseen import write_down
from cancel_desk.walmart.endpoint import AddressRefused
from cancel_desk.walmart.failures import CallFailed


def sentence_for(error: BaseException) -> str | None:
    """Return what a person reads about a foreseen error; None if nobody foresaw it."""
    for kind, say in _FORESEEN:
        if isinstance(error, kind):
            return say(error)
    return None


def unforeseen_sentence(error: BaseException, front: Front) -> str:
    """Write down where an unforeseen error arose, and return a sentence that says where."""
    kept = write_down(error, front.root)
    sentence = _(
        "Something went wrong that Cancel Desk did not foresee ({kind}). What was sent so far is "
        "in the run's file: “{runs}” lists the runs, and “{resume}” goes on after looking every "
        "order up."
    ).format(kind=type(error).__name__, runs=front.command("runs"), resume=front.command("resume"))
    if kept is None:
        return sentence
    return _("{sentence} Please report it with the file {path}, which holds no secrets.").format(
        sentence=sentence, path=kept
    )


def _os_error(error: OSError) -> str:
    name = f"“{error.filename}”: " if error.filename else ""
    return _("The system refused something: {name}{why}. Nothing more was sent.").format(
        name=name, why=error.strerror or error
    )


def _other_store(error: OtherStore) -> str:
    return other_store_sentence(confirmed=error.confirmed, given=error.given)


_Sentence = Callable[[Any], str]

# The first that fits counts, so the particular stand before the general.
_FORESEEN: tuple[tuple[type[BaseException], _Sentence], ...] = (
    (Halt, str),
    (SheetError, sheet_sentence),
    (AccountError, account_error_sentence),
    (VaultError, vault_error_sentence),
    (CallFailed, lambda error: call_failed_sentence(error, store=_("The store"))),
    (AddressRefused, lambda error: address_sentence(error.problem, error.address)),
    (JournalError, journal_error_sentence),
    (OtherStore, _other_store),
    (PlanChanged, lambda _error: plan_changed_sentence()),
    (StateError, str),
    (LeftAtOnce, lambda _error: _("Left at once. Nothing was sent.")),
    (KeyboardInterrupt, lambda _error: _("Stopped. Nothing was sent.")),
    (OSError, _os_error),
)
