"""The rules of the house, held against the sources themselves."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cancel_desk

PACKAGE = Path(cancel_desk.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50

# What each room may import of the others; what is not named here is the fronts' floor.
ROOMS = {
    "sheet": frozenset({"language"}),
    "walmart": frozenset(),
    "practice": frozenset(),
    "checks": frozenset({"sheet", "walmart"}),
    "runs": frozenset({"checks", "walmart", "sheet"}),
    "accounts": frozenset({"walmart"}),
    "texts": frozenset({"sheet", "checks", "walmart", "runs", "accounts", "language"}),
}
CORE = frozenset(ROOMS) | {"folders", "language", "releases", "resources"}
FLOOR = frozenset({"unforeseen", "since_boot", "desktop"})
ROOMS_AND_DESK = {
    **ROOMS,
    "folders": frozenset({"known_folder"}),
    "known_folder": frozenset(),
    "language": frozenset({"resources"}),
    "resources": frozenset(),
    "releases": frozenset({"resources"}),
    "unforeseen": frozenset(),
    "since_boot": frozenset(),
    "desktop": frozenset(),
    "report": CORE,
    "connections": CORE,
    "desk": CORE | {"connections", "report"},
    "support": CORE | {"connections", "desk"},
    "unfinished": CORE | {"connections", "desk"},
    "cli": CORE | {"connections", "report", "desk", "support", "unfinished", "ui"} | FLOOR,
    "ui": CORE | {"connections", "report", "desk", "support", "unfinished"} | FLOOR,
}

# The libraries beside Python's own that a room may import; Qt is the window's alone.
LIBRARIES = {
    "sheet": {"msoffcrypto", "olefile", "openpyxl", "pandas", "python_calamine", "xlsxwriter"},
    "report": {"pandas"},
    "walmart": {"requests", "urllib3", "truststore"},
    "accounts": {"keyring", "jeepney"},
    "practice": {"openpyxl"},
    "folders": {"platformdirs"},
    "cli": {"typer", "rich"},
    "desktop": {"jeepney"},
    "ui": {"PySide6", "shiboken6"},
}
BEFORE_THE_FIRST_PICTURE = {
    "cancel_desk", "cancel_desk.__main__", "cancel_desk.accounts", "cancel_desk.accounts.variables",
    "cancel_desk.cli", "cancel_desk.cli.window", "cancel_desk.folders", "cancel_desk.language",
    "cancel_desk.language.catalogue", "cancel_desk.language.conventions",
    "cancel_desk.language.system", "cancel_desk.language.tongues", "cancel_desk.resources",
    "cancel_desk.ui", "cancel_desk.ui.app", "cancel_desk.ui.application", "cancel_desk.ui.garbage",
    "cancel_desk.ui.opening", "cancel_desk.ui.opening_face", "cancel_desk.ui.prerequisites",
    "cancel_desk.ui.shell", "cancel_desk.ui.spoken_language", "cancel_desk.ui.widgets",
    "cancel_desk.ui.widgets.dropping", "cancel_desk.ui.widgets.steps",
    "cancel_desk.ui.widgets.theme", "cancel_desk.ui.window",
    "_ctypes", "copy", "ctypes", "ctypes._endian", "dataclasses", "gc", "pwd", "resource",
}  # fmt: skip
"""All that may be loaded besides what PySide6 itself loads until the window is seen."""
COSTLY = ("pandas", "openpyxl", "xlsxwriter", "requests", "keyring", "PySide6", "python_calamine")


def module_name(path: Path) -> str:
    parts = ("cancel_desk", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str:
    """Return the room a module is in; blank for the package itself."""
    return name.split(".")[1] if "." in name else ""


def imports_of(path: Path) -> Iterator[str]:
    """Yield the full name of every module imported anywhere in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            assert node.module
            yield node.module


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_rooms_import_only_what_they_may(path: Path) -> None:
    room = room_of(module_name(path))
    if room in {"", "__main__"}:
        return
    for name in imports_of(path):
        if name == "cancel_desk" or name in sys.stdlib_module_names:
            continue
        top = name.partition(".")[0]
        if top == "cancel_desk":
            other = room_of(name)
            assert other in ROOMS_AND_DESK[room] | {room}, f"{room} may not import {name}"
        elif top not in sys.stdlib_module_names:
            assert top in LIBRARIES.get(room, set()), f"{room} may not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            length = node.end_lineno - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def loaded_after(*modules: str) -> set[str]:
    """Return the libraries that importing these modules loads, in a fresh process."""
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *modules], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_nothing_outside_the_window_knows_qt() -> None:
    names = [module_name(path) for path in MODULES]
    loaded = loaded_after(*(name for name in names if room_of(name) not in {"ui", "__main__"}))
    assert "PySide6" not in loaded
    assert "requests" in loaded


def test_the_window_is_seen_before_all_that_is_slow_to_load(tmp_path: Path) -> None:
    """Pydantic, the tables of Qt's names and our own rooms take many times as long as a window."""
    code = (
        "import os, sys\n"
        "import PySide6.QtWidgets\n"
        "before = set(sys.modules)\n"
        "from cancel_desk import __main__ as program\n"
        "from cancel_desk.ui import app, opening\n"
        "show = opening.show_frame\n"
        "def show_and_end(window):\n"
        "    show(window)\n"
        "    print('Qt' in vars(PySide6.QtCore), *sorted(set(sys.modules) - before), flush=True)\n"
        "    os._exit(0)\n"
        "opening.show_frame = show_and_end\n"
        "program.main()\n"
    )
    environ = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environ
    )
    names_of_qt, *modules = done.stdout.split()
    assert names_of_qt == "False"
    assert set(modules) <= BEFORE_THE_FIRST_PICTURE


@pytest.mark.parametrize(
    "module", ["cancel_desk.desk", "cancel_desk.cli.app", "cancel_desk.__main__"]
)
def test_starting_waits_for_no_costly_library(module: str) -> None:
    assert loaded_after(module).isdisjoint(COSTLY)


def test_qt_keeps_count_of_what_it_borrows() -> None:
    """Some PySide6 loses a reference to True with every signal, and aborts after some hundred."""
    code = (
        "from PySide6.QtCore import QObject, Signal\n"
        "class Bell(QObject):\n"
        "    rang = Signal(bool)\n"
        "bell, heard = Bell(), []\n"
        "bell.rang.connect(heard.append)\n"
        "for _ in range(2000): bell.rang.emit(True)\n"
        "print(len(heard))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "2000\n"), done.stderr


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_numbers_are_written_in_the_one_place_for_it(path: Path) -> None:
    """Only the language knows how thousands are parted where the person lives."""
    if room_of(module_name(path)) != "language":
        assert ":,}" not in path.read_text(encoding="utf-8")
