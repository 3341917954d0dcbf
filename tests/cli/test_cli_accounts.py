"""Accounts on the command line: keys are asked for, tried out, and kept by the keyring alone."""

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.accounts.account import THIS_SESSION
from cancel_desk.accounts.book import AccountBook
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cli.terminal import Said, Terminal
from memory_keyring import MemoryKeyring
from patience import PATIENCE

TESTS = Path(__file__).parents[1]


@pytest.fixture
def store() -> Iterator[PracticeServer]:
    with PracticeServer(PracticeStore()) as serving:
        yield serving


@pytest.fixture(autouse=True)
def stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, "")


def give(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Have these lines come from stdin."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def add(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    store: PracticeServer,
    *words: str,
    secret: str = CLIENT_SECRET,
) -> Said:
    give(monkeypatch, CLIENT_ID, secret)
    return terminal.type("accounts", "add", "North", "--address", store.address, *words)


def names(terminal: Terminal) -> list[str]:
    return [each["name"] for each in terminal.type("accounts", "list", "--json").json]


def test_a_new_account_is_tried_out_saved_and_listed(
    terminal: Terminal,
    store: PracticeServer,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = add(terminal, monkeypatch, store, "--market", "ca")
    assert (said.status, said.out) == (0, "")
    assert said.told == (
        "These keys work at North and may cancel orders. Account North is saved. "
        "The keys are kept in: memory keyring MemoryKeyring"
    )
    assert memory_keyring.kept[("Cancel Desk: North", "client_secret")] == CLIENT_SECRET
    assert terminal.type("accounts", "list", "--json").json[1] == {
        "name": "North",
        "market": "CA",
        "environment": "LIVE",
        "address": store.address,
        "kept_in": "memory keyring MemoryKeyring",
    }
    table = terminal.type("accounts", "list")
    assert table.status == 0
    assert "North" in table.out
    written = [path.read_bytes() for path in terminal.state.rglob("*") if path.is_file()]
    assert not any(CLIENT_SECRET.encode() in each for each in written)


def test_the_account_of_the_environment_is_listed_too(terminal: Terminal) -> None:
    terminal.environ = {"CANCEL_DESK_CLIENT_ID": "id", "CANCEL_DESK_CLIENT_SECRET": "hush"}
    said = terminal.type("accounts", "list", "--json")
    assert [each["kept_in"] for each in said.json] == ["", "variables of this terminal"]
    assert "hush" not in said.out + said.err


@pytest.mark.parametrize(
    ("environment", "badge", "address"),
    [
        ("production", "LIVE", "https://marketplace.walmartapis.com"),
        ("sandbox", "SANDBOX", "https://sandbox.walmartapis.com"),
    ],
)
def test_the_environment_is_walmarts_own_unless_an_address_is_given(
    environment: str,
    badge: str,
    address: str,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give(monkeypatch, "id", "hush")
    words = ("add", "North", "--untested", "--environment", environment)
    said = terminal.type("accounts", *words)
    assert said.status == 0
    found = terminal.type("accounts", "list", "--json").json[1]
    assert (found["environment"], found["address"]) == (badge, address)


def test_what_fails_the_test_is_not_saved_unless_on_purpose(
    terminal: Terminal,
    store: PracticeServer,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = add(terminal, monkeypatch, store, secret="wrong")
    assert (said.status, said.out) == (1, "")
    assert "North refused the client id or secret." in said.told
    assert "Nothing was saved. Add --untested" in said.told
    store.store.faults = Faults(view_only=True)
    assert "may only look at orders" in add(terminal, monkeypatch, store).told
    assert names(terminal) == ["Practice store"]
    assert memory_keyring.kept == {}
    said = add(terminal, monkeypatch, store, "--untested", secret="wrong")
    assert said.status == 0
    assert names(terminal) == ["Practice store", "North"]


def test_a_store_that_is_away_is_told_apart(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, "id", "hush")
    monkeypatch.setattr("cancel_desk.walmart.client._PAUSES", ())
    said = terminal.type("accounts", "add", "North", "--address", "http://127.0.0.1:1")
    assert said.status == 1
    assert "can't be reached" in said.told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "practice"), "means something of its own"),
        (("add", "North", "--address", "http://example.com"), "is not encrypted"),
        (("add", "North"), "Client id and client secret are both needed"),
        (("test", "Nobody"), "There is no account Nobody"),
        (("rename", "Nobody", "Else"), "There is no account Nobody"),
        (("remove", "Nobody", "--yes"), "There is no account Nobody"),
        (("keys", "Nobody"), "There is no account Nobody"),
        (("test", "env"), "needs CANCEL_DESK_CLIENT_ID"),
    ],
)
def test_what_can_not_be_done_is_2_and_one_sentence(
    words: tuple[str, ...], sentence: str, terminal: Terminal
) -> None:
    said = terminal.type("accounts", *words)
    assert (said.status, said.out) == (2, "")
    assert sentence in said.told
    assert len(said.err.splitlines()) == 1
    assert names(terminal) == ["Practice store"]


