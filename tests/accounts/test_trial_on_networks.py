"""Trying out keys where something stands between: proxies, inspection, wrong clocks, redirects."""

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from accounts.gateway import Gateway
from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.accounts.trial import try_keys
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cancel_desk.texts.connection import trial_sentence
from cancel_desk.unforeseen import trail
from cancel_desk.walmart.failures import CallFailed
from cancel_desk.walmart.token import Credentials
from walmart.certificates import Certificate

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="SSL_CERT_FILE stands for the system's store"
)

HOST = "store.invalid"
NORTH = Account("North", Market.US, Environment.LIVE, f"https://{HOST}")
LOGIN = "jane:proxy-p%40ss"


@pytest.fixture
def port() -> Iterator[int]:
    """Where a practice store listens, which no name leads to but through the gateway."""
    with PracticeServer(PracticeStore()) as serving:
        found = urlsplit(serving.address).port
        assert found
        yield found


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the proxies of this machine."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def said() -> str:
    """Try the keys out and return what is said."""
    keys = Credentials(CLIENT_ID, CLIENT_SECRET)
    trial = try_keys(NORTH, keys, sleep=lambda _seconds: None)
    if isinstance(trial.failure, CallFailed):
        told = f"{trial!r} {trial.failure} {trail(trial.failure)}"
        assert CLIENT_SECRET not in told
        assert "p@ss" not in told
        assert "jane" not in told
    return trial_sentence(trial, store=NORTH.name)


def test_a_proxy_with_a_login_and_a_certificate_of_its_own_that_the_system_trusts(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a company: its certificate is in the system's store, and so it may look inside."""
    certificate = Certificate(tmp_path, host=HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    with Gateway(certificate.context, port, login="jane:proxy-p@ss") as gateway:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{LOGIN}@127.0.0.1:{gateway.port}")
        assert said() == "These keys work at North and may cancel orders."
    keys = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    assert gateway.heads
    for head in gateway.heads:
        assert head.startswith(f"CONNECT {HOST}:443 ")
        assert keys not in head


@pytest.mark.parametrize("login", ["", "jane:wrong@"])
def test_a_proxy_that_wants_another_login(
    login: str, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Gateway(
        Certificate(tmp_path, host=HOST).context, port, login="jane:proxy-p@ss"
    ) as gateway:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{login}127.0.0.1:{gateway.port}")
        sentence = said()
    assert sentence.startswith("The proxy on the way to North wants a user name and password")
    assert "HTTPS_PROXY" in sentence
    assert len(gateway.heads) == 1, "asking again can't help"
    assert gateway.passed == 0


def test_a_network_that_inspects_secure_connections(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its certificate was made by itself and is trusted by nobody: no key goes there."""
    with Gateway(Certificate(tmp_path, host=HOST).context, port) as gateway:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{gateway.port}")
        sentence = said()
    assert sentence.startswith("No secure connection to North could be made.")
    assert "may be inspecting secure connections" in sentence
    assert gateway.passed == 0


def test_a_certificate_for_another_host(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = Certificate(tmp_path, host="another.invalid")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    with Gateway(certificate.context, port) as gateway:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{gateway.port}")
        assert said().startswith("No secure connection to North could be made.")


def test_a_clock_that_is_a_day_off(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate begins tomorrow by this computer's clock: it is a day behind."""
    certificate = Certificate(tmp_path, host=HOST, days=(1, 90))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    with Gateway(certificate.context, port) as gateway:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{gateway.port}")
        sentence = said()
    assert sentence.startswith("By the clock of this computer, the certificate of North")
    assert "Set the date and time of this computer right." in sentence
    assert gateway.passed == 0


def test_no_network_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert said() == (
        "The address of North was not found. Check your internet connection and the store's "
        "address."
    )
