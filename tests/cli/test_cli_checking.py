"""Checking a sheet from the command line: counts, issues, exit status."""

import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from cancel_desk.practice.catalogue import SEED, many_orders
from cancel_desk.practice.sample import SAMPLE, Mistake, clean_rows, write_sample, write_sheet
from cancel_desk.practice.store import PracticeStore
from cli.terminal import Terminal, ended
from sheet.files.ole import ole_file
from sheet.files.xls import xls_workbook
from sheet.files.xls_password import Sealing, sealed_workbook

CLEAN = "PO#,Line#,Qty,Reason\n1796277083022,1,1,oos\n1796277083022,2,,Pricing error\n"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    write_sample(tmp_path / "sample.xlsx")
    return tmp_path / "sample.xlsx"


def written(folder: Path, text: str) -> Path:
    path = folder / "orders.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_rows_ready_is_0(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.type("check", written(tmp_path, CLEAN), "--json")
    assert said.status == 0
    assert said.err == ""
    issues = said.json.pop("issues")
    assert [(each["row"], each["code"], each["level"]) for each in issues] == [
        (3, "quantity_blank", "warning")
    ]
    assert said.json | {"issues": []} == {
        "rows": 2,
        "ready": 2,
        "errors": 0,
        "warnings": 1,
        "left_out": 0,
        "already_cancelled": 0,
        "issues": [],
    }


def test_people_get_no_empty_table(terminal: Terminal, tmp_path: Path) -> None:
    text = "".join(CLEAN.splitlines(keepends=True)[:2])
    said = terminal.type("check", written(tmp_path, text))
    assert (said.status, said.out.splitlines()) == (
        0,
        ["1 row: 1 ready, 0 with errors, 0 with warnings."],
    )


def test_some_rows_not_ready_is_1(terminal: Terminal, sample: Path) -> None:
    said = terminal.type("check", sample, "--json")
    assert said.status == 1
    assert said.json["rows"] == len(SAMPLE)
    assert said.json["ready"] + said.json["errors"] == said.json["rows"]
    found = {(each["row"], each["column"], each["code"]) for each in said.json["issues"]}
    offline = {
        Mistake.REASON_MISSING: ("reason", "reason_missing"),
        Mistake.REASON_UNKNOWN: ("reason", "reason_unknown"),
        Mistake.SAME_LINE_TWICE: ("line", "same_line_twice"),
        Mistake.NUMBER_DAMAGED: ("po", "cell_damaged"),
    }
    for number, row in enumerate(SAMPLE, start=2):
        if row.mistake in offline:
            assert (number, *offline[row.mistake]) in found
    for each in said.json["issues"]:
        assert set(each) == {"row", "column", "level", "code", "text"}
        assert each["text"].endswith((".", ")"))


def test_with_an_account_the_orders_are_read(terminal: Terminal, sample: Path) -> None:
    said = terminal.type("check", sample, "--account", "practice", "--json")
    codes = {each["code"] for each in said.json["issues"]}
    assert {"order_not_found", "already_shipped", "fulfilled_by_walmart"} <= codes
    offline = terminal.type("check", sample, "--account", "practice", "--offline", "--json")
    assert "order_not_found" not in {each["code"] for each in offline.json["issues"]}
    assert terminal.runs() == []


def test_a_reason_fills_blanks_only(terminal: Terminal, sample: Path) -> None:
    said = terminal.type("check", sample, "--reason", "out of stock", "--json")
    codes = [each["code"] for each in said.json["issues"]]
    assert "reason_missing" not in codes
    assert "reason_unknown" in codes


def test_people_get_counts_and_every_issue(terminal: Terminal, sample: Path) -> None:
    said = terminal.type("check", sample)
    assert said.status == 1
    lines = said.out.splitlines()
    assert lines[0] == "25 rows: 21 ready, 4 with errors, 1 with warnings."
    assert any(line.startswith("7 ") and "The reason is missing." in line for line in lines)
    assert any(line.startswith("12 ") and "Same line as row 11" in line for line in lines)


def test_nothing_in_a_sheet_can_steer_the_terminal(terminal: Terminal, tmp_path: Path) -> None:
    text = "PO#,Line#,Reason\n1796277083022,1,[bold]\u009b31mred\n"
    said = terminal.type("check", written(tmp_path, text))
    assert said.status == 1
    assert "\u009b" not in said.out
    assert "[bold]" in said.out


