"""Sentences for what goes wrong between this program and a store, its accounts and its vault."""

from collections.abc import Callable

from cancel_desk.accounts.account import (
    ENV_NAME,
    THIS_SESSION,
    Account,
    AccountError,
    AccountProblem,
)
from cancel_desk.accounts.trial import Finding, Trial
from cancel_desk.accounts.vault import VaultError, VaultProblem
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.texts.lists import sentences
from cancel_desk.walmart.endpoint import AddressProblem
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind

Sentence = Callable[[], str]


def call_failed_sentence(error: CallFailed, *, store: str) -> str:
    """Return what happened, what it means for the orders and what to do, with Walmart's words."""
    by_cause = error.kind in (FailureKind.UNSENT, FailureKind.UNKNOWN)
    happened = (_CAUSES[error.cause] if by_cause else _KINDS[error.kind])()
    parts = [happened.format(store=store, status=error.status or "")]
    if by_cause:
        parts.append(_MEANINGS[error.kind]())
        parts.append(_ADVICE.get(error.cause, _try_again)())
    if error.words or error.code:
        said = " ".join(
            part for part in (error.words, f"({error.code})" * bool(error.code)) if part
        )
        parts.append(_("Walmart's words: {words}").format(words=said))
    return sentences(parts)


def trial_sentence(trial: Trial, *, store: str) -> str:
    """Return what trying out an account's keys showed, and what to do about it."""
    if trial.finding is Finding.FAILED and trial.failure:
        parts = _failed_trial(trial.failure, store)
    else:
        parts = [_TRIALS[trial.finding]().format(store=store), *_words(trial.failure)]
    if trial.clock_ahead:
        parts.append(_clock_sentence(trial.clock_ahead, store))
    return sentences(parts)


def _failed_trial(failure: CallFailed, store: str) -> list[str]:
    """A trial cancels nothing, so what a call means for orders is left out here."""
    if failure.kind in _KEYS_REFUSED:
        parts = [_KEYS_REFUSED[failure.kind]()]
    elif failure.kind in (FailureKind.UNSENT, FailureKind.UNKNOWN):
        parts = [_CAUSES[failure.cause](), _ADVICE.get(failure.cause, _try_again)()]
    elif failure.kind is FailureKind.THROTTLED:
        parts = [_("{store} asked to slow down."), _try_again()]
    else:
        parts = [_CAUSES[Cause.NOT_WALMART](), _ADVICE[Cause.NOT_WALMART]()]
    sentences = [part.format(store=store, status=failure.status or "") for part in parts]
    return [*sentences, *_words(failure)]


def _words(failure: CallFailed | None) -> list[str]:
    said = failure and (failure.words or failure.code)
    return [_("Walmart's words: {words}").format(words=said)] if said else []


def _clock_sentence(ahead: float, store: str) -> str:
    sentence = (
        _("The clock of this computer is {time} ahead of the clock of {store}: set it right.")
        if ahead > 0
        else _("The clock of this computer is {time} behind the clock of {store}: set it right.")
    )
    minutes = round(abs(ahead) / 60)
    if minutes < 120:
        time = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    elif minutes < 48 * 60:
        time = _("{n} hours").format(n=round(minutes / 60))
    else:
        time = _("{n} days").format(n=grouped(round(minutes / 60 / 24)))
    return sentence.format(time=time, store=store)


def kept_in_words(account: Account) -> str:
    """Return where the keys of an account are kept; "" if it needs none or it isn't known."""
    if account.name == ENV_NAME:
        return _("variables of this terminal")
    return _("this session only") if account.kept_in == THIS_SESSION else account.kept_in


def kept_sentence(store: str, *, chosen_by: str = "") -> str:
    """Return where keys are kept, and by whose choice if it isn't the system's."""
    if store == THIS_SESSION:
        return _(
            "The keys are kept for this session only: they are not written to this computer's disk "
            "and are asked for again the next time."
        )
    if chosen_by:
        return _("The keys are kept in: {store} (chosen by {chosen_by})").format(
            store=store, chosen_by=chosen_by
        )
    return _("The keys are kept in: {store}").format(store=store)


