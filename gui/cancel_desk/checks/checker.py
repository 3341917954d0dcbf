"""All issues of a table, kept true after each edit without checking every row again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from cancel_desk.checks.drafts import Draft, read_drafts
from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.sheet.bulk import made_in_bulk
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.rows import Row
from cancel_desk.sheet.table import Table


class Checker:
    """The drafts and issues of every row of a table for one market.

    Issues between rows only ever concern rows of one order, so an edit touches the orders that
    its rows belonged to and now belong to, and nothing else.
    """

    def __init__(self, table: Table, market: str) -> None:
        """Check every row of ``table``."""
        self.table = table
        self.market = market
        self._drafts: dict[int, Draft] = {}
        self._flawed: set[int] = set()  # rows with issues of their own
        self._shared: dict[int, tuple[Issue, ...]] = {}
        self._orders: defaultdict[str, set[int]] = defaultdict(set)
        with made_in_bulk():
            self._take(table.rows)
            self._check_orders(tuple(self._orders))

    def draft(self, row_id: int) -> Draft:
        """Return what the row asks for; KeyError if there is no such row."""
        return self._drafts[row_id]

    def drafts(self) -> list[Draft]:
        """Return what each row asks for, in the order of the table."""
        return [self._drafts[row.id] for row in self.table.rows]

    def issues(self, row_id: int) -> tuple[Issue, ...]:
        """Return the issues of a row: its own, then those it shares with other rows."""
        return self._drafts[row_id].issues + self._shared.get(row_id, ())

    def noted(self) -> set[int]:
        """Return the ids of all rows with an issue of their own or one shared with others."""
        return self._flawed.union(self._shared)

    def rows_of(self, orders: Iterable[str]) -> set[int]:
        """Return the ids of the rows that name one of these orders and are not left out."""
        return {row_id for po in orders for row_id in self._orders.get(po, ())}

    def update(self, row_ids: Iterable[int]) -> set[int]:
        """Check the rows that an edit touched; return the ids of all rows concerned by it."""
        concerned = set(row_ids)
        orders = {po for row_id in concerned for po in self._forget(row_id)}
        table = self.table
        orders |= self._take([table.row(row_id) for row_id in concerned if row_id in table])
        concerned.update(*map(self._orders.__getitem__, orders))
        self._check_orders(orders)
        return concerned

    def _take(self, rows: Sequence[Row]) -> set[str]:
        """Read rows; return the orders that they belong to."""
        read = read_drafts(self.table, rows, self.market)
        self._drafts.update(read)
        members = self._orders
        orders: set[str] = set()
        for row_id, draft in read.items():
            if draft.issues:
                self._flawed.add(row_id)
            po = draft.po
            if po and not draft.left_out:
                members[po].add(row_id)
                orders.add(po)
        return orders

    def _forget(self, row_id: int) -> tuple[str, ...]:
        self._flawed.discard(row_id)
        self._shared.pop(row_id, None)
        draft = self._drafts.pop(row_id, None)
        if draft is None or not draft.po or draft.left_out:
            return ()
        self._orders[draft.po].discard(row_id)
        return (draft.po,)

    def _check_orders(self, orders: Iterable[str]) -> None:
        """Check what the rows of each order say of one another."""
        all_drafts, shared = self._drafts, self._shared
        for po in orders:
            members = self._orders[po]
            if not members:
                del self._orders[po]
            if shared:
                for row_id in members:
                    shared.pop(row_id, None)
            if len(members) < 2:  # a single row shares nothing
                continue
            lines = {all_drafts[row_id].line for row_id in members}
            if len(lines) < len(members) or "" in lines:  # else each row is of a line of its own
                drafts = (all_drafts[row_id] for row_id in members)
                shared.update(shared_issues(sorted(drafts, key=self._position)))

    def _position(self, draft: Draft) -> int:
        return self.table.position(draft.row_id)


def shared_issues(drafts: Iterable[Draft]) -> Mapping[int, tuple[Issue, ...]]:
    """Return the issues that rows of one order have with one another, by row id.

    The drafts come in the order of the table, since the first of equal rows is the one kept.
    """
    by_line: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.line or draft.whole_order:
            by_line.setdefault(draft.line, []).append(draft)
    found: dict[int, tuple[Issue, ...]] = {}
    for group in by_line.values():
        if len(group) > 1:
            found.update(_same_line(group))
    whole = by_line.pop("", [])
    if whole and by_line:
        for draft in chain(whole, *by_line.values()):
            others = whole if draft.line else list(chain(*by_line.values()))
            issue = _between(draft, others[0], Code.LINE_AND_WHOLE_ORDER)
            found[draft.row_id] = (*found.get(draft.row_id, ()), issue)
    return found


def _same_line(group: list[Draft]) -> dict[int, tuple[Issue, ...]]:
    """Rows that name one line: equal ones leave the first, different ones leave none."""
    first = group[0]
    asks = set(map(_ask, group))
    if len(asks) == 1:
        return {
            draft.row_id: (_between(draft, first, Code.SAME_LINE_TWICE),) for draft in group[1:]
        }
    return {
        draft.row_id: (
            _between(
                draft,
                next(other for other in group if _ask(other) != _ask(draft)),
                Code.SAME_LINE_DIFFERENTLY,
            ),
        )
        for draft in group
    }


def _ask(draft: Draft) -> tuple[int | None, object]:
    """Return what rows of one line have to agree in."""
    return draft.quantity, draft.reason


def _between(draft: Draft, other: Draft, code: Code) -> Issue:
    params = {"other": str(other.number or ""), "po": draft.po, "line": draft.line}
    return Issue(draft.row_id, Column.LINE, Level.ERROR, code, params)
