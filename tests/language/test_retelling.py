"""A sentence shown in one language is told again in another, with what was filled into it."""

from cancel_desk.language import sentences_of
from cancel_desk.language.retelling import Retelling

ENGLISH = {
    "Close": "Close",
    "Find & fix": "Find & fix",
    "Ready {count}": "Ready {count}",
    "{tip} ({keys})": "{tip} ({keys})",
    "Stop at {a} or {a}": "Stop at {a} or {a}",
}
SPANISH = {
    "Close": "Cerrar",
    "Find & fix": "Buscar y corregir",
    "Ready {count}": "Listas: {count}",
    "{tip} ({keys})": "{tip} ({keys})",
    "Stop at {a} or {a}": "Pare en {a} o {a}",
}


def test_sentences_are_told_again_with_their_parts() -> None:
    retold = Retelling(ENGLISH, SPANISH).retold
    assert retold("Close") == "Cerrar"
    assert retold("Find && fix") == "Buscar y corregir"
    assert retold("Ready 1,234") == "Listas: 1,234"
    assert retold("Close (Esc)") == "Cerrar (Esc)"
    assert retold("Close · orders.xlsx") == "Cerrar · orders.xlsx"
    assert retold("Stop at 3 or 3") == "Pare en 3 o 3"


def test_what_is_no_sentence_stays_as_it_is() -> None:
    retold = Retelling(ENGLISH, SPANISH).retold
    for text in ("", " ", "Northwind Goods", "108914567890123", "↶", "Stop at 3 or 4"):
        assert retold(text) == text


def test_a_sentence_of_hardly_a_word_is_not_found_in_another() -> None:
    before = {**ENGLISH, "{a} of {b}": "{a} of {b}", "List of all": "List of all"}
    now = {**SPANISH, "{a} of {b}": "{a} de {b}", "List of all": "Lista completa"}
    retold = Retelling(before, now).retold
    assert retold("List of all (Ctrl+L)") == "Lista completa (Ctrl+L)"
    assert retold("3 of 7") == "3 de 7"
    assert retold("Best of Breed") == "Best of Breed"


def test_there_and_back_gives_the_same_sentence() -> None:
    there, back = Retelling(ENGLISH, SPANISH), Retelling(SPANISH, ENGLISH)
    for text in ("Close", "Ready 7", "Close (Ctrl+W)"):
        assert back.retold(there.retold(text)) == text


def test_every_language_has_the_same_sentences() -> None:
    assert sentences_of("es").keys() == sentences_of("zh_CN").keys() == sentences_of("en").keys()
    assert sentences_of("en")["Stop"] == "Stop"
    assert sentences_of("es")["Stop"] != "Stop"
