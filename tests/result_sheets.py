"""Small result sheets for the tests of what writes and reads them."""

from collections.abc import Sequence

from cancel_desk.sheet.result_rows import (
    LeftOutRow,
    Origin,
    ResultMark,
    ResultRow,
    ResultSheet,
    Summary,
    SummaryWords,
    Tally,
)

KINDS = ("cancelled", "refused", "unknown", "left_out", "not_sent", "already_cancelled")
SUMMARY = Summary(
    facts=(("Store", "=Mine"), ("Badge", "LIVE")),
    results=tuple(Tally(kind.title(), at, 2 * at, kind) for at, kind in enumerate(KINDS)),
    reasons=(Tally("Out of stock", 3, 4),),
    left_out=(LeftOutRow("7", "0129114917403021", "It was shipped."),),
    words=SummaryWords(
        "Title", "By result", "By reason", "Rows", "Lines", "Units", "Left out", "Row", "Order",
        "Why",
    ),
)  # fmt: skip


def result(*cells: str, kind: str = "cancelled", number: int | None = 2) -> ResultRow:
    """Return a row with a result."""
    word = kind.replace("_", " ").capitalize()
    time = "2026-01-02T03:04:05Z"
    return ResultRow(cells, number, kind, word, "It is so.", "OK", 2, time, "id-1")


def sheet(
    headers: tuple[str, ...],
    rows: Sequence[ResultRow],
    *,
    mark: ResultMark | None = None,
    origin: Origin | None = None,
    name: str = "",
) -> ResultSheet:
    """Return a result sheet of these rows, the first column of which holds ids."""
    known = mark or ResultMark("a-run")
    return ResultSheet(
        headers, rows, len(rows), SUMMARY, known, origin, ids=frozenset({0}), name=name
    )
