"""The list of accounts and their keys agree, whatever fails on the way."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.accounts.account import (
    PRODUCTION_URL,
    THIS_SESSION,
    Account,
    AccountError,
    AccountProblem,
    Environment,
    Market,
)
from cancel_desk.accounts.book import AccountBook
from cancel_desk.accounts.register import Register
from cancel_desk.accounts.vault import Vault, VaultError, VaultProblem
from cancel_desk.walmart.token import Credentials
from memory_keyring import MemoryKeyring

NORTH = Account("North", Market.US, Environment.LIVE, PRODUCTION_URL)
KEYS = Credentials("marked-id", "marked-secret")
OTHER = Credentials("other-id", "other-secret")


class Moody(MemoryKeyring):
    """A keyring that can be made to refuse to write or delete."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses: set[str] = set()

    def set_password(self, service: str, username: str, password: str) -> None:
        self._may("set")
        super().set_password(service, username, password)

    def get_password(self, service: str, username: str) -> str | None:
        self._may("get")
        return super().get_password(service, username)

    def delete_password(self, service: str, username: str) -> None:
        self._may("delete")
        super().delete_password(service, username)

    def _may(self, act: str) -> None:
        if act in self.refuses:
            raise type("KeyringLocked", (Exception,), {})("locked")


@pytest.fixture
def keyring() -> Moody:
    return Moody()


@pytest.fixture
def book(tmp_path: Path) -> AccountBook:
    return AccountBook(tmp_path / "accounts.json")


@pytest.fixture
def vault(keyring: Moody) -> Vault:
    return Vault(keyring)


@pytest.fixture
def register(book: AccountBook, vault: Vault) -> Register:
    return Register(book, vault)


