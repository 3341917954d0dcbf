"""Accounts: where they lead, what their badge says, and the one made of the environment."""

import pytest

from cancel_desk.accounts.account import (
    PRODUCTION_URL,
    SANDBOX_URL,
    Account,
    AccountError,
    AccountProblem,
    Environment,
    Market,
    checked_name,
    env_account,
    environment_of,
    honest,
    practice_account,
)

KEYS = {"CANCEL_DESK_CLIENT_ID": " id-1 ", "CANCEL_DESK_CLIENT_SECRET": "marked-secret"}


def test_keys_alone_mean_walmarts_live_us_store() -> None:
    account, credentials = env_account(KEYS)
    assert account == Account("env", Market.US, Environment.LIVE, PRODUCTION_URL)
    assert (credentials.client_id, credentials.client_secret) == ("id-1", "marked-secret")
    assert "id-1" not in repr(credentials)
    assert "marked-secret" not in repr(credentials)


def test_address_and_market_of_the_environment() -> None:
    told = {**KEYS, "CANCEL_DESK_BASE_URL": SANDBOX_URL + "/", "CANCEL_DESK_MARKET": "ca"}
    account, _credentials = env_account(told)
    assert account == Account("env", Market.CA, Environment.SANDBOX, SANDBOX_URL)


@pytest.mark.parametrize(
    ("change", "problem", "about"),
    [
        ({"CANCEL_DESK_CLIENT_ID": ""}, AccountProblem.ENV_MISSING, "CANCEL_DESK_CLIENT_ID"),
        (
            {"CANCEL_DESK_CLIENT_ID": " ", "CANCEL_DESK_CLIENT_SECRET": ""},
            AccountProblem.ENV_MISSING,
            "CANCEL_DESK_CLIENT_ID, CANCEL_DESK_CLIENT_SECRET",
        ),
        ({"CANCEL_DESK_MARKET": "UK"}, AccountProblem.BAD_MARKET, "UK"),
        (
            {"CANCEL_DESK_BASE_URL": "http://a.example"},
            AccountProblem.BAD_ADDRESS,
            "http://a.example",
        ),
    ],
)
def test_what_is_wrong_with_the_environment(
    change: dict[str, str], problem: AccountProblem, about: str
) -> None:
    with pytest.raises(AccountError) as caught:
        env_account({**KEYS, **change})
    assert caught.value.problem is problem
    assert about in caught.value.params.values()
    assert "marked-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "environment"),
    [
        (PRODUCTION_URL, Environment.LIVE),
        ("https://Marketplace.WalmartAPIs.com/v3", Environment.LIVE),
        ("https://sandbox.walmartapis.com.", Environment.SANDBOX),
        (SANDBOX_URL, Environment.SANDBOX),
        ("http://127.0.0.1:8000", Environment.SANDBOX),
        ("https://localhost", Environment.SANDBOX),
        ("https://gateway.example", Environment.LIVE),
        ("https://sandbox.walmartapis.com.example", Environment.LIVE),
    ],
)
def test_how_real_an_address_is(address: str, environment: Environment) -> None:
    assert environment_of(address) is environment


@pytest.mark.parametrize(
    ("told", "address", "shown"),
    [
        (Environment.PRACTICE, PRODUCTION_URL, Environment.LIVE),
        (Environment.SANDBOX, PRODUCTION_URL, Environment.LIVE),
        (Environment.SANDBOX, "https://Marketplace.walmartapis.com.:443", Environment.LIVE),
        (Environment.PRACTICE, "http://127.0.0.1:1", Environment.SANDBOX),
        (Environment.SANDBOX, "https://gateway.example", Environment.SANDBOX),
        (Environment.LIVE, SANDBOX_URL, Environment.LIVE),
    ],
)
def test_no_badge_plays_down_what_an_address_is(
    told: Environment, address: str, shown: Environment
) -> None:
    assert honest(Account("a", Market.US, told, address)).environment is shown


def test_endpoints() -> None:
    sandbox = Account("a", Market.US, Environment.SANDBOX, SANDBOX_URL).endpoint()
    assert (sandbox.market, sandbox.sandbox, sandbox.cancels_per_minute) == ("US", True, 60)
    canada = Account("a", Market.CA, Environment.SANDBOX, SANDBOX_URL).endpoint()
    assert (canada.market, canada.sandbox) == ("CA", False)
    practice = practice_account("http://127.0.0.1:5").endpoint(cancels_per_minute=600)
    assert (practice.sandbox, practice.cancels_per_minute) == (False, 600)
    assert practice_account("x").environment is Environment.PRACTICE
    with pytest.raises(AccountError, match="bad_address"):
        practice_account("x").endpoint()


def test_good_names_are_tidied() -> None:
    assert checked_name("  Northwind \t Goods ") == "Northwind Goods"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (" ", AccountProblem.NAME_EMPTY),
        ("n" * 61, AccountProblem.NAME_TOO_LONG),
        ("a\x00b", AccountProblem.NAME_UNPRINTABLE),
        ("Practice", AccountProblem.NAME_RESERVED),
        ("practice  STORE", AccountProblem.NAME_RESERVED),
        ("ENV", AccountProblem.NAME_RESERVED),
    ],
)
def test_bad_names(name: str, problem: AccountProblem) -> None:
    with pytest.raises(AccountError) as caught:
        checked_name(name)
    assert caught.value.problem is problem
