"""The catalogues follow the sources, and change by nothing else."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from catalogues import (
    LANGUAGES,
    catalogue_path,
    compile_all,
    compiled,
    extracted,
    read_catalogue,
    update,
    written,
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "gui"
    folder.mkdir()
    say(folder, '_("Open {name}")', 'ngettext("{n} line", "{n} lines", 2)')
    return folder


def say(folder: Path, *calls: str) -> None:
    (folder / "words.py").write_text("\n".join(calls), encoding="utf-8")


def translate(path: Path, language: str, **strings: str | tuple[str, ...]) -> None:
    catalogue = read_catalogue(path, language)
    for message in catalogue:
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            message.string = strings.get(first.split()[0].strip("{}"), message.string)
    path.write_bytes(written(catalogue))


def test_new_sentences_are_added_and_unused_ones_dropped(tmp_path: Path, sources: Path) -> None:
    update(tmp_path, extracted(sources))
    path = catalogue_path(tmp_path, "es")
    translate(path, "es", Open="Abrir {name}")
    say(sources, '_("Open {name}")', '_("Open {names}")')
    update(tmp_path, extracted(sources))
    strings = {message.id: message.string for message in read_catalogue(path, "es") if message.id}
    assert strings == {"Open {name}": "Abrir {name}", "Open {names}": ""}
    assert not any(message.fuzzy for message in read_catalogue(path, "es"))


def test_nothing_new_changes_no_byte(tmp_path: Path, sources: Path) -> None:
    update(tmp_path, extracted(sources))
    before = {each: catalogue_path(tmp_path, each).read_bytes() for each in LANGUAGES}
    say(sources, "", 'ngettext("{n} line", "{n} lines", 2)', '_("Open {name}")')
    update(tmp_path, extracted(sources))
    assert {each: catalogue_path(tmp_path, each).read_bytes() for each in LANGUAGES} == before
    assert all(b"20" not in text for text in before.values())


def test_the_program_reads_what_was_compiled(tmp_path: Path, sources: Path) -> None:
    update(tmp_path, extracted(sources))
    path = catalogue_path(tmp_path, "zh_CN")
    translate(path, "zh_CN", Open="打开 {name}", n=("{n} 行",))
    compile_all(tmp_path)
    read = GNUTranslations(BytesIO(path.with_suffix(".mo").read_bytes()))
    assert read.gettext("Open {name}") == "打开 {name}"
    assert read.ngettext("{n} line", "{n} lines", 1) == "{n} 行"
    assert path.with_suffix(".mo").read_bytes() == compiled(read_catalogue(path, "zh_CN"))
