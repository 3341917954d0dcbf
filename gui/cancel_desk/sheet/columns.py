"""Matching a file's header names to the columns Cancel Desk knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cancel_desk.sheet.header_names import (
    CUSTOMER_ORDER_NAMES,
    NAMES,
    OTHER_LINE_NAMES,
    OTHER_ORDER_NAMES,
    Column,
    plain_header,
)

__all__ = ["KEPT", "NEEDED", "Column", "ColumnMatch", "match_columns", "plain_header"]

NEEDED = (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY, Column.REASON)
"""The columns the grid always shows, whether the file has them or not."""

KEPT = (*NEEDED, Column.LEFT_OUT)
"""The columns every table has: beside those above, what the person says by leaving rows out."""


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """Which header holds which column, and the columns for which several headers fit.

    ``columns`` gives the index of the header; ``doubtful`` gives the indexes that fit equally;
    ``possible`` those that may hold the column but are never taken without asking, such as
    "Order#" for a purchase order; ``customer_orders`` those of them that are named as customer
    order numbers usually are.
    """

    columns: Mapping[Column, int]
    doubtful: Mapping[Column, tuple[int, ...]]
    possible: Mapping[Column, tuple[int, ...]]
    customer_orders: tuple[int, ...]


def match_columns(headers: Sequence[str]) -> ColumnMatch:
    """Match header names to columns by name, never by position.

    Where several headers fit one column equally well, all are doubtful and none is taken.
    """
    plain = [plain_header(header) for header in headers]
    fitting: dict[Column, list[tuple[int, int]]] = {}
    for at, name in enumerate(plain):
        for column, rank in _known_names().get(name, ()):
            fitting.setdefault(column, []).append((rank, at))
    columns: dict[Column, int] = {}
    doubtful: dict[Column, tuple[int, ...]] = {}
    for column, ranked in fitting.items():
        best = min(rank for rank, _ in ranked)
        found = tuple(at for rank, at in ranked if rank == best)
        if len(found) == 1:
            columns[column] = found[0]
        else:
            doubtful[column] = found
    possible = {
        column: found
        for column, names in _possible_names().items()
        if (found := tuple(at for at, name in enumerate(plain) if name in names))
    }
    customers = tuple(at for at, name in enumerate(plain) if name in _customer_names())
    return ColumnMatch(columns, doubtful, possible, customers)


@cache
def _known_names() -> Mapping[str, tuple[tuple[Column, int], ...]]:
    known: dict[str, list[tuple[Column, int]]] = {}
    for column, ranks in NAMES.items():
        for rank, names in enumerate(ranks):
            for name in names:
                known.setdefault(plain_header(name), []).append((column, rank))
    return {name: tuple(dict.fromkeys(columns)) for name, columns in known.items()}


@cache
def _customer_names() -> frozenset[str]:
    return frozenset(map(plain_header, CUSTOMER_ORDER_NAMES))


@cache
def _possible_names() -> Mapping[Column, frozenset[str]]:
    others = frozenset(map(plain_header, OTHER_ORDER_NAMES))
    return {
        Column.PO: _customer_names() | others,
        Column.LINE: frozenset(map(plain_header, OTHER_LINE_NAMES)),
    }
