"""One row read as what it asks for: order, line, quantity and reason, with what is wrong in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from typing import NamedTuple

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.reasons import Reason, find_reason
from cancel_desk.sheet.bulk import made_of
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.damage import clean_id, damage_of
from cancel_desk.sheet.expansion import NOT_EXPANDED
from cancel_desk.sheet.rows import Mark, Row
from cancel_desk.sheet.table import Table

WHOLE_ORDER_WORDS = frozenset(
    {"all", "whole order", "entire order", "all lines", "*"}
    | {"todas", "todos", "todo", "pedido completo", "todas las líneas", "todas las lineas"}
    | {"全部", "所有", "整单", "全部行"}
)
"""What a line cell may say to mean every line still open in the order."""

# No length is promised for purchase order numbers; Canada's have letters in them. One with a hyphen
# before it is a negative number, one without digits a word such as "Total".
_PO = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9-]{0,31}")
_WHOLE_NUMBER = re.compile(r"0*([1-9][0-9]{0,4})(?:\.0+)?")
_PLAIN_PO = re.compile(r"[0-9]{13,15}")
_PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,4}")
_EXAMINED = (
    Column.PO,
    Column.LINE,
    Column.QUANTITY,
    Column.SKU,
    Column.REASON,
    Column.STATUS,
    Column.FULFILLMENT,
)
_AT_ONCE = 4_000  # rows
_CLOSED_STATUSES = frozenset({"shipped", "delivered", "cancelled", "canceled", "refund"})


class Draft(NamedTuple):
    """What one row asks for, as far as it can be read.

    ``po``, ``line`` and ``quantity`` are empty or None where the cell is blank or unusable;
    ``quantity`` None on a sound row means all units still open. ``issues`` are the row's own,
    without those it shares with other rows. ``left_out``: the person wants nothing sent for it, and
    whatever else may be wrong in it doesn't matter.
    """

    row_id: int
    number: int | None
    po: str
    line: str
    whole_order: bool
    quantity: int | None
    reason: Reason | None
    sku: str
    issues: tuple[Issue, ...]
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell under the eye of one field's rules."""

    row_id: int
    column: Column
    text: str
    mark: Mark | None

    def issue(self, level: Level, code: Code, **params: str) -> Issue:
        return Issue(self.row_id, self.column, level, code, params)

    def error(self, code: Code, **params: str) -> Issue:
        return self.issue(Level.ERROR, code, **params)


def read_draft(table: Table, row: Row, market: str) -> Draft:
    """Read one row of ``table`` with the reasons of ``market`` (a key of REASONS)."""
    return read_drafts(table, (row,), market)[row.id]


def read_drafts(table: Table, rows: Sequence[Row], market: str) -> dict[int, Draft]:
    """Read rows of ``table`` with the reasons of ``market``; return the drafts by row id."""
    drafts = flawless_drafts(table, rows, market)
    if len(drafts) < len(rows):
        for row in rows:
            if row.id not in drafts:
                drafts[row.id] = examined_draft(table, row, market)
    at = table.columns[Column.LEFT_OUT]
    for row_id, why in [(row.id, row.cells[at]) for row in rows if row.cells[at].strip()]:
        drafts[row_id] = _left_out(drafts[row_id], why.strip())
    return drafts


def _left_out(draft: Draft, why: str) -> Draft:
    issue = Issue(draft.row_id, None, Level.INFO, Code.LEFT_OUT, {"why": why})
    return draft._replace(issues=(issue,), left_out=True)


def flawless_drafts(table: Table, rows: Sequence[Row], market: str) -> dict[int, Draft]:
    """Read those rows in which nothing could be wrong, as most are; return them by row id.

    They come out as :func:`examined_draft` would read them, but a column at a time, with each
    different text of a column looked at only once.
    """
    drafts: dict[int, Draft] = {}
    for at in range(0, len(rows), _AT_ONCE):
        drafts.update(_flawless(table, rows[at : at + _AT_ONCE], market))
    return drafts


