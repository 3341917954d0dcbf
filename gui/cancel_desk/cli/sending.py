"""Sending a sheet and resuming a run: what is shown, what is asked, and what is left behind."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from cancel_desk.checks.plan import Plan
from cancel_desk.checks.review import Review
from cancel_desk.cli.attention import LeftAtOnce, attend, undisturbed
from cancel_desk.cli.confirming import (
    ask_after_first,
    check_attended,
    confirm,
    lines_words,
    orders_words,
)
from cancel_desk.cli.deciding import decide
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.printing import counts_table, left_out_table, reasons_table, warnings_table
from cancel_desk.cli.progress import Pace, SendingProgress
from cancel_desk.cli.reviewing import open_review, read_orders
from cancel_desk.cli.trouble import sentence_for
from cancel_desk.cli.wishes import SendWish, SheetWish
from cancel_desk.connections import Connection
from cancel_desk.desktop.awake import this_computer
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.report.counts import counts_object
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.runs.runner import RunEnd
from cancel_desk.sheet.problems import SheetError
from cancel_desk.since_boot import SleepNotice
from cancel_desk.texts.connection import call_failed_sentence
from cancel_desk.texts.durations import spoken
from cancel_desk.texts.reasons import rate_sentence
from cancel_desk.texts.runs import journal_error_sentence, store_words, verdict

_SETTLED = frozenset({Result.CANCELLED, Result.ALREADY_CANCELLED})
_UNSENT = frozenset({Result.LEFT_OUT, Result.NOT_SENT})
_WORTH_A_BELL = 10.0  # seconds after which nobody looks at the terminal any more


def send(front: Front, sheet: SheetWish, wish: SendWish, *, account: str) -> int:
    """Check a sheet, show the plan, ask, send, write the result sheet; return the exit status."""
    front.desk.check_results_place(wish.results, sheet.path)
    check_attended(front, wish)
    if sheet.by is not None and wish.yes:
        raise Halt(
            _(
                "Lines that are looked up have to be seen before they are cancelled, so nothing "
                "was sent. Leave out --yes."
            )
        )
    market = front.desk.connections.account(account).market
    with closing(front.desk.connections.connect(account)) as connection:
        review = open_review(front, sheet, market, connection)
        front.desk.check_results_place(wish.results, sheet.path, review)
        read_orders(front, review, connection)
        plan = review.plan(connection.store)
        show_plan(front, plan, review, connection)
        if plan.requests:
            confirm(front, plan, wish)
        with closing(front.desk.begin(review, plan, connection)) as run:
            return carry_out(front, run, wish, connection)


def show_plan(front: Front, plan: Plan, review: Review, connection: Connection) -> None:
    """Show on stderr everything that a person must know before they say yes."""
    front.say(
        _("Store: {store}, market {market}").format(
            store=store_words(plan.store), market=plan.store.market
        )
    )
    done = sum(each.already_cancelled for each in plan.left_out)
    if done:
        front.say(
            _("{rows}: already cancelled at Walmart, nothing is left to do.").format(
                rows=ngettext("{n} row", "{n} rows", done).format(n=grouped(done))
            )
        )
    if len(plan.left_out) > done:
        front.messages.print(left_out_table(plan, review))
    if not plan.requests:
        front.say(_("No row can be sent."))
        return
    if (warnings := warnings_table(plan, review)) is not None:
        front.messages.print(warnings)
    front.messages.print(reasons_table(plan))
    if plan.counted_lines:
        front.say(rate_sentence(plan.counted_lines))
    front.say(
        _("{lines} in {orders}, {units}. {time} Cancels can't be undone.").format(
            lines=lines_words(len(plan.lines)),
            orders=orders_words(plan.orders),
            units=ngettext("{n} unit", "{n} units", plan.units).format(n=grouped(plan.units)),
            time=expected_time(len(plan.requests), connection.client.cancel_pace.per_minute),
        )
    )


def expected_time(requests: int, per_minute: float) -> str:
    """Return how long so many calls take at a pace, in a sentence."""
    return _("It takes {time} at {pace} calls a minute.").format(
        time=spoken(requests / per_minute * 60), pace=round(per_minute)
    )


def carry_out(front: Front, run: Run, wish: SendWish, connection: Connection | None) -> int:
    """Send what is left of a run, if a connection is given, and write its result sheet.

    The sheet is written whatever happens. Returns the exit status.
    """
    began = time.monotonic()
    written = False
    try:
        if connection is not None and run.lines():
            while _send_watched(front, run, wish, connection) and decide(front, run, wish):
                wish = replace(wish, first_alone=False)
    except KeyboardInterrupt:
        front.say(_("Stopped."))
    finally:
        with undisturbed():
            written = _write(front, run, wish)
    with undisturbed(), front.even_unheard():
        counts = run.counts()
        seconds = round(time.monotonic() - began, 3)
        _report(front, run, counts, wish, seconds=seconds, written=written)
    status = _exit_status(counts)
    return status if written else max(1, status)


def _send_watched(front: Front, run: Run, wish: SendWish, connection: Connection) -> bool:
    """Send while the person watches; return whether the run came to its end by itself."""
    gate = Gate()
    pace = Pace(connection.store.name, lambda: connection.client.cancel_pace.per_minute)
    notice = SleepNotice()
    with _kept_awake(), SendingProgress(front, run.lines(), gate, pace) as progress:

        def look() -> None:
            if slept := notice.look():
                progress.note_sleep(slept)
            progress.show()
            ask_after_first(front, progress, gate)

        try:
            end = attend(
                lambda: front.desk.send(
                    run, connection, gate, progress, first_alone=wish.first_alone
                ),
                stop=progress.stop,
                look=look,
            )
        except LeftAtOnce:
            gate.stop()
            front.say(_("Left at once. Calls under way then count as unknown until you resume."))
            return False
    _explain(front, end, progress, run)
    return not end.stopped


@contextmanager
def _kept_awake() -> Iterator[None]:
    awake = this_computer()
    awake.keep_awake(_("Cancels are being sent to Walmart"))
    try:
        yield
    finally:
        awake.close()


def _explain(front: Front, end: RunEnd, progress: SendingProgress, run: Run) -> None:
    """Say why a run ended before its end, if it did."""
    if end.journal_error is not None:
        front.say(journal_error_sentence(end.journal_error))
    if failure := end.failure or progress.failure:
        front.say(call_failed_sentence(failure, store=run.store.name))
        front.say(_("The run was stopped there, because the next calls would fail the same way."))
    elif end.stopped and end.journal_error is None:
        front.say(
            _("Stopped as you asked. What was not sent yet can be resumed.")
            if run.summary().unfinished
            else _("Stopped as you asked, but by then nothing was left to send.")
        )


def _write(front: Front, run: Run, wish: SendWish) -> bool:
    """Write the result sheet; where that fails, say how to have it written again."""
    try:
        front.desk.write_results(run, wish.results)
    except SheetError as error:
        front.say(sentence_for(error) or "")
        again = front.command("results", run.id, _other_place(front, run))
        front.say(_("The results are safe. Write them with: {command}").format(command=again))
        return False
    return True


def _other_place(front: Front, run: Run) -> str:
    """Return where the result sheet can be written to instead."""
    source = run.facts["source"]
    try:
        return str(front.desk.results_place(Path(source) if source else None))
    except SheetError:
        return _("OUT.xlsx")


def _report(
    front: Front,
    run: Run,
    counts: Counter[Result],
    wish: SendWish,
    *,
    seconds: float,
    written: bool,
) -> None:
    if seconds > _WORTH_A_BELL:
        front.ring()
    if wish.as_json:
        front.give({"run": run.id, **counts_object(counts), "seconds": seconds})
    else:
        front.show(counts_table(counts))
        front.say(verdict(counts))
        if written and not wish.kept:
            front.say(_("Result sheet: {path}").format(path=wish.results))
        elif written:
            front.say(_("Run {run}. Result sheet: {path}").format(run=run.id, path=wish.results))
        else:
            front.say(_("Run {run}. No result sheet was written.").format(run=run.id))
    if not wish.kept:
        return
    for other in run.waits_for:
        first = front.command("resume", other, "--results", str(wish.results))
        front.say(
            _(
                "Lines of this run wait for run {run}, which sent them before without an answer. "
                "Go on with that one first: {command}"
            ).format(run=other, command=first)
        )
    if run.summary().unfinished:
        again = front.command("resume", run.id, "--results", str(wish.results))
        front.say(_("This run is not finished. Go on with: {command}").format(command=again))


def _exit_status(counts: Counter[Result]) -> int:
    found = {result for result in Result if counts[result]}
    if found <= _SETTLED:
        return 0
    return 2 if found <= _UNSENT else 1
