"""The first things that the program does, whatever it was started for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cancel_desk.__main__ import _know_every_sign, _leave_our_libraries_to_ourselves

CTRL_C_AT_IMPORT = """
import runpy, signal, sys
class Pressing:
    def find_spec(self, name, path=None, target=None):
        if name == "cancel_desk.cli.app":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Pressing())
runpy.run_module("cancel_desk", run_name="__main__", alter_sys=True)
"""

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


@pytest.mark.skipif(sys.platform != "linux", reason="only there Qt looks at them")
@pytest.mark.parametrize(
    ("set_to", "found"),
    [
        ({}, "C.UTF-8"),
        ({"LANG": "C"}, "C.UTF-8"),
        ({"LANG": "es_MX.UTF-8", "LC_CTYPE": "POSIX"}, "C.UTF-8"),
        ({"LANG": "es_MX.UTF-8"}, None),
        ({"LC_ALL": "C"}, None),
        ({"LC_CTYPE": "en_US.ISO-8859-1"}, "en_US.ISO-8859-1"),
    ],
)
def test_a_packaged_program_knows_every_sign_where_no_locale_is_set(
    set_to: dict[str, str], found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_CTYPE", "remembered, so that it is set back")
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    _know_every_sign()
    assert os.environ.get("LC_CTYPE") == set_to.get("LC_CTYPE")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    _know_every_sign()
    assert os.environ.get("LC_CTYPE") == found


def test_ctrl_c_before_any_command_began_is_no_traceback() -> None:
    words = ["--version"]
    left = subprocess.run(
        [sys.executable, "-c", CTRL_C_AT_IMPORT, *words], capture_output=True, check=False
    )
    assert (left.returncode, left.stdout, left.stderr) == (130, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="closes it as POSIX shells do")
def test_a_closed_stdin_is_nobody_who_answers(tmp_path: Path) -> None:
    sheet = tmp_path / "orders.csv"
    sheet.write_text("PO#,Line#,Qty,Reason\n1796277097457,1,1,OOS\n")
    command: list[str | Path] = [sys.executable, "-m", "cancel_desk", "--data-dir", tmp_path / "s"]
    command += ["send", sheet, "--account", "practice", "--results", tmp_path / "out.csv"]
    closed = subprocess.run(
        ["/bin/sh", "-c", '"$@" <&-', "sh", *command], capture_output=True, check=False, text=True
    )
    assert closed.returncode == 2
    told = " ".join(closed.stderr.split())
    assert "Nobody is at this terminal to answer, so nothing was sent." in told
    assert "did not foresee" not in told
