"""The words for what a store's open orders offer in place of damaged numbers."""

from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.sheet.real_numbers import Clue, Fit, NumberCandidate, NumberSearch
from cancel_desk.texts.lists import listed


def number_search_sentence(search: NumberSearch) -> str:
    """Say what was found for a damaged purchase order number; nothing of it is taken yet."""
    if search.fit is Fit.NONE:
        return _(
            "No open order of this store fits “{text}”. Copy the number from Seller Center."
        ).format(text=search.text)
    if search.fit is Fit.ONE:
        [only] = search.candidates
        return _("Only {candidate} fits “{text}”: {clues}. Take it if it is the one.").format(
            candidate=candidate_words(only), text=search.text, clues=clue_words(only)
        )
    return ngettext(
        "{count} open order may be “{text}”. Choose it only if you know that it is.",
        "{count} open orders or lines may be “{text}”. Choose the right one.",
        len(search.candidates),
    ).format(count=len(search.candidates), text=search.text)


def candidate_words(candidate: NumberCandidate) -> str:
    """Name an order, and its line where one is meant, in a few words."""
    words = (
        _("order {po}, line {line} ({sku})")
        if candidate.line
        else _("the whole order {po} ({sku})")
    )
    return words.format(po=candidate.po, line=candidate.line, sku=candidate.sku or "?")


def units_words(candidate: NumberCandidate) -> str:
    """Say how many units of it are still open."""
    if candidate.open == candidate.ordered:
        return ngettext("{open} unit open", "{open} units open", candidate.open).format(
            open=candidate.open
        )
    return _("{open} of {ordered} units open").format(
        open=candidate.open, ordered=candidate.ordered
    )


def clue_words(candidate: NumberCandidate) -> str:
    """Say what it has in common with the row."""
    names = {
        Clue.DIGITS: _("first digits"),
        Clue.SKU: _("SKU"),
        Clue.LINE: _("line"),
        Clue.QUANTITY: _("quantity"),
    }
    return _("same {clues}").format(clues=listed(names[clue] for clue in candidate.clues))
