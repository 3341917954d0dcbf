"""From a file to rows that were checked, and the command that says what is wrong with them."""

import threading
from contextlib import ExitStack, closing

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cancel_desk.checks.issues import Code
from cancel_desk.checks.reasons import REASONS, find_reason
from cancel_desk.checks.review import Review
from cancel_desk.cli.attention import attend
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.listing import open_orders_of
from cancel_desk.cli.looking_up import reviewed
from cancel_desk.cli.printing import (
    issues_list,
    issues_table,
    numbers_list,
    numbers_table,
    tally_words,
)
from cancel_desk.cli.wishes import SheetWish
from cancel_desk.connections import Connection
from cancel_desk.language import gettext as _
from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.real_numbers import (
    NumberSearch,
    find_real_numbers,
    has_damaged_numbers,
)
from cancel_desk.texts.connection import call_failed_sentence
from cancel_desk.texts.sheet_notes import reading_notes, result_sheet_sentence
from cancel_desk.walmart.failures import CallFailed

DEFAULT_MARKET = "US"


def check(
    front: Front, wish: SheetWish, *, account: str | None, offline: bool, as_json: bool
) -> int:
    """Say what would be sent and what is wrong; return 0 if every row is ready, else 1."""
    market = front.desk.connections.account(account).market if account else DEFAULT_MARKET
    numbers: tuple[NumberSearch, ...] = ()
    with ExitStack() as ends:
        connection = None
        if account and not offline:
            connection = ends.enter_context(closing(front.desk.connections.connect(account)))
        review = open_review(front, wish, market, connection)
        if connection is not None:
            read_orders(front, review, connection)
            if has_damaged_numbers(review.table):
                numbers = _offered_numbers(front, review, connection)
    tally = review.tally()
    if as_json:
        front.give(
            {
                "rows": tally.rows,
                "ready": tally.ready,
                "errors": tally.errors,
                "warnings": tally.warnings,
                "left_out": tally.left_out,
                "already_cancelled": tally.done,
                "issues": issues_list(review),
            }
            | ({"numbers": numbers_list(numbers)} if numbers else {})
        )
    else:
        front.show(tally_words(tally))
        if any(review.issues(row.id) for row in review.table.rows):
            front.show(issues_table(review))
        if numbers:
            front.show(numbers_table(numbers))
    return 0 if tally.ready + tally.done == tally.rows else 1


def open_review(
    front: Front, wish: SheetWish, market: str, connection: Connection | None = None
) -> Review:
    """Read a sheet and check it; SheetError, or Halt for a reason that Walmart doesn't know
    or a column without which no row could be sent.

    ``connection`` is needed where rows name SKUs or customer orders, which are looked up.
    """
    reason = find_reason(market, wish.reason) if wish.reason else None
    if wish.reason and reason is None:
        raise Halt(_unknown_reason(wish.reason, market))
    given_up = threading.Event()
    choice = ReadingChoice(sheet=wish.sheet, password=wish.password)
    raw = attend(
        lambda: front.desk.read(wish.path, choice=choice, cancelled=given_up.is_set),
        stop=given_up.set,
    )
    for note in reading_notes(raw):
        front.say(note)
    if (found := front.desk.recognise(raw)) is not None:
        rows = len(raw.rows)
        raw = front.desk.what_is_left(raw, found)
        if not raw.rows:
            raise SheetError(SheetProblem.NOTHING_LEFT)
        front.say(result_sheet_sentence(found, left=len(raw.rows), done=rows - len(raw.rows)))
    review = reviewed(front, raw, wish, market, connection)
    if reason is not None:
        review.apply(review.fill_blank_reasons(reason.code))
    elif not review.table.has_own(Column.REASON):
        raise Halt(_no_reason_column())
    if not review.table.has_own(Column.LINE) and _any_needs_a_line(review):
        raise Halt(_no_line_column())
    return review


def read_orders(front: Front, review: Review, connection: Connection) -> None:
    """Ask the store about the orders of all sound rows; Halt if it can't be asked or is stopped."""
    wanted = review.orders_wanted()
    reading = front.desk.order_reading(connection)
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        reading.stop()

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=front.messages,
        transient=True,
        disable=not front.messages.is_terminal,
    ) as bar:
        task = bar.add_task(_("Reading the orders"), total=len(wanted))
        try:
            looks = attend(
                lambda: reading.read(wanted, lambda _po, _look: bar.advance(task)), stop=stop
            )
        except CallFailed as failure:
            raise Halt(call_failed_sentence(failure, store=connection.store.name)) from failure
    if stopped.is_set():
        raise Halt(_("Stopped while the orders were read. Nothing was sent."))
    review.add_looks(looks)
    front.desk.remember_earlier(review, connection)


def _offered_numbers(
    front: Front, review: Review, connection: Connection
) -> tuple[NumberSearch, ...]:
    """Return what the open orders offer for damaged numbers; where they can't be had, say why."""
    try:
        orders = open_orders_of(front, connection)
    except Halt as halt:
        front.say(str(halt))
        return ()
    return find_real_numbers(review.table, orders)


def _any_needs_a_line(review: Review) -> bool:
    issues = (issue for row in review.table.rows for issue in review.issues(row.id))
    return any(issue.code is Code.LINE_MISSING for issue in issues)


def _no_reason_column() -> str:
    return _(
        "The sheet has no column with the reason for each cancel. Nothing was sent. "
        "Add a column named “Cancel Reason”, or give one reason for all rows with --reason CODE."
    )


def _no_line_column() -> str:
    return _(
        "The sheet has no column with line numbers, and rows with a SKU or a quantity don't mean "
        "the whole order. Nothing was sent. Add a column named “Line#” with a number such as 1, "
        "or “all” for every line of the order."
    )


def _unknown_reason(reason: str, market: str) -> str:
    return _(
        "“{reason}” is not a reason Walmart accepts in market {market}. Nothing was sent. "
        "Use one of: {codes}."
    ).format(reason=reason, market=market, codes=", ".join(each.code for each in REASONS[market]))
