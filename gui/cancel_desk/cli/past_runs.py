"""Earlier runs: listing them, resuming one, and writing its result sheet again."""

from collections import Counter
from contextlib import closing
from pathlib import Path

from cancel_desk.cli.confirming import check_attended, hold
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.printing import runs_list, runs_table
from cancel_desk.cli.sending import carry_out
from cancel_desk.cli.wishes import SendWish
from cancel_desk.language import gettext as _
from cancel_desk.runs.history import run_path
from cancel_desk.runs.journal import RunInUse
from cancel_desk.runs.keeping import ALL_RUNS
from cancel_desk.runs.outcome import State
from cancel_desk.runs.run import Run
from cancel_desk.runs.run_index import RunSearch
from cancel_desk.texts.runs import (
    no_such_run_sentence,
    nothing_unfinished_sentence,
    store_words,
)


def list_all(front: Front, wanted: RunSearch, *, as_json: bool) -> int:
    """List the runs of this computer that are wanted, the latest first."""
    runs = front.desk.history.find(wanted)
    if as_json:
        front.give(runs_list(runs))
    elif runs:
        front.show(runs_table(runs))
    else:
        front.say(
            _("There are no runs on this computer yet.")
            if wanted == ALL_RUNS
            else _("No run on this computer is like that.")
        )
    return 0


def write_again(front: Front, run_id: str, path: Path, *, left: bool, restock: bool) -> int:
    """Write the results of a run again, the rows not cancelled alone, or its restock list."""
    with closing(reopen(front, run_id)) as run:
        front.desk.check_results_place(path, Path(run.facts["source"]))
        if restock:
            front.desk.write_tables([front.desk.restock_table(run)], path)
            front.say(_("Restock list: {path}").format(path=path))
            return 0
        front.desk.write_results(run, path, only_left=left)
    front.say(_("Result sheet: {path}").format(path=path))
    return 0


def resume(front: Front, run_id: str | None, wish: SendWish, *, account: str | None) -> int:
    """Settle what is unknown of a run, send what is pending, write OUT; return the exit status.

    A finished run only writes its result sheet.
    """
    with closing(reopen(front, run_id or _latest_unfinished(front))) as run:
        front.desk.check_results_place(wish.results, Path(run.facts["source"]))
        check_attended(front, wish)
        if not run.summary().unfinished:
            front.say(_("Run {run} is finished: nothing is sent.").format(run=run.id))
            return carry_out(front, run, wish, None)
        with closing(front.desk.connect_for(run, account)) as connection:
            _show_rest(front, run)
            question = _("Go on with it at {store}?").format(store=store_words(run.store))
            if not wish.yes and not front.agrees(question):
                raise Halt(_("Nothing was sent."))
            hold(front, wish)
            return carry_out(front, run, wish, connection)


def _latest_unfinished(front: Front) -> str:
    runs = front.desk.runs()
    found = next((run for run in runs if run.unfinished), None)
    if found is None and any(run.in_use for run in runs):
        raise RunInUse
    if found is None:
        raise Halt(nothing_unfinished_sentence(front.command("runs")))
    return found.id


def reopen(front: Front, run_id: str) -> Run:
    """Open a run; Halt if there is none of that name, RunInUse, JournalError."""
    if not run_path(front.desk.folders.runs, run_id).is_file():
        raise Halt(no_such_run_sentence(run_id, front.command("runs")))
    return front.desk.reopen(run_id)


def _show_rest(front: Front, run: Run) -> None:
    states = Counter(line.state for line in run.lines())
    front.say(
        _(
            "Run {run} of {source} at {store}: {unknown} lines to look up first, {open} lines not "
            "sent yet. Every order is read again just before its lines are sent. "
            "Cancels can't be undone."
        ).format(
            run=run.id,
            source=Path(run.facts["source"]).name,
            store=store_words(run.store),
            unknown=states[State.UNKNOWN],
            open=states[State.PENDING] + states[State.UNSENT],
        )
    )
