"""The way to the runs of this computer: listing and finding them off the window's thread."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QLocale, QObject, Slot

from cancel_desk.language import read_day
from cancel_desk.runs.found_runs import FoundRuns
from cancel_desk.runs.journal import JournalError
from cancel_desk.runs.keeping import History
from cancel_desk.runs.run_index import RunSearch, never
from cancel_desk.runs.run_words import RunWords
from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.flows.one_dialog import OneDialog
from cancel_desk.ui.flows.run_keeping import RunKeeping
from cancel_desk.ui.session.newest import Newest, Stopped
from cancel_desk.ui.session.session import OpenRun, Session
from cancel_desk.ui.shell import Shell

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR: Final = re.compile("y+")
_AROUND_YEAR: Final = re.compile(r"\W*y+\W*")
_FIRST_YEAR: Final = 1900
_WITH_YEAR: Final = ("{0}, {1}", "{0} {1}", "{1}年{0}")
"""Where the year stands in a day in words, in the languages there are."""


class Sought(NamedTuple):
    """What is looked for: a text, the day that it means, and the day that it may mean."""

    text: str
    day: date | None = None
    may_be: date | None = None


class PastRuns(QObject):
    """Opens the history, and keeps what it shows up to date while it is open."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._dialog = OneDialog[HistoryDialog](session, self._on_closed)
        self._choose = ""
        self._words: tuple[OpenRun, RunWords] | None = None
        self._search = Newest[FoundRuns](session.background, self._show, self._fail)
        shell.header.history_chosen.connect(self.open)
        shell.pages.imports.recent.all_chosen.connect(self.open)
        session.results_ready.connect(self.refresh)

    def clear_old(self) -> None:
        """Delete finished runs that were kept for the time the person set, if they set one."""
        session = self._session
        session.background.start(session.desk.history.clear_old, lambda _gone: None, session.fail)

    @Slot()
    def open(self) -> None:
        """Show all runs, the latest first."""
        if self._dialog.now is not None:
            return
        dialog = HistoryDialog(self._shell)
        dialog.searched.connect(self.refresh)
        RunKeeping(dialog, self._shell, self._session, self.refresh)
        self._dialog.show(dialog)
        dialog.search.setFocus()
        self.refresh()

    @Slot()
    def refresh(self, *_news: object, choose: str = "") -> None:
        """Look anew for what the search says; ``choose`` is the id of a run to go to."""
        if (dialog := self._dialog.now) is not None:
            self._choose = choose or self._choose
            text = dialog.search.text()
            today = datetime.now().astimezone().date()
            # Qt is asked how days are written here, and that only in the window's thread.
            sought = Sought(text, day_of(text), day_without_year(text, today))
            self._search.ask(partial(self._find, sought, self._session.open_run))

    def _find(self, sought: Sought, here: OpenRun | None, stopped: Stopped) -> FoundRuns:
        words = self._words_of(here)
        return find_runs(self._session.desk.history, sought, open_here=words, stopped=stopped)

    def _words_of(self, here: OpenRun | None) -> RunWords | None:
        """Return by what the run that the window has open is found; read once as it stands."""
        if here is None:
            return None
        if self._words is None or self._words[0] is not here:
            with suppress(JournalError):  # closed meanwhile: then the index tells of it
                self._words = here, here.run.words()
                return self._words[1]
            return None
        return self._words[1]

    def _show(self, runs: FoundRuns) -> None:
        dialog, here = self._dialog.now, self._session.open_run
        if dialog is None:
            return
        dialog.show_runs(runs, here=here.run.id if here else "", sending=self._session.occupied)
        choose, self._choose = self._choose, ""
        if choose:
            dialog.choose(choose)

    def _fail(self, error: Exception) -> None:
        self._dialog.close()
        self._session.fail(error)

    def _on_closed(self) -> None:
        self._words = None
        self._search.stop()


def find_runs(
    history: History,
    sought: Sought,
    *,
    open_here: RunWords | None = None,
    stopped: Stopped = never,
) -> FoundRuns:
    """Return the runs that a person looks for; LookingStopped once ``stopped``.

    What may be a day without its year is one only where nothing else is called like it.
    """
    day = sought.day
    if day is None:
        found = history.find(RunSearch(sought.text), open_here=open_here, stopped=stopped)
        if found or sought.may_be is None:
            return found
        day = sought.may_be
    around = RunSearch(since=day - timedelta(days=1), until=day + timedelta(days=1))
    found = history.find(around, open_here=open_here, stopped=stopped)
    return FoundRuns.of([run for run in found if _day_here(run.created) == day])


def day_of(text: str) -> date | None:
    """Return the day that a text means, written as 2026-11-27 or as people here write days.

    One that is half typed is none yet: it is the beginning of several.
    """
    text = text.strip()
    if _DAY.fullmatch(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    if shown := read_day(text):
        return shown
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    for year in ("yyyy", "yy"):  # people write both, whichever is usual here
        found = QLocale().toDate(text, _YEAR.sub(year, short))
        if found.isValid() and found.year() >= _FIRST_YEAR:
            # A year of two digits is one of the last century to Qt.
            later = 100 if found.year() < _FIRST_YEAR + 100 else 0
            return date(found.year() + later, found.month(), found.day())
    return None


def day_without_year(text: str, today: date) -> date | None:
    """Return the latest day up to ``today`` that a text means which names no year."""
    text = text.strip()
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    numbers = QLocale().toDate(text, _AROUND_YEAR.sub("", short))
    for year in (today.year, today.year - 1):
        found = [read_day(form.format(text, year)) for form in _WITH_YEAR]
        if numbers.isValid():
            with suppress(ValueError):  # the 29th of February
                found.append(date(year, numbers.month(), numbers.day()))
        for day in found:
            if day is not None and day <= today:
                return day
    return None


def _day_here(utc: str) -> date:
    """Return the day of a time in UTC on the calendar of this computer."""
    return datetime.fromisoformat(utc).astimezone().date()
