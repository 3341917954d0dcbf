"""The list of accounts on disk: kept whole, kept private, never silently replaced."""

import json
import os
import stat
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

NORTH = Account("Northwind Goods", Market.US, Environment.LIVE, PRODUCTION_URL)
SOUTH = replace(NORTH, name="Südwind", market=Market.CA)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "accounts.json"


@pytest.fixture
def book(path: Path) -> AccountBook:
    return AccountBook(path)


def beside(path: Path) -> list[str]:
    """Return the names of all files in the folder but that of the lock."""
    return [each.name for each in path.parent.iterdir() if each.suffix != ".lock"]


def problem_of(caught: pytest.ExceptionInfo[AccountError]) -> AccountProblem:
    return caught.value.problem


def test_a_book_that_was_never_written_is_empty(book: AccountBook, path: Path) -> None:
    assert book.accounts() == ()
    assert not path.exists()


def test_what_is_added_is_there_for_the_next_reader(book: AccountBook, path: Path) -> None:
    assert (
        book.add(replace(NORTH, name=" Northwind  Goods", base_url=PRODUCTION_URL + "/")) == NORTH
    )
    book.add(SOUTH)
    assert AccountBook(path).accounts() == (NORTH, SOUTH)
    assert beside(path) == [path.name], "no parts left behind"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder private by its own means")
def test_only_the_owner_can_read_it(book: AccountBook, path: Path) -> None:
    book.add(NORTH)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_names_are_found_in_capitals_or_not(book: AccountBook) -> None:
    book.add(NORTH)
    book.add(SOUTH)
    assert book.find("NORTHWIND  goods ") == NORTH
    assert book.find("SÜDWIND") == SOUTH
    with pytest.raises(AccountError) as caught:
        book.find("East")
    assert problem_of(caught) is AccountProblem.NOT_FOUND


def test_a_name_can_be_had_once(book: AccountBook) -> None:
    book.add(NORTH)
    with pytest.raises(AccountError) as caught:
        book.add(replace(SOUTH, name="northwind goods"))
    assert problem_of(caught) is AccountProblem.NAME_TAKEN
    assert book.accounts() == (NORTH,)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "practice"}, AccountProblem.NAME_RESERVED),
        ({"base_url": "http://a.example"}, AccountProblem.BAD_ADDRESS),
    ],
)
def test_bad_accounts_are_not_kept(
    change: dict[str, str], problem: AccountProblem, book: AccountBook
) -> None:
    with pytest.raises(AccountError) as caught:
        book.add(replace(NORTH, **change))  # type: ignore[arg-type]  # text for text
    assert problem_of(caught) is problem
    assert book.accounts() == ()


def test_changing_keeps_the_place(book: AccountBook) -> None:
    book.add(NORTH)
    book.add(SOUTH)
    assert book.change("northwind goods", replace(NORTH, name="Northwind")).name == "Northwind"
    changed = replace(NORTH, name="NORTHWIND", market=Market.MX, kept_in="KWallet")
    assert book.change("Northwind", changed) == changed
    assert book.accounts() == (changed, SOUTH)
    for name, problem in (
        ("südwind", AccountProblem.NAME_TAKEN),
        ("env", AccountProblem.NAME_RESERVED),
    ):
        with pytest.raises(AccountError) as caught:
            book.change("NORTHWIND", replace(changed, name=name))
        assert problem_of(caught) is problem
    with pytest.raises(AccountError) as caught:
        book.change("East", NORTH)
    assert problem_of(caught) is AccountProblem.NOT_FOUND
    assert book.accounts() == (changed, SOUTH)


def test_an_account_is_admitted_before_anything_is_kept(book: AccountBook, path: Path) -> None:
    assert book.admit(replace(NORTH, name=" Northwind  Goods")) == NORTH
    assert not path.exists()
    book.add(NORTH)
    with pytest.raises(AccountError) as caught:
        book.admit(NORTH)
    assert problem_of(caught) is AccountProblem.NAME_TAKEN


def test_a_book_of_before_does_not_know_where_keys_are(book: AccountBook, path: Path) -> None:
    book.add(replace(NORTH, kept_in="KWallet"))
    told = json.loads(path.read_text())
    del told["accounts"][0]["kept_in"]
    path.write_text(json.dumps(told))
    assert book.accounts() == (NORTH,)


def test_removing(book: AccountBook) -> None:
    book.add(NORTH)
    book.add(SOUTH)
    assert book.remove("northwind goods") == NORTH
    assert book.accounts() == (SOUTH,)
    with pytest.raises(AccountError) as caught:
        book.remove("Northwind Goods")
    assert problem_of(caught) is AccountProblem.NOT_FOUND


def test_a_badge_changed_by_hand_is_not_believed(book: AccountBook, path: Path) -> None:
    book.add(NORTH)
    path.write_text(path.read_text().replace("LIVE", "PRACTICE"))
    assert book.accounts() == (NORTH,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"version": 1}',
        '{"version": 1, "accounts": [1]}',
        '{"version": 1, "accounts": [{}]}',
        '{"version": "x", "accounts": []}',
        "[" * 100_000,
        json.dumps(
            {
                "version": 1,
                "accounts": [
                    {"name": 5, "market": "US", "environment": "LIVE", "base_url": "https://a.b"}
                ],
            }
        ),
        json.dumps(
            {
                "version": 1,
                "accounts": [
                    {"name": "a", "market": "XX", "environment": "LIVE", "base_url": "https://a.b"}
                ],
            }
        ),
        json.dumps(
            {
                "version": 1,
                "accounts": [
                    {"name": "a", "market": "US", "environment": "LIVE", "base_url": "http://a.b"}
                ],
            }
        ),
    ],
)
def test_a_broken_file_is_set_aside_once(text: str, book: AccountBook, path: Path) -> None:
    path.parent.mkdir()
    for number in range(2):
        path.write_text(text)
        with pytest.raises(AccountError) as caught:
            book.accounts()
        assert problem_of(caught) is AccountProblem.BOOK_BROKEN
        aside = Path(caught.value.params["aside"])
        assert aside.read_text() == text
        assert book.accounts() == ()
        assert len(beside(path)) == number + 1


def test_a_newer_file_is_left_as_it_is(book: AccountBook, path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"version": 2, "accounts": {}}')
    with pytest.raises(AccountError) as caught:
        book.add(NORTH)
    assert problem_of(caught) is AccountProblem.BOOK_NEWER
    assert path.read_text() == '{"version": 2, "accounts": {}}'


def test_a_file_that_cannot_be_read(book: AccountBook, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(AccountError) as caught:
        book.accounts()
    assert problem_of(caught) is AccountProblem.BOOK_UNREADABLE


def test_a_broken_file_that_cannot_be_moved_is_not_replaced(
    book: AccountBook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    path.parent.mkdir()
    path.write_text("{")
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(AccountError) as caught:
        book.add(NORTH)
    assert problem_of(caught) is AccountProblem.BOOK_UNREADABLE
    assert path.read_text() == "{"


def test_a_write_that_fails_leaves_the_old_list(
    book: AccountBook, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(28, "No space left on device")

    book.add(NORTH)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(AccountError) as caught:
        book.add(SOUTH)
    assert problem_of(caught) is AccountProblem.BOOK_UNWRITABLE
    assert caught.value.params["why"] == "No space left on device"
    assert book.accounts() == (NORTH,)
    assert beside(path) == [path.name]
