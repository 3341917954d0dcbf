"""Lists and counts, as each language writes them."""

from collections import Counter
from collections.abc import Iterator

import pytest

from cancel_desk.language import Tongue, speak
from cancel_desk.runs.results import Result
from cancel_desk.texts.lists import about, counts_words, listed

ROWS = Counter({Result.REFUSED: 1, Result.CANCELLED: 1200})


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak(Tongue("en"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1,200 cancelled, 1 refused"),
        ("es", "1.200 canceladas, 1 rechazada"),
        ("zh_CN", "1,200 行已取消、1 行被拒绝"),
    ],
)
def test_results_are_counted_in_number_and_order(language: str, said: str) -> None:
    speak(Tongue(language))
    assert counts_words(ROWS) == said


def test_nothing_is_said_where_nothing_is_counted() -> None:
    assert counts_words(None) == ""
    assert listed([]) == ""


def test_signs_between_words_are_those_of_the_language() -> None:
    speak(Tongue("zh_CN"))
    assert listed(["甲", "{乙}", "丙"]) == "甲、{乙}、丙"
    assert about("第 2 行", "缺少原因。") == "第 2 行\N{FULLWIDTH COLON}缺少原因。"
