"""What a person once said that words mean, remembered across sheets."""

import json
from pathlib import Path

import pytest

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.checks.value_fixes import ValueFix, ValueFixBook

OOS, FRAUD = ReasonCode.OUT_OF_STOCK, ReasonCode.FRAUD


def test_a_fix_is_known_to_the_next_program_whatever_case_and_punctuation(tmp_path: Path) -> None:
    path = tmp_path / "fixes.json"
    ValueFixBook(path).remember("US", ["NO_INVENTORY", "  ", "Ran dry"], OOS)
    first, second = ValueFixBook(path).fixes("US")
    assert first == ValueFix("US", "NO_INVENTORY", OOS)
    assert first.fits("US", " no inventory!")
    assert not first.fits("CA", "no inventory")
    assert not second.fits("US", "no inventory")
    assert ValueFixBook(path).fixes("CA") == ()


def test_the_last_meaning_of_words_holds(tmp_path: Path) -> None:
    book = ValueFixBook(tmp_path / "fixes.json")
    book.remember("US", ["a", "b"], OOS)
    book.remember("US", ["A."], FRAUD)
    assert book.fixes("US") == (ValueFix("US", "A.", FRAUD), ValueFix("US", "b", OOS))


def test_fixes_are_switched_off_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "fixes.json"
    book = ValueFixBook(path)
    book.remember("US", ["a", "b"], OOS)
    first, second = book.fixes("US")
    book.switch(first, on=False)
    book.forget(second)
    assert ValueFixBook(path).fixes("US") == (ValueFix("US", "a", OOS, on=False),)
    assert [each.name for each in tmp_path.iterdir()] == ["fixes.json"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        json.dumps({"fixes": [{"market": "US", "text": "a", "code": "NONE", "on": True}]}),
        json.dumps({"fixes": [{"market": "CA", "text": "a", "code": OOS, "on": True}]}),
        json.dumps({"fixes": [{"market": "XX", "text": "a", "code": OOS, "on": True}]}),
    ],
)
def test_a_broken_file_counts_as_empty(tmp_path: Path, content: str) -> None:
    path = tmp_path / "fixes.json"
    path.write_text(content)
    assert ValueFixBook(path).fixes("US") == ()


def test_what_can_not_be_written_is_remembered_meanwhile(tmp_path: Path) -> None:
    book = ValueFixBook(tmp_path / "missing" / "fixes.json")
    book.remember("US", ["a"], OOS)
    assert len(book.fixes("US")) == 1
