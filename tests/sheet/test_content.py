"""A file's bytes: read once, copied where they are kept locked, and passwords told to nobody."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.content import read_content
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import FileKind, RawSheet
from sheet.corpus.others import PASSWORDS

ReadHere = Callable[..., RawSheet]
LIMITS = Limits()


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text("PO#\n129114917403021\n")
    return path


def test_what_the_file_was_counts_not_what_becomes_of_it(orders: Path) -> None:
    content = read_content(orders, LIMITS)
    orders.unlink()
    assert (content.kind, content.data) == (FileKind.TEXT, b"PO#\n129114917403021\n")
    with pytest.raises(SheetError) as caught:
        read_content(orders, LIMITS)
    assert caught.value.problem is SheetProblem.MISSING_FILE


def test_a_file_that_is_kept_locked_is_copied(
    orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_usual = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == orders:
            raise PermissionError(13, "The process cannot access the file")
        return as_usual(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert read_content(orders, LIMITS).data == b"PO#\n129114917403021\n"


def test_a_drive_that_is_gone_is_an_error(orders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(SheetError) as caught:
        read_content(orders, LIMITS)
    assert (caught.value.problem, caught.value.params) == (
        SheetProblem.CANT_OPEN,
        {"detail": "Input/output error"},
    )


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows these")
def test_a_password_is_in_neither_the_arguments_nor_the_environment(tmp_path: Path) -> None:
    case = next(case for case in PASSWORDS if case.name == "the password")
    path = tmp_path / "locked.xlsx"
    path.write_bytes(case.make())
    seen: list[bytes] = []

    def look() -> bool:
        for child in multiprocessing.active_children():
            told = Path(f"/proc/{child.pid}")
            seen.extend((told / name).read_bytes() for name in ("cmdline", "environ"))
        return False

    choice = ReadingChoice(**case.choice)
    sheet = read_sheet(path, choice=choice, cancelled=look)
    assert sheet.rows[0].cells == ("129114917403021", "1")
    assert any(seen)
    assert not any(str(choice.password).encode() in told for told in seen)
