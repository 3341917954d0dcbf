"""What is asked before anything is sent, and after the first order where that was wished."""

import threading

from cancel_desk.checks.plan import MANY_ORDERS, Plan
from cancel_desk.cli.attention import LeftAtOnce, attend, interruptible
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.progress import SendingProgress
from cancel_desk.cli.wishes import SendWish
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.language.typed import typed_number
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import RunLine
from cancel_desk.since_boot import SleepNotice
from cancel_desk.texts.outcomes import line_text
from cancel_desk.texts.runs import store_words


def confirm(front: Front, plan: Plan, wish: SendWish) -> None:
    """Return once the plan is agreed to, as the wish says; Halt if it is not."""
    lines = len(plan.lines)
    if wish.at_most is not None and lines > wish.at_most:
        raise Halt(
            _(
                "The plan has {lines}, more than the {most} that --at-most allows, so nothing was "
                "sent. Look at the sheet, or allow more."
            ).format(lines=lines_words(lines), most=grouped(wish.at_most))
        )
    if not wish.yes:
        _ask(front, plan)
    elif plan.asks_for_number and wish.at_most is None:
        raise Halt(
            _(
                "These are {lines} in {orders} at {store}. With more than {many} orders of a LIVE "
                "store, --yes alone is not enough, so nothing was sent. Say with --at-most how "
                "many lines you agree to, for example --at-most {n}."
            ).format(
                lines=lines_words(lines),
                orders=orders_words(plan.orders),
                store=store_words(plan.store),
                many=MANY_ORDERS,
                n=lines,
            )
        )
    hold(front, wish)


def check_attended(front: Front, wish: SendWish) -> None:
    """Halt where the first order should go alone and nobody is there to judge it."""
    if wish.first_alone and not front.attended:
        raise Halt(
            _(
                "Nobody is at this terminal to look at the first order, so nothing was sent. "
                "Leave out --first-alone to send all without being asked in between."
            )
        )


def hold(front: Front, wish: SendWish) -> None:
    """Leave the seconds of the wish to think again; Halt at Ctrl+C, or if the computer sleeps."""
    if not wish.hold:
        return
    gate, notice, slept = Gate(), SleepNotice(), threading.Event()

    def look() -> None:
        if notice.look():
            slept.set()
            gate.stop()

    def wait() -> bool:
        # Said from here because Ctrl+C already undoes it by now.
        seconds = f"{wish.hold:g}"
        front.say(_("Sending begins in {seconds} s. Ctrl+C undoes it.").format(seconds=seconds))
        return gate.wait(wish.hold)

    try:
        goes_on = attend(wait, stop=gate.stop, look=look)
    except LeftAtOnce:
        goes_on = False
    look()  # it may have woken up with nothing left to wait for
    if slept.is_set():
        raise Halt(
            _(
                "This computer slept while the run was held back, so nothing was sent: whoever "
                "confirmed it may be gone since. Give the command again."
            )
        )
    if not goes_on:
        raise Halt(_("Undone. Nothing was sent."))


def ask_after_first(front: Front, progress: SendingProgress, gate: Gate) -> None:
    """Where the first order was sent and the rest waits: show what became of it, and ask."""
    lines = progress.take_first()
    if not lines:
        return
    with progress.aside(), interruptible():
        try:
            _show_first(front, lines)
            left = lines_words(progress.left)
            goes_on = front.agrees(_("Go on with the other {lines}?").format(lines=left))
        except (KeyboardInterrupt, Halt):
            goes_on = False
    if goes_on:
        gate.resume()
    else:
        gate.stop()


def lines_words(number: int) -> str:
    """Return a number of lines."""
    return ngettext("{n} line", "{n} lines", number).format(n=grouped(number))


def orders_words(number: int) -> str:
    """Return a number of orders."""
    return ngettext("{n} order", "{n} orders", number).format(n=grouped(number))


def _ask(front: Front, plan: Plan) -> None:
    lines = len(plan.lines)
    what = _("Cancel {lines} at {store}?").format(
        lines=lines_words(lines), store=store_words(plan.store)
    )
    if not plan.asks_for_number:
        agreed = front.agrees(what)
    else:
        typed = front.answer(
            _("{question} Type the number of lines, {n}, to send them:").format(
                question=what, n=lines
            )
        )
        agreed = typed_number(typed) == lines
    if not agreed:
        raise Halt(_("Nothing was sent."))


def _show_first(front: Front, lines: list[RunLine]) -> None:
    front.say(_("The first order, {po}, was sent:").format(po=lines[0].po))
    for line in lines:
        front.say(_("Line {line}: {text}").format(line=line.line, text=line_text(line)))
        if line.outcome is not None and line.outcome.words:
            front.say(_("Walmart said: {words}").format(words=line.outcome.words))
