"""The guess and the preview: what is shown before a file is read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from cancel_desk.desk import open_desk
from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.guess import PREVIEW_ROWS, PreviewRow, preview
from cancel_desk.sheet.matching import ColumnAnswer, must_ask
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import FileKind

LINES = "Orders of May\n\nPO#;Zoë\n129114917403021;1\n"


def test_a_text_is_shown_with_how_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(LINES.encode("cp1252"))
    shown = preview(path)
    guess = shown.guess
    assert (guess.kind, guess.encoding, guess.delimiter) == (FileKind.TEXT, "cp1252", ";")
    assert (guess.header_row, guess.facts.rows_above) == (3, (1,))
    assert not guess.facts.sure  # other encodings would do as well
    assert shown.rows == (
        PreviewRow(1, ("Orders of May",)),
        PreviewRow(3, ("PO#", "Zoë")),
        PreviewRow(4, ("129114917403021", "1")),
    )


def test_what_is_chosen_counts_and_is_read_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(LINES.encode("utf-8"))
    choice = ReadingChoice(encoding="mac-roman", delimiter="|", header_row=4)
    shown = preview(path, choice)
    assert (shown.guess.encoding, shown.guess.delimiter, shown.guess.header_row) == (
        "mac-roman",
        "|",
        4,
    )
    assert shown.rows[1].cells == (LINES.encode().decode("mac-roman").splitlines()[2],)
    read = read_sheet(path, choice=ReadingChoice(delimiter=";", header_row=0))
    assert read.headers == ("", "")
    assert [row.cells[0] for row in read.rows] == ["Orders of May", "PO#", "129114917403021"]


def test_several_sheets_are_offered_the_hidden_ones_too(
    tmp_path: Path, write_xlsx: Callable[..., Path]
) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>PO#</t></is></c></row>'
    path = write_xlsx({"May": rows, "June": rows, "Old": rows}, hidden=frozenset({"Old"}))
    guess = preview(path).guess
    assert (guess.sheet, guess.facts.sheets) == ("May", ("May", "June"))
    assert (guess.facts.hidden_sheets, guess.facts.sure) == (("Old",), False)
    assert preview(path, ReadingChoice(sheet="Old")).guess.sheet == "Old"


def test_only_the_first_rows_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    book = Workbook(write_only=True)
    page = book.create_sheet("A")
    for at in range(100):
        page.append(["PO#" if at == 0 else str(at), "Qty"])
    book.save(path)
    assert len(preview(path).rows) == PREVIEW_ROWS


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (ReadingChoice(encoding="utf-8"), SheetProblem.BAD_CHARACTERS),
        (ReadingChoice(encoding="klingon"), SheetProblem.NO_SUCH_ENCODING),
        (ReadingChoice(header_row=2), SheetProblem.NO_SUCH_HEADER_ROW),
        (ReadingChoice(header_row=99), SheetProblem.NO_SUCH_HEADER_ROW),
        (ReadingChoice(sheet="May"), SheetProblem.NO_SUCH_SHEET),
    ],
)
def test_a_choice_that_does_not_fit(
    tmp_path: Path, choice: ReadingChoice, problem: SheetProblem
) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(LINES.encode("cp1252"))
    with pytest.raises(SheetError) as caught:
        preview(path, choice)
    assert caught.value.problem is problem


def test_a_password_shows_nowhere() -> None:
    assert "open sesame" not in repr(ReadingChoice(password="open sesame"))


def test_the_desk_reads_as_chosen_and_remembers_columns(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "state", {})
    path = tmp_path / "orders.csv"
    path.write_text("Order#|Reason\n129114917403021|x\n")
    choice = ReadingChoice(delimiter="|")
    assert desk.preview(path, choice).guess.delimiter == "|"
    raw = desk.read(path, choice=choice)
    assert must_ask(desk.column_questions(raw))
    answer = ColumnAnswer({Column.PO: 0}, {Column.REASON: "oos"})
    desk.remember_columns(raw, answer)
    po = next(one for one in desk.column_questions(raw) if one.column is Column.PO)
    assert (po.at, po.must_ask) == (0, False)
    review = desk.review(raw, "US", columns=answer.columns, fixed=answer.fixed)
    [row] = review.table.rows
    assert review.table.text(row, Column.REASON) == "oos"
