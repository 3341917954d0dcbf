"""The sentence for each issue: what is wrong with the row and what to do about it."""

from collections.abc import Callable
from datetime import date

from cancel_desk.checks.issues import Code, Issue
from cancel_desk.language import day, ngettext
from cancel_desk.language import gettext as _
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.damage import Damage
from cancel_desk.sheet.rows import Mark


def issue_sentence(issue: Issue) -> str:
    """Return what is wrong and what to do, in a sentence or two."""
    if issue.code is Code.CELL_DAMAGED:
        return _damage_sentence(issue)
    if issue.code is Code.PART_ALREADY_CANCELLED:
        return _part_sentence(int(issue.params["cancelled"]), issue.params["open"])
    if issue.code is Code.NO_LINE_FOUND:
        return _not_found_sentence(Mark(issue.params["why"]))
    if issue.code is Code.LINE_NOT_FOUND and not issue.params["known"]:
        return _("The order has no lines, as Walmart tells it. Look at it in Seller Center.")
    sentences = _SENTENCES
    if issue.code in _WITH_UNNUMBERED_ROW and not issue.params["other"]:
        sentences = _WITH_UNNUMBERED_ROW
    template = sentences[issue.code]()
    params = {**issue.params, "column": column_name(issue.column) if issue.column else ""}
    if "date" in params:
        params["date"] = day(date.fromisoformat(params["date"]))
    return template.format(**params)


def issue_title(code: Code) -> str:
    """Return the kind of problem in a few words, for lists and counts."""
    return _TITLES[code]()


def column_name(column: Column) -> str:
    """Return what a column is called on the screen and in sentences."""
    return {
        Column.PO: _("PO number"),
        Column.LINE: _("Line"),
        Column.SKU: _("SKU"),
        Column.QUANTITY: _("Qty"),
        Column.REASON: _("Reason"),
        Column.STATUS: _("Status"),
        Column.FULFILLMENT: _("Fulfillment"),
        Column.LEFT_OUT: _("Left out because"),
    }[column]


def _damage_sentence(issue: Issue) -> str:
    column = column_name(issue.column or Column.PO)
    template = {
        Damage.SCIENTIFIC: _(
            "Excel shortened this {column} to {text}: its last digits are gone from the file. "
            "Copy the full number from Seller Center."
        ),
        Damage.ROUNDED: _(
            "Excel keeps 15 digits and turned the rest of this {column} into zeros. "
            "Copy the full number from Seller Center."
        ),
        Damage.HASHES: _("The {column} reads {text}: the file holds the signs, not the number."),
        Damage.DATE: _("Excel made a date ({text}) of this {column}. Type the number again."),
        Damage.ERROR: _("The {column} holds the error {text} instead of a number."),
        Damage.NO_VALUE: _(
            "The {column} is a formula that was saved without its result. "
            "Open the file in Excel, save it and drop it again, or type the value."
        ),
    }[Damage(issue.params["damage"])]
    return template.format(column=column, text=issue.params["text"])


def _part_sentence(cancelled: int, left: str) -> str:
    return ngettext(
        "{cancelled} unit of this line is already cancelled, so this may have been sent before: "
        "then nothing is left to do. Leave the quantity blank to cancel what is still open too: "
        "{open}.",
        "{cancelled} units of this line are already cancelled, so this may have been sent before: "
        "then nothing is left to do. Leave the quantity blank to cancel what is still open too: "
        "{open}.",
        cancelled,
    ).format(cancelled=cancelled, open=left)


def _not_found_sentence(why: Mark) -> str:
    return {
        Mark.NOTHING_OPEN: _(
            "No open order line of the store has this SKU or customer order, so nothing is sent "
            "for the row. Check that it is written as in Seller Center."
        ),
        Mark.NOT_NAMED: _(
            "The row names no SKU or customer order, so nothing is sent for it. In merged cells "
            "only the first row has the text."
        ),
        Mark.NAMED_BEFORE: _(
            "A row above stands for all order lines of this one already. See there what comes of "
            "them."
        ),
        Mark.WHICH_LINE: _(
            "Several open order lines fit, so it can't be told which one the quantity is for. "
            "Type the order and line, or clear the quantity in your file and open it again."
        ),
        Mark.NAME_DAMAGED: _(
            "Excel damaged the SKU or customer order of this row, so no order was looked up for "
            "it. Copy it from Seller Center."
        ),
        Mark.HIDDEN: _("The row is hidden in your file, so no order was looked up for it."),
    }[why]


