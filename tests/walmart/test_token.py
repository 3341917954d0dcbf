"""The access token: one fetch for all, renewed early, refused clearly, shown to nobody."""

import base64
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import responses

from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.token import Credentials, TokenSource
from cancel_desk.walmart.transport import Transport
from patience import PATIENCE

BASE = "https://marketplace.walmartapis.com"
URL = BASE + "/v3/token"
KEYS = Credentials("my-id", "my-secret")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def net() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def wall() -> Clock:
    return Clock()


@pytest.fixture
def source(clock: Clock, wall: Clock) -> Iterator[TokenSource]:
    transport = Transport(Endpoint(BASE))
    yield TokenSource(transport, KEYS, clock=clock, wall=wall)
    transport.close()


def give(net: responses.RequestsMock, token: object, expires_in: object = 900) -> None:
    net.post(URL, json={"access_token": token, "token_type": "Bearer", "expires_in": expires_in})


def test_the_call_is_what_walmart_asks_for(
    net: responses.RequestsMock, source: TokenSource
) -> None:
    give(net, "one")
    assert source.token() == "one"
    request = net.calls[0].request
    assert request.body == b"grant_type=client_credentials"
    basic = base64.b64encode(b"my-id:my-secret").decode()
    assert request.headers["Authorization"] == f"Basic {basic}"
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.headers["WM_SVC.NAME"] == "Walmart Marketplace"
    assert len(request.headers["WM_QOS.CORRELATION_ID"]) == 36
    assert request.headers["Accept"] == "application/json"


@pytest.mark.parametrize(
    ("expires_in", "good_for"), [(900, 840), ("900", 840), (20, 10), (None, 840)]
)
def test_it_is_renewed_a_minute_early(
    net: responses.RequestsMock,
    source: TokenSource,
    clock: Clock,
    expires_in: object,
    good_for: float,
) -> None:
    body = {"access_token": "one", "expires_in": expires_in}
    net.post(URL, json={name: value for name, value in body.items() if value is not None})
    give(net, "two")
    source.token()
    clock.now = good_for - 0.1
    assert source.token() == "one"
    clock.now = good_for
    assert source.token() == "two"


def test_it_grows_old_while_the_computer_sleeps(
    net: responses.RequestsMock, source: TokenSource, clock: Clock, wall: Clock
) -> None:
    give(net, "one")
    give(net, "two")
    source.token()
    clock.now, wall.now = 5.0, 839.0
    assert source.token() == "one"
    wall.now = 3600.0  # the other clock stood still
    assert source.token() == "two"


def test_a_clock_set_back_does_not_make_it_younger(
    net: responses.RequestsMock, source: TokenSource, clock: Clock, wall: Clock
) -> None:
    give(net, "one")
    give(net, "two")
    source.token()
    clock.now, wall.now = 900.0, -3600.0
    assert source.token() == "two"


def test_a_refused_token_is_dropped_but_not_its_successor(
    net: responses.RequestsMock, source: TokenSource
) -> None:
    give(net, "one")
    give(net, "two")
    source.token()
    source.invalidate("one")
    assert source.token() == "two"
    source.invalidate("one")  # a slower thread's refusal of the old one
    assert source.token() == "two"


def test_many_threads_make_one_fetch(net: responses.RequestsMock, source: TokenSource) -> None:
    give(net, "one")
    start = threading.Barrier(6)

    def ask(_number: int) -> str:
        start.wait(PATIENCE)
        return source.token()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(6))) == {"one"}
    assert len(net.calls) == 1


@pytest.mark.parametrize("status", [400, 401, 403])
def test_refused_credentials(status: int, net: responses.RequestsMock, source: TokenSource) -> None:
    net.post(URL, status=status, json={"error": [{"code": "INVALID", "description": "Bad id"}]})
    with pytest.raises(CallFailed) as caught:
        source.token()
    failure = caught.value
    assert (failure.kind, failure.status) == (FailureKind.CREDENTIALS, status)
    assert (failure.code, failure.words) == ("INVALID", "Bad id")
    assert failure.correlation_id == net.calls[0].request.headers["WM_QOS.CORRELATION_ID"]


def test_a_throttled_token_call_says_when_to_come_back(
    net: responses.RequestsMock, source: TokenSource
) -> None:
    net.post(URL, status=429, headers={"Retry-After": "7"})
    with pytest.raises(CallFailed) as caught:
        source.token()
    assert (caught.value.kind, caught.value.retry_after) == (FailureKind.THROTTLED, 7)


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (500, "", Cause.HTTP),
        (302, "", Cause.REDIRECT),
        (404, "<html>", Cause.NOT_WALMART),
        (200, "<html>Sign in to the hotel", Cause.NOT_WALMART),
        (200, "{}", Cause.NOT_WALMART),
        (200, '{"access_token": ""}', Cause.NOT_WALMART),
        (200, '{"access_token": "a", "expires_in": "soon"}', Cause.NOT_WALMART),
    ],
)
def test_any_other_failure_means_that_nothing_was_sent(
    status: int, body: str, cause: Cause, net: responses.RequestsMock, source: TokenSource
) -> None:
    net.post(URL, status=status, body=body)
    with pytest.raises(CallFailed) as caught:
        source.token()
    assert (caught.value.kind, caught.value.cause) == (FailureKind.UNSENT, cause)
    assert "my-secret" not in str(caught.value)


def test_a_lost_token_reply_means_that_nothing_was_sent(
    net: responses.RequestsMock, source: TokenSource
) -> None:
    net.post(URL, body=ConnectionResetError(104))
    with pytest.raises(CallFailed) as caught:
        source.token()
    assert (caught.value.kind, caught.value.cause) == (FailureKind.UNSENT, Cause.CONNECTION_LOST)


def test_secrets_are_not_shown(net: responses.RequestsMock, source: TokenSource) -> None:
    give(net, "marked-token")
    source.token()
    shown = repr(KEYS) + str(KEYS) + repr(vars(source)) + json.dumps(repr(source))
    for secret in ("my-id", "my-secret", "marked-token"):
        assert secret not in shown
