"""Reasons from codes and plain words."""

from gettext import GNUTranslations
from pathlib import Path

import pytest

from cancel_desk.checks.reasons import REASONS, ReasonCode, find_reason
from cancel_desk.texts.reasons import reason_consequence, reason_label

LOCALE = Path(__file__).parents[2] / "resources" / "locale"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("OOS", ReasonCode.OUT_OF_STOCK),
        ("out of stock", ReasonCode.OUT_OF_STOCK),
        ("Out-of-Stock", ReasonCode.OUT_OF_STOCK),
        ("SELLER_CANCEL_OUT_OF_STOCK", ReasonCode.OUT_OF_STOCK),
        ("seller cancel out of stock", ReasonCode.OUT_OF_STOCK),
        (" price  ERROR ", ReasonCode.PRICING_ERROR),
        ("customer asked", ReasonCode.CUSTOMER_REQUESTED),
        ("Address not serviceable", ReasonCode.ADDRESS),
        ("fraud", ReasonCode.FRAUD),
    ],
)
def test_codes_and_plain_words_are_understood(words: str, code: ReasonCode) -> None:
    found = find_reason("US", words)
    assert found is not None
    assert found.code is code


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "_",
        "NO_INVENTORY",
        "MERCHANDISE_NOT_IN_STOCK",
        "CANCEL_BY_SELLER",
        "stock",
        "fraud?",
        "oos\uff1f",
    ],
)
def test_what_walmart_does_not_accept_is_not_a_reason(words: str) -> None:
    assert find_reason("US", words) is None


@pytest.mark.parametrize("market", REASONS)
def test_every_label_shown_is_accepted_when_typed(market: str) -> None:
    for reason in REASONS[market]:
        assert find_reason(market, reason_label(reason.code)) is reason


@pytest.mark.parametrize("market", REASONS)
def test_labels_of_a_template_in_spanish_are_accepted_in_any_language(market: str) -> None:
    with (LOCALE / "es" / "LC_MESSAGES" / "cancel-desk.mo").open("rb") as file:
        spanish = GNUTranslations(file)
    for reason in REASONS[market]:
        assert find_reason(market, spanish.gettext(reason_label(reason.code))) is reason


def test_the_five_reasons_of_the_us_each_have_a_consequence() -> None:
    assert len(REASONS["US"]) == 5
    assert all(reason_consequence(reason.code) for reason in REASONS["US"])


def test_no_word_means_two_reasons_of_a_market() -> None:
    for reasons in REASONS.values():
        words = [word for reason in reasons for word in reason.spoken]
        assert len(words) == len(set(words))
