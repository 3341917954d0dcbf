"""Trying out keys against a strict stand-in for Walmart, and against servers that fail."""

import socket
from dataclasses import replace
from email.utils import formatdate

import pytest

from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.accounts.trial import Finding, Trial, try_keys
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cancel_desk.texts.connection import trial_sentence
from cancel_desk.walmart.failures import Cause, FailureKind
from cancel_desk.walmart.token import Credentials
from standin import walmart as standin
from standin.contract import Request
from standin.replies import Reply, refused
from standin.walmart import StandIn

KEYS = Credentials(CLIENT_ID, CLIENT_SECRET)
STANDIN_KEYS = Credentials(standin.CLIENT_ID, standin.CLIENT_SECRET)
NOW = 1_700_000_000.0


def account(address: str) -> Account:
    return Account("North", Market.US, Environment.LIVE, address)


def tried(address: str, credentials: Credentials = KEYS) -> Trial:
    return try_keys(account(address), credentials, sleep=lambda _seconds: None)


class Dated(StandIn):
    """A stand-in whose replies carry a date."""

    def answer(self, request: Request) -> Reply:
        return super().answer(request).with_headers({"Date": formatdate(NOW, usegmt=True)})


def test_good_keys_are_good_and_asked_for_by_the_contract() -> None:
    with StandIn([]) as store:
        assert tried(store.address, STANDIN_KEYS) == Trial(Finding.GOOD)
        assert tried(store.address, STANDIN_KEYS).passed
    assert store.violations == []
    assert store.ledger.calls.total() == 6


def test_other_markets_are_asked_with_their_headers() -> None:
    heads: list[Request] = []

    class Listening(StandIn):
        def answer(self, request: Request) -> Reply:
            heads.append(request)
            return super().answer(request)

    with Listening([]) as store:
        wanted = replace(account(store.address), market=Market.CL)
        assert try_keys(wanted, STANDIN_KEYS).passed
    assert {(x.header("WM_MARKET"), x.header("WM_GLOBAL_VERSION")) for x in heads} == {
        ("cl", "3.1")
    }


def test_wrong_keys() -> None:
    with PracticeServer(PracticeStore()) as store:
        trial = tried(store.address, replace(KEYS, client_secret="wrong"))
    assert trial.finding is Finding.FAILED
    assert trial.failure is not None
    assert trial.failure.kind is FailureKind.CREDENTIALS
    assert not trial.passed


@pytest.mark.parametrize(
    ("detail", "finding"),
    [
        ({"is_valid": True, "scopes": {"orders": "full_access"}}, Finding.GOOD),
        ({"is_valid": False, "scopes": {"orders": "full_access"}}, Finding.INVALID),
        ({"is_valid": True, "scopes": {"orders": "view_only"}}, Finding.VIEW_ONLY),
        ({"is_valid": True, "scopes": {"orders": "no_access"}}, Finding.NO_ACCESS),
        ({"is_valid": True, "scopes": {"item": "full_access"}}, Finding.UNSAID),
        ({}, Finding.INVALID),
    ],
)
def test_what_keys_may_do(
    detail: dict[str, object], finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standin, "_DETAIL", detail)
    with StandIn([]) as store:
        trial = tried(store.address, STANDIN_KEYS)
    assert trial.finding is finding
    assert trial.passed == (finding is Finding.GOOD)


@pytest.mark.parametrize("status", [400, 401, 403])
def test_keys_of_another_market(status: int) -> None:
    class Elsewhere(StandIn):
        def answer(self, request: Request) -> Reply:
            if request.path == "/v3/orders":
                return refused(status, "SOME.CODE", "Not in this market", seed="an error in JSON")
            return super().answer(request)

    with Elsewhere([]) as store:
        trial = tried(store.address, STANDIN_KEYS)
    assert trial.finding is Finding.OTHER_MARKET
    assert not trial.passed
    sentence = trial_sentence(trial, store="North")
    assert "orders in the market of this account can't be read" in sentence
    assert "Not in this market" in sentence


def test_a_store_that_knows_no_list_says_nothing_of_markets() -> None:
    class Small(StandIn):
        def answer(self, request: Request) -> Reply:
            if request.path == "/v3/orders":
                return refused(405, "", "Method not allowed", seed="an error in JSON")
            return super().answer(request)

    with Small([]) as store:
        assert tried(store.address, STANDIN_KEYS).passed


def test_a_store_that_has_trouble_with_its_orders_is_no_matter_of_markets() -> None:
    class Broken(StandIn):
        def answer(self, request: Request) -> Reply:
            if request.path == "/v3/orders":
                return refused(503, "", "Down", seed="an error in JSON")
            return super().answer(request)

    with Broken([]) as store:
        assert tried(store.address, STANDIN_KEYS).finding is Finding.FAILED


def test_keys_that_may_only_look() -> None:
    with PracticeServer(PracticeStore(faults=Faults(view_only=True))) as store:
        assert tried(store.address).finding is Finding.VIEW_ONLY


@pytest.mark.parametrize(
    ("off", "finding", "ahead"),
    [
        (0.0, Finding.GOOD, 0.0),
        (299.0, Finding.GOOD, 0.0),
        (-299.0, Finding.GOOD, 0.0),
        (301.0, Finding.CLOCK_WRONG, 301.0),
        (-86_400.0, Finding.CLOCK_WRONG, -86_400.0),
    ],
)
def test_the_clock(off: float, finding: Finding, ahead: float) -> None:
    with Dated([]) as store:
        trial = try_keys(account(store.address), STANDIN_KEYS, wall=lambda: NOW + off)
    assert trial == Trial(finding, clock_ahead=ahead)


def test_a_wrong_clock_is_told_beside_wrong_keys() -> None:
    with Dated([]) as store:
        trial = try_keys(account(store.address), KEYS, wall=lambda: NOW - 4000)
    assert trial.failure is not None
    assert (trial.failure.kind, trial.clock_ahead) == (FailureKind.CREDENTIALS, -4000)


def test_a_date_that_makes_no_sense_says_nothing_of_the_clock() -> None:
    class Confused(StandIn):
        def answer(self, request: Request) -> Reply:
            return super().answer(request).with_headers({"Date": "yesterday"})

    with Confused([]) as store:
        assert tried(store.address, STANDIN_KEYS).passed


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    trial = tried(f"http://127.0.0.1:{port}")
    assert trial.failure is not None
    assert trial.failure.cause is Cause.NO_CONNECTION


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    trial = tried("https://store.invalid")
    assert trial.failure is not None
    assert trial.failure.cause is Cause.PROXY
