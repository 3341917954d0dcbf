"""Every sentence of the program in every language, and nothing lost on the way."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from catalogues import (
    FOLDER,
    LANGUAGES,
    catalogue_path,
    compiled,
    every_sentence,
    read_catalogue,
)

from cancel_desk.language import OWN_NAMES

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def catalogue(language: str) -> Catalog:
    return read_catalogue(catalogue_path(FOLDER, language), language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Return each translation with what it is one of: plural forms with the plural."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[-1], form) for form in message.string or ()]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def ends(text: str) -> tuple[bool, bool, bool]:
    """Return what a text must keep: its first blank, and the signs that more follows."""
    # A Chinese colon is as wide as one of ours and the blank after it.
    open_end = text.endswith((" ", ":", "\N{FULLWIDTH COLON}"))
    return text[:1].isspace(), open_end, text.rstrip().endswith("…")


def words_in(text: str) -> int:
    return len(re.findall(r"[a-z]{3,}", re.sub(r"\{[^}]*\}", "", text)))


def accelerators(text: str) -> int:
    return len(re.findall(r"&(?=\w)", text.replace("&&", "")))


def test_no_sentence_is_missing_unused_or_doubtful(language: str) -> None:
    wanted = {(each.context, each.id) for each in every_sentence() if each.id}
    assert {(each.context, each.id) for each in messages(language)} == wanted
    assert not catalogue(language).obsolete
    assert not [message.id for message in messages(language) if message.fuzzy]


def test_every_sentence_is_translated_in_all_its_forms(language: str) -> None:
    found = catalogue(language)
    for message in messages(language):
        if not isinstance(message.id, str):
            assert len(message.string or ()) == found.num_plurals, message.id
        assert all(translated.strip() for _, translated in pairs(message)), message.id


def test_hardly_a_sentence_is_as_in_english(language: str) -> None:
    """Single words may be alike in two languages; what has several words is not."""
    same = [
        original
        for message in messages(language)
        for original, translated in pairs(message)
        if original == translated
        and len(re.findall(r"[a-z]{3,}", re.sub(r"\{[^}]*\}", "", original))) > 2
    ]
    assert not same


def test_placeholders_accelerators_and_ends_agree(language: str) -> None:
    for message in messages(language):
        for original, translated in pairs(message):
            if isinstance(message.id, str) or translated != (message.string or ("",))[0]:
                assert fields(translated) == fields(original), original
            else:  # that for a single one may leave the number out, as in English
                assert fields(message.id[0]) <= fields(translated) <= fields(original), original
            assert ends(translated) == ends(original), original
            assert translated.count("&&") == original.count("&&"), original
            assert accelerators(translated) == accelerators(original), original


def test_what_the_program_reads_is_up_to_date(language: str) -> None:
    path = catalogue_path(FOLDER, language)
    assert path.with_suffix(".mo").read_bytes() == compiled(catalogue(language))


def test_the_program_offers_it(language: str) -> None:
    assert language in OWN_NAMES
