"""The help of one command as it is shown, in the language spoken.

The library's own page cuts off text without blanks between its words, such as Chinese.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cancel_desk.language import decimal
from cancel_desk.language import gettext as _


def help_page(context: Any) -> RenderableType:
    """Return the page about the command of a context: how it is used, and all it takes."""
    command = context.command
    usage = Text(command.get_usage(context), style="bold")
    parts = [Padding(usage, 1), *map(_paragraph, (command.help or "").split("\n\n"))]
    return Group(*parts, *_frames(context))


def _paragraph(text: str) -> RenderableType:
    return Padding(Text(" ".join(text.split())), (0, 1, 1, 1))


def _frames(context: Any) -> Iterator[RenderableType]:
    parameters = [each for each in context.command.get_params(context) if not each.hidden]
    titles = {each: each.rich_help_panel or _usual_title(each) for each in parameters}
    for title in sorted(set(titles.values()), key=list(titles.values()).index):
        rows = (_row(each, context) for each in parameters if titles[each] == title)
        yield _frame(title, rows)
    if commands := getattr(context.command, "commands", None):
        listed = [(Text(name, "cyan"), Text(each.help or "")) for name, each in commands.items()]
        yield _frame(_("Commands"), listed)


def _usual_title(parameter: Any) -> str:
    return _("Arguments") if parameter.param_type_name == "argument" else _("Options")


def _frame(title: str, rows: Iterable[tuple[Text, ...]]) -> Panel:
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        if not table.columns:
            for _cell in row[:-1]:
                table.add_column(overflow="fold")
            table.add_column(overflow="fold", ratio=1)
        table.add_row(*row)
    return Panel(table, title=title, title_align="left", border_style="dim", expand=True)


def _row(parameter: Any, context: Any) -> tuple[Text, Text, Text]:
    """Return the names of a parameter, what to give it, and what it is for."""
    if parameter.param_type_name == "argument":
        names, value = parameter.display_name_raw, ""
    else:
        names = ", ".join(sorted(parameter.opts, key=len))
        value = parameter.metavar
        value = parameter.display_type(context) if value is None else value
    about = Text(" ".join((parameter.help or "").split()))
    if parameter.required:
        needed = _("[required]")
        about.append(f" {needed}", "red")
    if (usual := _usual(parameter)) is not None:
        otherwise = _("[default: {value}]").format(value=usual)
        about.append(f" {otherwise}", "dim")
    return Text(names, "cyan"), Text(value, "yellow"), about


def _usual(parameter: Any) -> str | None:
    """Return what holds where nothing is given, None if that is nothing to tell."""
    usual = parameter.default
    if usual in (None, "") or isinstance(usual, bool):
        return None
    if isinstance(usual, float):
        return decimal(usual)
    return str(getattr(usual, "value", usual))
