"""Releases: one version, a changelog that knows it, and workflows that name what there is.

The workflows run on GitHub alone. Here they are read.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from changelog import CHANGELOG, NotReleasable, notes, sections

from cancel_desk import __version__
from cancel_desk.ui.prerequisites import PACKAGES

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = [ROOT / ".ci" / "run", *sorted((ROOT / "packaging").rglob("*.sh"))]


# the version and the changelog


def test_the_changelog_tells_of_this_version_first_of_all() -> None:
    text = CHANGELOG.read_text(encoding="utf-8")
    found = [(heading["version"], section) for heading, section in sections(text)]
    assert found[0][0] == __version__
    assert all("### " in section for _version, section in found)


def test_the_version_is_written_in_one_place() -> None:
    """Everything else asks the package."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in project
    places = [*(ROOT / "packaging").rglob("*"), *WORKFLOWS, *SCRIPTS]
    texts = [
        each.read_text(encoding="utf-8")
        for each in places
        if each.suffix != ".pyc" and each.is_file()
    ]
    assert not [
        text for text in texts if re.search(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])", text)
    ]


LOG = """\
# Changelog

## [1.1.0] - Unreleased

### Added

- Something new.

## [1.0.0] - 2026-12-01

### Added

- The first.
"""


def test_a_release_is_announced_with_its_part_of_the_changelog() -> None:
    assert notes(LOG, "v1.0.0", "1.0.0") == "### Added\n\n- The first."


@pytest.mark.parametrize(
    ("tag", "version", "why"),
    [
        ("v1.0.0", "1.1.0", "The tag is v1.0.0, but the sources are version 1.1.0"),
        ("1.0.0", "1.0.0", "The tag is 1.0.0"),
        ("v1.1.0", "1.1.0", "names no day on which 1.1.0 is released"),
        ("v1.2.0", "1.2.0", "has no section for 1.2.0"),
    ],
)
def test_what_does_not_agree_is_not_released(tag: str, version: str, why: str) -> None:
    with pytest.raises(NotReleasable, match=re.escape(why)):
        notes(LOG, tag, version)


# the workflows


