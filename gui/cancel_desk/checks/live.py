"""What the orders at Walmart say about a row: the lines it may cancel, or why it may not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cancel_desk.checks.drafts import Draft
from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.sheet.columns import Column
from cancel_desk.walmart.orders import Order, OrderLine


class Target(NamedTuple):
    """One order line to cancel and how many of its units; ``cancelled`` are those already gone."""

    line: str
    units: int
    sku: str
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class NotRead:
    """An order that could not be looked at; ``sentence`` says why in plain words."""

    sentence: str


@dataclass(frozen=True, slots=True)
class LiveRow:
    """What a row comes to once its order has been read.

    ``targets`` is empty where nothing may be sent; ``issues`` then says why.
    """

    row_id: int
    targets: tuple[Target, ...]
    issues: tuple[Issue, ...] = ()


Look = Order | NotRead | None
"""What looking for an order gave: the order, why it could not be read, or None: no such order."""


def look_at(draft: Draft, order: Look) -> LiveRow:
    """Return what a sound draft comes to, given its order as it is at Walmart now."""
    if isinstance(order, NotRead):
        return _unread(draft, order)
    if order is None:
        return _kept_back(draft, Column.PO, Code.ORDER_NOT_FOUND, po=draft.po)
    if not order.cancellable_here:
        return _kept_back(draft, Column.PO, Code.FULFILLED_BY_WALMART, po=draft.po)
    if draft.whole_order:
        return _whole_order(draft, order)
    return _one_line(draft, order)


def _unread(draft: Draft, why: NotRead) -> LiveRow:
    """A row that names line and units stands as it is: the order is read again before sending."""
    if draft.whole_order or draft.quantity is None:
        return _kept_back(draft, Column.PO, Code.ORDER_NOT_READ, why=why.sentence)
    issue = Issue(
        draft.row_id, Column.PO, Level.WARNING, Code.ORDER_NOT_READ, {"why": why.sentence}
    )
    return LiveRow(draft.row_id, (Target(draft.line, draft.quantity, draft.sku),), (issue,))


def _kept_back(draft: Draft, column: Column, code: Code, **params: str) -> LiveRow:
    level = Level.INFO if code is Code.ALREADY_CANCELLED else Level.ERROR
    return LiveRow(draft.row_id, (), (Issue(draft.row_id, column, level, code, params),))


def _closed(draft: Draft, lines: tuple[OrderLine, ...]) -> LiveRow:
    """Say why none of the lines has a unit left to cancel."""
    cancelled = sum(line.cancelled for line in lines)
    shipped = sum(line.shipped for line in lines)
    if cancelled and cancelled == sum(line.ordered for line in lines):
        return _kept_back(draft, Column.LINE, Code.ALREADY_CANCELLED, units=str(cancelled))
    if shipped and not cancelled:
        return _kept_back(draft, Column.LINE, Code.ALREADY_SHIPPED, units=str(shipped))
    counts = {"cancelled": str(cancelled), "shipped": str(shipped)}
    return _kept_back(draft, Column.LINE, Code.NOTHING_OPEN, **counts)


def _one_line(draft: Draft, order: Order) -> LiveRow:
    line = order.line(draft.line)
    if line is None:
        known = ", ".join(each.number for each in order.lines)
        return _kept_back(draft, Column.LINE, Code.LINE_NOT_FOUND, line=draft.line, known=known)
    if _other_sku(draft, line):
        return _kept_back(draft, Column.SKU, Code.SKU_DISAGREES, sheet=draft.sku, walmart=line.sku)
    if line.open == 0:
        return _closed(draft, (line,))
    units = line.open if draft.quantity is None else draft.quantity
    counts = {"asked": str(units), "open": str(line.open), "cancelled": str(line.cancelled)}
    if line.cancelled and draft.quantity is not None:
        # The sheet may have been sent before: a second part of the line can't be told from the
        # first one again. Nor is there more to lower a quantity to that was cancelled already.
        counts["line"] = line.number
        return _kept_back(draft, Column.QUANTITY, Code.PART_ALREADY_CANCELLED, **counts)
    if units > line.open:
        return _kept_back(draft, Column.QUANTITY, Code.MORE_THAN_OPEN, **counts)
    target = Target(line.number, units, line.sku, line.cancelled)
    return LiveRow(draft.row_id, (target,), tuple(_intent(draft, (line,))))


def _whole_order(draft: Draft, order: Order) -> LiveRow:
    if any(_other_sku(draft, line) for line in order.lines):
        skus = ", ".join(sorted({line.sku for line in order.lines}))
        return _kept_back(draft, Column.SKU, Code.OTHER_SKUS_IN_ORDER, sheet=draft.sku, skus=skus)
    lines = tuple(line for line in order.lines if line.open)
    if not lines:
        return _closed(draft, order.lines)
    targets = tuple(Target(line.number, line.open, line.sku) for line in lines)
    named = ", ".join(f"{each.line} ({each.sku or '?'}: {each.units})" for each in targets)
    issues = [
        Issue(draft.row_id, Column.LINE, Level.INFO, Code.WHOLE_ORDER, {"lines": named}),
        *_intent(draft, lines),
    ]
    shipped = sum(line.shipped for line in order.lines)
    if shipped:
        params = {"shipped": str(shipped), "open": str(sum(line.open for line in lines))}
        issues.append(
            Issue(draft.row_id, Column.LINE, Level.WARNING, Code.ORDER_PARTLY_CLOSED, params)
        )
    targets = tuple(Target(line.number, line.open, line.sku, line.cancelled) for line in lines)
    return LiveRow(draft.row_id, targets, tuple(issues))


def _other_sku(draft: Draft, line: OrderLine) -> bool:
    return bool(draft.sku and line.sku and draft.sku.casefold() != line.sku.casefold())


def _intent(draft: Draft, lines: tuple[OrderLine, ...]) -> Iterator[Issue]:
    """Walmart: "customer requested" is not for orders whose customer did not ask."""
    asked = all(line.intent_to_cancel for line in lines)
    claimed = draft.reason and draft.reason.code is ReasonCode.CUSTOMER_REQUESTED
    if claimed and not asked:
        yield Issue(draft.row_id, Column.REASON, Level.WARNING, Code.NO_CANCEL_REQUEST, {})
