"""Trying out an account's keys: do they work, may they cancel orders, is the clock right."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum

from cancel_desk.accounts.account import Account
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed
from cancel_desk.walmart.token import Credentials
from cancel_desk.walmart.transport import Call, Reply, Timeouts, Transport

CLOCK_TOLERANCE = 300.0
"""Seconds by which this computer's clock may differ from the store's."""

_TIMEOUTS = Timeouts(connect=10.0, read=20.0, whole=30.0)  # somebody is waiting for it
_FULL_ACCESS = "full_access"
_SCOPES = {"view_only": "VIEW_ONLY", "no_access": "NO_ACCESS"}


class Finding(StrEnum):
    """What trying out an account's keys showed."""

    GOOD = "good"
    FAILED = "failed"  # a call failed: wrong keys, no connection, something in between
    INVALID = "invalid"  # a token was given for them, and called invalid
    VIEW_ONLY = "view_only"  # orders can be read and not cancelled
    NO_ACCESS = "no_access"
    UNSAID = "unsaid"  # the store doesn't say what they may do
    CLOCK_WRONG = "clock_wrong"  # all is well but this computer's clock


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found. ``failure`` is the call that failed, for FAILED.

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
    """Ask the store for a token and what it is good for; nothing is changed there.

    ``wall`` is this computer's clock (seconds since 1970); ``sleep`` waits before asking again
    after a lost connection. Raises AccountError BAD_ADDRESS.
    """
    endpoint = account.endpoint()
    transport = _DatedTransport(endpoint, wall)
    client = WalmartClient(endpoint, credentials, transport=transport, sleep=sleep)
    try:
        detail = client.token_detail()
    except CallFailed as failure:
        return Trial(Finding.FAILED, failure, transport.clock_ahead)
    finally:
        client.close()
    if not detail.is_valid:
        finding = Finding.INVALID
    elif detail.orders_scope != _FULL_ACCESS:
        finding = Finding[_SCOPES.get(detail.orders_scope, "UNSAID")]
    else:
        finding = Finding.CLOCK_WRONG if transport.clock_ahead else Finding.GOOD
    return Trial(finding, clock_ahead=transport.clock_ahead)


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