@pytest.mark.parametrize(
    "words", [(), ("add",), ("add", "a", "--market", "FR"), ("add", "a", "--environment", "x")]
)
def test_wrong_use_is_2(words: tuple[str, ...], terminal: Terminal) -> None:
    assert terminal.type("accounts", *words).status == 2


def test_no_keyring_is_said_before_keys_are_asked_for(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr("cancel_desk.cli.accounts.ask_keys", lambda _front: pytest.fail("asked"))
    said = terminal.type("accounts", "add", "North")
    assert said.status == 2
    assert "has no keyring that could keep your keys" in said.told
    assert "never written to a plain file" in said.told


def test_testing_renaming_and_removing(
    terminal: Terminal,
    store: PracticeServer,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(terminal, monkeypatch, store)
    tested = terminal.type("accounts", "test", "north")
    assert tested.status == 0
    assert "kept in: memory keyring MemoryKeyring These keys work at North" in tested.told
    renamed = terminal.type("accounts", "rename", "North", "South Shop")
    assert renamed.status == 0
    assert "unfinished runs can be resumed as before" in renamed.told
    assert names(terminal) == ["Practice store", "South Shop"]
    store.store.faults = Faults(view_only=True)
    assert terminal.type("accounts", "test", "South Shop").status == 1
    removed = terminal.type("accounts", "remove", "South Shop", "--yes")
    assert removed.status == 0
    assert "may still be in" not in removed.told
    assert names(terminal) == ["Practice store"]
    assert memory_keyring.kept == {}


def test_the_practice_store_and_the_environment_can_be_tested(
    terminal: Terminal, store: PracticeServer
) -> None:
    terminal.environ = {
        "CANCEL_DESK_BASE_URL": store.address,
        "CANCEL_DESK_CLIENT_ID": CLIENT_ID,
        "CANCEL_DESK_CLIENT_SECRET": CLIENT_SECRET,
    }
    assert terminal.type("accounts", "test", "env").status == 0
    said = terminal.type("accounts", "test", "practice")
    assert said.status == 0
    assert "needs no keys" in said.told


@pytest.mark.parametrize("how", ["lost", "moved"])
def test_keys_that_are_gone_are_asked_for_again(
    how: str,
    terminal: Terminal,
    store: PracticeServer,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(terminal, monkeypatch, store)
    book = AccountBook(terminal.state / "accounts.json")
    words = "holds no keys for this account"
    if how == "lost":
        memory_keyring.kept.clear()
    else:
        book.change("North", replace(book.find("North"), kept_in="KWallet"))
        words = "were kept in KWallet, but this computer now uses memory keyring MemoryKeyring"
        removed = terminal.type("send", "x.csv", "--account", "North", "--results", "o.csv")
        assert removed.status == 2
    give(monkeypatch, CLIENT_ID, "wrong")
    said = terminal.type("accounts", "test", "North")
    assert (said.status, words in said.told) == (1, True)
    assert "Nothing was saved." in said.told
    give(monkeypatch, CLIENT_ID, CLIENT_SECRET)
    said = terminal.type("accounts", "test", "North")
    assert (said.status, words in said.told) == (0, True)
    assert "kept in: memory keyring" in said.told
    assert terminal.type("accounts", "test", "North").status == 0


def test_a_locked_keyring_is_told_and_no_keys_are_asked_for(
    terminal: Terminal,
    store: PracticeServer,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from keyring.errors import KeyringLocked

    def locked(*_: str) -> None:
        raise KeyringLocked("locked")

    add(terminal, monkeypatch, store)
    monkeypatch.setattr(memory_keyring, "get_password", locked)
    for words in (("test", "North"), ("rename", "North", "South"), ("remove", "North", "--yes")):
        said = terminal.type("accounts", *words)
        assert (said.status, said.out) == (2, "")
        assert "is locked, so your keys can't be read" in said.told
    assert names(terminal) == ["Practice store", "North"]


def test_keys_in_a_keyring_of_before_are_named_when_the_account_goes(
    terminal: Terminal, store: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(terminal, monkeypatch, store)
    book = AccountBook(terminal.state / "accounts.json")
    book.change("North", replace(book.find("North"), kept_in="KWallet"))
    assert "may still be in KWallet" in terminal.type("accounts", "remove", "North", "--yes").told


def test_keys_of_one_session_are_asked_for_and_not_kept(
    terminal: Terminal,
    store: PracticeServer,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(terminal, monkeypatch, store)
    book = AccountBook(terminal.state / "accounts.json")
    book.change("North", replace(book.find("North"), kept_in=THIS_SESSION))
    memory_keyring.kept.clear()
    give(monkeypatch, CLIENT_ID, CLIENT_SECRET)
    said = terminal.type("accounts", "test", "North")
    assert said.status == 0
    assert "for one session only, and that is over" in said.told
    assert "kept for this session only" in said.told
    assert memory_keyring.kept == {}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_at_a_terminal_the_secret_is_not_shown(terminal: Terminal, store: PracticeServer) -> None:
    ours, theirs = pty.openpty()
    words = ["accounts", "add", "North", "--address", store.address]
    process = subprocess.Popen(
        [sys.executable, "-m", "cancel_desk", "--data-dir", str(terminal.state), *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={
            **os.environ,
            "PYTHONPATH": str(TESTS),
            "PYTHON_KEYRING_BACKEND": "memory_keyring.MemoryKeyring",
            "TERM": "dumb",
        },
    )
    os.close(theirs)
    shown = until(ours, b"Client id: ")
    os.write(ours, CLIENT_ID.encode() + b"\n")
    shown += until(ours, b"(not shown): ")
    os.write(ours, CLIENT_SECRET.encode() + b"\n")
    shown += until(ours, b"")
    os.close(ours)
    assert process.wait(PATIENCE) == 0
    told = b" ".join(shown.split()).decode()
    assert "Account North is saved." in told
    assert "(chosen by PYTHON_KEYRING_BACKEND)" in told
    assert CLIENT_SECRET not in told


def until(terminal: int, words: bytes) -> bytes:
    """Read what a terminal shows until these words, or until its other end is closed."""
    shown = b""
    while not words or words not in shown:
        try:
            more = os.read(terminal, 4096)
        except OSError:  # how Linux says that nobody is at the other end any more
            more = b""
        if not more:
            return shown
        shown += more
    return shown


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("failure", "words"), [("warning", "can't hide"), ("end", "both needed")])
def test_a_secret_is_never_asked_for_where_it_would_show(
    failure: str, words: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    import getpass
    import warnings

    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    def ask(_prompt: str) -> str:
        if failure == "end":
            raise EOFError
        warnings.warn("can not control echo", getpass.GetPassWarning, stacklevel=1)
        return "shown"

    monkeypatch.setattr(sys, "stdin", Typed("id\n"))
    monkeypatch.setattr(getpass, "getpass", ask)
    said = terminal.type("accounts", "add", "North")
    assert said.status == 2
    assert words in said.told


def test_the_file_of_accounts_holds_names_and_addresses(
    terminal: Terminal, store: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(terminal, monkeypatch, store)
    (entry,) = json.loads((terminal.state / "accounts.json").read_text())["accounts"]
    assert set(entry) == {"name", "market", "environment", "base_url", "kept_in", "sellers"}
