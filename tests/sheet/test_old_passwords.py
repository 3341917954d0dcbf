"""Old workbooks that are sealed with a password: the right one opens them, others are told."""

from pathlib import Path

import pytest

from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reading import read_sheet
from sheet.files.ole import ole_file
from sheet.files.xls import xls_workbook
from sheet.files.xls_password import Sealing, sealed_workbook

Rows = list[list[str | float]]
LENGTHS = (1, 2, 3, 4, 120)
"""Of sheets: short books are filled up with zeros, each to another remainder; the last has several
blocks, each with a key of its own."""


@pytest.fixture(params=LENGTHS)
def rows(request: pytest.FixtureRequest) -> Rows:
    first: Rows = [["PO#", "Line#", "Reason"]]
    return first + [
        [str(129114917403021 + at), float(at % 3 + 1), "out of stock" + "!" * (at % 2)]
        for at in range(request.param)
    ]


@pytest.fixture(params=Sealing)
def sealed(rows: Rows, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "sealed.xls"
    stream = sealed_workbook(xls_workbook(rows), "öpen sesame", request.param)
    assert "out of stock".encode("utf-16-le") not in stream
    path.write_bytes(ole_file({"Workbook": stream}))
    return path


def problem_with(path: Path, password: str | None) -> SheetProblem:
    with pytest.raises(SheetError) as caught:
        read_sheet(path, choice=ReadingChoice(password=password))
    return caught.value.problem


def test_the_right_password_opens_it(sealed: Path, rows: Rows) -> None:
    raw = read_sheet(sealed, choice=ReadingChoice(password="öpen sesame"))
    assert raw.headers == ("PO#", "Line#", "Reason")
    assert [row.cells for row in raw.rows] == [
        (str(po), str(int(float(line))), reason) for po, line, reason in rows[1:]
    ]


def test_without_one_it_is_asked_for(sealed: Path) -> None:
    assert problem_with(sealed, None) is SheetProblem.PROTECTED


def test_a_wrong_one_is_told(sealed: Path) -> None:
    assert problem_with(sealed, "open sesame") is SheetProblem.WRONG_PASSWORD
