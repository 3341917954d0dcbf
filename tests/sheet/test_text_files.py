"""Text files: characters, delimiters, records and quotes."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.sheet.characters import decode
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.text import find_delimiter, read_text

ProblemOf = Callable[..., SheetError]
ReadHere = Callable[..., RawSheet]

LINES = "PO#,Line#,Name\n129114917403021,1,Zoë ½ 5 €\n"


def records(data: bytes) -> list[list[str]]:
    return [row.cells for row in read_text(decode(data).text).rows]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LINES.encode("utf-8"), "utf-8"),
        (LINES.encode("utf-8-sig"), "utf-8"),
        (LINES.encode("cp1252"), "cp1252"),
        (LINES.encode("utf-16"), "utf-16-le"),
        (LINES.encode("utf-16-le"), "utf-16-le"),
        (LINES.encode("utf-16-be"), "utf-16-be"),
        (b"\xfe\xff" + LINES.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + LINES.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_characters_come_through_from_each_encoding(data: bytes, encoding: str) -> None:
    assert decode(data)[:2] == (LINES, encoding)
    assert records(data)[1] == ["129114917403021", "1", "Zoë ½ 5 €"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfPO#\n\xff\n",  # says UTF-8 and is not
        b"\xff\xfeP\0O\0#",  # half a character
    ],
)
def test_unreadable_characters_are_named(data: bytes) -> None:
    with pytest.raises(SheetError) as caught:
        decode(data)
    assert caught.value.problem is SheetProblem.BAD_CHARACTERS


def test_nul_bytes_in_a_text_stay() -> None:
    assert records(b"PO#,Note\n1,a\0b\n") == [["PO#", "Note"], ["1", "a\0b"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_delimiter_and_line_end(delimiter: str, end: str) -> None:
    lines = [["PO#", "Line#", "Price"], ["1", "2", "3"], [], ["4", "5", "6"]]
    text = end.join(delimiter.join(line) for line in lines) + end
    sheet = read_text(text)
    assert sheet.delimiter == delimiter
    assert [(row.number, row.cells) for row in sheet.rows] == list(enumerate(lines, start=1))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("PO#\n1\n2\n", ","),
        ("PO#;Note\n1;a, b\n2;c, d\n", ";"),
        ("PO#\tNote\n1\ta, b; c\n", "\t"),
        ("a;b\n1;2,5\n3;4,5\n", ";"),
        ("Report, made today\nPO#;Line#\n1;2\n", ";"),
        ("name|note\nx|1, 2\ny|3\n", "|"),
        ("", ","),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


@pytest.mark.parametrize("first", ["sep=;\n", "SEP=;\r\n", '"sep=;"\r\n', "sep=;\r"])
def test_a_sep_line_names_the_delimiter_and_is_no_row(first: str) -> None:
    sheet = read_text(first + "PO#;Note\n1;a,b,c\n")
    assert sheet.delimiter == ";"
    assert [row.number for row in sheet.rows] == [1, 2]
    assert records((first + "PO#;Note\n1;a,b,c\n").encode())[1] == ["1", "a,b,c"]


def test_a_cell_with_line_breaks_is_one_row_as_spreadsheet_programs_count() -> None:
    rows = list(read_text('PO#,Note\n1,"a\nb\nc"\n\n2,d\n').rows)
    assert [(row.number, row.cells) for row in rows] == [
        (1, ["PO#", "Note"]),
        (2, ["1", "a\nb\nc"]),
        (3, []),
        (4, ["2", "d"]),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('PO#,Note\n1,ok\n2,"open\n3,x\n4,y\n', 3),
        ('PO#,Note\n1,"open\n2,"closed"\n', 2),
        ('PO#,Note\n1,"open', 2),
        ('sep=,\nPO#,Note\n1,"open\n2,x\n', 3),
        ('PO#,Note\n"a\nb",1\n2,"open\n', 4),
    ],
)
def test_a_quote_that_would_swallow_rows_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SheetError) as caught:
        records(text.encode())
    assert (caught.value.problem, caught.value.params) == (
        SheetProblem.UNCLOSED_QUOTE,
        {"line": line},
    )


def test_an_inch_mark_is_forgiven_and_later_rows_are_read_strictly() -> None:
    text = 'PO#,Note\n1,"15" monitor"\n2,"a\nb"\n'
    assert records(text.encode()) == [["PO#", "Note"], ["1", '15 monitor"'], ["2", "a\nb"]]
    with pytest.raises(SheetError):
        records((text + '3,"open\n4,x\n').encode())


def test_a_quote_that_would_join_digits_is_refused() -> None:
    with pytest.raises(SheetError) as caught:
        records(b'PO#,Note\n"1291149"17403021,x\n')
    assert (caught.value.problem, caught.value.params) == (SheetProblem.STRAY_QUOTE, {"line": 2})


def test_endless_cells_are_refused(tmp_path: Path, problem_of: ProblemOf) -> None:
    path = tmp_path / "long.csv"
    for text in ("PO#\n" + "1" * 40_000, "PO#\n" + "1" * 140_000):
        path.write_text(text)
        error = problem_of(path)
        assert error.problem is SheetProblem.CELL_TOO_LONG
        assert error.params["row"] == 2


def test_a_text_file_has_no_sheets(tmp_path: Path, problem_of: ProblemOf) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(LINES)
    error = problem_of(path, sheet="Po Details")
    assert error.problem is SheetProblem.NO_SUCH_SHEET


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(rows=2), SheetProblem.TOO_MANY_ROWS),
        (Limits(columns=1), SheetProblem.TOO_MANY_COLUMNS),
        (Limits(cell_length=3), SheetProblem.CELL_TOO_LONG),
    ],
)
def test_each_limit_has_its_own_error(
    tmp_path: Path, problem_of: ProblemOf, limits: Limits, problem: SheetProblem
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Qty\n1,2\n3,4\n5,6666\n")
    assert problem_of(path, limits=limits).problem is problem


def test_rows_up_to_the_limit_are_read(tmp_path: Path, read_here: ReadHere) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Qty\n1,2\n3,4\n")
    assert len(read_here(path, limits=Limits(rows=2, columns=2, cell_length=3)).rows) == 2


# What a CSV file can hold: any text but the halves of a surrogate pair.
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.sampled_from(",;\t|"))
def test_every_text_goes_through_to_the_letter(rows: list[list[str]], delimiter: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows(rows)
    data = f'"sep={delimiter}"\r\n{file.getvalue()}'.encode()
    control = {chr(code) for code in range(1, 32)} - set("\t\n\v\f\r\x1a")
    if any(control & set(cell) for row in rows for cell in row):
        return  # refused as a binary file
    width = max(map(len, rows), default=0)  # empty cells at the end of a row may be left out
    assert [padded(cells, width) for cells in records(data)] == [padded(row, width) for row in rows]


def padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
