"""The language that is spoken, in every thread."""

from concurrent.futures import ThreadPoolExecutor

from cancel_desk.language import Tongue
from cancel_desk.language.catalogue import Language


def test_english_is_spoken_until_another_language_is_chosen() -> None:
    language = Language()
    assert language.spoken_tongue() == Tongue("en")
    assert language.gettext("Stop") == "Stop"
    assert language.ngettext("{n} line", "{n} lines", 1) == "{n} line"


def test_another_language_is_spoken_in_every_thread_at_once() -> None:
    language = Language()
    with ThreadPoolExecutor(1) as other:
        assert other.submit(language.grouped, 1_234).result() == "1,234"
        language.speak(Tongue("es", "ES"))
        assert other.submit(language.grouped, 1_234).result() == "1.234"
        language.speak(Tongue("en"))
        assert other.submit(language.grouped, 1_234).result() == "1,234"