def _flawless(table: Table, rows: Sequence[Row], market: str) -> Iterable[tuple[int, Draft]]:
    ids, numbers, cells, marks = zip(*rows, strict=True)
    columns = tuple(zip(*cells, strict=True))
    empty = ("",) * len(rows)
    (po, line, quantity, sku, reason, status, entity) = (
        empty if at is None else columns[at] for at in map(table.columns.get, _EXAMINED)
    )
    units = {text: int(text) for text in set(quantity) if _PLAIN_NUMBER.fullmatch(text)}
    reasons = {text: known for text in set(reason) if (known := find_reason(market, text))}
    doubted = (
        (po, {text for text in set(po) if not _PLAIN_PO.fullmatch(text)}),
        (line, {text for text in set(line) if not _PLAIN_NUMBER.fullmatch(text)}),
        (quantity, set(quantity).difference(units)),
        (reason, set(reason).difference(reasons)),
        (status, set(filter(_says_closed, set(status)))),
        (entity, set(filter(_says_wfs, set(entity)))),
    )
    doubtful = {
        at
        for column, texts in doubted
        if texts  # else no row needs to be looked at
        for at, text in enumerate(column)
        if text in texts
    }
    doubtful.update(at for at, each in enumerate(marks) if each)
    if table.facts.hidden_rows:
        doubtful.update(at for at, row in enumerate(rows) if table.hidden(row))
    if table.wishes:
        doubtful.update(at for at, row in enumerate(rows) if table.refusal(row))
    drafts = zip(
        ids,
        numbers,
        po,
        line,
        repeat(False),  # noqa: FBT003 - no row for a whole order
        map(units.get, quantity),
        map(reasons.get, reason),
        map(str.strip, sku),
        repeat(()),
        repeat(False),  # noqa: FBT003 - not left out
        strict=False,
    )
    found = zip(ids, made_of(Draft, drafts), strict=True)
    return compress(found, (at not in doubtful for at in range(len(ids)))) if doubtful else found


def examined_draft(table: Table, row: Row, market: str) -> Draft:
    """Read a row cell by cell, with an issue for whatever is wrong in it."""
    cells = {column: _cell(table, row, column) for column in _EXAMINED}
    values: dict[Column, str] = {}
    issues: list[Issue] = []
    for column in (Column.PO, Column.LINE, Column.QUANTITY):
        values[column], found = _sound_text(cells[column])
        issues.extend(found)
    issues.extend(_merged_issues(cells.values()))
    blocked = {issue.column for issue in issues if issue.level is Level.ERROR}
    if cells[Column.PO].mark in NOT_EXPANDED:  # there is no line to tell of
        blocked |= {Column.LINE, Column.QUANTITY}
    sku = cells[Column.SKU].text.strip()
    described = bool(sku or values[Column.QUANTITY])
    whole_order = _means_whole_order(
        values[Column.LINE],
        only_order_given=not described and not table.has_own(Column.LINE),
    )
    if Column.PO not in blocked:
        issues.extend(_po_issues(cells[Column.PO], values[Column.PO]))
    if Column.LINE not in blocked and not whole_order:
        issues.extend(_line_issues(cells[Column.LINE], values[Column.LINE]))
    if Column.QUANTITY not in blocked:
        issues.extend(
            _quantity_issues(
                cells[Column.QUANTITY],
                values[Column.QUANTITY],
                whole_order=whole_order,
                expected=table.has_own(Column.QUANTITY),
            )
        )
    reason = find_reason(market, cells[Column.REASON].text)
    if Column.REASON not in blocked:
        issues.extend(_reason_issues(cells[Column.REASON], reason))
    issues.extend(_hints(cells[Column.STATUS], cells[Column.FULFILLMENT]))
    issues.extend(_refused_by_file(table, row))
    wrong = {issue.column for issue in issues if issue.level is Level.ERROR}
    quantity = None if Column.QUANTITY in wrong else _whole_number(values[Column.QUANTITY])
    return Draft(
        row_id=row.id,
        number=row.number,
        po="" if Column.PO in wrong else values[Column.PO],
        line="" if whole_order else str(_whole_number(values[Column.LINE]) or ""),
        whole_order=whole_order and Column.LINE not in wrong,
        quantity=quantity,
        reason=reason,
        sku=sku,
        issues=tuple(issues),
    )