def full_disk(book: AccountBook, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cancel_desk.accounts.book._replace_file", full)


def test_an_account_is_added_with_its_keys_and_where_they_are(
    register: Register, book: AccountBook, vault: Vault, tmp_path: Path
) -> None:
    kept = register.add(replace(NORTH, name=" North "), KEYS)
    assert kept == replace(NORTH, kept_in=vault.store_name, sellers=(KEYS.seller,))
    assert book.accounts() == (kept,)
    assert vault.load("North", kept_in=kept.kept_in) == KEYS
    assert "marked" not in (tmp_path / "accounts.json").read_text()


def test_a_keyring_that_fails_leaves_no_account(
    register: Register, book: AccountBook, keyring: Moody
) -> None:
    for act in ("get", "set"):
        keyring.refuses = {act}
        with pytest.raises(VaultError):
            register.add(NORTH, KEYS)
        assert book.accounts() == ()
        assert keyring.kept == {}


@pytest.mark.parametrize("before", [None, OTHER])
def test_a_list_that_cant_be_written_leaves_the_keyring_as_it_was(
    register: Register,
    book: AccountBook,
    vault: Vault,
    monkeypatch: pytest.MonkeyPatch,
    before: Credentials | None,
) -> None:
    if before:
        vault.save("North", before)
    full_disk(book, monkeypatch)
    for this_session in (False, True):
        with pytest.raises(AccountError) as caught:
            register.add(NORTH, KEYS, this_session=this_session)
        assert caught.value.problem is AccountProblem.BOOK_UNWRITABLE
        assert vault.find("North") == before
        assert register_is_forgetful(vault)


def register_is_forgetful(vault: Vault) -> bool:
    """Say whether nothing is held in memory."""
    return vault._held == {}


def test_a_name_that_is_taken_touches_no_keys(register: Register, keyring: Moody) -> None:
    register.add(NORTH, KEYS)
    with pytest.raises(AccountError):
        register.add(replace(NORTH, name="NORTH"), OTHER)
    assert set(keyring.kept.values()) == {"marked-id", "marked-secret"}


def test_an_account_for_this_session_has_its_keys_in_memory_alone(
    register: Register, book: AccountBook, vault: Vault, keyring: Moody
) -> None:
    kept = register.add(NORTH, KEYS, this_session=True)
    assert kept.kept_in == THIS_SESSION
    assert vault.load("North", kept_in=THIS_SESSION) == KEYS
    assert keyring.kept == {}
    register.rename("North", "South")
    assert vault.load("South", kept_in=THIS_SESSION) == KEYS
    assert register.replace_keys("South", OTHER).kept_in == vault.store_name
    assert Vault(keyring).load("South") == OTHER
    later = Register(book, Vault(keyring))
    later.replace_keys("South", KEYS, this_session=True)
    assert Register(book, Vault(keyring)).remove("South").keys_left_in == ""


def test_keys_are_replaced_or_stay(
    register: Register, vault: Vault, keyring: Moody, book: AccountBook
) -> None:
    register.add(NORTH, KEYS)
    register.replace_keys("north", OTHER)
    assert vault.load("North") == OTHER
    keyring.refuses = {"set"}
    with pytest.raises(VaultError):
        register.replace_keys("North", KEYS)
    keyring.refuses = set()
    assert vault.load("North") == OTHER


def test_keys_that_moved_are_asked_for_again_and_then_known(
    register: Register, book: AccountBook, vault: Vault
) -> None:
    register.add(NORTH, KEYS)
    book.change("North", replace(NORTH, kept_in="KWallet"))
    with pytest.raises(VaultError) as caught:
        vault.load("North", kept_in="KWallet")
    assert caught.value.problem is VaultProblem.MOVED
    assert register.replace_keys("North", OTHER).kept_in == vault.store_name


def test_an_account_takes_its_keys_along(
    register: Register, vault: Vault, keyring: Moody, book: AccountBook
) -> None:
    kept = register.add(NORTH, KEYS)
    assert register.rename("north", " South  Shop ").name == "South Shop"
    assert vault.load("South Shop") == KEYS
    assert vault.find("North") is None
    changed = register.change("South Shop", replace(kept, name="South Shop", market=Market.CA))
    assert changed == replace(kept, name="South Shop", market=Market.CA)
    assert vault.load("South Shop") == KEYS


@pytest.mark.parametrize("act", ["get", "set", "delete"])
def test_a_keyring_that_fails_leaves_the_old_name(
    act: str, register: Register, book: AccountBook, vault: Vault, keyring: Moody
) -> None:
    kept = register.add(NORTH, KEYS)
    keyring.refuses = {act}
    with pytest.raises(VaultError):
        register.rename("North", "South")
    keyring.refuses = set()
    assert book.accounts() == (kept,)
    assert vault.load("North") == KEYS


def test_an_account_without_keys_can_be_renamed_and_removed(
    register: Register, book: AccountBook, vault: Vault, keyring: Moody
) -> None:
    register.add(NORTH, KEYS)
    keyring.kept.clear()
    assert register.rename("North", "South").name == "South"
    register.remove("South")
    assert book.accounts() == ()


def test_keys_in_a_keyring_not_in_use_stay_there(
    register: Register, book: AccountBook, keyring: Moody
) -> None:
    register.add(NORTH, KEYS)
    book.change("North", replace(NORTH, kept_in="KWallet"))
    assert register.remove("North").keys_left_in == "KWallet"
    assert book.accounts() == ()
    assert len(keyring.kept) == 2


def test_removing_deletes_the_keys(
    register: Register, book: AccountBook, keyring: Moody, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = register.add(NORTH, KEYS)
    keyring.refuses = {"delete"}
    with pytest.raises(VaultError):
        register.remove("North")
    keyring.refuses = set()
    assert book.accounts() == (kept,)
    with monkeypatch.context() as patch:
        full_disk(book, patch)
        with pytest.raises(AccountError):
            register.remove("North")
    assert (book.accounts(), len(keyring.kept)) == ((kept,), 2)
    register.remove("north")
    assert (book.accounts(), keyring.kept) == ((), {})


def test_nothing_of_the_register_shows_a_key(register: Register, vault: Vault) -> None:
    register.add(NORTH, KEYS, this_session=True)
    shown: list[Callable[[], str]] = [register.__repr__, vault.__repr__, KEYS.__repr__]
    assert not any("marked" in show() for show in shown)


def test_whose_keys_an_account_had_is_forgotten_unless_it_is_said_to_be_the_same_store(
    register: Register, book: AccountBook
) -> None:
    third = Credentials("third-id", "third-secret")
    register.add(NORTH, KEYS)
    assert register.replace_keys("North", replace(KEYS, client_secret="new")).sellers == (
        KEYS.seller,
    )
    kept = register.replace_keys("North", OTHER, formerly=[KEYS.seller])
    assert kept.sellers == (OTHER.seller, KEYS.seller)
    assert register.replace_keys("North", OTHER).sellers == kept.sellers
    assert register.same_store("North", [third.seller]).sellers == (
        OTHER.seller,
        KEYS.seller,
        third.seller,
    )
    assert register.replace_keys("North", third).sellers == (third.seller,)
    assert register.rename("North", "South").sellers == (third.seller,)
    book.change("South", replace(NORTH, name="South"))
    assert register.same_store("South", [KEYS.seller]).sellers == (), "of no keys at all"


def test_a_name_and_keys_are_changed_together(
    register: Register, book: AccountBook, vault: Vault, keyring: Moody
) -> None:
    former = register.add(NORTH, KEYS)
    wanted = replace(former, name="South", market=Market.MX)
    kept = register.edit("North", wanted, OTHER, formerly=former.sellers)
    assert kept == replace(wanted, sellers=(OTHER.seller, KEYS.seller))
    assert vault.load("South") == OTHER
    assert vault.find("North") is None
    assert register.edit("South", former).name == "North"
    assert register.edit("North", former, formerly=["another"]).sellers[-1] == "another"
    assert vault.load("North") == OTHER


def test_a_change_that_fails_half_way_is_taken_back(
    register: Register, book: AccountBook, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = register.add(NORTH, KEYS)
    save = vault.save

    def refuse(name: str, credentials: Credentials) -> None:
        if credentials == OTHER:
            raise VaultError(VaultProblem.LOCKED)
        save(name, credentials)

    monkeypatch.setattr(vault, "save", refuse)
    with pytest.raises(VaultError):
        register.edit("North", replace(former, name="South"), OTHER)
    assert book.accounts() == (former,)
    assert vault.load("North") == KEYS
    assert vault.find("South") is None


def test_an_account_of_before_is_known_by_its_keys_once_it_is_renamed(
    register: Register, book: AccountBook
) -> None:
    kept = register.add(NORTH, KEYS)
    book.change("North", replace(kept, sellers=()))
    assert register.rename("North", "South").sellers == (KEYS.seller,)


def test_keys_for_this_session_leave_none_of_the_former_in_the_keyring(
    register: Register, vault: Vault, keyring: Moody
) -> None:
    register.add(NORTH, KEYS)
    register.replace_keys("North", OTHER, this_session=True)
    assert keyring.kept == {}
    assert vault.load("North", kept_in=THIS_SESSION) == OTHER
    register.replace_keys("North", KEYS)
    keyring.refuses = {"get"}
    assert register.replace_keys("North", OTHER, this_session=True).kept_in == THIS_SESSION
