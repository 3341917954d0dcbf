"""The command line in every language: its help, and what it says about a command typed wrong."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from cancel_desk.cli.app import build_app
from cancel_desk.cli.help_words import help_texts
from cancel_desk.language import OWN_NAMES, Tongue, gettext, speak
from cli.terminal import Terminal
from sentences import sentences_of

LIBRARYS = re.compile(
    r"\b(Usage|Options?|Arguments?|Commands?|Missing|Try|Show this|required|default|Invalid|Input"
    r"|Value|Got|Possible|Did you|is not|bool|int|str|path)\b"
)
"""Words that only the library of the command line would say."""

WRONG = [
    (("send", "x.csv"), "The option '--account' is missing."),
    (("check",), "'{FILE}' is missing."),
    (("check", "x.csv", "--nonsense"), "There is no option --nonsense."),
    (("runs", "--jso"), "There is no option --jso. Did you mean --json?"),
    (("runs", "--find"), "The option '--find' needs a value."),
    (("runs", "--json=x"), "The option '--json' takes no value."),
    (("accounts", "zzz"), "There is no command 'zzz'."),
    (("accounts", "lst"), "There is no command 'lst'. Did you mean 'list'?"),
    (("template", "a", "b", "c"), "There is more than the command takes: b c"),
    (("practice", "--port", "99999"), "'--port' can't be that: it must be 65535 or less."),
    (("practice", "--port", "-1"), "'--port' can't be that: it must be 0 or more."),
    (("practice", "--port", "x"), "'--port' can't be that: it takes a whole number."),
    (("practice", "--port", "9" * 5000), "'--port' can't be that: it takes a whole number."),
    (("practice", "--latency", "x"), "'--latency' can't be that: it takes a number."),
    (("runs", "--since", "x"), "'--since' can't be that: 'x' is not a day as 2026-11-27."),
    (
        ("template", "a.csv", "--market", "xx"),
        "'--market' can't be that: 'xx' is not one of 'us', 'ca', 'mx', 'cl'.",
    ),
    (
        ("--data-dir", __file__, "runs"),
        "'--data-dir' can't be that: {path} is a file, where a folder is needed.",
    ),
]


def without_layout(text: str) -> str:
    """Return what is said without frames, blanks and the ends of lines."""
    return re.sub(r"[\s│─╭╮╰╯]", "", text)


def parts_of(command: Any, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield a command and all in it, each behind the words that name it."""
    yield words, command
    for name, each in getattr(command, "commands", {}).items():
        yield from parts_of(each, *words, name)


PARTS = dict(parts_of(get_command(build_app({}))))


@pytest.mark.parametrize("language", OWN_NAMES)
@pytest.mark.parametrize("words", PARTS, ids=" ".join)
def test_help_is_whole_and_in_the_language(
    terminal: Terminal, words: tuple[str, ...], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(Tongue(language))
    monkeypatch.setenv("COLUMNS", "240")
    said = terminal.type(*words, "--help")
    assert (said.status, said.err) == (0, "")
    shown = without_layout(said.out)
    for part in (*PARTS[words].params, PARTS[words]):
        assert without_layout(gettext(part.help)) in shown
    if language != "en":
        assert not LIBRARYS.findall(re.sub(r"--[\w-]+|<[^>]*>", "", said.out))
    # Nothing is lost on a narrow terminal, in a language without blanks neither.
    monkeypatch.setenv("COLUMNS", "80")
    assert Counter(without_layout(terminal.type(*words, "--help").out)) == Counter(shown)


@pytest.mark.parametrize("language", OWN_NAMES)
@pytest.mark.parametrize(("words", "sentence"), WRONG, ids=range(len(WRONG)))
def test_what_is_typed_wrong_is_told_in_the_language(
    terminal: Terminal, words: tuple[str, ...], sentence: str, language: str
) -> None:
    speak(Tongue(language))
    said = terminal.type(*words)
    assert (said.status, said.out) == (2, "")
    assert gettext("Error") in said.err
    if language == "en":
        expected = sentence.format(FILE="FILE", path=f"'{__file__}'")
        assert without_layout(expected) in without_layout(said.err)
    else:
        quoted = re.sub(r"'[^']*'|«[^»]*»|“[^”]*”|--[\w-]+|\b[bcx]\b", "", said.told)
        assert not LIBRARYS.findall(quoted)


def test_what_is_missing_is_named_as_the_help_names_it(terminal: Terminal) -> None:
    speak(Tongue("es"))
    said = terminal.type("check")
    assert "Uso: cancel-desk check [OPCIONES] {ARCHIVO}" in said.told
    assert "Pruebe “cancel-desk check -h” para ver la ayuda." in said.told
    assert "Falta 'ARCHIVO'." in said.told


def test_no_command_at_all_shows_the_help_of_the_group(terminal: Terminal) -> None:
    speak(Tongue("zh_CN"))
    said = terminal.type("accounts")
    assert said.status == 2
    assert "cancel-desk accounts [选项] 命令 [参数]..." in said.out
    assert not said.err.strip()


def test_every_text_of_the_help_has_its_translation() -> None:
    texts = set(help_texts(get_command(build_app({}))))
    for language in OWN_NAMES:
        assert texts <= sentences_of(language).keys() | {""}
