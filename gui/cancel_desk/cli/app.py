"""The words of the command line, and what each of them starts."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from cancel_desk import __version__
from cancel_desk.accounts.account import Market
from cancel_desk.cli.accounts import build_accounts
from cancel_desk.cli.fault_options import with_fault_options
from cancel_desk.cli.front import Front, leave_unheard
from cancel_desk.cli.help_words import translate_help
from cancel_desk.cli.history import build_history
from cancel_desk.cli.library_words import HELP_OPTIONS, say_stopped, show_error
from cancel_desk.cli.trouble import sentence_for, unforeseen_sentence
from cancel_desk.cli.window import DATA_DIR, open_window
from cancel_desk.cli.wishes import PracticeWish, SendWish, SheetWish
from cancel_desk.language import gettext as _
from cancel_desk.practice.bucket import Limits
from cancel_desk.practice.catalogue import SEED
from cancel_desk.practice.faults import Faults
from cancel_desk.releases import release_page
from cancel_desk.sheet.expansion import ExpandBy

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The spreadsheet with the orders.")]
_Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook to use.")
]
_Reason = Annotated[
    str | None,
    typer.Option("--reason", metavar="CODE", help="The reason for rows that have none."),
]
_Password = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password of a protected workbook from stdin."),
]
_By = Annotated[
    ExpandBy | None,
    typer.Option(
        "--by",
        help="What the rows name instead of purchase orders: their open lines are looked up.",
    ),
]
_Column = Annotated[
    str | None,
    typer.Option("--column", metavar="HEADER", help="The column that holds what --by says."),
]
_Results = Annotated[
    Path,
    typer.Option("--results", metavar="OUT", help="Where the result sheet goes: .xlsx or .csv."),
]
_Yes = Annotated[bool, typer.Option("--yes", help="Send without asking.")]
_Hold = Annotated[
    float,
    typer.Option(
        "--hold", min=0, metavar="SECONDS", help="Wait before sending begins; Ctrl+C undoes it."
    ),
]
_FirstAlone = Annotated[
    bool,
    typer.Option(
        "--first-alone", help="Send the first order alone, show what came of it, and ask again."
    ),
]
_Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="A day, as 2026-11-27; it counts too."),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]


def run(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command; return its exit status."""
    command = typer.main.get_command(build_app(environ))
    translate_help(command)
    try:
        status = command.main(args=list(argv), prog_name="cancel-desk", standalone_mode=False)
    except typer.TyperException as wrong:
        show_error(wrong)
        return wrong.exit_code
    except typer.Abort:
        say_stopped()
        return 1
    except SystemExit as leaving:
        status = leaving.code
    return status if isinstance(status, int) else 0


def build_app(environ: Mapping[str, str]) -> typer.Typer:
    """Build the command line for these environment variables."""
    app = typer.Typer(
        cls=_Words,
        add_completion=False,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        subcommand_metavar="[FILE] | COMMAND ...",
        context_settings={"obj": environ, "help_option_names": list(HELP_OPTIONS)},
    )
    app.callback()(_before)
    about_runs = (_check, _send, _resume, _runs, _results, _numbers)
    for command in (*about_runs, _template, _practice, _demo, _support):
        app.command(command.__name__.removeprefix("_"))(command)
    app.add_typer(build_accounts(), name="accounts")
    app.add_typer(build_history(), name="history")
    return app


class _Words(TyperGroup):
    """The group of all commands: takes a lone file for the window, and ends every command."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Take one word that is no command for a file to open in the window."""
        word = args[0]
        if word in self.commands or word.startswith("-"):
            return super().resolve_command(ctx, args)
        if len(args) == 1 and (Path(word).exists() or Path(word).suffix):
            opening = TyperCommand(word, callback=lambda: _open_window(ctx.obj, Path(word)))
            return word, opening, []
        return ctx.fail(_("There is no command and no file {word!r}.").format(word=word))

    def invoke(self, ctx: Any) -> Any:
        """Leave with the status a command returns; errors become a sentence, and status 2."""
        try:
            status = super().invoke(ctx)
        except (typer.TyperException, typer.Exit, typer.Abort, SystemExit):
            raise  # the last is what rich makes of a reader that went away
        except BrokenPipeError:
            leave_unheard()
            raise typer.Exit(1) from None
        except BaseException as error:  # noqa: BLE001 - the one place that tells the person
            front = ctx.obj if isinstance(ctx.obj, Front) else Front(None, {})
            front.say(sentence_for(error) or unforeseen_sentence(error, front))
            raise typer.Exit(2) from None
        raise typer.Exit(status or 0)


