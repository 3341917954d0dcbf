"""What a file is by its content, and what is refused before any reader sees it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cancel_desk.sheet.guard import file_kind
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind, RawSheet
from sheet.files.ole import ole_file

ReadHere = Callable[..., RawSheet]
ProblemOf = Callable[..., SheetError]
WriteXlsx = Callable[..., Path]

ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>PO#</t></is></c></row>'
    '<row r="2"><c r="A2"><v>129114917403021</v></c></row>'
)


def test_content_counts_not_the_name(
    tmp_path: Path, write_xlsx: WriteXlsx, write_xls: Callable[..., Path], read_here: ReadHere
) -> None:
    text = tmp_path / "orders.xlsx"
    text.write_text("PO#\n129114917403021\n")
    assert read_here(text).source.kind is FileKind.TEXT
    for name in ("named.csv", "named.xls", "named.XLSX", "named"):
        sheet = read_here(write_xlsx(ROWS, name=name))
        assert sheet.source.kind is FileKind.XLSX
        assert sheet.rows[0].cells == ("129114917403021",)
    for name in ("old.xls", "old.xlsx"):
        sheet = read_here(write_xls([["PO#"], [129114917403021.0]], name))
        assert sheet.source.kind is FileKind.XLS
        assert sheet.rows[0].cells == ("129114917403021",)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", SheetProblem.EMPTY_FILE),
        (b"\r\n \n", SheetProblem.EMPTY_FILE),
        (b"%PDF-1.7\n", SheetProblem.NOT_A_SHEET),
        (b"\x89PNG\r\n\x1a\n", SheetProblem.NOT_A_SHEET),
        (bytes(range(256)) * 4, SheetProblem.NOT_A_SHEET),
        (b"PO#\x01\x02,Line#\n", SheetProblem.NOT_A_SHEET),
        (b"<html><p>PO#</p></html>", SheetProblem.WEB_PAGE),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<table>", SheetProblem.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook/>', SheetProblem.WEB_PAGE),
        (b"PK\x03\x04 and then nothing", SheetProblem.DAMAGED),
    ],
)
def test_what_is_no_sheet_is_named(
    tmp_path: Path, problem_of: ProblemOf, data: bytes, problem: SheetProblem
) -> None:
    path = tmp_path / "orders.xls"
    path.write_bytes(data)
    assert problem_of(path).problem is problem


def test_a_password_is_named(write_protected: Path, problem_of: ProblemOf) -> None:
    assert problem_of(write_protected).problem is SheetProblem.PROTECTED


def test_an_old_workbook_with_a_password_is_named(
    write_xls: Callable[..., Path], problem_of: ProblemOf
) -> None:
    assert problem_of(write_xls([], protected=True)).problem is SheetProblem.PROTECTED


def test_a_binary_workbook_is_known(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    assert file_kind(path.read_bytes(), Limits()) is FileKind.XLSB


def test_a_zip_with_a_password_is_named(write_xlsx: WriteXlsx, problem_of: ProblemOf) -> None:
    path = write_xlsx(ROWS)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag for encryption in the first entry of the directory
    path.write_bytes(data)
    assert problem_of(path).problem is SheetProblem.SEALED


def test_other_office_files_are_no_sheets(tmp_path: Path, problem_of: ProblemOf) -> None:
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert problem_of(path).problem is SheetProblem.NOT_A_SHEET
    path.write_bytes(ole_file({"WordDocument": b"Dear customer"}))
    assert problem_of(path).problem is SheetProblem.NOT_A_SHEET


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_off_workbook_is_damaged(
    write_xlsx: WriteXlsx, problem_of: ProblemOf, share: float
) -> None:
    path = write_xlsx(ROWS)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert problem_of(path).problem is SheetProblem.DAMAGED


def test_a_flipped_byte_is_damage_not_another_number(
    write_xlsx: WriteXlsx, problem_of: ProblemOf
) -> None:
    path = write_xlsx(ROWS, name="stored.xlsx")
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    path.write_bytes(path.read_bytes().replace(b"129114917403021", b"129114917403022"))
    assert problem_of(path).problem is SheetProblem.DAMAGED


def test_a_zip_bomb_is_refused_by_its_size(
    write_xlsx: WriteXlsx, tmp_path: Path, problem_of: ProblemOf
) -> None:
    path = write_xlsx(ROWS, replaced={"xl/media/blank.bin": "0" * 2_000_000})
    assert path.stat().st_size < 10_000
    error = problem_of(path, limits=Limits(uncompressed=1_000_000))
    assert (error.problem, error.params) == (SheetProblem.TOO_BIG, {"limit": 1_000_000})
    text = tmp_path / "long.csv"
    text.write_text("PO#\n" + "1\n" * 100)
    assert problem_of(text, limits=Limits(uncompressed=100)).problem is SheetProblem.TOO_BIG


def test_missing_files_folders_and_pipes(tmp_path: Path, problem_of: ProblemOf) -> None:
    assert problem_of(tmp_path / "none.csv").problem is SheetProblem.MISSING_FILE
    assert problem_of(tmp_path).problem is SheetProblem.IS_FOLDER
    assert problem_of(Path("/dev/zero")).problem is SheetProblem.NOT_A_SHEET
    assert problem_of(tmp_path / ("x" * 300)).problem is SheetProblem.CANT_OPEN


def test_a_file_that_may_not_be_read(
    tmp_path: Path, problem_of: ProblemOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert problem_of(path).problem is SheetProblem.NO_PERMISSION
