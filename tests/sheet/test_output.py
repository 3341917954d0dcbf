"""Writing to disk: what is refused is said in words, and former files survive."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cancel_desk.sheet.output import check_writable, replacing
from cancel_desk.sheet.problems import SheetError, SheetProblem


def problem(act: Callable[[], object]) -> SheetProblem:
    with pytest.raises(SheetError) as caught:
        act()
    return caught.value.problem


def write(path: Path, text: str = "new") -> None:
    with replacing(path) as trial:
        trial.write_text(text)


def test_a_check_leaves_nothing_behind(tmp_path: Path) -> None:
    check_writable(tmp_path / "results.xlsx")
    assert list(tmp_path.iterdir()) == []
    former = tmp_path / "former.csv"
    former.write_text("former")
    check_writable(former)
    assert former.read_text() == "former"
    assert list(tmp_path.iterdir()) == [former]


@pytest.mark.parametrize("act", [check_writable, write])
def test_names_that_can_not_be_written(tmp_path: Path, act: Callable[[Path], None]) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    assert problem(lambda: act(tmp_path / "x.pdf")) is SheetProblem.OUTPUT_WRONG_KIND
    assert problem(lambda: act(tmp_path / "x")) is SheetProblem.OUTPUT_WRONG_KIND
    assert problem(lambda: act(tmp_path / "folder.csv")) is SheetProblem.OUTPUT_IS_FOLDER
    assert problem(lambda: act(tmp_path / "none" / "x.csv")) is SheetProblem.OUTPUT_NO_FOLDER
    assert problem(lambda: act(tmp_path / "file" / "x.csv")) is SheetProblem.OUTPUT_NO_FOLDER


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "No space"), SheetProblem.OUTPUT_DISK_FULL),
        (OSError(errno.EDQUOT, "Quota"), SheetProblem.OUTPUT_DISK_FULL),
        (OSError(errno.EIO, "Input/output error"), SheetProblem.OUTPUT_FAILED),
        (OSError(errno.EROFS, "Read-only"), SheetProblem.OUTPUT_NOT_WRITABLE),
        (PermissionError(errno.EACCES, "Denied"), SheetProblem.OUTPUT_NOT_WRITABLE),
        (FileNotFoundError(errno.ENOENT, "Gone"), SheetProblem.OUTPUT_NO_FOLDER),
    ],
)
@pytest.mark.parametrize("act", [check_writable, write])
def test_what_the_system_refuses_is_said_in_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Path], None],
    error: OSError,
    expected: SheetProblem,
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    assert problem(lambda: act(tmp_path / "results.csv")) is expected


def test_a_file_held_by_another_program_is_named_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.csv"
    path.write_text("former")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "used by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    assert problem(lambda: write(path)) is SheetProblem.OUTPUT_LOCKED
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_at_the_very_end_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.csv"
    path.write_text("former")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space")

    monkeypatch.setattr(os, "fsync", refuse)
    assert problem(lambda: write(path)) is SheetProblem.OUTPUT_DISK_FULL
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "kept.csv"
    target.parent.mkdir()
    link = tmp_path / "results.csv"
    link.symlink_to(target)
    for text in ("new", "newer"):  # at first, it leads to nothing
        check_writable(link)
        with replacing(link) as trial:
            trial.write_text(text)
        assert link.is_symlink()
        assert target.read_text() == text
    assert list(target.parent.iterdir()) == [target]
    target.unlink()
    target.parent.rmdir()
    assert problem(lambda: check_writable(link)) is SheetProblem.OUTPUT_NO_FOLDER
    assert link.is_symlink()


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("former")
    with replacing(path) as trial:
        trial.write_text("new")
        assert path.read_text() == "former"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]
