"""What is told and asked of a line in doubt that only the person can decide about."""

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.runs.deciding import Doubt
from cancel_desk.texts.reasons import reason_label


def asked_words(doubt: Doubt) -> str:
    """Return which line it is and what was asked of it."""
    line = doubt.line
    asked = ngettext("{n} unit asked", "{n} units asked", line.units).format(n=line.units)
    text = _("Order {po}, line {line}: {asked}, {reason}").format(
        po=line.po, line=line.line, asked=asked, reason=reason_label(ReasonCode(line.reason))
    )
    return f"{text} ({line.sku})" if line.sku else text


def shown_words(doubt: Doubt, *, at: str) -> str:
    """Return what the order showed when it was read, ``at`` in the person's own time."""
    return _(
        "At {at} Walmart showed: {ordered} ordered, {open} open, {cancelled} cancelled, "
        "{shipped} shipped."
    ).format(at=at, **doubt.sight._asdict())


def leave_words() -> str:
    """Return the answer that sends nothing."""
    return _("Leave it as it is: it is cancelled, or I see to it myself")


def again_words(doubt: Doubt) -> str:
    """Return the answer that sends what is missing."""
    return ngettext(
        "Send {n} unit again", "Send these {n} units again", doubt.missing
    ).format(n=doubt.missing)  # fmt: skip


def too_few_words() -> str:
    """Return why nothing of a line can be sent again."""
    return _("It can't be sent again: fewer units are open than are missing.")


def warning_words() -> str:
    """Return what to know before deciding."""
    return _(
        "The orders do not show what came of these calls. Look at each in Seller Center first: if "
        "a call is carried out after all, sending it again cancels more than you asked for, and a "
        "cancel can't be undone. Nothing is sent where the order is no longer as shown here."
    )