def _before(
    context: typer.Context,
    *,
    data_dir: Annotated[
        Path | None,
        typer.Option(
            DATA_DIR,
            metavar="DIR",
            file_okay=False,
            help="Keep runs, accounts and everything else in this folder.",
        ),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
    self_test: Annotated[
        bool, typer.Option("--self-test", help="Try every part of the program on this machine.")
    ] = False,
) -> int:
    """Cancel Walmart Marketplace order lines from a spreadsheet.

    Without a command, the window opens, with FILE if one is given.
    """
    if version:
        typer.echo(f"cancel-desk {__version__}")
        if page := release_page():
            typer.echo(_("Newer versions: {page}").format(page=page))
        raise typer.Exit
    context.obj = Front(data_dir, context.obj)
    if self_test:
        from cancel_desk.cli.self_testing import self_test as try_everything

        raise typer.Exit(try_everything(context.obj))
    return _open_window(context.obj, None) if context.invoked_subcommand is None else 0


def _open_window(front: Front, path: Path | None) -> int:
    return open_window(front.own_root, front.environ, path)


def _check(  # noqa: PLR0913 - each is a word of the command
    context: typer.Context,
    file: _File,
    *,
    sheet: _Sheet = None,
    reason: _Reason = None,
    password_stdin: _Password = False,
    by: _By = None,
    column: _Column = None,
    account: Annotated[
        str | None,
        typer.Option("--account", metavar="NAME", help="Read the orders of this store too."),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Read no orders.")] = False,
    as_json: _Json = False,
) -> int:
    """Say what would be sent and what is wrong. Nothing is sent."""
    from cancel_desk.cli.reviewing import check

    password = _first_line(wanted=password_stdin)
    wish = SheetWish(file.absolute(), sheet, reason, password, by, column)
    return check(context.obj, wish, account=account, offline=offline, as_json=as_json)


def _send(  # noqa: PLR0913 - each is a word of the command
    context: typer.Context,
    file: _File,
    *,
    account: Annotated[
        str,
        typer.Option(
            "--account", metavar="NAME", help="The store: an account's name, env or practice."
        ),
    ],
    results: _Results,
    sheet: _Sheet = None,
    reason: _Reason = None,
    password_stdin: _Password = False,
    by: _By = None,
    column: _Column = None,
    yes: _Yes = False,
    at_most: Annotated[
        int | None,
        typer.Option("--at-most", min=0, metavar="N", help="Send nothing if it is more lines."),
    ] = None,
    hold: _Hold = 0.0,
    first_alone: _FirstAlone = False,
    as_json: _Json = False,
) -> int:
    """Check a sheet, show what will be cancelled, ask, send, and write the result sheet."""
    from cancel_desk.cli.sending import send

    wish = SendWish(results, yes, as_json, at_most, hold, first_alone)
    password = _first_line(wanted=password_stdin)
    asked = SheetWish(file.absolute(), sheet, reason, password, by, column, ask=not yes)
    return send(context.obj, asked, wish, account=account)


def _first_line(*, wanted: bool) -> str | None:
    """Return the first line of standard input, if it is wanted: a secret is never an argument."""
    return sys.stdin.readline().rstrip("\r\n") if wanted else None


def _resume(  # noqa: PLR0913 - each is a word of the command
    context: typer.Context,
    run: Annotated[
        str | None,
        typer.Argument(
            metavar="[RUN]", help="The run; the latest unfinished one if none is named."
        ),
    ] = None,
    *,
    results: _Results,
    account: Annotated[
        str | None,
        typer.Option("--account", metavar="NAME", help="Another account for the same store."),
    ] = None,
    yes: _Yes = False,
    hold: _Hold = 0.0,
    first_alone: _FirstAlone = False,
    as_json: _Json = False,
) -> int:
    """Go on with an unfinished run: look up what is unknown, send what is left."""
    from cancel_desk.cli.past_runs import resume

    wish = SendWish(results, yes, as_json, hold=hold, first_alone=first_alone)
    return resume(context.obj, run, wish, account=account)


def _runs(
    context: typer.Context,
    *,
    find: Annotated[
        str,
        typer.Option(metavar="TEXT", help="An order, SKU, store, file, run or day (2026-11-27)."),
    ] = "",
    since: _Day = None,
    until: _Day = None,
    as_json: _Json = False,
) -> int:
    """List the runs of this computer, the latest first."""
    from cancel_desk.cli.past_runs import list_all
    from cancel_desk.runs.run_index import RunSearch

    wanted = RunSearch(find, since and since.date(), until and until.date())
    return list_all(context.obj, wanted, as_json=as_json)


def _results(
    context: typer.Context,
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run, as “runs” names it.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The .xlsx, .csv or .html to write.")],
    *,
    left: Annotated[bool, typer.Option("--left", help="Only the rows not cancelled.")] = False,
    restock: Annotated[
        bool, typer.Option("--restock", help="The SKUs to set to zero, in place of the rows.")
    ] = False,
) -> int:
    """Write the results of a run again: a sheet, or a page to print."""
    from cancel_desk.cli.past_runs import write_again

    return write_again(context.obj, run, out, left=left, restock=restock)


def _numbers(
    context: typer.Context,
    month: Annotated[
        str | None, typer.Argument(metavar="[MONTH]", help="As 2026-11; the present one if none.")
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write them to this .xlsx or .csv.")
    ] = None,
    environment: Annotated[
        str, typer.Option(metavar="NAME", help="live, sandbox or practice.")
    ] = "",
    as_json: _Json = False,
) -> int:
    """Show what a month's cancels were, by reason, SKU and store."""
    from cancel_desk.cli.history import show_numbers

    return show_numbers(context.obj, month, out, environment=environment, as_json=as_json)


def _template(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The .xlsx or .csv to write.")],
    market: Annotated[
        Market, typer.Option(case_sensitive=False, help="The country whose reasons to offer.")
    ] = Market.US,
) -> int:
    """Write an empty sheet with the right columns."""
    from cancel_desk.cli.template import write

    return write(context.obj, out, market)


def _demo(
    context: typer.Context,
    *,
    results: Annotated[
        Path,
        typer.Option("--results", metavar="OUT", help="Where the result sheet goes."),
    ] = Path("cancel-desk-demo-results.xlsx"),
) -> int:
    """Show the whole job with the practice store: check, send, result sheet."""
    from cancel_desk.cli.demonstration import demo

    return demo(context.obj, results)


def _support(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The .zip to write.")],
) -> int:
    """Save a report for support, and show what is in it. Nothing is sent to anybody."""
    from cancel_desk.cli.supporting import save_report

    return save_report(context.obj, out)


@with_fault_options
def _practice(
    context: typer.Context,
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0: any free one.")
    ] = 0,
    state: Annotated[
        Path | None,
        typer.Option("--state", metavar="FILE", help="Keep what is cancelled in this file."),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="N", help="Other orders, and other chances of faults.")
    ] = SEED,
    orders: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="That many open orders instead of the usual ones."),
    ] = None,
    per_minute: Annotated[
        float, typer.Option(min=0.1, metavar="N", help="Cancel calls allowed a minute.")
    ] = Limits().cancel,
    sample: Annotated[
        Path | None, typer.Option(metavar="OUT.xlsx", help="Write a sheet for this store.")
    ] = None,
    **faults: Any,
) -> int:
    """Run the practice store until it is stopped, and print its address."""
    from cancel_desk.cli.practising import practise

    try:
        wanted = Faults(**faults)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    wish = PracticeWish(port, state, seed, orders, per_minute, sample)
    return practise(context.obj, wish, wanted)
