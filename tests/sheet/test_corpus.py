"""The corpus: every file gives exactly its rows, or exactly its error."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.texts.sheet import sheet_sentence
from sheet.corpus.case import Case, Refused, Rows
from sheet.corpus.hostile import HOSTILE
from sheet.corpus.other_kinds import OTHER_KINDS
from sheet.corpus.others import OTHERS
from sheet.corpus.texts import TEXTS
from sheet.corpus.workbooks import WORKBOOKS

CASES = (*TEXTS, *WORKBOOKS, *OTHER_KINDS, *HOSTILE, *OTHERS)

ReadHere = Callable[..., RawSheet]


def test_the_corpus_is_large_and_its_names_differ() -> None:
    assert len(CASES) >= 120
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_file_gives_its_rows_or_its_error(
    case: Case, tmp_path: Path, read_here: ReadHere
) -> None:
    path = tmp_path / case.file
    data = case.make()
    path.write_bytes(data)
    limits = Limits(**case.limits)

    def read() -> RawSheet:
        if case.alone:
            return read_sheet(path, choice=ReadingChoice(**case.choice), limits=limits)
        return read_here(path, limits=limits, **case.choice)

    if isinstance(case.expected, Refused):
        with pytest.raises(SheetError) as caught:
            read()
        found = {key: caught.value.params.get(key) for key in case.expected.params}
        assert (caught.value.problem, found) == (case.expected.problem, case.expected.params)
        assert "othing was sent" in sheet_sentence(caught.value)
    else:
        _compare(read(), case.expected)
    assert path.read_bytes() == data


def _compare(sheet: RawSheet, expected: Rows) -> None:
    assert sheet.headers == expected.headers
    assert tuple(row.cells for row in sheet.rows) == expected.rows
    marks = {(at, index): mark for at, row in enumerate(sheet.rows) for index, mark in row.marks}
    assert marks == expected.marks
    assert {key: getattr(sheet.facts, key) for key in expected.facts} == expected.facts
    assert {key: getattr(sheet.source, key) for key in expected.source} == expected.source
