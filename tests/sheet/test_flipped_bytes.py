"""Damaged files give the same rows or an error of their own, never other rows and no traceback."""

import json
import random
from pathlib import Path

import pytest

from cancel_desk.sheet.choice import GUESS
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reader_process import messages
from cancel_desk.sheet.reading import ArrivingSheet
from cancel_desk.sheet.rows import Row
from sheet.test_round_trips import FORMATS, HEADERS

ROWS = [[str(129_114_917_403_021 + at), str(at), f"note é 采 {at}"] for at in range(40)]
TIMES = 60


def read(path: Path) -> list[Row] | SheetProblem:
    arriving = ArrivingSheet(str(path))
    try:
        for message in messages(path, GUESS, Limits()):
            arriving.take(json.loads(json.dumps(message)))
    except SheetError as error:
        return error.problem
    return list(arriving.sheet().rows)


@pytest.mark.parametrize("name", ["xlsx", "xlsx of openpyxl", "ods"])
def test_a_flipped_byte_never_changes_a_row(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    path = tmp_path / "orders.dat"
    data = FORMATS[name]([HEADERS, *ROWS])
    refused = 0
    for _ in range(TIMES):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        found = read(path)
        if isinstance(found, SheetProblem):
            assert found is not SheetProblem.READER_STOPPED
            refused += 1
        else:
            assert [list(row.cells) for row in found] == ROWS
    assert refused


@pytest.mark.parametrize("name", ["xlsx", "ods", "html", "xml", "csv"])
def test_a_file_cut_off_anywhere_is_no_failure_of_ours(name: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.dat"
    data = FORMATS[name]([HEADERS, *ROWS])
    for share in range(20):
        path.write_bytes(data[: len(data) * share // 20])
        found = read(path)
        assert found is not SheetProblem.READER_STOPPED
        if not isinstance(found, SheetProblem):
            # A text that breaks off between rows can't be told from a shorter one.
            assert name in {"html", "csv"}
            assert [list(row.cells) for row in found[:-1]] == ROWS[: max(len(found) - 1, 0)]
