"""An account's unfinished runs, and whether other keys open the store they were confirmed for."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

from cancel_desk.accounts.account import Account
from cancel_desk.checks.plan import Store
from cancel_desk.desk import Desk
from cancel_desk.runs.history import is_unfinished
from cancel_desk.runs.journal import JournalError
from cancel_desk.runs.outcome import RunLine
from cancel_desk.runs.run import Run
from cancel_desk.walmart.failures import CallFailed, FailureKind
from cancel_desk.walmart.orders import Order
from cancel_desk.walmart.token import Credentials

ORDERS_READ: Final = 3
"""Orders of each run that are read to see whether they are in a store."""


@dataclass(frozen=True, slots=True)
class UnfinishedRun:
    """A run that can be resumed: the store it was confirmed for, and what is left of it."""

    id: str
    store: Store
    left: tuple[RunLine, ...]


def unfinished_of(
    desk: Desk, account: Account, *, opened: Run | None = None
) -> tuple[UnfinishedRun, ...]:
    """Return the unfinished runs that were confirmed for an account, also by its name alone.

    ``opened`` is the run that is open here already. One that another program has open, or that
    can't be read, is passed over.
    """
    found = [_unfinished(opened)] if opened else []
    for summary in desk.runs():
        confirmed = summary.confirmed_for
        if summary.unfinished and confirmed is not None and _is_of(confirmed, account):
            try:
                with closing(desk.reopen(summary.id)) as run:
                    found.append(_unfinished(run))
            except JournalError:
                continue
    return tuple(each for each in found if each.left and _is_of(each.store, account))


def other_sellers(runs: Iterable[UnfinishedRun], account: Account, seller: str) -> tuple[str, ...]:
    """Return whose keys would have to be of the same store as ``seller`` for all to be resumed."""
    known = set(account.sellers) if seller in account.sellers[:1] else set()
    wanted = dict.fromkeys((*account.sellers[:1], *(run.store.seller for run in runs)))
    return tuple(each for each in wanted if each and each != seller and each not in known)


def order_not_there(
    desk: Desk, account: Account, credentials: Credentials, runs: Iterable[UnfinishedRun]
) -> str:
    """Return an order of these runs that the store of these keys doesn't have; "" if it has all.

    A few of each run are read. CallFailed, AccountError.
    """
    with closing(desk.connections.connect_with(account, credentials)) as connection:
        for run in runs:
            for po in islice(dict.fromkeys(line.po for line in run.left), ORDERS_READ):
                lines = [line for line in run.left if line.po == po]
                try:
                    order = connection.client.order(po)
                except CallFailed as failure:
                    if failure.kind is FailureKind.NOT_FOUND:
                        return po
                    raise
                if not all(_is_in(line, order) for line in lines):
                    return po
    return ""


def _unfinished(run: Run) -> UnfinishedRun:
    left = tuple(line for line in run.lines() if is_unfinished(line))
    return UnfinishedRun(run.id, run.store, left)


def _is_of(store: Store, account: Account) -> bool:
    here, there = (account.environment, account.place), (store.environment, store.place)
    return here == there and (store.seller in account.sellers or store.name == account.name)


def _is_in(line: RunLine, order: Order) -> bool:
    found = order.line(line.line)
    return found is not None and (not line.sku or not found.sku or line.sku == found.sku)
