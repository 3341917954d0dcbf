"""The commands that list, add, test, rename and remove accounts."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from cancel_desk.accounts.account import (
    ENV_NAME,
    PRODUCTION_URL,
    SANDBOX_URL,
    THIS_SESSION,
    Account,
    Environment,
    Market,
)
from cancel_desk.accounts.vault import VaultError
from cancel_desk.accounts.vault_problems import ASK_AGAIN
from cancel_desk.cli.front import Front, readable
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.keys import ask_keys
from cancel_desk.language import gettext as _
from cancel_desk.texts.account_changes import (
    change_sentence,
    other_store_found_sentence,
    removal_sentence,
)
from cancel_desk.texts.connection import (
    kept_in_words,
    kept_sentence,
    removed_sentence,
    trial_sentence,
    vault_error_sentence,
)
from cancel_desk.unfinished import order_not_there, other_sellers, unfinished_of
from cancel_desk.walmart.token import Credentials


class Kind(StrEnum):
    """What the person calls an environment."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"


_KINDS = {
    Kind.PRODUCTION: (Environment.LIVE, PRODUCTION_URL),
    Kind.SANDBOX: (Environment.SANDBOX, SANDBOX_URL),
}
_Name = Annotated[str, typer.Argument(metavar="NAME", help="The account.")]


def build_accounts() -> typer.Typer:
    """Build the group of these commands."""
    group = typer.Typer(
        help=_(
            "List the accounts, or add, test, rename or remove one, or give it other keys. Client "
            "id and secret are asked for, or read as two lines from stdin."
        ),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    for command in (_list, _add, _test, _keys, _rename, _remove):
        group.command(command.__name__.removeprefix("_"))(command)
    return group


def _list(
    context: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON value and nothing else.")
    ] = False,
) -> int:
    """List the accounts and where their keys are kept."""
    front: Front = context.obj
    accounts = front.desk.connections.accounts()
    if as_json:
        front.give([_object(account) for account in accounts])
    else:
        front.show(_table(accounts))
    return 0


def _add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it: your shop's name.")],
    *,
    market: Annotated[
        Market, typer.Option(case_sensitive=False, help="The country of the store.")
    ] = Market.US,
    environment: Annotated[
        Kind, typer.Option(help="Your real orders, or Walmart's own trial environment.")
    ] = Kind.PRODUCTION,
    address: Annotated[
        str | None, typer.Option(metavar="URL", help="Another address than Walmart's.")
    ] = None,
    untested: Annotated[
        bool, typer.Option("--untested", help="Save it without asking Walmart.")
    ] = False,
) -> int:
    """Add a store: ask for its client id and secret, test them, and save them in the keyring."""
    front: Front = context.obj
    register, vault = front.desk.connections.register, front.desk.connections.vault
    badge, usual = _KINDS[environment]
    wanted = front.desk.connections.book.admit(Account(name, market, badge, address or usual))
    wanted.endpoint()
    store = vault.store_name  # no keys are asked for that couldn't be kept
    credentials = ask_keys(front)
    if not untested and not _try(front, wanted, credentials):
        front.say(
            _("Nothing was saved. Add --untested to the command to save the account all the same.")
        )
        return 1
    kept = register.add(wanted, credentials)
    front.say(_("Account {name} is saved.").format(name=kept.name))
    front.say(kept_sentence(kept.kept_in or store, chosen_by=vault.chosen_by))
    return 0


def _test(context: typer.Context, name: _Name) -> int:
    """Ask Walmart whether the keys of an account work and may cancel orders."""
    front: Front = context.obj
    connections = front.desk.connections
    account = connections.account(name)
    if account.environment is Environment.PRACTICE:
        front.say(_("The practice store on this computer needs no keys."))
        return 0
    try:
        credentials = connections.keys(account)
    except VaultError as error:
        if error.problem not in ASK_AGAIN:
            raise
        front.say(vault_error_sentence(error))
        return _enter_again(front, account)
    if account.name != ENV_NAME:
        front.say(kept_sentence(account.kept_in or connections.vault.store_name))
    return 0 if _try(front, account, credentials) else 1


