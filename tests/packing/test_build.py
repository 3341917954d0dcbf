"""How a built program is tested: a copy, in an empty folder, with nothing of this environment."""

import ast
import os
import re
from pathlib import Path

import pytest
from build import passes_its_test

PACKAGING = Path(__file__).parents[2] / "packaging"

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


def test_it_is_one_folder_and_no_library_is_compressed() -> None:
    """What is packed into one file, or by UPX, is unpacked anew at every start."""
    tree = ast.parse((PACKAGING / "cancel-desk.spec").read_text(encoding="utf-8"))
    made = {
        node.func.id: {each.arg: ast.unparse(each.value) for each in node.keywords}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert made["EXE"]["exclude_binaries"] == "True"
    assert made["EXE"]["upx"] == made["COLLECT"]["upx"] == "False"


def test_the_sizes_are_written_down() -> None:
    text = (PACKAGING / "README.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| (.+?) \| (\d+) \|$", text, re.MULTILINE))
    assert set(table) == {"folder", "`.tar.gz`", "`.deb`"}


@pytest.mark.parametrize("word", ["--self-test", "demo"])
def test_a_program_that_fails_is_not_packed(tmp_path: Path, word: str) -> None:
    assert not passes_its_test(built(tmp_path, f'test "$1" != {word}'))
