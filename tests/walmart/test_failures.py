"""One row per way to fail: what it says about whether Walmart received the call."""

import socket
import ssl

import pytest
import requests
import urllib3
from urllib3 import exceptions as urllib3_errors

from cancel_desk.walmart.failures import (
    CODES,
    EXCEPTIONS,
    STATUSES,
    CallFailed,
    Cause,
    FailureKind,
    Stage,
    classify_exception,
    classify_status,
    classify_token_status,
)

K, C = FailureKind, Cause

STATUS_ROWS = [
    (200, "", K.UNKNOWN, C.UNREADABLE),
    (206, "", K.UNKNOWN, C.UNREADABLE),
    (301, "", K.UNKNOWN, C.REDIRECT),
    (308, "", K.UNKNOWN, C.REDIRECT),
    (400, "", K.REFUSED, C.HTTP),
    (400, "INVALID_REQUEST_CONTENT.GMP_ORDER_API", K.REFUSED, C.HTTP),
    (400, "INVALID_TOKEN.GMP_GATEWAY_API", K.UNSENT, C.UNAUTHORIZED),
    (400, "MISSING_REQUEST_HEADER", K.OUR_BUG, C.BAD_REQUEST),
    (400, "INVALID_REQUEST_HEADER.GMP_GATEWAY_API", K.OUR_BUG, C.BAD_REQUEST),
    (400, "MALFORMED_REQUEST_CONTENT.X", K.OUR_BUG, C.BAD_REQUEST),
    (400, "REQUEST_THRESHOLD_VIOLATED.GMP_GATEWAY_API", K.THROTTLED, C.HTTP),
    (401, "UNAUTHORIZED.GMP_GATEWAY_API", K.UNSENT, C.UNAUTHORIZED),
    (403, "FORBIDDEN.GMP_GATEWAY_API", K.FORBIDDEN, C.HTTP),
    (404, "CONTENT_NOT_FOUND.GMP_ORDER_API", K.NOT_FOUND, C.HTTP),
    (404, "URI_NOT_FOUND", K.OUR_BUG, C.NOT_WALMART),
    (405, "METHOD_NOT_ALLOWED", K.OUR_BUG, C.BAD_REQUEST),
    (406, "INVALID_ACCEPT_TYPE", K.OUR_BUG, C.BAD_REQUEST),
    (407, "", K.UNSENT, C.PROXY_LOGIN),
    (408, "", K.UNKNOWN, C.HTTP),
    (409, "", K.REFUSED, C.HTTP),
    (411, "", K.OUR_BUG, C.BAD_REQUEST),
    (413, "", K.OUR_BUG, C.BAD_REQUEST),
    (414, "", K.OUR_BUG, C.BAD_REQUEST),
    (415, "UNSUPPORTED_MEDIA_TYPE", K.OUR_BUG, C.BAD_REQUEST),
    (422, "", K.REFUSED, C.HTTP),
    (423, "RESOURCE_IS_LOCKED.GMP_RECEIVER_API", K.UNKNOWN, C.HTTP),
    (425, "", K.UNKNOWN, C.HTTP),
    (429, "REQUEST_THRESHOLD_VIOLATED", K.THROTTLED, C.HTTP),
    (429, "", K.THROTTLED, C.HTTP),
    (431, "", K.OUR_BUG, C.BAD_REQUEST),
    (451, "", K.FORBIDDEN, C.HTTP),
    (499, "", K.UNKNOWN, C.HTTP),
    (500, "SYSTEM_ERROR.GMP_GATEWAY_API", K.UNKNOWN, C.HTTP),
    (500, "INVALID_TOKEN.GMP_GATEWAY_API", K.UNKNOWN, C.HTTP),
    (502, "", K.UNKNOWN, C.HTTP),
    (503, "REQUEST_THRESHOLD_VIOLATED", K.UNKNOWN, C.HTTP),
    (504, "DOWNSTREAM_SYSTEM_TIME_OUT", K.UNKNOWN, C.HTTP),
    (520, "SYSTEM_ERROR.GMP_GATEWAY_API", K.UNKNOWN, C.HTTP),
    (999, "", K.UNKNOWN, C.HTTP),
    (100, "", K.UNKNOWN, C.HTTP),
]


@pytest.mark.parametrize(("status", "code", "kind", "cause"), STATUS_ROWS)
def test_status(status: int, code: str, kind: FailureKind, cause: Cause) -> None:
    assert classify_status(status, code) == (kind, cause)


def test_every_status_and_code_of_the_tables_has_a_row_above() -> None:
    assert set(STATUSES) <= {status for status, *_rest in STATUS_ROWS}
    assert set(CODES) <= {code.partition(".")[0] for _status, code, *_rest in STATUS_ROWS}


@pytest.mark.parametrize(
    ("status", "kind", "cause"),
    [
        (400, K.CREDENTIALS, C.HTTP),
        (401, K.CREDENTIALS, C.HTTP),
        (403, K.CREDENTIALS, C.HTTP),
        (404, K.UNSENT, C.NOT_WALMART),
        (302, K.UNSENT, C.REDIRECT),
        (429, K.THROTTLED, C.HTTP),
        (202, K.UNSENT, C.NOT_WALMART),
        (500, K.UNSENT, C.HTTP),
        (503, K.UNSENT, C.HTTP),
    ],
)
def test_token_status(status: int, kind: FailureKind, cause: Cause) -> None:
    assert classify_token_status(status) == (kind, cause)


POOL = urllib3.HTTPSConnectionPool("store.invalid")
CONNECTION = urllib3.connection.HTTPSConnection("store.invalid")


