"""Where results may go: checked beforehand, and another place offered."""

import errno
from pathlib import Path

import pytest

from cancel_desk.report import writing
from cancel_desk.report.writing import check_results_place, results_place
from cancel_desk.sheet.problems import SheetError, SheetProblem


def problem(path: Path, source: Path | None) -> SheetProblem:
    with pytest.raises(SheetError) as caught:
        check_results_place(path, source)
    return caught.value.problem


def test_the_persons_sheet_is_never_the_place(tmp_path: Path) -> None:
    source = tmp_path / "orders.csv"
    source.write_text("PO#")
    linked = tmp_path / "linked.csv"
    linked.hardlink_to(source)
    assert problem(source, source) is SheetProblem.OUTPUT_IS_SOURCE
    assert problem(linked, source) is SheetProblem.OUTPUT_IS_SOURCE
    check_results_place(tmp_path / "results.csv", source)
    check_results_place(tmp_path / "results.html", None)
    assert problem(tmp_path / "results.pdf", None) is SheetProblem.OUTPUT_WRONG_KIND
    assert source.read_text() == "PO#"


def test_a_new_name_beside_the_sheet_is_offered(tmp_path: Path) -> None:
    source = tmp_path / "orders.csv"
    assert results_place(source, ()) == tmp_path / "orders results.xlsx"
    (tmp_path / "orders results.xlsx").touch()
    assert results_place(source, ()) == tmp_path / "orders results 2.xlsx"


def test_where_it_can_not_be_written_another_folder_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    removed = tmp_path / "drive" / "orders.xlsx"
    assert results_place(removed, (documents,)) == documents / "orders results.xlsx"
    assert results_place(None, (documents,)) == documents / "orders results.xlsx"

    def full(path: Path, *_: object) -> None:
        if path.parent != documents:
            raise SheetError(SheetProblem.OUTPUT_DISK_FULL, path=str(path), error=errno.ENOSPC)

    monkeypatch.setattr(writing, "check_writable", full)
    place = results_place(tmp_path / "orders.xlsx", (tmp_path, documents))
    assert place == documents / "orders results.xlsx"


def test_if_no_place_is_left_it_is_said_why_not_the_first(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        results_place(tmp_path / "drive" / "orders.xlsx", (tmp_path / "none",))
    assert caught.value.problem is SheetProblem.OUTPUT_NO_FOLDER
    assert "drive" in str(caught.value.params["path"])
