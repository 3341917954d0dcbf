"""The first things that the program does, whatever it was started for."""

import os
import sys

import pytest

from cancel_desk.__main__ import _leave_our_libraries_to_ourselves

PATHS = {"LD_LIBRARY_PATH": "/own/lib", "QT_PLUGIN_PATH": "/own/qt", "QML2_IMPORT_PATH": "/own/qml"}


@pytest.fixture(autouse=True)
def packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what a packaged program is started with; what is changed is undone."""
    for name, value in PATHS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/of/the/person")
    # Remembered, so that it is taken away again.
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "0")


def test_a_packaged_program_hands_none_of_its_libraries_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    _leave_our_libraries_to_ourselves()
    assert os.environ["LD_LIBRARY_PATH"] == "/of/the/person"
    assert os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
    assert os.environ.keys().isdisjoint({*PATHS, "LD_LIBRARY_PATH_ORIG"} - {"LD_LIBRARY_PATH"})


def test_elsewhere_the_variables_are_the_persons_own() -> None:
    _leave_our_libraries_to_ourselves()
    assert {name: os.environ[name] for name in PATHS} == PATHS