def wrapped(reason: Exception) -> requests.ConnectionError:
    """As requests raises what urllib3 gave up on."""
    return requests.ConnectionError(urllib3_errors.MaxRetryError(POOL, "/", reason))


NEW = urllib3_errors.NewConnectionError(CONNECTION, "refused")
NAME = urllib3_errors.NameResolutionError("store.invalid", CONNECTION, socket.gaierror(-2))
ABORTED = urllib3_errors.ProtocolError("Connection aborted.", ConnectionResetError(104))
UNTRUSTED = urllib3_errors.SSLError(ssl.SSLCertVerificationError(1, "unknown authority"))
LATE = urllib3_errors.ConnectTimeoutError(CONNECTION, "late")

EXCEPTION_ROWS: list[tuple[Exception, FailureKind, Cause]] = [
    (wrapped(NAME), K.UNSENT, C.NO_ADDRESS),
    (wrapped(NEW), K.UNSENT, C.NO_CONNECTION),
    (requests.ConnectTimeout(urllib3_errors.MaxRetryError(POOL, "/", LATE)), K.UNSENT,
     C.CONNECT_TIMEOUT),
    (wrapped(LATE), K.UNSENT, C.CONNECT_TIMEOUT),
    (requests.ConnectTimeout(), K.UNSENT, C.CONNECT_TIMEOUT),
    (requests.exceptions.ProxyError(), K.UNSENT, C.PROXY),
    (requests.exceptions.InvalidProxyURL(), K.UNSENT, C.PROXY),
    (requests.exceptions.InvalidSchema(), K.UNSENT, C.PROXY),
    (requests.exceptions.SSLError(urllib3_errors.MaxRetryError(POOL, "/", UNTRUSTED)), K.UNSENT,
     C.TLS),
    # Without having watched the wire, another TLS error may have come after the request.
    (requests.exceptions.SSLError(urllib3_errors.SSLError(ssl.SSLEOFError(8))), K.UNKNOWN, C.TLS),
    (requests.ConnectionError(ABORTED), K.UNKNOWN, C.CONNECTION_LOST),
    (requests.ConnectionError(), K.UNKNOWN, C.CONNECTION_LOST),
    (ConnectionResetError(104), K.UNKNOWN, C.CONNECTION_LOST),
    (BrokenPipeError(32), K.UNKNOWN, C.CONNECTION_LOST),
    (requests.ReadTimeout(), K.UNKNOWN, C.READ_TIMEOUT),
    (urllib3_errors.ReadTimeoutError(POOL, "/", "late"), K.UNKNOWN, C.READ_TIMEOUT),
    (requests.exceptions.ChunkedEncodingError(), K.UNKNOWN, C.CONNECTION_LOST),
    (requests.exceptions.ContentDecodingError(), K.UNKNOWN, C.UNREADABLE),
    (urllib3_errors.DecodeError(), K.UNKNOWN, C.UNREADABLE),
    (urllib3_errors.IncompleteRead(1, 2), K.UNKNOWN, C.CONNECTION_LOST),
    (ValueError("anything else"), K.UNKNOWN, C.CONNECTION_LOST),
]  # fmt: skip


@pytest.mark.parametrize(("error", "kind", "cause"), EXCEPTION_ROWS)
def test_exception_when_nobody_watched(error: Exception, kind: FailureKind, cause: Cause) -> None:
    assert classify_exception(error, Stage.UNSEEN) == (kind, cause)


@pytest.mark.parametrize(("error", "_kind", "cause"), EXCEPTION_ROWS)
def test_once_bytes_went_out_everything_is_unknown(
    error: Exception, _kind: FailureKind, cause: Cause
) -> None:
    assert classify_exception(error, Stage.SENDING) == (K.UNKNOWN, cause)


@pytest.mark.parametrize(("error", "_kind", "_cause"), EXCEPTION_ROWS)
def test_while_connecting_everything_is_unsent(
    error: Exception, _kind: FailureKind, _cause: Cause
) -> None:
    kind, cause = classify_exception(error, Stage.CONNECTING)
    assert kind is K.UNSENT
    assert cause not in (C.READ_TIMEOUT, C.CONNECTION_LOST)


def test_every_exception_of_the_table_has_a_row_above() -> None:
    names = set()
    for error, *_rest in EXCEPTION_ROWS:
        inner = [error, *error.args, getattr(error.args[0], "reason", None) if error.args else 0]
        inner += [arg for link in inner if isinstance(link, Exception) for arg in link.args]
        names |= {base.__name__ for link in inner for base in type(link).__mro__}
    assert {row.name for row in EXCEPTIONS} <= names


def test_an_earlier_failure_proves_nothing() -> None:
    """Only what is wrapped in an exception counts, not what happened to come before it."""
    error = requests.ConnectionError(ABORTED)
    error.__context__ = wrapped(NEW)
    assert classify_exception(error, Stage.UNSEEN).kind is K.UNKNOWN
    error.__cause__ = wrapped(NEW)
    assert classify_exception(error, Stage.UNSEEN).kind is K.UNSENT


def test_a_failure_that_wraps_itself_is_still_classified() -> None:
    error = requests.ConnectionError()
    error.args = (error,)
    assert classify_exception(error, Stage.UNSEEN).kind is K.UNKNOWN


def test_a_failure_says_what_it_knows() -> None:
    failure = CallFailed(K.REFUSED, C.HTTP, status=400, code="X.Y", words="No.", retry_after=2.0)
    assert str(failure) == "refused: http: 400 X.Y No."
    assert str(CallFailed(K.UNSENT, C.TLS)) == "unsent: tls"
    assert failure.retry_after == 2.0