def removed_sentence(name: str, *, keys_left_in: str = "") -> str:
    """Return what became of an account that was removed, and of its keys."""
    sentence = _(
        "Account {name} is removed from this computer, and nothing changed at Walmart. "
        "Earlier runs stay here."
    ).format(name=name)
    if not keys_left_in:
        return sentence
    left = _("Its keys may still be in {store}, which is not in use now: delete them there.")
    return sentences((sentence, left.format(store=keys_left_in)))


def account_error_sentence(error: AccountError) -> str:
    """Return what is wrong with an account and what to do about it."""
    if error.problem is AccountProblem.BAD_ADDRESS:
        return address_sentence(AddressProblem(error.params["why"]), error.params["address"])
    return _ACCOUNT_PROBLEMS[error.problem]().format(**error.params)


def address_sentence(problem: AddressProblem, address: str) -> str:
    """Return why this program won't talk to an address."""
    return _ADDRESS_PROBLEMS[problem]().format(address=address)


def vault_error_sentence(error: VaultError) -> str:
    """Return why keys can't be kept or had, and what to do about it."""
    sentence = _VAULT_PROBLEMS[error.problem]()
    store = error.store or _("the keyring")
    if error.problem is VaultProblem.REFUSED_STORE and error.detail:
        store = _("{store} (chosen by {chosen_by})").format(store=store, chosen_by=error.detail)
    return sentence.format(store=store, detail=error.detail)


def _try_again() -> str:
    return _("Try again in a few minutes.")


_MEANINGS: dict[FailureKind, Sentence] = {
    FailureKind.UNSENT: lambda: _("Nothing was sent."),
    FailureKind.UNKNOWN: lambda: _(
        "A cancel on its way at that moment may or may not have been carried out; "
        "the order itself will tell."
    ),
}

_CAUSES: dict[Cause, Sentence] = {
    Cause.NO_ADDRESS: lambda: _("The address of {store} was not found."),
    Cause.NO_CONNECTION: lambda: _("{store} can't be reached: there is no connection."),
    Cause.CONNECT_TIMEOUT: lambda: _("{store} can't be reached: connecting took too long."),
    Cause.TLS: lambda: _("No secure connection to {store} could be made."),
    Cause.CERTIFICATE_DATE: lambda: _(
        "By the clock of this computer, the certificate of {store} is not valid now, so no secure "
        "connection was made."
    ),
    Cause.PROXY: lambda: _("The proxy on the way to {store} let nothing through."),
    Cause.PROXY_LOGIN: lambda: _(
        "The proxy on the way to {store} wants a user name and password, or other ones than it "
        "was given."
    ),
    Cause.READ_TIMEOUT: lambda: _("{store} didn't answer in time."),
    Cause.CONNECTION_LOST: lambda: _("The connection to {store} broke before its answer came."),
    Cause.UNREADABLE: lambda: _("{store} gave an answer that can't be read."),
    Cause.TOO_LARGE: lambda: _("{store} gave an answer far larger than any order."),
    Cause.OTHER_ORDER: lambda: _("{store} answered about another order than the one asked for."),
    Cause.REDIRECT: lambda: _(
        "{store} pointed to another address, which was not followed to protect your keys."
    ),
    Cause.UNAUTHORIZED: lambda: _("{store} no longer accepts the access it gave."),
    Cause.NOT_WALMART: lambda: _("Something answered for {store}, but not the way Walmart does."),
    Cause.BAD_REQUEST: lambda: _("{store} couldn't make sense of what this program asked."),
    Cause.HTTP: lambda: _("{store} has trouble of its own (error {status})."),
}

_ADVICE: dict[Cause, Sentence] = {
    Cause.NO_ADDRESS: lambda: _("Check your internet connection and the store's address."),
    Cause.NO_CONNECTION: lambda: _("Check your internet connection and try again."),
    Cause.CONNECT_TIMEOUT: lambda: _("Check your internet connection and try again."),
    Cause.TLS: lambda: _(
        "Something on the way may be inspecting secure connections: antivirus software, a company "
        "network, or a network that wants you to sign in first. Try another network, or ask who "
        "runs this one."
    ),
    Cause.CERTIFICATE_DATE: lambda: _(
        "Set the date and time of this computer right. If they are right, ask who runs this "
        "network."
    ),
    Cause.PROXY: lambda: _("Check the proxy settings of this computer, or ask who runs it."),
    Cause.PROXY_LOGIN: lambda: _(
        "Ask who runs the proxy for them, and set HTTPS_PROXY to http://name:password@proxy:port "
        "before you start this program."
    ),
    Cause.REDIRECT: lambda: _(
        "Check the store's address, and whether this network wants you to sign in first."
    ),
    Cause.UNAUTHORIZED: lambda: _("Check the client id and secret of this account."),
    Cause.NOT_WALMART: lambda: _("Check the store's address in this account."),
}

