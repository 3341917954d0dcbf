"""Releases: one version, a changelog that knows it, and workflows that name what there is.

The workflows run on GitHub alone. Here they are read.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
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
    (last,) = [step["run"] for step in jobs["draft"]["steps"] if "run" in step]
    assert "sha256sum" in last
    assert "gh release create" in last
    assert "--draft" in last


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


def test_a_tag_that_does_not_fit_ends_the_release(tmp_path: Path) -> None:
    """The step fails with its command, which a pipe into another would hide."""
    (step,) = [
        step["run"]
        for step in read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]["notes"]["steps"]
        if "run" in step
    ]
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
