"""What changing or removing an account is said to mean."""

from dataclasses import replace

import pytest

from cancel_desk.accounts.account import PRODUCTION_URL, SANDBOX_URL, Account, Environment, Market
from cancel_desk.texts.account_changes import (
    change_sentence,
    other_store_found_sentence,
    removal_sentence,
)

NORTH = Account("North", Market.US, Environment.LIVE, PRODUCTION_URL)


@pytest.mark.parametrize(
    ("wanted", "other_keys", "same_store", "words"),
    [
        (replace(NORTH, market=Market.CA), False, False, "until you change this back"),
        (replace(NORTH, base_url=SANDBOX_URL), True, True, "until you change this back"),
        (replace(NORTH, name="Nord"), True, False, "unless they are of the same store"),
        (NORTH, True, True, "are looked up first"),
        (replace(NORTH, name="Nord"), False, False, "under the new name"),
    ],
)
def test_what_a_change_means_for_unfinished_runs(
    wanted: Account, other_keys: bool, same_store: bool, words: str
) -> None:
    for runs, begins in ((1, "1 run "), (3, "3 runs ")):
        sentence = change_sentence(
            NORTH, wanted, runs, other_keys=other_keys, same_store=same_store
        )
        assert sentence.startswith(begins)
        assert words in sentence
    nothing = change_sentence(NORTH, wanted, 0, other_keys=other_keys, same_store=same_store)
    assert nothing == ""


def test_no_change_means_nothing() -> None:
    same = replace(NORTH, name=" North ", base_url=PRODUCTION_URL + "/")
    for each in (same, replace(NORTH, base_url="https://Marketplace.walmartapis.com.:443")):
        assert change_sentence(NORTH, each, 2, other_keys=False, same_store=False) == ""


def test_what_removing_means() -> None:
    assert removal_sentence(0).endswith("earlier runs stay here.")
    assert "1 run of it is not finished" in removal_sentence(1)
    assert "2 runs of it are not finished" in removal_sentence(2)


def test_an_order_that_is_not_there() -> None:
    sentence = other_store_found_sentence("North", "123")
    assert "order 123" in sentence
    assert "Nothing was saved" in sentence
