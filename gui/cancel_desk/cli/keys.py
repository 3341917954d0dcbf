"""Asking for client id and secret: at a prompt that hides the secret, or from stdin."""

import getpass
import sys
import warnings

from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.language import gettext as _
from cancel_desk.walmart.token import Credentials


def ask_keys(front: Front) -> Credentials:
    """Return the keys that were typed, or that are the first two lines of stdin; Halt if not both.

    They are never words of a command: those are kept in the shell's history and shown to every
    user of the computer.
    """
    if sys.stdin.isatty():
        front.messages.print(_("Client id: "), end="")
        client_id = sys.stdin.readline().strip()
        secret = _hidden() if client_id else ""
    else:
        client_id, secret = (sys.stdin.readline().strip() for _line in range(2))
    if not client_id or not secret:
        raise Halt(
            _(
                "Client id and client secret are both needed, so nothing was saved. Type them when "
                "you are asked, or give them as the two first lines of stdin."
            )
        )
    return Credentials(client_id, secret)


def _hidden() -> str:
    with warnings.catch_warnings():
        # It comes where the terminal would show what is typed.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(_("Client secret (not shown): ")).strip()
        except getpass.GetPassWarning:
            why = _("This terminal can't hide what is typed, so the secret was not asked for.")
        except EOFError:
            return ""
    raise Halt(why)
