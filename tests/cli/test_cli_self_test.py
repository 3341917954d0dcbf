"""The program's test of itself: it passes here, and each of its steps can fail."""

import re
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from cancel_desk.accounts.vault import VaultError, VaultProblem
from cancel_desk.cli import demonstration, self_testing
from cancel_desk.cli.front import Front
from cancel_desk.cli.self_testing import self_test
from cancel_desk.language import OWN_NAMES, Tongue, speak
from cli.terminal import Terminal
from memory_keyring import MemoryKeyring
from patience import PATIENCE

PARTS, FILES, LANGUAGES, READING, KEYRING, WINDOW, RUN = (
    "Every part of the program",
    "Every file that comes with it",
    "Every language",
    "Reading a sheet in a process of its own",
    "The keyring of this system",
    "The window",
    "A run at the practice store",
)


def verdicts(told: str) -> dict[str, str]:
    """Return what was said of each step."""
    return dict(re.findall(r"^(.+?): (ok|not here|FAILED)", told, re.MULTILINE))


def test_everything_works_here_and_leaves_nothing_behind(
    terminal: Terminal, tmp_path: Path
) -> None:
    left = tmp_path / "left"
    left.mkdir()
    terminal.environ["TMPDIR"] = str(left)
    process = terminal.start("--self-test")
    out, told = process.communicate(timeout=PATIENCE)
    found = verdicts(told)
    assert found.pop(KEYRING) in {"ok", "not here"}  # this machine may have none
    assert found == dict.fromkeys((PARTS, FILES, LANGUAGES, READING, WINDOW, RUN), "ok")
    assert (process.returncode, out) == (0, "")
    assert not terminal.state.exists()
    assert list(left.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is asked to end there")
@pytest.mark.parametrize("which", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(
    ("module", "step", "words"),
    [(self_testing, "read_sheet", ["--self-test"]), (demonstration, "_perform", ["demo"])],
)
def test_ended_half_way_it_leaves_nothing_behind(
    terminal: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    step: str,
    words: list[str],
    which: str,
) -> None:
    left = tmp_path / "left"
    left.mkdir()
    seen: list[Path] = []

    def end(*_args: object, **_kwargs: object) -> None:
        seen.extend(left.iterdir())
        signal.raise_signal(getattr(signal, which))

    monkeypatch.setattr(tempfile, "tempdir", str(left))
    monkeypatch.setattr(module, step, end)
    monkeypatch.chdir(tmp_path)
    assert terminal.type(*words).status == 2
    assert len(seen) == 1
    assert list(left.iterdir()) == []


@pytest.mark.parametrize("language", [each for each in OWN_NAMES if each != "en"])
def test_it_passes_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("cancel_desk.ui.opening.show_once", lambda _desk: 99)
    speak(Tongue(language))
    assert self_test(Front(tmp_path / "state", {})) == 0


@pytest.fixture
def front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Front:
    """A front whose longest steps are over at once; the first test has them for real.

    A second application could not be opened beside that of other tests, either.
    """

    def demo(_front: Front, results: Path) -> int:
        results.write_text("PO#,Result\n1796277083022,Cancelled\n", encoding="utf-8")
        return 0

    monkeypatch.setattr("cancel_desk.ui.opening.show_once", lambda _desk: 99)
    monkeypatch.setattr(f"{self_testing.__name__}.demo", demo)
    return Front(tmp_path / "state", {})


def test_the_keyring_is_left_as_it_was(
    front: Front, memory_keyring: MemoryKeyring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert self_test(front) == 0
    assert verdicts(capsys.readouterr().err)[KEYRING] == "ok"
    assert memory_keyring.kept == {}


def fail(*_args: object, **_kwargs: object) -> None:
    raise OSError("as a test wants it")


def no_keyring(problem: VaultProblem) -> Callable[..., None]:
    def raise_it(*_args: object) -> None:
        raise VaultError(problem)

    return raise_it


@pytest.mark.parametrize(
    ("step", "name", "broken"),
    [
        (PARTS, "importlib.import_module", fail),
        (FILES, "every_resource", fail),
        (FILES, "every_resource", lambda: [Path("/dev/null")]),
        (LANGUAGES, "speak", lambda _tongue: None),
        (READING, "read_sheet", fail),
        (KEYRING, "Vault.save", no_keyring(VaultProblem.FAILED)),
        (KEYRING, "Vault.load", lambda *_: None),
        (RUN, "demo", lambda *_: 1),
    ],
)
def test_a_step_that_fails_is_named_and_the_others_are_tried(
    front: Front,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    step: str,
    name: str,
    broken: Callable[..., object],
) -> None:
    monkeypatch.setattr(f"{self_testing.__name__}.{name}", broken)
    assert self_test(front) == 1
    found = verdicts(capsys.readouterr().err)
    assert len(found) == 7
    assert found[step] == "FAILED"
    assert found[WINDOW] == "ok"


def test_a_blank_window_is_no_window(
    front: Front, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cancel_desk.ui.opening.show_once", lambda _desk: 1)
    assert self_test(front) == 1
    assert verdicts(capsys.readouterr().err)[WINDOW] == "FAILED"


@pytest.mark.parametrize("problem", [VaultProblem.ABSENT, VaultProblem.LOCKED])
def test_a_machine_without_an_open_keyring_passes_and_it_is_said(
    front: Front,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: VaultProblem,
) -> None:
    monkeypatch.setattr(f"{self_testing.__name__}.Vault.save", no_keyring(problem))
    assert self_test(front) == 0
    assert f"{KEYRING}: not here: {problem}" in capsys.readouterr().err