def _rename(
    context: typer.Context,
    name: _Name,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
) -> int:
    """Give an account another name."""
    front: Front = context.obj
    kept = front.desk.connections.register.rename(name, new)
    front.say(
        _("The account is called {name} now. Its unfinished runs can be resumed as before.").format(
            name=kept.name
        )
    )
    return 0


def _keys(
    context: typer.Context,
    name: _Name,
    *,
    same_store: Annotated[
        bool,
        typer.Option(
            "--same-store",
            help="They are of the same store as the keys before: its unfinished runs go on.",
        ),
    ] = False,
) -> int:
    """Give an account other keys: ask for them, test them, and save them in the keyring."""
    front: Front = context.obj
    desk = front.desk
    account = desk.connections.book.find(name)
    credentials = ask_keys(front)
    runs = unfinished_of(desk, account)
    others = other_sellers(runs, account, credentials.seller)
    if not _try(front, account, credentials):
        front.say(_("Nothing was saved."))
        return 1
    if same_store and (po := order_not_there(desk, account, credentials, runs)):
        front.say(other_store_found_sentence(account.name, po))
        return 1
    formerly = others if same_store else ()
    kept = desk.connections.register.replace_keys(account.name, credentials, formerly=formerly)
    front.say(kept_sentence(kept.kept_in, chosen_by=desk.connections.vault.chosen_by))
    if runs and others and not same_store:
        front.say(change_sentence(account, account, len(runs), other_keys=True, same_store=False))
        front.say(_("If they are, enter them once more with --same-store."))
    return 0


def _remove(
    context: typer.Context,
    name: _Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Remove it without asking.")] = False,
) -> int:
    """Remove an account and its keys from this computer."""
    front: Front = context.obj
    connections = front.desk.connections
    account = connections.book.find(name)
    if not yes and not front.attended:
        raise Halt(
            _(
                "Nobody is at this terminal to answer, so nothing was removed. "
                "Add --yes to the command to remove it without being asked."
            )
        )
    if not yes:
        front.say(removal_sentence(len(unfinished_of(front.desk, account))))
        if not front.agrees(_("Remove {name}?").format(name=account.name)):
            raise Halt(_("Nothing was removed."))
    gone, keys_left_in = connections.register.remove(name)
    front.say(removed_sentence(gone.name, keys_left_in=keys_left_in))
    return 0


def _enter_again(front: Front, account: Account) -> int:
    """Ask for the keys of a known account, and keep them if they are good."""
    credentials = ask_keys(front)
    if not _try(front, account, credentials):
        front.say(_("Nothing was saved."))
        return 1
    if account.kept_in == THIS_SESSION:
        front.say(kept_sentence(THIS_SESSION))
        return 0
    connections = front.desk.connections
    kept = connections.register.replace_keys(account.name, credentials)
    front.say(kept_sentence(kept.kept_in, chosen_by=connections.vault.chosen_by))
    return 0


def _try(front: Front, account: Account, credentials: Credentials) -> bool:
    from cancel_desk.accounts.trial import try_keys

    trial = try_keys(account, credentials)
    front.say(trial_sentence(trial, store=account.name))
    return trial.passed


def _object(account: Account) -> dict[str, str]:
    return {
        "name": account.name,
        "market": account.market,
        "environment": account.environment,
        "address": account.base_url,
        "kept_in": kept_in_words(account),
    }


def _table(accounts: tuple[Account, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in (_("Account"), _("Market"), _("Kind"), _("Address"), _("Keys are kept in")):
        table.add_column(column, overflow="fold")
    for account in accounts:
        told = _object(account).values()
        table.add_row(*(readable(each) for each in told))
    return table