def _refused_by_file(table: Table, row: Row) -> Iterator[Issue]:
    """Name what in the person's file, outside the columns needed, speaks against the whole row."""
    if table.hidden(row):
        yield Issue(row.id, None, Level.ERROR, Code.ROW_HIDDEN)
    if (refusal := table.refusal(row)) is not None:
        header, text = refusal
        params = {"header": header, "text": text}
        yield Issue(row.id, None, Level.ERROR, Code.SHEET_SAYS_NO, params)


def _cell(table: Table, row: Row, column: Column) -> _Cell:
    index = table.columns.get(column)
    if index is None:
        return _Cell(row.id, column, "", None)
    return _Cell(row.id, column, row.cells[index], row.mark(index))


def _sound_text(cell: _Cell) -> tuple[str, list[Issue]]:
    """Return the text with Excel's harmless traces removed, and issues for damage and repairs."""
    if cell.mark is None and (not cell.text or (cell.text.isascii() and cell.text.isdigit())):
        return cell.text, []  # nearly every cell: nothing could have happened to it
    damage = damage_of(cell.text, cell.mark)
    if damage is not None:
        return "", [cell.error(Code.CELL_DAMAGED, damage=damage.value, text=cell.text)]
    clean = clean_id(cell.text)
    if clean.value == cell.text.strip():
        return clean.value, []
    repaired = cell.issue(Level.INFO, Code.CELL_REPAIRED, before=cell.text, after=clean.value)
    return clean.value, [repaired]


def _merged_issues(cells: Iterable[_Cell]) -> Iterator[Issue]:
    """A blank cell that shows a text by a merged one is no blank one, and not that text either."""
    for cell in cells:
        if cell.mark is Mark.MERGED:
            yield cell.error(Code.CELL_MERGED)


def _means_whole_order(line: str, *, only_order_given: bool) -> bool:
    """Tell whether a row stands for its whole order.

    In a sheet without a line column, a row that gives an order and neither SKU nor quantity does.
    A blank cell in a line column does not: it may as well be a slip.
    """
    return line.casefold() in WHOLE_ORDER_WORDS or (not line and only_order_given)


def _whole_number(text: str) -> int | None:
    match = _WHOLE_NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _po_issues(cell: _Cell, po: str) -> Iterator[Issue]:
    if not po and cell.mark in NOT_EXPANDED:
        yield cell.error(Code.NO_LINE_FOUND, why=cell.mark.value)
    elif not po:
        yield cell.error(Code.PO_MISSING)
    elif not _PO.fullmatch(po):
        yield cell.error(Code.PO_MALFORMED, text=cell.text)
    elif not 13 <= len(po) <= 15:
        yield cell.issue(Level.WARNING, Code.PO_UNUSUAL_LENGTH, po=po, length=str(len(po)))


def _line_issues(cell: _Cell, line: str) -> Iterator[Issue]:
    if not line:
        yield cell.error(Code.LINE_MISSING)
    elif _whole_number(line) is None:
        yield cell.error(Code.LINE_MALFORMED, text=cell.text)


def _quantity_issues(
    cell: _Cell, quantity: str, *, whole_order: bool, expected: bool
) -> Iterator[Issue]:
    if whole_order:
        if quantity:
            yield cell.error(Code.QUANTITY_FOR_WHOLE_ORDER, text=cell.text)
    elif not quantity:
        if expected:
            yield cell.issue(Level.WARNING, Code.QUANTITY_BLANK)
    elif _whole_number(quantity) is None:
        yield cell.error(Code.QUANTITY_MALFORMED, text=cell.text)


def _reason_issues(cell: _Cell, reason: Reason | None) -> Iterator[Issue]:
    if not cell.text.strip():
        yield cell.error(Code.REASON_MISSING)
    elif reason is None:
        yield cell.error(Code.REASON_UNKNOWN, text=cell.text)


def _hints(status: _Cell, entity: _Cell) -> Iterator[Issue]:
    """Warn where the file itself says that the line is closed; it may be old, so only a hint."""
    if _says_closed(status.text):
        yield status.issue(Level.WARNING, Code.SHEET_SAYS_CLOSED, status=status.text.strip())
    if _says_wfs(entity.text):
        yield entity.issue(Level.WARNING, Code.SHEET_SAYS_WFS)


def _says_closed(status: str) -> bool:
    return status.strip().casefold() in _CLOSED_STATUSES


def _says_wfs(entity: str) -> bool:
    return "wfs" in entity.casefold()