_KINDS: dict[FailureKind, Sentence] = {
    FailureKind.REFUSED: lambda: _("{store} refused this; nothing was cancelled by it."),
    FailureKind.NOT_FOUND: lambda: _(
        "{store} has no such order. Check the PO number, and that this is the right store."
    ),
    FailureKind.THROTTLED: lambda: _(
        "{store} asked to slow down. Nothing was sent; it goes on after a pause."
    ),
    FailureKind.CREDENTIALS: lambda: _(
        "{store} refused the client id or secret, so nothing was sent. "
        "Copy both again from Walmart's developer portal into this account."
    ),
    FailureKind.FORBIDDEN: lambda: _(
        "{store} doesn't let these keys do this, so nothing was sent. In Walmart's developer "
        "portal, give them full access to orders."
    ),
    FailureKind.OUR_BUG: lambda: _(
        "{store} couldn't make sense of what this program asked. Nothing was cancelled by it. "
        "This is a fault of the program or of the store's address: please report it."
    ),
}

_KEYS_REFUSED: dict[FailureKind, Sentence] = {
    FailureKind.CREDENTIALS: lambda: _(
        "{store} refused the client id or secret. Copy both again from Walmart's developer portal, "
        "from the page of the same environment: production and sandbox have keys of their own."
    ),
    FailureKind.FORBIDDEN: lambda: _(
        "{store} doesn't let these keys in. In Walmart's developer portal, give them full access "
        "to orders."
    ),
}

_TRIALS: dict[Finding, Sentence] = {
    Finding.GOOD: lambda: _("These keys work at {store} and may cancel orders."),
    Finding.INVALID: lambda: _(
        "{store} says that these keys are not valid. Copy both again from Walmart's developer "
        "portal."
    ),
    Finding.VIEW_ONLY: lambda: _(
        "These keys work at {store}, but may only look at orders. In Walmart's developer portal, "
        "give them full access to orders, then test again."
    ),
    Finding.NO_ACCESS: lambda: _(
        "These keys work at {store}, but may not touch orders. In Walmart's developer portal, "
        "give them full access to orders, then test again."
    ),
    Finding.UNSAID: lambda: _(
        "These keys work at {store}, but it doesn't say whether they may cancel orders. In "
        "Walmart's developer portal, see that they have full access to orders."
    ),
    Finding.OTHER_MARKET: lambda: _(
        "These keys work at {store}, but orders in the market of this account can't be read with "
        "them. Choose the market that the keys are for, or copy the keys of this market."
    ),
    Finding.CLOCK_WRONG: lambda: _("These keys work at {store} and may cancel orders."),
}

_ADDRESS_PROBLEMS: dict[AddressProblem, Sentence] = {
    AddressProblem.NOT_WEB: lambda: _(
        "{address} is not a web address, so nothing can be sent there. "
        "An address begins with https://"
    ),
    AddressProblem.PLAIN_HTTP: lambda: _(
        "{address} is not encrypted, so your keys could be read on the way. Nothing is sent "
        "there. Use the address that begins with https://"
    ),
    AddressProblem.HOLDS_LOGIN: lambda: _(
        "The address holds a user name or password (before the @). Leave that part out: {address}"
    ),
    AddressProblem.HOLDS_QUERY: lambda: _(
        "The address {address} should end before the ? or #. Leave out what follows."
    ),
}

