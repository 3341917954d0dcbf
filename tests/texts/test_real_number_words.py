"""What a store's open orders offer for a damaged number, in words."""

from cancel_desk.sheet.real_numbers import Clue, Fit, NumberCandidate, NumberSearch
from cancel_desk.sheet.rows import Row
from cancel_desk.texts.real_numbers import (
    candidate_words,
    clue_words,
    number_search_sentence,
    units_words,
)

PO = "129114917403021"
FOUND = NumberCandidate(PO, "1", "A", "Item", 1, 1, (Clue.DIGITS, Clue.SKU))


def said(text: str, fit: Fit, *candidates: NumberCandidate) -> str:
    return number_search_sentence(NumberSearch(Row(1, 2, (text,)), text, fit, candidates))


def test_what_is_found_is_said() -> None:
    one = said("1.3E+14", Fit.ONE, FOUND)
    assert f"Only order {PO}, line 1 (A) fits “1.3E+14”: same first digits, SKU" in one
    assert said("####", Fit.SEVERAL, FOUND, FOUND).startswith("2 open orders or lines may be")
    assert said("####", Fit.SEVERAL, FOUND).startswith("1 open order may be “####”")
    assert "No open order" in said("####", Fit.NONE)


def test_a_whole_order_is_called_one() -> None:
    whole = FOUND._replace(line="", sku="A, B", ordered=3, open=2)
    assert candidate_words(whole) == f"the whole order {PO} (A, B)"
    assert units_words(whole) == "2 of 3 units open"
    assert units_words(FOUND) == "1 unit open"


def test_every_clue_has_its_word() -> None:
    words = {clue_words(FOUND._replace(clues=(clue,))) for clue in Clue}
    assert len(words) == len(Clue)
