"""The commands that delete, keep, export and import runs, and tell a month's numbers."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cancel_desk.cli.front import Front, readable
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.past_runs import reopen
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.report.numbers import LIVE, MonthNumbers, number_tables
from cancel_desk.runs.keeping import FOR_EVER
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.texts.lists import listed

_SHOWN = 20
_Run = Annotated[str, typer.Argument(metavar="RUN", help="The run, as “runs” names it.")]


def build_history() -> typer.Typer:
    """Build the group of the commands about runs of the past."""
    group = typer.Typer(
        help=_("Delete, export or import a run, or set how long runs are kept."),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    for command in (_delete, _export, _import, _keep):
        group.command(command.__name__.removeprefix("_"))(command)
    return group


def _delete(
    context: typer.Context,
    run: _Run,
    *,
    even_unfinished: Annotated[
        bool,
        typer.Option("--even-unfinished", help="Also a run with lines not sent or unknown."),
    ] = False,
) -> int:
    """Delete a run. What it sent stays known, so that nothing is cancelled twice."""
    front: Front = context.obj
    front.desk.history.delete(run, even_unfinished=even_unfinished)
    front.say(_("Run {run} is deleted.").format(run=run))
    return 0


def _export(
    context: typer.Context,
    run: _Run,
    out: Annotated[Path, typer.Argument(metavar="OUT.run", help="The .run file to write.")],
) -> int:
    """Write a copy of a run for another computer. It holds the rows of the sheet."""
    front: Front = context.obj
    if out.exists():
        raise Halt(_("{path} is there already. Choose another name.").format(path=out))
    with closing(reopen(front, run)) as opened:
        front.desk.hand_over(opened, out)
    front.say(
        _(
            "Run {run} is in {path}. Go on with it on one computer only: neither knows of the "
            "other's calls."
        ).format(run=run, path=out)
    )
    return 0


def _import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.run", help="What “export” wrote.")],
) -> int:
    """Take in a run from another computer. Only an account of its store can go on with it."""
    front: Front = context.obj
    run = front.desk.history.take_in(file)
    front.say(_("Run {run} is in the history now.").format(run=run))
    return 0


def _keep(
    context: typer.Context,
    days: Annotated[
        int | None,
        typer.Argument(metavar="[DAYS]", min=0, help="0: for ever. Left out: only say it."),
    ] = None,
) -> int:
    """Set for how many days finished runs are kept, and delete the older ones."""
    front: Front = context.obj
    history = front.desk.history
    if days is not None:
        history.keep_for(days)
    gone = history.clear_old()
    if history.days_kept == FOR_EVER:
        front.say(_("Runs are kept for ever."))
    else:
        front.say(
            ngettext(
                "Finished runs are kept for {n} day after their last result.",
                "Finished runs are kept for {n} days after their last result.",
                history.days_kept,
            ).format(n=grouped(history.days_kept))
        )
    for run in gone:
        front.say(_("Run {run} is deleted.").format(run=run))
    return 0


def show_numbers(
    front: Front, month: str | None, out: Path | None, *, environment: str, as_json: bool
) -> int:
    """Show, write or give the numbers of a month, of the present one if none is named."""
    try:
        day = datetime.strptime(month, "%Y-%m") if month else datetime.now(UTC).astimezone()  # noqa: DTZ007
    except ValueError as error:
        raise Halt(_("{month} is no month. Write it as 2026-11.").format(month=month)) from error
    wanted = (environment.upper(),) if environment else LIVE
    numbers = front.desk.month_numbers(day.date(), environments=wanted)
    tables = number_tables(numbers)
    if out is not None:
        front.desk.write_tables(tables, out)
        front.say(_("Numbers: {path}").format(path=out))
    elif as_json:
        front.give(_object(numbers))
    else:
        for table in tables:
            front.show(_shown(table))
    _say_what_is_missing(front, numbers)
    return 0


def _say_what_is_missing(front: Front, numbers: MonthNumbers) -> None:
    if numbers.unread:
        front.say(
            _("Not counted, because they are in use or can't be read: {runs}").format(
                runs=listed(numbers.unread)
            )
        )


def _object(numbers: MonthNumbers) -> dict[str, object]:
    return {
        "month": f"{numbers.month:%Y-%m}",
        "lines": numbers.lines,
        "units": numbers.units,
        "orders": numbers.orders,
        "by_reason": numbers.by_reason.to_dict("records"),
        "by_sku": numbers.by_sku.to_dict("records"),
        "by_store": numbers.by_store.to_dict("records"),
        "unread": list(numbers.unread),
    }


def _shown(table: NamedTable) -> Table:
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for head in table.headers:
        shown.add_column(head, overflow="fold")
    for row in table.rows[:_SHOWN]:
        shown.add_row(*(readable(x if isinstance(x, str) else grouped(x)) for x in row))
    if (more := len(table.rows) - _SHOWN) > 0:
        shown.add_row(ngettext("and {n} more", "and {n} more", more).format(n=grouped(more)))
    return shown
