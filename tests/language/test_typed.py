"""What is typed to confirm something is understood, and nothing is taken for it that is not."""

import pytest

from cancel_desk.language.typed import is_one_of, typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}\N{FULLWIDTH DIGIT ZERO}", 120),
        ("1,234", 1234),
        ("1.234", 1234),
        ("1 234 567", 1_234_567),
        ("1\N{FULLWIDTH COMMA}234", 1234),
        ("\N{IDEOGRAPHIC SPACE}7\N{IDEOGRAPHIC SPACE}", 7),
    ],
)
def test_numbers_as_people_type_them(text: str, number: int) -> None:
    assert typed_number(text) == number


NO_NUMBERS = ("-120", "+120", "12,0", "1.5", "1,23", "1,234.567", "12x", "x120", "1e2", "12 0")
ODD_SIGNS = ("", " ", "1\N{SUPERSCRIPT TWO}", "\N{ARABIC-INDIC DIGIT THREE}", "120.", "1,,234")


@pytest.mark.parametrize("text", [*NO_NUMBERS, *ODD_SIGNS, "1234,567"])
def test_what_is_no_number(text: str) -> None:
    assert typed_number(text) is None


@pytest.mark.parametrize("text", ["sí", "si", "SI", "Sí ", "s\N{FULLWIDTH LATIN SMALL LETTER I}"])
def test_words_with_and_without_accents(text: str) -> None:
    assert is_one_of(text, ["s", "sí"])


@pytest.mark.parametrize("text", ["", "n", "sin", "sii", "no", "s i", "síí"])
def test_other_words_are_none_of_them(text: str) -> None:
    assert not is_one_of(text, ["s", "sí"])
