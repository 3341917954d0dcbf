"""The program's test of itself: whether everything it is made of is there and works here."""

import importlib
import io
import os
import pkgutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

import cancel_desk
from cancel_desk.accounts.vault import Vault, VaultError, VaultProblem
from cancel_desk.cli.attention import interruptible
from cancel_desk.cli.demonstration import demo
from cancel_desk.cli.front import Front
from cancel_desk.language import OWN_NAMES, Tongue, speak, spoken_tongue
from cancel_desk.language import gettext as _
from cancel_desk.resources import every_resource
from cancel_desk.runs.results import Result
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.result_rows import RESULT_COLUMNS
from cancel_desk.texts.outcomes import result_word
from cancel_desk.walmart.token import Credentials

_SERVICE = "self-test"  # no account can be meant: it is gone again at once
_WINDOW = "QT_QPA_PLATFORM"
_TRANSLATED = "Every part of the program"  # said below, so every catalogue has it
_COLOURS = 8  # fewer than any page shows; a blank window has one


class NotHere(Exception):  # noqa: N818 - it reads as what happened
    """This machine lacks what a step needs, and the program does without it."""


class Failed(Exception):  # noqa: N818 - it reads as what happened
    """A step did not give what it should."""


def self_test(front: Front) -> int:
    """Try every part of the program and tell how each did; return 0 if none failed, else 1.

    Nothing of the person's is read or changed: it works in a folder of its own, which is gone when
    it ends, by itself or by a signal.
    """
    failed = 0
    folder = tempfile.TemporaryDirectory(prefix="cancel-desk-self-test-")
    with interruptible(), folder as name:
        for what, step in _steps(front, Path(name)):
            verdict = _("ok")
            try:
                step()
            except NotHere as lacking:
                verdict = _("not here: {why}").format(why=lacking)
            except Exception as error:  # noqa: BLE001 - whatever it is, the next step is tried too
                failed += 1
                verdict = _("FAILED: {why}").format(why=f"{type(error).__name__}: {error}")
            front.say(f"{what}: {verdict}")
    return 1 if failed else 0


def _steps(front: Front, folder: Path) -> tuple[tuple[str, Callable[[], None]], ...]:
    sample = folder / "sample.xlsx"
    return (
        (_("Every part of the program"), _import_every_module),
        (_("Every file that comes with it"), _open_every_resource),
        (_("Every language"), _speak_every_language),
        (_("Reading a sheet in a process of its own"), lambda: _read_sample(sample)),
        (_("The keyring of this system"), _go_through_the_keyring),
        (_("The window"), lambda: _show_window(front, folder / "window")),
        (_("A run at the practice store"), lambda: _run_at_practice_store(front, folder)),
    )


def _import_every_module() -> None:
    for module in pkgutil.walk_packages(cancel_desk.__path__, "cancel_desk."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _open_every_resource() -> None:
    for path in every_resource():
        if not path.read_bytes():
            raise Failed(f"{path} is empty")


def _speak_every_language() -> None:
    before = spoken_tongue()
    try:
        for language in OWN_NAMES:
            speak(Tongue(language))
            if language != "en" and _(_TRANSLATED) == _TRANSLATED:
                raise Failed(f"no sentence in {language}")
    finally:
        speak(before)


def _read_sample(path: Path) -> None:
    from cancel_desk.practice.sample import sample_rows, write_sample

    write_sample(path)
    rows, written = len(read_sheet(path).rows), len(sample_rows())
    if rows != written:
        raise Failed(f"{rows} rows instead of {written}")


def _go_through_the_keyring() -> None:
    vault, keys = Vault(), Credentials("id", "secret")
    try:
        vault.save(_SERVICE, keys)
        try:
            if vault.load(_SERVICE) != keys:
                raise Failed("other keys came back")
        finally:
            vault.forget(_SERVICE)
    except VaultError as error:
        if error.problem in {VaultProblem.ABSENT, VaultProblem.LOCKED}:
            raise NotHere(error.problem.value) from error
        raise


def _show_window(front: Front, folder: Path) -> None:
    """Open the window where nobody sees it, with a state of its own."""
    from cancel_desk.ui.opening import show_once

    before = os.environ.get(_WINDOW)
    os.environ[_WINDOW] = "offscreen"
    try:
        if show_once(Front(folder, front.environ).desk) < _COLOURS:
            raise Failed("it is blank")
    finally:
        if before is None:
            del os.environ[_WINDOW]
        else:
            os.environ[_WINDOW] = before


def _run_at_practice_store(front: Front, folder: Path) -> None:
    results = folder / "results.xlsx"
    unheard = Console(file=io.StringIO())
    quiet = Front(folder / "run", front.environ, messages=unheard, report=unheard)
    if demo(quiet, results) != 0:
        raise Failed("it did not go through")
    sheet = read_sheet(results)
    at = sheet.headers.index(_(RESULT_COLUMNS[0]))
    if not any(row.cells[at] == result_word(Result.CANCELLED) for row in sheet.rows):
        raise Failed("nothing was cancelled")