_ACCOUNT_PROBLEMS: dict[AccountProblem, Sentence] = {
    AccountProblem.NAME_EMPTY: lambda: _(
        "The account needs a name. Type one, such as your shop's."
    ),
    AccountProblem.NAME_TOO_LONG: lambda: _(
        "The name is too long. Use {longest} characters at most."
    ),
    AccountProblem.NAME_UNPRINTABLE: lambda: _(
        "The name holds signs that can't be shown. Type it again."
    ),
    AccountProblem.NAME_RESERVED: lambda: _(
        "The name {name} means something of its own here. Choose another one."
    ),
    AccountProblem.NAME_TAKEN: lambda: _(
        "There is an account {name} already. Choose another name, or change that account."
    ),
    AccountProblem.NOT_FOUND: lambda: _(
        "There is no account {name}. Nothing was sent. See the list of accounts for the names."
    ),
    AccountProblem.ENV_MISSING: lambda: _(
        "The account env needs {variables} to be set. Nothing was sent. "
        "Set it to what Walmart's developer portal shows and try again."
    ),
    AccountProblem.BAD_MARKET: lambda: _(
        "{market} is not a market of Walmart's. Nothing was sent. Use US, CA, MX or CL."
    ),
    AccountProblem.BOOK_BROKEN: lambda: _(
        "The list of accounts could not be read and was set aside as {aside}. Your keys are safe "
        "in the keyring. Add the accounts again, under the same names."
    ),
    AccountProblem.BOOK_NEWER: lambda: _(
        "The list of accounts ({path}) was written by a newer Cancel Desk and is left as it is. "
        "Install the newest version."
    ),
    AccountProblem.BOOK_UNREADABLE: lambda: _(
        "The list of accounts ({path}) can't be opened: {why}. Nothing was changed. "
        "Check who may read the file."
    ),
    AccountProblem.BOOK_UNWRITABLE: lambda: _(
        "The list of accounts ({path}) can't be saved: {why}. It is as it was before. "
        "Check the free space and who may write there."
    ),
    AccountProblem.BOOK_BUSY: lambda: _(
        "Another Cancel Desk on this computer is changing the list of accounts, so nothing was "
        "changed here. See whether its keyring asks for a password, then try again."
    ),
}

_VAULT_PROBLEMS: dict[VaultProblem, Sentence] = {
    VaultProblem.ABSENT: lambda: _(
        "This computer has no keyring that could keep your keys, and they are never written to a "
        "plain file. Install one (such as GNOME Keyring), or use the account for this session "
        "only. On the command line, set CANCEL_DESK_CLIENT_ID and CANCEL_DESK_CLIENT_SECRET and "
        "use the account env."
    ),
    VaultProblem.REFUSED_STORE: lambda: _(
        "This computer is set up to keep passwords in {store}, which does not protect them, so "
        "your keys were not given to it. Choose the system's own keyring instead."
    ),
    VaultProblem.BAD_CHOICE: lambda: _(
        "{store} chooses a keyring that can't be used, so your keys can't be kept or read. "
        "Nothing was sent. Take that choice back, and the system's own keyring is used."
    ),
    VaultProblem.MOVED: lambda: _(
        "The keys of this account were kept in {detail}, but this computer now uses {store}. "
        "Nothing was sent. Enter its client id and secret again, or go back to {detail}."
    ),
    VaultProblem.SESSION_OVER: lambda: _(
        "The keys of this account were kept for one session only, and that is over. Nothing was "
        "sent. Enter its client id and secret again."
    ),
    VaultProblem.LOCKED: lambda: _(
        "{store} is locked, so your keys can't be read. Nothing was sent. "
        "Unlock it (signing in to your computer again often does) and try again."
    ),
    VaultProblem.DENIED: lambda: _(
        "{store} was told not to hand out your keys. Nothing was sent. "
        "Try again and allow it when you are asked."
    ),
    VaultProblem.MISSING_ENTRY: lambda: _(
        "{store} holds no keys for this account. Nothing was sent. "
        "Enter its client id and secret again."
    ),
    VaultProblem.HANGING: lambda: _(
        "{store} doesn't answer. Nothing was sent. "
        "See whether it asks for a password in a window of its own, then try again."
    ),
    VaultProblem.FAILED: lambda: _(
        "{store} reported an error ({detail}). Nothing was sent. "
        "Restart your computer if it happens again."
    ),
}
