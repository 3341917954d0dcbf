"""Every row of a result sheet equals the journal, whatever program reads the sheet back."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from cancel_desk.report.writing import write_report
from cancel_desk.runs.outcome import Finding, RunLine, State
from cancel_desk.runs.run import Run
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.result_rows import RESULT_COLUMNS
from cancel_desk.sheet.rows import FileKind, Source
from outcomes_run import HEADERS, po, run_with_all_outcomes
from patience import PATIENCE

Lines = list[list[str]]

WORDS = {
    State.CANCELLED: "Cancelled",
    State.REFUSED: "Refused",
    State.UNKNOWN: "Unknown",
    State.UNSENT: "Not sent",
    State.PENDING: "Not sent",
    State.SKIPPED: "Left out",
}
# Which of a row's lines decides.
GRAVEST = ("Unknown", "Refused", "Not sent", "Left out", "Cancelled", "Already cancelled")


def word(line: RunLine) -> str:
    if line.outcome and line.outcome.finding is Finding.ALREADY_CANCELLED:
        return "Already cancelled"
    return WORDS[line.state]


def expected(run: Run) -> Lines:
    """What the journal says, told without the code that writes result sheets."""
    lines = run.lines()
    found = []
    for row in run._journal.rows():
        mine = [line for line in lines if line.row_id == row.id]
        words = {word(line) for line in mine} or {"Left out"}
        open_fate = any(line.state is State.UNKNOWN for line in mine)
        units = sum(
            int(line.outcome.params["units"])
            for line in mine
            if line.state is State.CANCELLED and line.outcome
        )
        seen = [line.outcome for line in mine if line.outcome]
        found.append(
            [
                *row.cells,
                next(each for each in GRAVEST if each in words),
                " / ".join(dict.fromkeys(each.words for each in seen if each.words)),
                "" if open_fate else str(units),
                max((each.time for each in seen), default=""),
                " ".join(
                    dict.fromkeys(each.correlation_id for each in seen if each.correlation_id)
                ),
            ]
        )
    return found


def told(lines: Lines) -> Lines:
    """Return the rows below the header without what is said in plain words; that must be there."""
    own = len(HEADERS)
    assert lines[0] == [*HEADERS, *RESULT_COLUMNS]
    assert all(line[own + 1] for line in lines[1:])
    return [[*line[: own + 1], *line[own + 2 :]] for line in lines[1:]]


def by_openpyxl(path: Path) -> Lines:
    from openpyxl import load_workbook

    page = load_workbook(path).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in page.values]


def by_pandas(path: Path) -> Lines:
    import pandas as pd

    frame = pd.read_excel(path, header=None, dtype=str, keep_default_na=False, engine="openpyxl")
    lines: Lines = frame.values.tolist()
    return lines


def by_libreoffice(path: Path) -> Lines:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    out = path.with_name("office")
    # UTF-8, each cell's content and not what its format makes of it, the first sheet.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1"
    done = subprocess.run(
        [
            office,
            f"-env:UserInstallation={path.with_name('profile').as_uri()}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    [made] = out.iterdir()
    assert "Error" not in done.stderr
    with made.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


READERS = {"openpyxl": by_openpyxl, "pandas": by_pandas, "LibreOffice": by_libreoffice}


def own_workbook(path: Path) -> Source:
    """Write a formatted workbook and return where the rows of a run came from."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    from cancel_desk.sheet.content import fingerprint

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(HEADERS))
    page["A1"].font = Font(bold=True, italic=True)
    for at in range(16):  # as the rows of the run say, with numbers where a person has numbers
        page.append([int(po(at)), 1, f"SKU-{at % 5}", 2, "OOS", f"=note {at}"])
        page.cell(at + 2, 6).data_type = "s"
    book.save(path)
    return Source(
        str(path), FileKind.XLSX, page.title, 1, fingerprint=fingerprint(path.read_bytes())
    )


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("styled", [False, True], ids=["plain", "own formatting"])
def test_every_row_of_a_workbook_equals_the_journal(
    tmp_path: Path, reader: str, *, styled: bool
) -> None:
    source = own_workbook(tmp_path / "own.xlsx") if styled else None
    run = run_with_all_outcomes(tmp_path, source=source)
    out = tmp_path / "results.xlsx"
    write_report(run, out)
    if styled:
        from openpyxl import load_workbook

        page = load_workbook(out).worksheets[0]
        assert page["A1"].font.i
        rows = [
            row for row in page.iter_rows(min_row=2) if row[3].data_type == "n" and row[3].value
        ]
        assert len(rows) >= 16  # quantities are numbers, ids are text
        assert {cell.data_type for row in rows for cell in row[:2]} == {"s"}
    assert told(READERS[reader](out)) == expected(run)
    run.close()


def test_every_row_of_a_text_file_equals_the_journal(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "results.csv"
    write_report(run, out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    bare = [[cell.removeprefix("'") for cell in line] for line in lines]
    assert told(bare) == expected(run)
    assert not any(cell.startswith(("=", "@", "+")) for line in lines for cell in line)


def test_the_run_has_every_result_and_the_rows_in_their_order(run: Run) -> None:
    lines = expected(run)
    assert {line[len(HEADERS)] for line in lines} == {*WORDS.values(), "Already cancelled"}
    notes = [line[len(HEADERS) - 1] for line in lines]
    assert notes[:4] == ["", "inserted here", "=note 0", "whole"]
    assert notes.count("=note 0") == 2
    assert "removed here" not in notes
    whole = lines[3]
    assert whole[len(HEADERS)] in {"Refused", "Unknown", "Not sent"}


def test_what_is_left_is_a_sheet_of_the_rows_not_cancelled(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "left.xlsx"
    write_report(run, out, only_left=True)
    rest = [
        line
        for line in expected(run)
        if line[len(HEADERS)] not in {"Cancelled", "Already cancelled"}
    ]
    raw = read_sheet(out)
    assert told([list(raw.headers), *(list(row.cells) for row in raw.rows)]) == rest
    assert raw.source.mark == (run.id, True)
