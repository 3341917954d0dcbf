"""Keeps the catalogues of translations under ``resources/locale``.

Run it from the root of the checkout: ``uv run packaging/catalogues.py update`` brings every
catalogue up to date with the sentences in the sources; ``uv run packaging/catalogues.py compile``
writes what the program reads. Both kinds of file are committed, so that a checkout, an installed
package and the built program read the same ones and none needs a tool for it.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from cancel_desk.cli.app import build_app
from cancel_desk.cli.help_words import help_texts

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "locale"
LANGUAGES = ("es", "zh_CN")
"""Every language but English, which is that of the sources."""
SOURCES = ROOT / "gui"

_NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)  # equal catalogues are equal files on any day
_KEPT_HEADERS = ("Project", "Language:", "Plural", "MIME", "Content")
_WIDTH = 100


def main() -> None:
    """Do what the command line names: ``update`` or ``compile``."""
    match sys.argv[1:]:
        case ["update"]:
            update(FOLDER, every_sentence())
        case ["compile"]:
            compile_all(FOLDER)
        case _:
            sys.exit(f"usage: {sys.argv[0]} update | compile")


def catalogue_path(folder: Path, language: str) -> Path:
    """Return where the translations to a language are; the compiled ones lie beside them."""
    return folder / language / "LC_MESSAGES" / "cancel-desk.po"


def extracted(sources: Path) -> Catalog:
    """Return every sentence of the sources, none translated."""
    template = Catalog()
    methods, keywords = [("**.py", "python")], {**DEFAULT_KEYWORDS, "gettext_noop": None}
    for _, _, message, _, context in extract_from_dir(sources, methods, keywords=keywords):
        template.add(message, context=context)
    return template


def every_sentence() -> Catalog:
    """Return every sentence of the program, with the help of its command line."""
    template = extracted(SOURCES)
    for text in help_texts(get_command(build_app({}))):
        template.add(text)
    return template


def update(folder: Path, template: Catalog) -> None:
    """Add what is new to each catalogue, untranslated, and drop what is no longer used.

    A sentence that was changed is a new one: nothing is guessed from one that resembles it. A
    catalogue that is missing is begun. Raises OSError.
    """
    for language in LANGUAGES:
        path = catalogue_path(folder, language)
        catalogue = read_catalogue(path, language) if path.exists() else Catalog(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))


def compile_all(folder: Path) -> None:
    """Write beside each catalogue what the program reads. Raises OSError."""
    for language in LANGUAGES:
        path = catalogue_path(folder, language)
        path.with_suffix(".mo").write_bytes(compiled(read_catalogue(path, language)))


def read_catalogue(path: Path, language: str) -> Catalog:
    """Return a catalogue from its file. Raises OSError and PoFileError."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as its file holds it: sorted, and without what changes by itself.

    No line numbers and no dates, so that two people's changes meet only in a sentence both changed.
    """
    _prepare(catalogue)
    file = BytesIO()
    write_po(file, catalogue, width=_WIDTH, no_location=True, sort_output=True)
    head, blank, rest = file.getvalue().decode().partition("\n\n")
    kept = [
        line
        for line in head.splitlines()
        if not line.startswith('"') or line.startswith(tuple(f'"{each}' for each in _KEPT_HEADERS))
    ]
    return ("\n".join(kept) + blank + rest.rstrip("\n") + "\n").encode()


def compiled(catalogue: Catalog) -> bytes:
    """Return what the program reads of a catalogue; equal ones give equal bytes."""
    _prepare(catalogue)
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _prepare(catalogue: Catalog) -> None:
    catalogue.project, catalogue.version = "cancel-desk", ""
    catalogue.header_comment = f"# Cancel Desk, translated to {catalogue.locale_identifier}."
    catalogue.creation_date = catalogue.revision_date = _NO_TIME
    catalogue.fuzzy = False


if __name__ == "__main__":
    main()
