"""Sentences for what changing or removing an account means for its runs."""

from cancel_desk.accounts.account import Account
from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.texts.lists import listed, sentences


def change_sentence(
    known: Account, wanted: Account, runs: int, *, other_keys: bool, same_store: bool
) -> str:
    """Return what a change means for so many unfinished runs of the account; "" if nothing.

    ``other_keys``: they may be another seller's, unless ``same_store`` was said of them.
    """
    if not runs:
        return ""
    if (known.place, known.environment) != (wanted.place, wanted.environment):
        return ngettext(
            "{n} run of {name} is not finished. It was confirmed for {place}: after this change it "
            "can't be resumed, and nothing more of it is sent, until you change this back.",
            "{n} runs of {name} are not finished. They were confirmed for {place}: after this "
            "change they can't be resumed, and nothing more of them is sent, until you change "
            "this back.",
            runs,
        ).format(n=runs, name=known.name, place=listed(place_of(known)))
    if other_keys and not same_store:
        return ngettext(
            "{n} run of {name} is not finished. It was confirmed with other keys, so it can't be "
            "resumed with these unless they are of the same store.",
            "{n} runs of {name} are not finished. They were confirmed with other keys, so they "
            "can't be resumed with these unless they are of the same store.",
            runs,
        ).format(n=runs, name=known.name)
    if other_keys:
        return ngettext(
            "{n} run that is not finished can be resumed with these keys. Some of its orders are "
            "looked up first, to see that they are in the store.",
            "{n} runs that are not finished can be resumed with these keys. Some of their orders "
            "are looked up first, to see that they are in the store.",
            runs,
        ).format(n=runs)
    if wanted.name.strip() != known.name:
        return ngettext(
            "{n} run of {name} is not finished. It can be resumed under the new name.",
            "{n} runs of {name} are not finished. They can be resumed under the new name.",
            runs,
        ).format(n=runs, name=known.name)
    return ""


def removal_sentence(runs: int) -> str:
    """Return what removing an account means, with so many unfinished runs of it."""
    means = _(
        "Its keys are deleted from this computer's keyring. Nothing changes at Walmart, and "
        "earlier runs stay here."
    )
    if not runs:
        return means
    left = ngettext(
        "{n} run of it is not finished: what was not sent yet stays unsent. To resume it, add the "
        "store again with the same client ID, under any name.",
        "{n} runs of it are not finished: what was not sent yet stays unsent. To resume them, add "
        "the store again with the same client ID, under any name.",
        runs,
    ).format(n=runs)
    return sentences((means, left))


def other_store_found_sentence(name: str, po: str) -> str:
    """Return that new keys were said to be of the same store, and an order is not in theirs."""
    return _(
        "These keys work, but order {po} of an unfinished run of {name} is not in their store, so "
        "they were not taken for keys of the same store. Nothing was saved. Copy the keys of "
        "{name}, or take back that they are of the same store."
    ).format(name=name, po=po)


def place_of(account: Account) -> tuple[str, str, str]:
    """Return what a run is confirmed for beside the seller: market, kind and address."""
    address = account.base_url.strip().rstrip("/")
    return account.market.value, account.environment.value, address
