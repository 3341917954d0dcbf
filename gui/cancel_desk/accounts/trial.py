"""Trying out an account's keys: do they work, may they cancel orders, is the clock right."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from cancel_desk.accounts.account import Account
from cancel_desk.walmart.client import TokenDetail, WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.token import Credentials
from cancel_desk.walmart.transport import Call, Reply, Timeouts, Transport

CLOCK_TOLERANCE = 300.0
"""Seconds by which this computer's clock may differ from the store's."""

_TIMEOUTS = Timeouts(connect=10.0, read=20.0, whole=30.0)  # somebody is waiting for it
_FULL_ACCESS = "full_access"
_REFUSALS = frozenset({FailureKind.REFUSED, FailureKind.FORBIDDEN})
_SCOPES = {"view_only": "VIEW_ONLY", "no_access": "NO_ACCESS"}


class Finding(StrEnum):
    """What trying out an account's keys showed."""

    GOOD = "good"
    FAILED = "failed"  # a call failed: wrong keys, no connection, something in between
    INVALID = "invalid"  # a token was given for them, and called invalid
    VIEW_ONLY = "view_only"  # orders can be read and not cancelled
    NO_ACCESS = "no_access"
    UNSAID = "unsaid"  # the store doesn't say what they may do
    OTHER_MARKET = "other_market"  # they work, but not for orders in the account's market
    CLOCK_WRONG = "clock_wrong"  # all is well but this computer's clock


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found. ``failure`` is the call that failed, for FAILED and OTHER_MARKET.

    ``clock_ahead``: seconds by which this computer's clock is ahead of the store's, negative
    where it is behind; 0 while that is within tolerance or not known.
    """

    finding: Finding
    failure: CallFailed | None = None
    clock_ahead: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether the account can be used as it is."""
        return self.finding is Finding.GOOD


def try_keys(
    account: Account,
    credentials: Credentials,
    *,
    wall: Callable[[], float] = time.time,
    sleep: Callable[[float], object] = time.sleep,
) -> Trial:
    """Ask the store for a token, what it is good for, and orders of the last hour, if any.

    Nothing is changed there.

    ``wall`` is this computer's clock (seconds since 1970); ``sleep`` waits before asking again
    after a lost connection. Raises AccountError BAD_ADDRESS.
    """
    endpoint = account.endpoint()
    transport = _DatedTransport(endpoint, wall)
    client = WalmartClient(endpoint, credentials, transport=transport, sleep=sleep)
    try:
        finding = _finding(client.token_detail())
        if finding is Finding.GOOD and transport.clock_ahead:
            finding = Finding.CLOCK_WRONG
        failure = _market_failure(client, wall()) if finding is Finding.GOOD else None
    except CallFailed as failed:
        return Trial(Finding.FAILED, failed, transport.clock_ahead)
    finally:
        client.close()
    if failure is not None:
        finding = Finding.OTHER_MARKET
    return Trial(finding, failure, transport.clock_ahead)


def _finding(detail: TokenDetail) -> Finding:
    if not detail.is_valid:
        return Finding.INVALID
    if detail.orders_scope != _FULL_ACCESS:
        return Finding[_SCOPES.get(detail.orders_scope, "UNSAID")]
    return Finding.GOOD


def _market_failure(client: WalmartClient, now: float) -> CallFailed | None:
    """Return how the store refuses to list orders in the market; CallFailed for other failures.

    The detail of a token says nothing of markets (WALMART_API 1.3). A store that doesn't know the
    call at all, as a mock of Walmart's may not, says nothing of them either.
    """
    since = datetime.fromtimestamp(now, UTC) - timedelta(hours=1)
    try:
        next(client.orders(created_start=since), None)
    except CallFailed as failure:
        if failure.kind in _REFUSALS or failure.cause is Cause.UNAUTHORIZED:
            return failure
        if failure.kind is not FailureKind.OUR_BUG:
            raise
    return None


class _DatedTransport(Transport):
    """Compares the date of each reply with this computer's clock."""

    def __init__(self, endpoint: Endpoint, wall: Callable[[], float]) -> None:
        super().__init__(endpoint, timeouts=_TIMEOUTS)
        self._wall = wall
        self.clock_ahead = 0.0

    def send(self, call: Call) -> Reply:
        """Make one attempt, and look at its date."""
        reply = super().send(call)
        try:
            date = parsedate_to_datetime(reply.headers.get("date", "")).timestamp()
        except (ValueError, OverflowError):
            return reply
        ahead = self._wall() - date
        self.clock_ahead = ahead if abs(ahead) > CLOCK_TOLERANCE else 0.0
        return reply
