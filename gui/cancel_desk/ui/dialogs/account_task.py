"""What the dialog of an account does off the window's thread: trying keys out, and keeping them."""

from typing import NamedTuple

from cancel_desk.accounts.account import THIS_SESSION, Account
from cancel_desk.accounts.trial import Trial, try_keys
from cancel_desk.desk import Desk
from cancel_desk.runs.run import Run
from cancel_desk.texts.account_changes import place_of
from cancel_desk.texts.connection import kept_sentence
from cancel_desk.unfinished import UnfinishedRun, order_not_there, other_sellers, unfinished_of
from cancel_desk.walmart.token import Credentials


class Typed(NamedTuple):
    """A store as it was typed at one moment; ``credentials`` are empty where they stay.

    ``same_store``: the person said that the keys are of the same store as those before.
    """

    account: Account
    credentials: Credentials
    same_store: bool = False

    @property
    def new_keys(self) -> Credentials | None:
        """The keys, if there are any."""
        return self.credentials if self.credentials.client_id else None


class Tried(NamedTuple):
    """What trying keys out showed; ``not_there`` is an order that the same store would have."""

    trial: Trial
    not_there: str = ""

    @property
    def passed(self) -> bool:
        """Whether the account can be kept as it was typed."""
        return self.trial.passed and not self.not_there


class AccountTask:
    """Adding a store, or changing the one that is ``known``.

    Whatever is called `try_out`, `keep` or `look` may take long, and raises AccountError,
    VaultError and CallFailed.
    """

    def __init__(self, desk: Desk, known: Account | None, opened: Run | None) -> None:
        """``opened`` is the run that is open in the window."""
        self._desk = desk
        self._opened = opened
        self.known = known
        self.runs: tuple[UnfinishedRun, ...] = ()

    def look(self) -> tuple[UnfinishedRun, ...]:
        """Return the unfinished runs of the known store."""
        return unfinished_of(self._desk, self.known, opened=self._opened) if self.known else ()

    def others(self, typed: Typed) -> tuple[str, ...]:
        """Return the sellers that the keys are not known to be of, but others before them were."""
        if self.known is None:
            return ()
        noted = self.known.sellers[0] if self.known.sellers else ""
        seller = typed.new_keys.seller if typed.new_keys else noted
        return other_sellers(self.runs, self.known, seller) if seller else ()

    def must_be_tried(self, typed: Typed) -> bool:
        """Say whether more is changed than the name."""
        if self.known is None or typed.new_keys or typed.same_store:
            return True
        return place_of(typed.account) != place_of(self.known)

    def is_change(self, typed: Typed) -> bool:
        """Say whether there is anything to keep."""
        return self.must_be_tried(typed) or typed.account != self.known

    def try_out(self, typed: Typed) -> Tried:
        """Ask the store about the keys, and for orders of unfinished runs where that proves it."""
        connections, known = self._desk.connections, self.known
        account = connections.book.admit(typed.account, instead_of=known.name if known else "")
        credentials = typed.new_keys or connections.keys(known or account)
        trial = try_keys(account, credentials)
        if not trial.passed or not typed.same_store:
            return Tried(trial)
        return Tried(trial, order_not_there(self._desk, account, credentials, self.runs))

    def keep(self, typed: Typed, *, this_session: bool) -> tuple[Account, str]:
        """Write the account and its keys down; return it and where its keys are, in words."""
        register, vault = self._desk.connections.register, self._desk.connections.vault
        if self.known is not None:
            kept = register.edit(
                self.known.name,
                typed.account,
                typed.new_keys,
                formerly=self.others(typed) if typed.same_store else (),
                this_session=this_session,
            )
        else:
            kept = register.add(typed.account, typed.credentials, this_session=this_session)
        chosen_by = "" if kept.kept_in == THIS_SESSION else vault.chosen_by
        return kept, kept_sentence(kept.kept_in or vault.store_name, chosen_by=chosen_by)
