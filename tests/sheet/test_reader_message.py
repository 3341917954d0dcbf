"""Messages of a reading process: what is packed comes out the same, and what is none is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.sheet.blocks import block_of, rows_of
from cancel_desk.sheet.headed import ReadRow
from cancel_desk.sheet.reader_message import Message, decoded, encoded, packed, rows_packed
from cancel_desk.sheet.rows import Mark

CELLS = st.text(st.characters() | st.sampled_from("\0\n\r\x85\u2028\ud800"), max_size=4)


def unpacked(message: Message) -> list[tuple[int, list[str]]]:
    if "rows" in message:
        return [(number, cells) for number, cells, _ in message["rows"]]
    numbers, columns = rows_packed(message)
    return list(zip(numbers, map(list, zip(*columns, strict=True)), strict=True))


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=6),
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=6, max_size=6),
)
def test_rows_come_out_as_they_were_packed(steps: list[int], cells: list[list[str]]) -> None:
    rows = [
        ReadRow(sum(steps[: at + 1]), row, [(0, Mark.DATE)] if at % 2 else [])
        for at, row in enumerate(cells[: len(steps)])
    ]
    block = block_of(rows)
    told = decoded(encoded(packed(block)))
    found = [(number, [*cells, "", ""][:2]) for number, cells in unpacked(told)]
    assert found == [(row.number, row.cells) for row in rows]
    if "rows" in told:
        assert [marks for *_, marks in told["rows"]] == [
            [list(pair) for pair in row.marks] for row in rows_of(block)
        ]
    else:
        assert told["marks"] == [
            [at, [list(pair) for pair in row.marks]] for at, row in enumerate(rows) if row.marks
        ]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"[1, 2]", b'{"end"', b'{"numbers": [1]}\n\xff', b"\x80\x04N.", b"null\nx"]
)
def test_bytes_that_are_no_message_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(data)


@pytest.mark.parametrize(
    "message",
    [
        {"text": "1\0002\0003", "first": 1, "count": 2},
        {"text": "1", "first": 1, "count": 0},
        {"text": "1", "first": 1, "count": 10**15},
        {"text": "1\0002\0003", "numbers": [1, 5]},
    ],
)
def test_cells_that_are_no_whole_rows_are_refused(message: Message) -> None:
    with pytest.raises(ValueError, match=r"."):
        rows_packed(message)
