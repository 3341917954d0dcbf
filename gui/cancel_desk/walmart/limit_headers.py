"""What reply headers say about the allowance: tokens left, when it refills, when to try again."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_WAIT = 300.0
"""Seconds: a longer wait than this is not believed (what long-running integrations cap it at)."""
DEFAULT_WAIT = 60.0
"""Seconds to wait after a 429 that doesn't say how long."""

# One spelling is seen in production, the other stands in Walmart's documentation.
_REPLENISH = ("x-next-replenishment-time", "x-next-replenish-time")


def tokens_left(headers: Mapping[str, str], *, at_most: float) -> int | None:
    """Return the calls that may go at once, or None when untold or absurd.

    ``headers`` have lower-case names; ``at_most`` is the largest believable count.
    """
    text = headers.get("x-current-token-count", "").strip()
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", text):
        return None
    count = math.floor(float(text))
    return count if count <= at_most else None


def seconds_to_replenish(headers: Mapping[str, str], *, now: float) -> float | None:
    """Return seconds until the bucket refills (both spellings, epoch ms or ISO 8601), or None.

    ``now`` is this machine's time in epoch seconds; the reply's own Date is preferred, because
    the person's clock may be wrong. Past and far times are ignored.
    """
    told = next((headers[name].strip() for name in _REPLENISH if name in headers), "")
    at = _epoch_seconds(told)
    if at is None:
        return None
    wait = at - _server_now(headers, now)
    return wait if 0 < wait <= MAX_WAIT else None


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """Return seconds asked for by Retry-After (a number or a date), at most 300, or None."""
    told = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", told):
        return min(float(told), MAX_WAIT)
    at = _http_date(told)
    if at is None:
        return None
    return min(max(at - _server_now(headers, now), 0.0), MAX_WAIT)


def wait_after_429(headers: Mapping[str, str], *, now: float) -> float:
    """Return seconds to wait: Retry-After, else the replenish header, else 60."""
    told = retry_after(headers, now=now)
    if told is None:
        told = seconds_to_replenish(headers, now=now)
    return DEFAULT_WAIT if told is None else told


def _server_now(headers: Mapping[str, str], now: float) -> float:
    told = _http_date(headers.get("date", ""))
    return now if told is None else told


def _http_date(text: str) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return _timestamp(moment)


def _epoch_seconds(text: str) -> float | None:
    if re.fullmatch(r"[0-9]{12,14}", text):
        return int(text) / 1000
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _timestamp(moment)


def _timestamp(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
