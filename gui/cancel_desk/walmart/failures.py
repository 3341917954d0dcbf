"""Every way a call can fail, and what each says about whether Walmart received it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class FailureKind(StrEnum):
    """What may be concluded, and so what may be done next."""

    REFUSED = "refused"  # Walmart said no: nothing was done
    NOT_FOUND = "not_found"  # no such order in this store: nothing was done
    UNSENT = "unsent"  # provably not received: safe to repeat
    UNKNOWN = "unknown"  # may have been received: look it up, never blindly repeat
    THROTTLED = "throttled"  # too many calls, refused at the gate: repeat after `retry_after`
    CREDENTIALS = "credentials"  # client id or secret refused
    FORBIDDEN = "forbidden"  # the keys are good, but may not do this
    OUR_BUG = "our_bug"  # our request was malformed: repeating it can't help


class Cause(StrEnum):
    """How the call failed, for the sentence a person reads."""

    NO_ADDRESS = "no_address"
    NO_CONNECTION = "no_connection"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS = "tls"
    CERTIFICATE_DATE = "certificate_date"  # its certificate isn't valid by this computer's clock
    PROXY = "proxy"
    PROXY_LOGIN = "proxy_login"  # it wants a user name and password, or other ones
    READ_TIMEOUT = "read_timeout"
    CONNECTION_LOST = "connection_lost"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    OTHER_ORDER = "other_order"
    REDIRECT = "redirect"
    UNAUTHORIZED = "unauthorized"
    NOT_WALMART = "not_walmart"
    BAD_REQUEST = "bad_request"
    HTTP = "http"


class Stage(StrEnum):
    """How far the call had come on the wire when it failed."""

    UNSEEN = "unseen"  # nobody watched the wire: judge by the exception alone
    CONNECTING = "connecting"  # no byte of the request had been written
    SENDING = "sending"  # some or all of it may have arrived


class CallFailed(Exception):  # noqa: N818 - it reads as what happened
    """A call that didn't give what was asked.

    ``status`` is the HTTP status if there was a reply, ``code`` and ``words`` are Walmart's own
    (one line, no buyer data), ``retry_after`` is in seconds. Holds no request, no header and so
    no secret.
    """

    def __init__(
        self,
        kind: FailureKind,
        cause: Cause,
        *,
        status: int | None = None,
        code: str = "",
        words: str = "",
        correlation_id: str = "",
        retry_after: float | None = None,
    ) -> None:
        said = " ".join(part for part in (str(status or ""), code, words) if part)
        super().__init__(f"{kind}: {cause}" + (f": {said}" if said else ""))
        self.kind = kind
        self.cause = cause
        self.status = status
        self.code = code
        self.words = words
        self.correlation_id = correlation_id
        self.retry_after = retry_after


class GivenUp(Exception):  # noqa: N818 - it reads as what happened
    """Whoever asked did not want to wait any longer; nothing is known by it."""


class Verdict(NamedTuple):
    """The class of a failure."""

    kind: FailureKind
    cause: Cause


_K = FailureKind
_C = Cause

STATUSES: dict[int, Verdict] = {
    # A gateway or proxy said these before the order service saw the call.
    401: Verdict(_K.UNSENT, _C.UNAUTHORIZED),
    403: Verdict(_K.FORBIDDEN, _C.HTTP),
    404: Verdict(_K.NOT_FOUND, _C.HTTP),
    407: Verdict(_K.UNSENT, _C.PROXY_LOGIN),
    429: Verdict(_K.THROTTLED, _C.HTTP),
    451: Verdict(_K.FORBIDDEN, _C.HTTP),
    # The request itself was wrong in a way that no sheet can cause.
    405: Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    406: Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    411: Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    413: Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    414: Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    415: Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    431: Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    # These say that something between here and the order gave up, not that nothing was done.
    408: Verdict(_K.UNKNOWN, _C.HTTP),
    423: Verdict(_K.UNKNOWN, _C.HTTP),
    425: Verdict(_K.UNKNOWN, _C.HTTP),
    499: Verdict(_K.UNKNOWN, _C.HTTP),
}
"""Statuses with a class of their own; the rest goes by ``STATUS_RANGES``."""

STATUS_RANGES: tuple[tuple[range, Verdict], ...] = (
    (range(200, 300), Verdict(_K.UNKNOWN, _C.UNREADABLE)),  # asked about only if unreadable
    (range(300, 400), Verdict(_K.UNKNOWN, _C.REDIRECT)),
    (range(400, 500), Verdict(_K.REFUSED, _C.HTTP)),
)
"""Everything else, 5xx and what is no HTTP status, is UNKNOWN."""

CODES: dict[str, Verdict] = {
    # 400 INVALID_TOKEN is how the gateway answers an expired token; seen in production.
    "INVALID_TOKEN": Verdict(_K.UNSENT, _C.UNAUTHORIZED),
    "REQUEST_THRESHOLD_VIOLATED": Verdict(_K.THROTTLED, _C.HTTP),
    "URI_NOT_FOUND": Verdict(_K.OUR_BUG, _C.NOT_WALMART),
    "INVALID_REQUEST_HEADER": Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    "MISSING_REQUEST_HEADER": Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
    "MALFORMED_REQUEST_CONTENT": Verdict(_K.OUR_BUG, _C.BAD_REQUEST),
}
"""Codes (before the first dot) that say more than their 4xx status does."""


def classify_status(status: int, code: str = "") -> Verdict:
    """Return the class of a reply that is no success, from its status and Walmart's code."""
    if 400 <= status < 500 and (known := CODES.get(code.partition(".")[0])):
        return known
    if own := STATUSES.get(status):
        return own
    return next(
        (verdict for statuses, verdict in STATUS_RANGES if status in statuses),
        Verdict(_K.UNKNOWN, _C.HTTP),
    )


