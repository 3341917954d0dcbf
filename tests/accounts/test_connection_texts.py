"""Every failure of connection, account and vault has its sentence."""

import itertools
from dataclasses import replace

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
from cancel_desk.accounts.trial import Finding, Trial
from cancel_desk.accounts.vault import VaultError, VaultProblem
from cancel_desk.texts.connection import (
    account_error_sentence,
    address_sentence,
    call_failed_sentence,
    kept_in_words,
    kept_sentence,
    trial_sentence,
    vault_error_sentence,
)
from cancel_desk.walmart.endpoint import AddressProblem
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind

PARAMS = {
    "name": "North",
    "longest": "60",
    "variables": "CANCEL_DESK_CLIENT_ID",
    "market": "UK",
    "path": "/data/accounts.json",
    "aside": "/data/accounts.json.broken",
    "why": "No space left on device",
}
JARGON = ("HTTP", "401", "403", "404", "429", "exception", "Error:", "None", "{", "TLS", "timeout")


def assert_for_people(sentence: str) -> None:
    assert sentence[0].isupper() or sentence.startswith(("http", "North"))
    assert sentence.endswith((".", "https://"))
    plain = sentence.replace("HTTPS_PROXY", "")  # the name of a variable that is to be typed
    assert not [word for word in JARGON if word in plain]
    assert "  " not in sentence


@pytest.mark.parametrize(("kind", "cause"), list(itertools.product(FailureKind, Cause)))
def test_every_failed_call_has_a_sentence(kind: FailureKind, cause: Cause) -> None:
    sentence = call_failed_sentence(CallFailed(kind, cause, status=520), store="Northwind")
    assert "Northwind" in sentence
    assert_for_people(sentence)


def test_a_failed_call_says_what_happened_what_it_means_and_what_to_do() -> None:
    failure = CallFailed(FailureKind.UNSENT, Cause.NO_CONNECTION)
    assert call_failed_sentence(failure, store="Northwind") == (
        "Northwind can't be reached: there is no connection. Nothing was sent. "
        "Check your internet connection and try again."
    )
    lost = call_failed_sentence(
        CallFailed(FailureKind.UNKNOWN, Cause.READ_TIMEOUT), store="Northwind"
    )
    assert "may or may not" in lost


def test_walmarts_own_words_are_quoted() -> None:
    failure = CallFailed(
        FailureKind.CREDENTIALS, Cause.HTTP, status=400, code="X.Y", words="Bad {id}"
    )
    assert call_failed_sentence(failure, store="{s}").endswith("Walmart's words: Bad {id} (X.Y)")
    coded = CallFailed(FailureKind.FORBIDDEN, Cause.HTTP, code="FORBIDDEN")
    assert call_failed_sentence(coded, store="a").endswith("Walmart's words: (FORBIDDEN)")


@pytest.mark.parametrize(("kind", "cause"), list(itertools.product(FailureKind, Cause)))
def test_every_failed_trial_has_a_sentence_that_speaks_of_no_order(
    kind: FailureKind, cause: Cause
) -> None:
    trial = Trial(Finding.FAILED, CallFailed(kind, cause, status=520))
    sentence = trial_sentence(trial, store="Northwind")
    assert "Northwind" in sentence
    assert_for_people(sentence)
    assert "cancelled" not in sentence


@pytest.mark.parametrize("finding", [x for x in Finding if x is not Finding.FAILED])
def test_every_finding_of_a_trial_has_a_sentence(finding: Finding) -> None:
    sentence = trial_sentence(Trial(finding), store="Northwind")
    assert_for_people(sentence)
    late = trial_sentence(Trial(finding, clock_ahead=-400.0), store="Northwind")
    assert late.startswith(sentence)
    assert "7 minutes behind the clock of Northwind" in late


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(301, "5 minutes ahead"), (10_000, "3 hours ahead"), (-3e8, "3,472 days behind")],
)
def test_how_wrong_a_clock_is(seconds: float, words: str) -> None:
    sentence = trial_sentence(Trial(Finding.CLOCK_WRONG, clock_ahead=seconds), store="{x}")
    assert words in sentence


def test_what_a_trial_quotes() -> None:
    failure = CallFailed(FailureKind.CREDENTIALS, Cause.HTTP, words="Bad {id}")
    sentence = trial_sentence(Trial(Finding.FAILED, failure), store="Northwind")
    assert sentence.endswith("Walmart's words: Bad {id}")


def test_where_keys_are_kept() -> None:
    account = Account("North", Market.US, Environment.LIVE, PRODUCTION_URL, "GNOME Keyring")
    assert kept_in_words(account) == "GNOME Keyring"
    assert kept_in_words(replace(account, kept_in=THIS_SESSION)) == "this session only"
    assert kept_in_words(replace(account, name="env")) == "variables of this terminal"
    assert kept_sentence("GNOME Keyring").endswith("kept in: GNOME Keyring")
    assert "chosen by PYTHON_X" in kept_sentence("KWallet", chosen_by="PYTHON_X")
    assert "this session only" in kept_sentence(THIS_SESSION)


@pytest.mark.parametrize(
    "problem", [x for x in AccountProblem if x is not AccountProblem.BAD_ADDRESS]
)
def test_every_account_problem_has_a_sentence(problem: AccountProblem) -> None:
    assert_for_people(account_error_sentence(AccountError(problem, **PARAMS)))


@pytest.mark.parametrize("problem", AddressProblem)
def test_every_refused_address_has_a_sentence(problem: AddressProblem) -> None:
    error = AccountError(AccountProblem.BAD_ADDRESS, why=problem.value, address="http://a.example")
    assert account_error_sentence(error) == address_sentence(problem, "http://a.example")
    assert "http://a.example" in account_error_sentence(error)


@pytest.mark.parametrize("problem", VaultProblem)
def test_every_vault_problem_has_a_sentence_of_its_own(problem: VaultProblem) -> None:
    sentence = vault_error_sentence(VaultError(problem, store="KWallet", detail="x"))
    assert_for_people(sentence)
    others = [
        vault_error_sentence(VaultError(x, store="KWallet", detail="x")) for x in VaultProblem
    ]
    assert others.count(sentence) == 1
    assert "the keyring" in vault_error_sentence(VaultError(VaultProblem.LOCKED))
