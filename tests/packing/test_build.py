"""How a built program is tested: a copy, in an empty folder, with nothing of this environment."""

import os
from pathlib import Path

import pytest
from build import passes_its_test

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in is for sh")


def built(folder: Path, script: str) -> Path:
    """Return a folder as PyInstaller leaves it; its program notes what it sees, then does this."""
    program = folder / "cancel-desk"
    program.mkdir()
    start = program / "cancel-desk"
    notes = folder / "seen.txt"
    start.write_text(
        "#!/bin/sh\n"
        f'echo "$0 $*" >> "{notes}"\n'
        f'for file in *; do echo "there: $file" >> "{notes}"; done\n'
        f'/usr/bin/env >> "{notes}"\n{script}\n',
        encoding="utf-8",
    )
    start.chmod(0o755)
    return program


def test_a_copy_is_tested_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/of/the/checkout")
    monkeypatch.setenv("VIRTUAL_ENV", "/of/the/checkout")
    program = built(tmp_path, "exit 0")
    assert passes_its_test(program)
    seen = (tmp_path / "seen.txt").read_text(encoding="utf-8")
    commands = [line for line in seen.splitlines() if "cancel-desk/cancel-desk " in line]
    assert [line.split(" ", 1)[1] for line in commands] == [
        "--self-test",
        "demo --results results.xlsx",
    ]
    assert str(program) not in seen
    assert "of/the/checkout" not in seen
    assert os.environ["PATH"] not in seen
    there = {line for line in seen.splitlines() if line.startswith("there: ")}
    assert there == {"there: cancel-desk", "there: home"}


@pytest.mark.parametrize("word", ["--self-test", "demo"])
def test_a_program_that_fails_is_not_packed(tmp_path: Path, word: str) -> None:
    assert not passes_its_test(built(tmp_path, f'test "$1" != {word}'))