def test_a_sheet_of_a_workbook_by_name(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "clean.xlsx"
    orders = PracticeStore(seed=SEED).orders()
    write_sheet(path, clean_rows(orders[:3]))
    said = terminal.type("check", path, "--sheet", "Po Details", "--json")
    assert said.json["rows"] > 0
    other = terminal.type("check", path, "--sheet", "Nope", "--json")
    assert (other.status, other.out) == (2, "")
    assert "no sheet named “Nope”; it has “Po Details”" in other.told


def test_signs_that_the_terminal_can_not_show(terminal: Terminal, tmp_path: Path) -> None:
    path = written(tmp_path, "PO#,Line#,Reason\n1796277083022,1,在庫切れ\n")
    terminal.environ = {"PYTHONIOENCODING": "ascii"}
    said = ended(terminal.start("check", path))
    assert said.status == 1
    assert "is not a reason Walmart accepts" in " ".join(said.out.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PO#,Line#,Qty\n1796277083022,1,1\n", "Add a column named “Cancel Reason”"),
        ("PO#,Qty,Reason\n1796277083022,1,OOS\n", "Add a column named “Line#”"),
    ],
)
def test_a_missing_column_is_one_sentence_and_2(
    terminal: Terminal, tmp_path: Path, text: str, words: str
) -> None:
    out = tmp_path / "out.csv"
    sheet = written(tmp_path, text)
    checked = terminal.type("check", sheet, "--json")
    sent = terminal.type("send", sheet, "--account", "practice", "--results", out, "--yes")
    for said in (checked, sent):
        assert (said.status, said.out) == (2, "")
        assert words in said.told
    assert not out.exists()


def test_a_reason_for_all_rows_stands_in_for_the_column(terminal: Terminal, tmp_path: Path) -> None:
    sheet = written(tmp_path, "PO#,Line#\n1796277083022,1\n")
    assert terminal.type("check", sheet, "--reason", "OOS").status == 0


def test_orders_alone_mean_whole_orders(terminal: Terminal, tmp_path: Path) -> None:
    sheet = written(tmp_path, "PO#,Reason\n1796277083022,OOS\n")
    assert terminal.type("check", sheet).status == 0


def test_rows_hidden_in_the_workbook_are_named_and_left_out(
    terminal: Terminal, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PO#", "Line#", "Qty", "Reason"])
    for line in ("1", "2"):
        sheet.append(["1796277083022", line, "1", "OOS"])
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "filtered.xlsx")
    said = terminal.type("check", tmp_path / "filtered.xlsx", "--json")
    assert said.status == 1
    assert "1 row is hidden in your file (row 3) and is left out." in said.told
    assert [(each["row"], each["code"]) for each in said.json["issues"]] == [(3, "row_hidden")]


def test_the_password_of_a_workbook_comes_from_stdin(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, path = tmp_path / "plain.xlsx", tmp_path / "protected.xlsx"
    write_sheet(plain, clean_rows(PracticeStore(stock=many_orders(40)).orders()))
    with plain.open("rb") as source, path.open("wb") as sealed:
        OOXMLFile(source).encrypt("open sesame", sealed)
    assert terminal.type("check", path).status == 2
    for typed, status, words in (("wrong", 2, "does not open"), ("open sesame", 0, "")):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        said = terminal.type("check", path, "--password-stdin")
        assert said.status == status
        assert words in said.told
        assert typed not in said.out + said.err


def test_the_password_of_an_old_workbook_comes_from_stdin_too(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = xls_workbook([["PO#", "Line#", "Reason"], ["1796277083022", "1", "oos"]])
    stream = sealed_workbook(book, "open sesame", Sealing.RC4)
    path = tmp_path / "protected.xls"
    path.write_bytes(ole_file({"Workbook": stream}))
    assert terminal.type("check", path).status == 2
    monkeypatch.setattr("sys.stdin", io.StringIO("open sesame\n"))
    assert terminal.type("check", path, "--password-stdin").status == 0


def test_two_columns_with_different_reasons_are_not_chosen_between(
    terminal: Terminal, tmp_path: Path
) -> None:
    header = "PO#,Line#,Qty,Cancel Reason,Reason\n"
    differ = written(tmp_path, f"{header}1796277083022,1,1,OOS,fraud\n")
    said = terminal.type("check", differ)
    assert (said.status, said.out) == (2, "")
    assert "“Cancel Reason (column D)”, “Reason (column E)”" in said.told
    agree = written(tmp_path, f"{header}1796277083022,1,1,OOS,OOS\n")
    assert terminal.type("check", agree).status == 0


def test_rows_that_the_sheet_leaves_out_are_not_ready(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    path.write_text(
        "PO#,Line#,Qty,Cancel Reason,Left out because\n"
        "1796277083022,1,1,oos,\n"
        "1796277083022,2,1,oos,the customer kept it.\n"
    )
    said = terminal.type("check", path)
    assert said.status == 1
    assert "2 rows: 1 ready, 0 with errors, 0 with warnings. 1 row is left out by you." in said.out
    assert "Left out by you: the customer kept it." in said.out
