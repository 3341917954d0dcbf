"""A sentence shown in one language is told again in another, with what was filled into it."""

import pytest

from cancel_desk.language import OWN_NAMES, Tongue, all_said, ngettext, restyling, said_again, speak
from cancel_desk.language import gettext as _
from cancel_desk.language.retelling import Retelling, Said
from sentences import sentences_of

PAIRS = {
    "Close": "Cerrar",
    "Find & fix": "Buscar y corregir",
    "Ready {count}": "Listas: {count}",
    "{tip} ({keys})": "{tip} ({keys})",
    "Stop at {a} or {a}": "Pare en {a} o {a}",
    "&Open {name}": "&Abrir {name}",
    "Nothing was sent.": "No se envió nada.",
}


def retelling(**pairs: str) -> Retelling:
    every = {**PAIRS, **pairs}
    return Retelling(
        (Said((each,), (each,)) for each in every), lambda sources, _n: every[sources[0]]
    )


def test_sentences_are_told_again_with_their_parts() -> None:
    retold = retelling().retold
    assert retold("Close") == "Cerrar"
    assert retold("Find && fix") == "Buscar y corregir"
    assert retold("Ready 1,234") == "Listas: 1,234"
    assert retold("Close (Esc)") == "Cerrar (Esc)"
    assert retold("Close · orders.xlsx") == "Cerrar · orders.xlsx"
    assert retold("Stop at 3 or 3") == "Pare en 3 o 3"


def test_a_tip_has_the_words_of_its_action_without_the_mnemonic() -> None:
    assert retelling().retold("&Open it") == "&Abrir it"
    assert retelling().retold("Open it") == "Abrir it"


def test_sentences_behind_one_another_are_told_each() -> None:
    retold = retelling().retold
    assert retold("Nothing was sent. Ready 3") == "No se envió nada. Listas: 3"
    assert retold("Done by Ada. Nothing was sent.") == "Done by Ada. No se envió nada."


def test_what_is_no_sentence_stays_as_it_is() -> None:
    retold = retelling().retold
    for text in ("", " ", "Northwind Goods", "108914567890123", "↶", "Stop at 3 or 4"):
        assert retold(text) == text


def test_a_sentence_of_hardly_a_word_is_not_found_in_another() -> None:
    retold = retelling(**{"{a} of {b}": "{a} de {b}", "List of all": "Lista completa"}).retold
    assert retold("List of all (Ctrl+L)") == "Lista completa (Ctrl+L)"
    assert retold("3 of 7") == "3 de 7"
    assert retold("Best of Breed") == "Best of Breed"


def test_what_the_person_wrote_is_never_told_again() -> None:
    """Neither what is filled in under a name of its own, nor what only resembles a sentence."""
    every = {
        "Path {path}": "Ruta {path}",
        "Why it went wrong: {why}": "Motivo: {why}",
        "{a} is left over": "sobra {a}",
    }
    retold = retelling(**every).retold
    assert retold("Path Close") == "Ruta Close"
    assert (
        retold("Why it went wrong: /home/ada/documents/some orders is left over")
        == "Motivo: /home/ada/documents/some orders is left over"
    )


def test_keys_are_named_as_they_are_now() -> None:
    told = Retelling(
        [Said(("{tip} ({keys})",), ("{tip} ({keys})",))],
        lambda sources, _n: sources[0],
        names={"Ctrl+Shift+H": "Ctrl+Mayús+H"},
    )
    assert told.retold("History (Ctrl+Shift+H)") == "History (Ctrl+Mayús+H)"
    assert told.retold("Ctrl+Shift+H") == "Ctrl+Mayús+H"


@pytest.mark.parametrize("now", OWN_NAMES)
@pytest.mark.parametrize("before", OWN_NAMES)
def test_counted_sentences_are_told_in_the_form_for_their_number(before: str, now: str) -> None:
    def rows(number: str, count: int) -> str:
        return ngettext("{n} line", "{n} lines", count).format(n=number)

    numbers = {"en": "1,234", "es": "1.234", "zh_CN": "1,234"}
    speak(Tongue(before))
    shown = [rows("1", 1), rows(numbers[before], 1234)]
    both = _("{question} [y/N]").format(question=shown[1])
    speak(Tongue(now))
    retelling = Retelling(all_said(before), said_again, restyled=restyling(Tongue(before)).restyled)
    wanted = [rows("1", 1), rows(numbers[now], 1234)]
    assert [retelling.retold(text) for text in shown] == wanted
    assert retelling.retold(both) == _("{question} [y/N]").format(question=wanted[1])


def test_every_language_has_the_same_sentences() -> None:
    assert sentences_of("es").keys() == sentences_of("zh_CN").keys() == sentences_of("en").keys()
    assert sentences_of("en")["Stop"] == "Stop"
    assert sentences_of("es")["Stop"] != "Stop"