def classify_token_status(status: int) -> Verdict:
    """Return the class of a refused token call: 400, 401 and 403 all mean the credentials.

    Whatever else goes wrong there, the call that needed the token was never sent.
    """
    if status in (400, 401, 403):
        return Verdict(_K.CREDENTIALS, _C.HTTP)
    if status == 429:
        return Verdict(_K.THROTTLED, _C.HTTP)
    if 300 <= status < 400:
        return Verdict(_K.UNSENT, _C.REDIRECT)
    return Verdict(_K.UNSENT, _C.HTTP if status >= 500 else _C.NOT_WALMART)


class _ExceptionRow(NamedTuple):
    name: str
    cause: Cause
    never_sent: bool  # the exception alone proves that nothing was sent


EXCEPTIONS: tuple[_ExceptionRow, ...] = (
    _ExceptionRow("NameResolutionError", _C.NO_ADDRESS, never_sent=True),
    # urllib3 raises it only while the proxy has not been reached.
    _ExceptionRow("ProxyError", _C.PROXY, never_sent=True),
    # The store's own address is checked beforehand, so these are about the proxy's.
    _ExceptionRow("InvalidURL", _C.PROXY, never_sent=True),
    _ExceptionRow("InvalidSchema", _C.PROXY, never_sent=True),
    # The certificate is judged before the first byte of a request goes out.
    _ExceptionRow("SSLCertVerificationError", _C.TLS, never_sent=True),
    _ExceptionRow("SSLError", _C.TLS, never_sent=False),
    # It is also a ConnectTimeoutError, so it must come first.
    _ExceptionRow("NewConnectionError", _C.NO_CONNECTION, never_sent=True),
    _ExceptionRow("ConnectTimeoutError", _C.CONNECT_TIMEOUT, never_sent=True),
    _ExceptionRow("ConnectTimeout", _C.CONNECT_TIMEOUT, never_sent=True),
    _ExceptionRow("ReadTimeoutError", _C.READ_TIMEOUT, never_sent=False),
    _ExceptionRow("ReadTimeout", _C.READ_TIMEOUT, never_sent=False),
    _ExceptionRow("DecodeError", _C.UNREADABLE, never_sent=False),
    _ExceptionRow("ContentDecodingError", _C.UNREADABLE, never_sent=False),
)
"""Exceptions of requests, urllib3 and ssl by class name (also of a base class), first match wins.

By name, so that asking for the class of a failure doesn't cost importing the libraries.
"""

# What `http.client` says of a tunnel that a proxy answered with this status.
_ASKS_FOR_LOGIN = "Tunnel connection failed: 407"

# Not valid yet, or not any more: OpenSSL's codes, then that of Windows (CERT_E_EXPIRED).
_DATE_CODES = frozenset({9, 10, 0x800B0101, 0x800B0101 - 2**32})


def classify_exception(error: BaseException, stage: Stage) -> Verdict:
    """Return the class of an exception raised while calling.

    UNSENT only if no byte of the request can have left: the wire was watched and saw none, or
    nobody watched and the exception itself proves it. Unsure is UNKNOWN.
    """
    chain = list(_chain(error))
    names = {base.__name__ for link in chain for base in type(link).__mro__}
    row = next((row for row in EXCEPTIONS if row.name in names), None)
    if row and row.cause is _C.PROXY and any(_ASKS_FOR_LOGIN in str(link) for link in chain):
        row = row._replace(cause=_C.PROXY_LOGIN)
    if row and any(getattr(link, "verify_code", None) in _DATE_CODES for link in chain):
        row = row._replace(cause=_C.CERTIFICATE_DATE)
    if stage is Stage.CONNECTING:
        cause = row.cause if row else _C.NO_CONNECTION
        return Verdict(_K.UNSENT, _C.CONNECT_TIMEOUT if cause is _C.READ_TIMEOUT else cause)
    cause = row.cause if row else _C.CONNECTION_LOST
    if stage is Stage.UNSEEN and row and row.never_sent:
        return Verdict(_K.UNSENT, cause)
    return Verdict(_K.UNKNOWN, cause)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Walk what was wrapped in what: requests and urllib3 put it in args, `reason` or the cause.

    Not `__context__`: an earlier failure that was got over proves nothing about this one.
    """
    pending, seen = [error], set[int]()
    while pending:
        link = pending.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        inner = (*link.args, getattr(link, "reason", None), link.__cause__)
        pending.extend(item for item in inner if isinstance(item, BaseException))
