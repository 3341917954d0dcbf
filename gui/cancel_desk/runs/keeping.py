"""The history of this computer: finding runs, deleting them, and keeping them for a set time."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.plan import Store
from cancel_desk.runs.deleted import keep_sendings
from cancel_desk.runs.earlier import credits_of, earlier_sendings
from cancel_desk.runs.found_runs import FoundRuns
from cancel_desk.runs.handing_over import take_in
from cancel_desk.runs.history import run_path, summarise
from cancel_desk.runs.journal import Journal, JournalError, RunInUse
from cancel_desk.runs.outcome import Credit
from cancel_desk.runs.run_file import remove_run_file
from cancel_desk.runs.run_index import RunIndex, RunSearch, is_wanted, never
from cancel_desk.runs.run_words import RunWords

FOR_EVER = 0
ALL_RUNS = RunSearch()


class RunUnfinished(JournalError):  # noqa: N818 - it reads as what was found
    """A run that is to be deleted still has lines to send or to look up; its text is its id."""


class History:
    """All runs of this computer. Nothing here is sent; every method may be called off a thread."""

    def __init__(self, folder: Path, *, index: Path, setting: Path) -> None:
        """``folder`` holds the run files; ``index`` and ``setting`` are files of the history."""
        self._folder = folder
        self._index = RunIndex(folder, index)
        self._setting = setting

    def close(self) -> None:
        """Have whoever is looking through the runs end with LookingStopped: nobody waits for it."""
        self._index.close()

    def find(
        self,
        wanted: RunSearch = ALL_RUNS,
        *,
        open_here: RunWords | None = None,
        stopped: Callable[[], bool] = never,
    ) -> FoundRuns:
        """Return the runs that are wanted, the latest first; LookingStopped once ``stopped``.

        ``open_here`` is the run that the caller has open: of a run in use nobody else can read
        more than that it is.
        """
        found = self._index.find(wanted, stopped)
        if open_here is None:
            return found
        found = found.without(open_here.summary.id)
        return found.with_run(open_here.summary) if is_wanted(open_here, wanted) else found

    def note(self, run: RunWords) -> None:
        """Have the other copies of this program know which orders a run has that is open here."""
        self._index.note(run)

    def earlier_sendings(
        self, store: Store, orders: Collection[str], *, but: str = ""
    ) -> Mapping[LineKey, EarlierSending]:
        """Return the latest sending of each line of these orders in any run ``but`` one.

        It is read from the run files themselves; the index only says which of them to read.
        OpenElsewhere where one of them can't be read because another process has it, JournalError.
        """
        files = self._index.with_orders(orders)
        return earlier_sendings(self._folder, store, orders, but=but, among=files)

    def credits(
        self, store: Store, orders: Collection[str], *, but: str
    ) -> Mapping[LineKey, Sequence[Credit]]:
        """Return what every run but one recorded as cancelled of these orders.

        OpenElsewhere, JournalError.
        """
        files = self._index.with_orders(orders)
        return credits_of(self._folder, store, orders, but=but, among=files)

    def delete(self, run: str, *, even_unfinished: bool = False) -> None:
        """Delete a run for good, all but what it sent: that still guards against a second cancel.

        ``even_unfinished``: the person was told that it has lines to send or to look up, or that
        its file can't be read, in which case what it sent is lost with it. RunUnfinished if they
        were not, RunInUse, JournalError.
        """
        path = run_path(self._folder, run)
        try:
            journal = Journal.open(path)
        except RunInUse:
            raise
        except JournalError:
            if not even_unfinished:
                raise
        else:
            self._keep_sendings(journal, even_unfinished=even_unfinished)
        _remove(path)

    def clear_old(self, now: datetime | None = None) -> list[str]:
        """Delete the runs kept for the set time since their last result; return their ids."""
        old = self.old(self.days_kept, now)
        for run_id in old:
            self.delete(run_id)
        return old

    def old(self, days: int, now: datetime | None = None) -> list[str]:
        """Return the runs that would be deleted if they were kept for so many days.

        A run that is unfinished, has unknown lines, is in use or can't be read always stays.
        """
        if days == FOR_EVER:
            return []
        oldest = f"{(now or datetime.now(UTC)) - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        return [
            run.id
            for run in self.find()
            if run.counts is not None
            and not (run.unfinished or run.in_use or run.unreadable)
            and (run.last or run.created) < oldest
        ]

    @property
    def days_kept(self) -> int:
        """For how many days a finished run is kept; FOR_EVER unless it was set otherwise."""
        try:
            told = json.loads(self._setting.read_text(encoding="utf-8"))["days_kept"]
        except (OSError, ValueError, LookupError, TypeError):
            return FOR_EVER
        return told if isinstance(told, int) and told > 0 else FOR_EVER

    def keep_for(self, days: int) -> None:
        """Set for how many days finished runs are kept, or FOR_EVER; OSError."""
        part = self._setting.with_suffix(".part")
        part.write_text(json.dumps({"days_kept": days}), encoding="utf-8")
        part.replace(self._setting)

    def take_in(self, path: Path) -> str:
        """Take in a run that another computer handed over; return its id.

        It is seen like any other, and sent only with an account of the seller that it was
        confirmed for. NotARun, AlreadyHere, JournalError.
        """
        return take_in(self._folder, path)

    def _keep_sendings(self, journal: Journal, *, even_unfinished: bool) -> None:
        try:
            if summarise(journal).unfinished and not even_unfinished:
                raise RunUnfinished(journal.path.stem)
            keep_sendings(self._folder, journal.path.stem, journal.facts, journal.lines())
        finally:
            journal.close()


def _remove(path: Path) -> None:
    try:
        path.unlink()
        remove_run_file(path)
    except OSError as error:
        raise JournalError(str(error)) from error
