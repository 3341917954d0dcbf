"""Two programs that change the list of accounts at the same time lose nothing of it."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.accounts.account import (
    PRODUCTION_URL,
    Account,
    AccountError,
    AccountProblem,
    Environment,
    Market,
)
from cancel_desk.accounts.book import AccountBook
from cancel_desk.accounts.register import Register
from cancel_desk.accounts.vault import Vault
from cancel_desk.walmart.token import Credentials
from memory_keyring import MemoryKeyring
from patience import PATIENCE

NORTH = Account("North", Market.US, Environment.LIVE, PRODUCTION_URL)
KEYS = Credentials("marked-id", "marked-secret")

ADDING = """
import sys
from pathlib import Path
from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.accounts.book import AccountBook
book = AccountBook(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    name = f"{sys.argv[2]} {number}"
    book.add(Account(name, Market.US, Environment.LIVE, "https://marketplace.walmartapis.com"))
"""

HOLDING = """
import sys
from pathlib import Path
from cancel_desk.accounts.book import AccountBook
with AccountBook(Path(sys.argv[1])).alone():
    print("held", flush=True)
    sys.stdin.readline()
"""


def python(code: str, *words: str) -> subprocess.Popen[str]:
    """Start another program, and return once it has said its first line."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "accounts.json"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that is changing the list."""
    process = python(HOLDING, str(path))
    yield process
    process.kill()
    process.communicate()


def test_programs_that_add_at_the_same_time_lose_nothing(path: Path) -> None:
    each = 25
    programs = [python(ADDING, str(path), name, str(each)) for name in ("North", "South", "East")]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        program.communicate(timeout=PATIENCE)
        assert program.returncode == 0
    assert len(AccountBook(path).accounts()) == 3 * each
    assert path.with_name("accounts.json.lock").stat().st_size == 0


def test_a_change_waits_for_another_program_and_gives_up_in_time(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    book = AccountBook(path, seconds=0.05)
    with pytest.raises(AccountError) as caught:
        book.add(NORTH)
    assert caught.value.problem is AccountProblem.BOOK_BUSY
    assert book.accounts() == (), "reading waits for nobody"
    patient = AccountBook(path, seconds=PATIENCE)
    thread = threading.Thread(target=patient.add, args=(NORTH,))
    thread.start()
    assert thread.is_alive()
    holder.communicate("done\n", timeout=PATIENCE)
    thread.join(PATIENCE)
    assert book.accounts() == (NORTH,)


def test_a_program_that_dies_lets_go(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.communicate()
    assert AccountBook(path, seconds=PATIENCE).add(NORTH) == NORTH


def test_keys_are_safe_from_another_program_that_wants_the_same_name(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    """Otherwise whoever comes second would take back the keys of whoever came first."""
    keyring = MemoryKeyring()
    register = Register(AccountBook(path, seconds=0.05), Vault(keyring))
    with pytest.raises(AccountError) as caught:
        register.add(NORTH, KEYS)
    assert caught.value.problem is AccountProblem.BOOK_BUSY
    assert keyring.kept == {}


def test_threads_wait_for_each_other_too(path: Path) -> None:
    book = AccountBook(path, seconds=PATIENCE)
    names = [f"North {number}" for number in range(20)]
    threads = [
        threading.Thread(target=book.add, args=(replace(NORTH, name=name),)) for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(each.name for each in book.accounts()) == sorted(names)
    slow = AccountBook(path, seconds=0.05)
    with slow.alone():
        failed: list[AccountProblem] = []
        late = threading.Thread(target=_add, args=(slow, failed))
        late.start()
        late.join(PATIENCE)
    assert failed == [AccountProblem.BOOK_BUSY]


def _add(book: AccountBook, failed: list[AccountProblem]) -> None:
    try:
        book.add(NORTH)
    except AccountError as error:
        failed.append(error.problem)


def test_a_list_that_was_put_right_meanwhile_is_not_set_aside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs find it broken; the second must not set aside what the first wrote since."""
    first, second = AccountBook(path), AccountBook(path)
    path.write_text("{")
    alone = second.alone

    def after_the_first() -> object:
        with pytest.raises(AccountError):
            first.accounts()
        first.add(NORTH)
        return alone()

    monkeypatch.setattr(second, "alone", after_the_first)
    assert second.accounts() == (NORTH,)
    assert json.loads(path.read_text())["accounts"]


def test_a_list_that_is_gone_meanwhile_is_empty(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = AccountBook(path)
    path.write_text("{")
    alone = book.alone

    def after_it_went() -> object:
        path.unlink()
        return alone()

    monkeypatch.setattr(book, "alone", after_it_went)
    assert book.accounts() == ()


def test_a_lock_that_cant_be_made_is_said_so(path: Path) -> None:
    path.with_name("accounts.json.lock").mkdir()
    with pytest.raises(AccountError) as caught:
        AccountBook(path).add(NORTH)
    assert caught.value.problem is AccountProblem.BOOK_UNWRITABLE
    path.with_name("accounts.json.lock").rmdir()
    path.with_name("accounts.json.lock").write_text("no database, and long enough for one" * 40)
    with pytest.raises(AccountError) as caught:
        AccountBook(path).add(NORTH)
    assert caught.value.problem is AccountProblem.BOOK_UNWRITABLE