def read(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def commands(path: Path) -> list[str]:
    return [step["run"] for step in steps(path) if "run" in step]


def test_there_is_one_to_check_and_one_to_release() -> None:
    assert [path.stem for path in WORKFLOWS] == ["check", "release"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_those_of_one_commit(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", each) for each in used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_only_the_draft_may_write(path: Path) -> None:
    found = read(path)
    assert found["permissions"] == {"contents": "read"}
    granted = {
        name: job["permissions"] for name, job in found["jobs"].items() if "permissions" in job
    }
    assert granted == ({"draft": {"contents": "write"}} if path.stem == "release" else {})
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": False}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_file_a_command_names_is_there(path: Path) -> None:
    named = {
        word for text in commands(path) for word in re.findall(r"(?:packaging|\.ci)/[\w./]+", text)
    }
    assert named
    assert all((ROOT / name).is_file() for name in named)


def test_each_system_is_tested_built_and_packed() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    for system in ("linux", "windows", "macos"):
        text = "\n".join(step.get("run", "") for step in jobs[system]["steps"])
        assert ".ci/run" in text or "uv run pytest" in text
        assert 'packaging/build.py --release-page "$RELEASE_PAGE"' in text
    assert set(jobs["draft"]["needs"]) == {"notes", "linux", "windows", "macos"}


def only_command(job: str) -> str:
    """Return the one command of a job of the release."""
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    (command,) = [step["run"] for step in jobs[job]["steps"] if "run" in step]
    assert isinstance(command, str)
    return command


def test_what_a_person_or_a_secret_says_never_becomes_a_command() -> None:
    """Such words reach a command by its environment, where they stay words."""
    assert not [text for path in WORKFLOWS for text in commands(path) if "${{" in text]


# the scripts


def shellcheck(path: Path) -> None:
    tool = shutil.which("shellcheck")
    assert tool is not None, "it is among the packages for tests"
    done = subprocess.run([tool, path], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_nothing_is_found_wrong_with_a_script(path: Path) -> None:
    shellcheck(path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_is_found_wrong_with_the_commands(path: Path, tmp_path: Path) -> None:
    for at, text in enumerate(commands(path)):
        script = tmp_path / f"{at}.sh"
        script.write_text(f"#!/usr/bin/env bash\nset -e\n{text}", encoding="utf-8")
        shellcheck(script)


def test_the_check_installs_every_library_that_a_window_needs() -> None:
    text = SCRIPTS[0].read_text(encoding="utf-8")
    listed = {word for line in re.findall(r"libraries\+?=\((.*)\)", text) for word in line.split()}
    assert set(PACKAGES.values()) <= listed


def test_the_check_runs_the_two_commands_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"```sh\n(.+?)\n```", text, re.DOTALL)
    assert [command.rpartition(" uv run ")[2] for command in commands] == [
        "--no-dev cancel-desk", "pytest"
    ]  # fmt: skip
    check = SCRIPTS[0].read_text(encoding="utf-8")
    for words in ("uv run --no-dev cancel-desk", "uv run pytest"):
        assert f"grep -m 1 '{words}' README.md" in check


def test_what_is_not_run_here_is_marked() -> None:
    text = (ROOT / "packaging" / "README.md").read_text(encoding="utf-8")
    table = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    run = {cells[0]: cells[-1] for cells in table if len(cells) == 4}
    assert run["Linux"] == "yes"
    assert all(run[system].startswith("no: ") for system in ("Windows", "macOS"))


INSTALLING = "# Just as the README's commands get it."


@pytest.mark.skipif(sys.platform != "linux", reason="Debian's packages are looked for there")
@pytest.mark.parametrize("missing", ["dpkg-query", "apt-get", "sudo", "nothing"])
def test_the_check_goes_on_where_nothing_can_be_installed(tmp_path: Path, missing: str) -> None:
    """There may be no such packages, nothing to install them with, or no right to do so."""
    does = {"dpkg-query": "exit 1", "apt-get": "exit 100", "sudo": "exit 1", "id": "echo 1000"}
    for name, deed in does.items():
        if name != missing:
            (tmp_path / name).write_text(f"#!/bin/sh\n{deed}\n", encoding="utf-8")
            (tmp_path / name).chmod(0o755)
    for name in ("bash", "dirname", "mktemp", "rm", "grep"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    first = (ROOT / ".ci" / "run").read_text(encoding="utf-8").partition(INSTALLING)[0]
    folder = tmp_path / "copy" / ".ci"
    folder.mkdir(parents=True)
    (folder / "run").write_text(first + "echo going on\n", encoding="utf-8")
    done = subprocess.run(
        [tmp_path / "bash", folder / "run"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": str(tmp_path), "TMPDIR": str(tmp_path)},
    )
    assert (done.returncode, done.stdout) == (0, "going on\n"), done.stderr
    told = "Could not install" in done.stderr
    assert told == (missing in {"sudo", "nothing"})


on_a_runner_of_linux = pytest.mark.skipif(sys.platform != "linux", reason="these steps run there")


@on_a_runner_of_linux
def test_a_tag_that_does_not_fit_ends_the_release(tmp_path: Path) -> None:
    """The step fails with its command, which a pipe into another would hide."""
    step = only_command("notes")
    script = step.replace("python -m pip install uv\n", "").replace("notes.md", "$OUT/notes.md")
    script = script.replace("python -m uv run --no-dev", shlex.quote(sys.executable))
    done = subprocess.run(
        ["bash", "-e", "-c", script],  # noqa: S607
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TAG": "v999", "OUT": str(tmp_path)},
    )
    assert done.returncode == 1
    assert "The tag is v999" in done.stderr


RELEASED = (
    "cancel-desk_1.2.0_amd64.deb",
    "cancel-desk-1.2.0-linux-amd64.tar.gz",
    "cancel-desk-1.2.0-macos-arm64.dmg",
    "cancel-desk-1.2.0-windows-x64-setup.exe",
    "cancel-desk-1.2.0-windows-x64.zip",
)


def drafted(
    folder: Path, packages: Sequence[str], *, before: str = "exit 1"
) -> "subprocess.CompletedProcess[str]":
    """Run the last step of a release over these packages; ``gh`` says what it is told.

    ``before`` is what it does when it is asked for a release of that tag.
    """
    tool = f'#!/bin/sh\n[ "$2" = view ] && {{ {before}; }}\necho gh "$@"\n'
    for name in ("release/notes.md", *(f"release/{each}" for each in packages), "tools/gh"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(tool, encoding="utf-8")
    (folder / "tools/gh").chmod(0o755)
    return subprocess.run(
        ["bash", "-e", "-c", only_command("draft")],  # noqa: S607
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": f"{folder / 'tools'}:{os.environ['PATH']}", "TAG": "v1.2.0"},
    )


@on_a_runner_of_linux
def test_every_package_is_drafted_with_its_checksum(tmp_path: Path) -> None:
    done = drafted(tmp_path, RELEASED)
    assert done.returncode == 0, done.stderr
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("gh ")]
    words, files = told.split(" -- ")
    assert words.startswith("gh release create v1.2.0 --draft ")
    assert sorted(files.split()) == sorted((*RELEASED, "SHA256SUMS"))
    sums = (tmp_path / "release" / "SHA256SUMS").read_text(encoding="utf-8")
    assert [line.split()[1] for line in sums.splitlines()] == sorted(RELEASED)


@on_a_runner_of_linux
@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("echo true; exit", ["gh release delete", "gh release create"]),
        ("echo false; exit", ["gh release create"]),  # which ends it: there is one of that tag
    ],
)
def test_a_repeated_run_replaces_its_own_draft_alone(
    tmp_path: Path, before: str, told: list[str]
) -> None:
    done = drafted(tmp_path, RELEASED, before=before)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("gh ")]
    assert [" ".join(line.split()[:3]) for line in lines] == told
    assert all(line.split()[3] == "v1.2.0" for line in lines)


@on_a_runner_of_linux
@pytest.mark.parametrize("missing", RELEASED)
def test_a_release_that_lacks_a_package_is_not_drafted(tmp_path: Path, missing: str) -> None:
    done = drafted(tmp_path, [each for each in RELEASED if each != missing])
    assert done.returncode != 0
    assert "gh release" not in done.stdout
