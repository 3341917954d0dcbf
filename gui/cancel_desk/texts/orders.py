"""What an order at Walmart says about a row, in the few words that fit into a cell."""

from cancel_desk.checks.drafts import Draft
from cancel_desk.checks.filling_in import FilledIn
from cancel_desk.checks.live import Look, NotRead
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, moment, ngettext, pgettext
from cancel_desk.texts.lists import listed, sentences
from cancel_desk.walmart.orders import Order, OrderLine

NOT_CHECKED = "—"
"""Stands where Walmart was not asked yet."""

_MOST_LINES = 10  # told of an order
_CLOSED = ("Shipped", "Delivered", "Cancelled", "Refund")


def walmart_says(draft: Draft, look: Look) -> str:
    """Return how the line of a row, or its whole order, stands at Walmart."""
    if look is None:
        return _("No such order")
    if isinstance(look, NotRead):
        return _("Could not be read")
    if not look.cancellable_here:
        return _("Shipped by Walmart (WFS)")
    if not draft.line:
        return _order_words(look)
    line = look.line(draft.line)
    return _line_words(line) if line else _("No line {line}").format(line=draft.line)


def walmart_details(draft: Draft, look: Look) -> list[str]:
    """Return all that is known of the line of a row, or of its order, as short sentences."""
    if not isinstance(look, Order):
        return [look.sentence] if isinstance(look, NotRead) else []
    line = look.line(draft.line) if draft.line else None
    lines = look.lines if line is None else (line,)
    if draft.line and line is None:
        known = listed(each.number for each in look.lines)
        return [_("The order has the lines {known}.").format(known=known), *_about_order(look)]
    told = [_counts(each) for each in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        told.append(_("… and {count} lines more.").format(count=len(lines) - _MOST_LINES))
    asked = [each.number for each in lines if each.intent_to_cancel]
    if not asked:
        told.append(_("The customer did not ask to cancel."))
    elif len(asked) == len(lines):
        told.append(_("The customer asked to cancel."))
    else:
        words = _("The customer asked to cancel line {lines}.")
        told.append(words.format(lines=listed(asked)))
    return [*told, *_about_order(look)]


def _counts(line: OrderLine) -> str:
    return _(
        "Line {line} ({sku}): {ordered} ordered, {open} open, {shipped} shipped, "
        "{cancelled} cancelled."
    ).format(
        line=line.number,
        sku=line.sku or "?",
        ordered=line.ordered,
        open=line.open,
        shipped=line.shipped,
        cancelled=line.cancelled,
    )


def _about_order(order: Order) -> list[str]:
    told = []
    if order.ship_by is not None:
        told.append(_("Ship by {day} (UTC).").format(day=moment(order.ship_by)))
    told.append(
        _("You ship this order.")
        if order.cancellable_here
        else _("Walmart ships this order itself (WFS), so it can't be cancelled here.")
    )
    return told


def filled_in_sentence(filled: FilledIn) -> str:
    """Return what was filled in from the orders, that it can be undone, and what still waits."""
    parts = []
    if filled.orders:
        orders = ngettext(
            "{orders} row for a whole order now shows its {lines} open lines",
            "{orders} rows for whole orders now show their {lines} open lines",
            filled.orders,
        )
        parts.append(orders.format(orders=grouped(filled.orders), lines=grouped(filled.lines)))
    if filled.quantities:
        quantities = ngettext(
            "{count} blank quantity now shows what is open",
            "{count} blank quantities now show what is open",
            filled.quantities,
        )
        parts.append(quantities.format(count=grouped(filled.quantities)))
    told = []
    if parts:
        both = (
            _("{one}, and {other}").format(one=parts[0], other=parts[1]) if parts[1:] else parts[0]
        )
        told.append(
            _("From Walmart: {parts}. Leave out what you don't want; Undo takes it back.").format(
                parts=both
            )
        )
    if filled.waiting:
        waiting = ngettext(
            "{count} row for a whole order has an error: it shows its lines once that is fixed and "
            "you have checked it with Walmart.",
            "{count} rows for whole orders have errors: they show their lines once these are fixed "
            "and you have checked them with Walmart.",
            len(filled.waiting),
        )
        told.append(waiting.format(count=grouped(len(filled.waiting))))
    return sentences(told)


def _line_words(line: OrderLine) -> str:
    words = _closed_words(line)
    if line.open:
        still_open = _("{count} open").format(count=line.open)
        words = f"{_open_status(line)} · {listed(filter(None, (still_open, words)))}"
        if line.intent_to_cancel:
            words = _("{status} · customer asked to cancel").format(status=words)
    return words or _("Nothing open")


def _order_words(order: Order) -> str:
    lines = [line for line in order.lines if line.open]
    if not lines:
        closed = {_closed_words(line) for line in order.lines}
        return closed.pop() if len(closed) == 1 else _("No line open")
    if len(lines) < len(order.lines):
        return _("{count} of {all} lines open").format(count=len(lines), all=len(order.lines))
    still_open = ngettext("{count} line open", "{count} lines open", len(lines)).format(
        count=len(lines)
    )
    statuses = {_open_status(line) for line in lines}
    return f"{statuses.pop()} · {still_open}" if len(statuses) == 1 else still_open


def _open_status(line: OrderLine) -> str:
    """Return the status that the open units have; Walmart may name one we don't know."""
    status = next((name for name in line.quantities if name not in _CLOSED), "")
    return {
        "": pgettext("order", "Open"),
        "Created": _("Created"),
        "Acknowledged": _("Acknowledged"),
    }.get(status, status)


def _closed_words(line: OrderLine) -> str:
    counts = {name: line.quantities.get(name, 0) for name in _CLOSED}
    closed = {name: count for name, count in counts.items() if count}
    if len(closed) == 1 and not line.open:
        whole = {
            "Shipped": _("Shipped"),
            "Delivered": _("Delivered"),
            "Cancelled": _("Cancelled"),
            "Refund": _("Refunded"),
        }
        return whole[next(iter(closed))]
    parts = {
        "Shipped": _("{count} shipped"),
        "Delivered": _("{count} delivered"),
        "Cancelled": _("{count} cancelled"),
        "Refund": _("{count} refunded"),
    }
    return listed(parts[name].format(count=count) for name, count in closed.items())
