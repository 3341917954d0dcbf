"""What the library of the command line says by itself, in the language spoken.

It has only English: in the line of usage, about its own option for help, and for whatever can be
wrong with a command as it was typed.
"""

from functools import partial
from typing import Any, Final

import typer
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from cancel_desk.cli.help_page import help_page
from cancel_desk.language import gettext as _
from cancel_desk.language import gettext_noop
from cancel_desk.language.retelling import Retelling, Said

HELP_OPTIONS: Final = ("-h", "--help")

_HELP: Final = gettext_noop("Show this message and exit.")
_SAID: Final = {
    "Missing option {name}.": gettext_noop("The option {name} is missing."),
    "Missing argument {name}.": gettext_noop("{name} is missing."),
    "Missing command.": gettext_noop("The command is missing."),
    "No such command {name}.": gettext_noop("There is no command {name}."),
    "No such command {name}. Did you mean {others}?": gettext_noop(
        "There is no command {name}. Did you mean {others}?"
    ),
    "No such option: {name}": gettext_noop("There is no option {name}."),
    "No such option: {name} (Possible options: {others})": gettext_noop(
        "There is no option {name}. Did you mean {others}?"
    ),
    "Option {name} requires an argument.": gettext_noop("The option {name} needs a value."),
    "Option {name} does not take a value.": gettext_noop("The option {name} takes no value."),
    "Got unexpected extra argument(s) ({words})": gettext_noop(
        "There is more than the command takes: {words}"
    ),
    "Invalid value for {name}: {what}": gettext_noop("{name} can't be that: {what}"),
    "Invalid value: {what}": gettext_noop("That can't be: {what}"),
    "Value error, {value} is not one of {choices}.": gettext_noop(
        "{value} is not one of {choices}."
    ),
    "Value error, {value} does not match the formats {formats}.": gettext_noop(
        "{value} is not a day as 2026-11-27."
    ),
    "Input should be a valid integer, unable to parse string as an integer": gettext_noop(
        "it takes a whole number."
    ),
    "Unable to parse input string as an integer, exceeded maximum size": gettext_noop(
        "it takes a whole number."
    ),
    "Input should be a valid number, unable to parse string as a number": gettext_noop(
        "it takes a number."
    ),
    "Input should be greater than or equal to {n}": gettext_noop("it must be {n} or more."),
    "Input should be less than or equal to {n}": gettext_noop("it must be {n} or less."),
    "dir {path} is a file.": gettext_noop("{path} is a file, where a folder is needed."),
    "path {path} is not readable.": gettext_noop("{path} may not be read."),
}
"""What the library says, as it is filled in, and what we say for it."""


class SpokenContext(typer.Context):
    """One command as it was typed; its help is in the language spoken."""

    def make_formatter(self) -> Any:
        """Return what lays out help, with our word before the line of usage."""
        formatter = super().make_formatter()
        write = partial(formatter.write_usage, prefix=_("Usage: "))
        formatter.write_usage = write  # type: ignore[method-assign]
        return formatter

    def get_help(self) -> str:
        """Show the page of help; return what is left to be printed."""
        Console(highlight=False).print(help_page(self))
        return ""


def finish(command: Any) -> None:
    """Put into the language what the library adds to a command by itself."""
    command.context_class = SpokenContext
    with SpokenContext(command, help_option_names=list(HELP_OPTIONS)) as context:
        option = command.get_help_option(context)
    option.help = _(_HELP)
    for parameter in (*command.params, option):
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""  # it takes no value, so there is none to name


def said_of(error: typer.TyperException) -> str:
    """Return what is wrong with a command as it was typed."""
    theirs = (Said((said,), (said,)) for said in _SAID)
    retelling = Retelling(theirs, lambda sources, _number: _(_SAID[sources[0]]))
    return retelling.retold(error.format_message())


def show_error(error: typer.TyperException) -> None:
    """Tell the person what is wrong with what they typed, and how the command is used."""
    sentence = said_of(error)
    if not sentence:  # the help itself, which has been shown
        return
    console = Console(stderr=True, highlight=False)
    context: Any = getattr(error, "ctx", None)
    if context is not None:
        console.print(Text(context.get_usage(), style="bold"))
        words = _("Try '{command} {option}' for help.")
        told = words.format(command=context.command_path, option=context.help_option_names[0])
        console.print(Text(told, style="dim"))
    frame = Panel(Text(sentence), border_style="red", title=_("Error"), title_align="left")
    console.print(frame)


def say_stopped() -> None:
    """Tell the person that a question was left without an answer."""
    Console(stderr=True, highlight=False).print(Text(_("Aborted."), style="red"))
