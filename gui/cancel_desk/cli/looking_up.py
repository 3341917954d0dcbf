"""Sheets at the terminal whose rows name SKUs or customer orders: asked about, looked up, shown."""

import sys

from cancel_desk.checks.review import Review
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.listing import open_orders_of
from cancel_desk.cli.printing import looked_up_table
from cancel_desk.cli.wishes import SheetWish
from cancel_desk.connections import Connection
from cancel_desk.language import gettext as _
from cancel_desk.sheet.columns import NEEDED, Column, ColumnMatch, match_columns, plain_header
from cancel_desk.sheet.expansion import ExpandBy, Lookup
from cancel_desk.sheet.matching import ColumnAnswer
from cancel_desk.sheet.overlooked import forbid_overlooked
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.texts.sheet import shortened_list
from cancel_desk.texts.sheet_notes import lookup_notes


def reviewed(
    front: Front, raw: RawSheet, wish: SheetWish, market: str, connection: Connection | None
) -> Review:
    """Check the rows, after looking up what they stand for where they name no purchase orders.

    ``connection`` is the store's, if one was named. What was found is shown on stderr. SheetError;
    Halt where nobody said what the rows name, or no store was named.
    """
    lookup = _wanted(front, raw, wish)
    if lookup is None:
        return front.desk.review(raw, market)
    if connection is None:
        raise Halt(
            _(
                "What the rows of this sheet stand for has to be looked up in the orders of a "
                "store. Nothing was sent. Name it with --account."
            )
        )
    match = match_columns(raw.headers)
    forbid_overlooked(raw, match, key=lookup.at)
    columns = {column: at for column, at in match.columns.items() if column in NEEDED}
    answer = ColumnAnswer(columns, {}, lookup)
    orders = open_orders_of(front, connection)
    expansion, review = front.desk.look_up(raw, market, answer, orders)
    front.messages.print(looked_up_table(review))
    for note in lookup_notes(expansion, connection.store.name):
        front.say(note)
    return review


def _wanted(front: Front, raw: RawSheet, wish: SheetWish) -> Lookup | None:
    """Return what the rows name if it is no purchase order; None for an ordinary sheet."""
    match = match_columns(raw.headers)
    if wish.column is not None and wish.by is None:
        raise Halt(
            _(
                "--column names the column that holds what --by says, and --by is missing. "
                "Nothing was sent. Say what the rows name with --by, or leave out --column."
            )
        )
    if wish.by is not None:
        return Lookup(wish.by, _column(raw, match, wish))
    if Column.PO in match.columns or Column.PO in match.doubtful:
        return None
    offered = {by: fitting for by in ExpandBy if len(fitting := _fitting(match, by)) == 1}
    if not (wish.ask and sys.stdin.isatty()):
        if offered:
            front.say(_("If the rows name something else, say what with --by."))
        return None
    for by, [at] in offered.items():
        if front.agrees(_question(by, raw.headers[at])):
            return Lookup(by, at)
    return None


def _column(raw: RawSheet, match: ColumnMatch, wish: SheetWish) -> int:
    """Return the column that holds what the rows name; Halt where that can't be told."""
    if wish.column is not None:
        wanted = plain_header(wish.column)
        found = [at for at, header in enumerate(raw.headers) if plain_header(header) == wanted]
    else:
        found = list(_fitting(match, wish.by or ExpandBy.SKU))
    if len(found) == 1:
        return found[0]
    raise Halt(
        _(
            "It can't be told which column holds the SKUs or customer orders: the sheet has "
            "{names}. Nothing was sent. Name it with --column."
        ).format(names=shortened_list([header for header in raw.headers if header.strip()]))
    )


def _fitting(match: ColumnMatch, by: ExpandBy) -> tuple[int, ...]:
    if by is ExpandBy.CUSTOMER_ORDER:
        return match.customer_orders or match.possible.get(Column.PO, ())
    if Column.SKU in match.columns:
        return (match.columns[Column.SKU],)
    return match.doubtful.get(Column.SKU, ())


def _question(by: ExpandBy, header: str) -> str:
    if by is ExpandBy.SKU:
        words = _(
            "The sheet has no purchase orders. Get every open line of the SKUs in “{header}”? "
            "You see them all before anything is sent."
        )
    else:
        words = _(
            "Does “{header}” hold customer order numbers, and shall all that is open in them be "
            "looked up? You see every line before anything is sent."
        )
    return words.format(header=header)
