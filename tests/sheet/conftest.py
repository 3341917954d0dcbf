"""Workbooks written by hand, for files that no ordinary program would save."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.limits import DEFAULT_LIMITS, Limits
from cancel_desk.sheet.problems import SheetError
from cancel_desk.sheet.reader_process import messages
from cancel_desk.sheet.reading import ArrivingSheet
from cancel_desk.sheet.rows import RawSheet
from sheet.files.ole import ole_file
from sheet.files.xls import xls_workbook
from sheet.files.xlsx import xlsx_entries

WriteXlsx = Callable[..., Path]


@pytest.fixture
def write_xls(tmp_path: Path) -> Callable[..., Path]:
    """Write an .xls file with these rows."""

    def write(
        rows: list[list[str | float]], name: str = "orders.xls", *, protected: bool = False
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(ole_file({"Workbook": xls_workbook(rows, protected=protected)}))
        return path

    return write


@pytest.fixture
def write_protected(tmp_path: Path) -> Path:
    """Write what Excel makes of a workbook saved with a password: a sealed package."""
    path = tmp_path / "protected.xlsx"
    path.write_bytes(ole_file({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"?" * 5000}))
    return path


@pytest.fixture
def write_xlsx(tmp_path: Path) -> WriteXlsx:
    """Write an XLSX file from the XML of its rows, or of the rows of several sheets."""

    def write(
        rows: str | Mapping[str, str],
        *,
        name: str = "orders.xlsx",
        hidden: frozenset[str] = frozenset(),
        replaced: Mapping[str, str | None] | None = None,
    ) -> Path:
        sheets = {"Sheet1": rows} if isinstance(rows, str) else rows
        entries = xlsx_entries(sheets, hidden=hidden)
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, text in {**entries, **(replaced or {})}.items():
                if text is not None:
                    archive.writestr(entry, text)
        return path

    return write


@pytest.fixture
def read_here() -> Callable[..., RawSheet]:
    """Read a file as the child process does, but in this one: fast, and seen by the debugger."""

    def read(path: Path, *, limits: Limits = DEFAULT_LIMITS, **choice: Any) -> RawSheet:
        arriving = ArrivingSheet(str(path))
        for message in messages(path, ReadingChoice(**choice), limits):
            arriving.take(json.loads(json.dumps(message)))
        return arriving.sheet()

    return read


@pytest.fixture
def problem_of(read_here: Callable[..., RawSheet]) -> Callable[..., SheetError]:
    """Read a file that can't be read and return the error."""

    def problem(path: Path, *, limits: Limits = DEFAULT_LIMITS, **choice: Any) -> SheetError:
        with pytest.raises(SheetError) as caught:
            read_here(path, limits=limits, **choice)
        return caught.value

    return problem
