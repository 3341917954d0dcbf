"""The help of the command line in the language spoken.

The words stand beside the options they are about, which are made when the program is imported: so
they are translated when the commands are complete.
"""

from collections.abc import Iterator
from typing import Any

from cancel_desk.cli.library_words import finish
from cancel_desk.language import gettext as _

_OF_COMMANDS = ("help", "short_help", "options_metavar", "subcommand_metavar")
_OF_PARAMETERS = ("help", "rich_help_panel", "metavar")


def translate_help(command: Any) -> None:
    """Put the help of a command, of its options and of the commands in it into the language."""
    for part, name in _parts(command):
        setattr(part, name, _(getattr(part, name)))
    _finish(command)


def _finish(command: Any) -> None:
    finish(command)
    for each in getattr(command, "commands", {}).values():
        _finish(each)


def help_texts(command: Any) -> Iterator[str]:
    """Yield every text of the help of a command and of those in it."""
    for part, name in _parts(command):
        yield getattr(part, name)


def _parts(command: Any) -> Iterator[tuple[Any, str]]:
    """Yield what has a text of help, with the name of the attribute that holds it."""
    for part, names in (
        (command, _OF_COMMANDS),
        *((parameter, _OF_PARAMETERS) for parameter in command.params),
    ):
        yield from ((part, name) for name in names if getattr(part, name, None))
    for each in getattr(command, "commands", {}).values():
        yield from _parts(each)
