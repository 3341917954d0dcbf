"""Whole blocks of rows: treated the same as each of their rows would be."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.sheet.blocks import RowStream, batches, block_of, blocks_of, filled_blocks, rows_of
from cancel_desk.sheet.cell_text import cell_text, column_text
from cancel_desk.sheet.headed import ReadRow, filled_rows
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.part_facts import Faults
from cancel_desk.sheet.problems import SheetError
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.workbook import with_faults

Found = tuple[list[ReadRow], object]

CELLS = st.sampled_from(["", "", " ", "\u00a0", "1", "PO", "long text", "\0"])
MARKS = st.dictionaries(st.integers(0, 3), st.sampled_from(Mark), max_size=2)


@st.composite
def read_rows(draw: st.DrawFn) -> list[ReadRow]:
    rows: list[ReadRow] = []
    number = 0
    for _ in range(draw(st.integers(0, 8))):
        number += draw(st.integers(1, 3))
        cells = draw(st.lists(CELLS, max_size=5))
        marks = [(at, mark) for at, mark in sorted(draw(MARKS).items()) if at < len(cells)]
        rows.append(ReadRow(number, cells, marks))
    return rows


def cut(rows: list[ReadRow], size: int) -> Iterator[list[ReadRow]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def taken(rows: Iterable[ReadRow]) -> Found:
    """Return the rows up to the error, and what the error says."""
    found: list[ReadRow] = []
    try:
        found.extend(rows)
    except SheetError as error:
        return found, (error.problem, error.params)
    return found, None


@given(read_rows(), st.integers(1, 4), st.integers(0, 6), st.integers(1, 5), st.integers(1, 9))
def test_blocks_are_held_to_limits_as_rows_are(
    rows: list[ReadRow], size: int, most: int, columns: int, length: int
) -> None:
    limits = Limits(rows=most, columns=columns, cell_length=length)
    blocks = map(block_of, cut(rows, size))
    singly = taken(filled_rows(rows, limits))
    assert taken(RowStream(filled_blocks(blocks, limits))) == singly


@given(read_rows(), st.integers(1, 4), st.integers(0, 9))
def test_a_stream_loses_no_row_between_rows_and_blocks(
    rows: list[ReadRow], size: int, first: int
) -> None:
    expected = list(filled_rows(rows, Limits()))
    stream = RowStream(map(block_of, cut(expected, size)))
    singly = [row for _, row in zip(range(first), stream, strict=False)]
    behind = [row for block in stream.blocks() for row in rows_of(block)]
    assert [*singly, *behind] == expected


@given(read_rows(), st.integers(1, 4), st.dictionaries(st.integers(1, 30), st.integers(0, 6)))
def test_faults_reach_their_rows_whatever_the_blocks(
    rows: list[ReadRow], size: int, places: dict[int, int]
) -> None:
    faults: Faults = {number: {at: ("#N/A", Mark.ERROR)} for number, at in places.items()}
    rows = list(filled_rows(rows, Limits()))
    found = {
        row.number: row
        for block in with_faults(map(block_of, cut(rows, size)), faults)
        for row in rows_of(block)
    }
    assert list(found) == sorted({row.number for row in rows} | set(faults))
    for row in rows:
        kept = {at: text for at, text in enumerate(row.cells) if at != places.get(row.number)}
        assert kept.items() <= dict(enumerate(found[row.number].cells)).items()
    for number, at in places.items():
        assert found[number].cells[at] == "#N/A"
        assert (at, Mark.ERROR) in found[number].marks


def test_rows_before_an_error_are_not_lost_with_it() -> None:
    def rows() -> Iterator[ReadRow]:
        yield from (ReadRow(at, ["x"], []) for at in range(1, 4))
        raise ZeroDivisionError

    stream = RowStream(blocks_of(rows()))
    assert [next(stream).number for _ in range(3)] == [1, 2, 3]
    with pytest.raises(ZeroDivisionError):
        next(stream)


def test_batches_of_wide_rows_are_short() -> None:
    sizes = [len(batch) for batch in batches(([""] * 10_000 for _ in range(100)), len)]
    assert sizes == [50, *[2] * 25]


@given(
    st.lists(
        st.text(max_size=3)
        | st.floats()
        | st.sampled_from([1.0, -0.0, 1e15, 999_999_999_999_999.0])
        | st.integers()
        | st.booleans()
        | st.none()
        | st.dates()
        | st.datetimes()
        | st.timedeltas(),
        max_size=5,
    )
)
def test_a_column_is_written_as_its_cells_are(values: list[object]) -> None:
    for given_values in (values, [value for value in values if type(value) is float]):
        told = [cell_text(value) for value in given_values]
        marks = [(at, mark) for at, (_, mark) in enumerate(told) if mark is not None]
        texts, found = column_text(given_values)
        assert (list(texts), found) == ([text for text, _ in told], marks)