# Of another row that was put in here, so that it has no number in the person's file.
_WITH_UNNUMBERED_ROW: dict[Code, Callable[[], str]] = {
    Code.SAME_LINE_TWICE: lambda: _(
        "Same line as another row: it is asked for once, with that one. See there what comes of it."
    ),
    Code.SAME_LINE_DIFFERENTLY: lambda: _(
        "Same line as another row, with another quantity or reason. Leave one of the two out."
    ),
    Code.LINE_AND_WHOLE_ORDER: lambda: _(
        "Order {po} is asked for as a whole and by line (see another row). Leave one of them out."
    ),
}

# Functions, so that each sentence is translated when it is asked for.
_TITLES: dict[Code, Callable[[], str]] = {
    Code.PO_MISSING: lambda: _("PO number missing"),
    Code.NO_LINE_FOUND: lambda: _("No order line found"),
    Code.CELL_MERGED: lambda: _("Part of a merged cell"),
    Code.PO_MALFORMED: lambda: _("Not a PO number"),
    Code.PO_UNUSUAL_LENGTH: lambda: _("PO number of unusual length"),
    Code.CELL_DAMAGED: lambda: _("Number damaged by Excel"),
    Code.CELL_REPAIRED: lambda: _("Cleaned up"),
    Code.LINE_MISSING: lambda: _("Line missing"),
    Code.LINE_MALFORMED: lambda: _("Not a line number"),
    Code.QUANTITY_MALFORMED: lambda: _("Not a quantity"),
    Code.QUANTITY_BLANK: lambda: _("Quantity blank"),
    Code.QUANTITY_FOR_WHOLE_ORDER: lambda: _("Quantity for a whole order"),
    Code.REASON_MISSING: lambda: _("Reason missing"),
    Code.REASON_UNKNOWN: lambda: _("Not a Walmart reason"),
    Code.SAME_LINE_TWICE: lambda: _("Same line twice"),
    Code.SAME_LINE_DIFFERENTLY: lambda: _("Same line, different wishes"),
    Code.LINE_AND_WHOLE_ORDER: lambda: _("A line and its whole order"),
    Code.ROW_HIDDEN: lambda: _("Hidden in your file"),
    Code.SHEET_SAYS_NO: lambda: _("Your file says not to cancel it"),
    Code.LEFT_OUT: lambda: _("Left out by you"),
    Code.SHEET_SAYS_CLOSED: lambda: _("Closed, says your file"),
    Code.SHEET_SAYS_WFS: lambda: _("Shipped by Walmart, says your file"),
    Code.WHOLE_ORDER: lambda: _("Whole order"),
    Code.ORDER_NOT_FOUND: lambda: _("No such order"),
    Code.ORDER_NOT_READ: lambda: _("Order could not be checked"),
    Code.NOT_CHECKED: lambda: _("Order not checked"),
    Code.LINE_NOT_FOUND: lambda: _("No such line"),
    Code.SKU_DISAGREES: lambda: _("Line and SKU disagree"),
    Code.OTHER_SKUS_IN_ORDER: lambda: _("Other SKUs in the order"),
    Code.ALREADY_CANCELLED: lambda: _("Already cancelled"),
    Code.ALREADY_SHIPPED: lambda: _("Already shipped"),
    Code.NOTHING_OPEN: lambda: _("Nothing left to cancel"),
    Code.MORE_THAN_OPEN: lambda: _("More than is open"),
    Code.PART_ALREADY_CANCELLED: lambda: _("Partly cancelled before"),
    Code.SENT_EARLIER: lambda: _("Cancelled by you before"),
    Code.SENT_WITHOUT_ANSWER: lambda: _("Sent before, no answer"),
    Code.SENT_UNSETTLED: lambda: _("Sent before, not looked up yet"),
    Code.ORDER_PARTLY_CLOSED: lambda: _("Order partly shipped"),
    Code.FULFILLED_BY_WALMART: lambda: _("Shipped by Walmart (WFS)"),
    Code.NO_CANCEL_REQUEST: lambda: _("No cancel request from customer"),
}

