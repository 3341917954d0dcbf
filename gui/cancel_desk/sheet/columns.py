"""Matching a file's header names to the columns Cancel Desk knows."""

import re
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

__all__ = [
    "KEPT",
    "NEEDED",
    "READ_BY_LOOKS",
    "Column",
    "ColumnMatch",
    "match_columns",
    "plain_header",
]

_BETWEEN_NAMES = re.compile(r"[][()\uff08\uff09\u3010\u3011/\uff0f|\r\n]")

NEEDED = (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY, Column.REASON)
"""The columns the grid always shows, whether the file has them or not."""

READ_BY_LOOKS = frozenset({Column.PO, Column.LINE, Column.QUANTITY})
"""Columns in which damage is told by what a text looks like, where no reader can tell it."""

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

    Where several headers fit one column equally well, all are doubtful and none is taken. A header
    of several names, as in two languages, counts where all of them are of the same column.
    """
    spelled = [_names_in(header) for header in headers]
    fitting: dict[Column, list[tuple[int, int]]] = {}
    for at, names in enumerate(spelled):
        ranks = [dict(_known_names().get(name, ())) for name in names]
        for column in set(ranks[0]).intersection(*ranks[1:]):
            fitting.setdefault(column, []).append((min(rank[column] for rank in ranks), at))
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
        for column, known in _possible_names().items()
        if (found := tuple(at for at, names in enumerate(spelled) if known.issuperset(names)))
    }
    customers = tuple(at for at, names in enumerate(spelled) if _customer_names().issuperset(names))
    return ColumnMatch(columns, doubtful, possible, customers)


def _names_in(header: str) -> tuple[str, ...]:
    """Return a header's name, or those in it where the whole is none: "采购订单号 (PO#)"."""
    whole = plain_header(header)
    parts = tuple(filter(None, map(plain_header, _BETWEEN_NAMES.split(header))))
    possible = _possible_names().values()
    if len(parts) < 2 or whole in _known_names() or any(whole in known for known in possible):
        return (whole,)
    return parts


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