_SENTENCES: dict[Code, Callable[[], str]] = {
    Code.PO_MISSING: lambda: _("The PO number is missing. Type it, or leave the row out."),
    Code.CELL_MERGED: lambda: _(
        "{column}: your file shows one merged cell over several rows, and only the first of them "
        "holds its text. Fill it in if it is meant for this row too, or type what is."
    ),
    Code.PO_MALFORMED: lambda: _(
        "“{text}” is not a purchase order number: those are digits, with letters or hyphens among "
        "them at most."
    ),
    Code.PO_UNUSUAL_LENGTH: lambda: _(
        "{po} is {length} long, but purchase order numbers mostly have 13 to 15 digits. "
        "Check that zeros at its start were not lost and that it is no customer order number."
    ),
    Code.CELL_REPAIRED: lambda: _("{column}: “{before}” is read as {after}."),
    Code.LINE_MISSING: lambda: _(
        "The line number is missing. Type it, or “all” for every line still open in the order."
    ),
    Code.LINE_MALFORMED: lambda: _(
        "“{text}” is not a line number. Type a number such as 1, or “all”."
    ),
    Code.QUANTITY_MALFORMED: lambda: _(
        "“{text}” is not a quantity. Type a whole number from 1, or leave it blank for all units."
    ),
    Code.QUANTITY_BLANK: lambda: _(
        "The quantity is blank: every unit still open on the line will be cancelled."
    ),
    Code.QUANTITY_FOR_WHOLE_ORDER: lambda: _(
        "A whole order has no quantity ({text}). Clear it, or name the line."
    ),
    Code.REASON_MISSING: lambda: _("The reason is missing. Pick one."),
    Code.REASON_UNKNOWN: lambda: _("“{text}” is not a reason Walmart accepts. Pick one."),
    Code.SAME_LINE_TWICE: lambda: _(
        "Same line as row {other}: it is asked for once, with that one. See there what comes of it."
    ),
    Code.SAME_LINE_DIFFERENTLY: lambda: _(
        "Same line as row {other}, with another quantity or reason. Leave one of the two out."
    ),
    Code.LINE_AND_WHOLE_ORDER: lambda: _(
        "Order {po} is asked for as a whole and by line (see row {other}). Leave one of them out."
    ),
    Code.ROW_HIDDEN: lambda: _(
        "The row is hidden in your file, so it is left out. "
        "If it should be cancelled, show it there and open the file again."
    ),
    Code.SHEET_SAYS_NO: lambda: _(
        "Your file says “{text}” under “{header}”, so it is left out. "
        "If it should be cancelled, change that there and open the file again."
    ),
    Code.LEFT_OUT: lambda: _("Left out by you: {why}"),
    Code.SHEET_SAYS_CLOSED: lambda: _(
        "Your file says “{status}”. If that is still so, Walmart will not cancel it."
    ),
    Code.SHEET_SAYS_WFS: lambda: _(
        "Your file says that Walmart ships this order; such orders can't be cancelled here."
    ),
    Code.WHOLE_ORDER: lambda: _("The whole order is cancelled, line (SKU: units): {lines}."),
    Code.ORDER_NOT_FOUND: lambda: _(
        "This store has no order {po}. Check the number, and that it is not a customer order."
    ),
    Code.ORDER_NOT_READ: lambda: _("The order could not be checked: {why}"),
    Code.NOT_CHECKED: lambda: _(
        "The order was not looked up at Walmart, so nothing is sent for it. Check again."
    ),
    Code.LINE_NOT_FOUND: lambda: _("The order has no line {line}; it has {known}."),
    Code.SKU_DISAGREES: lambda: _(
        "Your file says SKU {sheet}, but at Walmart this line is {walmart}. Check the line number."
    ),
    Code.OTHER_SKUS_IN_ORDER: lambda: _(
        "Your file says SKU {sheet}, but the whole order has {skus}. Name the line instead."
    ),
    Code.ALREADY_CANCELLED: lambda: _("Already cancelled at Walmart: nothing is left to do."),
    Code.ALREADY_SHIPPED: lambda: _(
        "Already shipped, so it can't be cancelled. Refund it when it comes back."
    ),
    Code.NOTHING_OPEN: lambda: _(
        "No unit is open any more: {cancelled} cancelled, {shipped} shipped."
    ),
    Code.MORE_THAN_OPEN: lambda: _(
        "You ask for {asked}, but only {open} can still be cancelled. Lower the quantity."
    ),
    Code.SENT_EARLIER: lambda: _(
        "You already cancelled {units} of line {line} on {date}, in run {run}. "
        "Leave the quantity blank only to cancel the {open} still open too."
    ),
    Code.SENT_WITHOUT_ANSWER: lambda: _(
        "{units} of line {line} were sent before, in run {run}, and no answer came. "
        "Leave the quantity blank only to cancel the {open} still open too."
    ),
    Code.SENT_UNSETTLED: lambda: _(
        "Line {line} was sent before, in run {run}, and no answer came: it may be cancelled by "
        "now, so it is not sent here. Resume that run first, which looks the order up, and asks "
        "you if that does not settle it. Then check this sheet again."
    ),
    Code.ORDER_PARTLY_CLOSED: lambda: _(
        "{shipped} units of this order have shipped; only the {open} still open are cancelled."
    ),
    Code.FULFILLED_BY_WALMART: lambda: _(
        "Walmart ships this order itself (WFS), so it can't be cancelled here."
    ),
    Code.NO_CANCEL_REQUEST: lambda: _(
        "The order shows no cancel request from the customer; Walmart may flag this reason."
    ),
}
