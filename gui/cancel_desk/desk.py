"""The use cases both fronts call: open a sheet, check it, send it, resume a run, report."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from cancel_desk import __version__
from cancel_desk.checks.plan import Plan, Store
from cancel_desk.checks.review import Review
from cancel_desk.checks.value_fixes import ValueFixBook
from cancel_desk.connections import Connection, Connections
from cancel_desk.folders import Folders, documents, lock_places
from cancel_desk.report.numbers import LIVE, MonthLines, MonthNumbers, month_lines, month_numbers
from cancel_desk.report.retrying import failed_rows, restock_table
from cancel_desk.report.rows import done_words
from cancel_desk.report.web_page import PageParts
from cancel_desk.report.writing import (
    check_results_place,
    results_parts,
    results_place,
    write_report,
)
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.handing_over import RUN_FILES
from cancel_desk.runs.history import RunSummary, run_path
from cancel_desk.runs.journal import JournalError
from cancel_desk.runs.keeping import History
from cancel_desk.runs.order_reading import OrderReading
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.run import Run
from cancel_desk.runs.run_index import never
from cancel_desk.runs.runner import RunEnd
from cancel_desk.runs.store_lock import StoreLock
from cancel_desk.runs.watching import Watcher
from cancel_desk.sheet.choice import GUESS, ReadingChoice
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.expansion import Expansion, expand_rows
from cancel_desk.sheet.guess import Preview, preview
from cancel_desk.sheet.layouts import LayoutBook
from cancel_desk.sheet.matching import ColumnAnswer, ColumnQuestion, column_questions
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.output import replacing
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.result_mark import FoundResults, recognise, what_is_left
from cancel_desk.sheet.result_sheet import check_fits
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.table_file import NamedTable, write_tables
from cancel_desk.texts.connection import call_failed_sentence
from cancel_desk.walmart.endpoint import canonical, canonical_host, is_loopback
from cancel_desk.walmart.orders import Order


class PlanChanged(Exception):  # noqa: N818 - it reads as what happened
    """What would be sent is no longer what was confirmed."""


class OtherStore(Exception):  # noqa: N818 - it reads as what happened
    """A run was confirmed for another store than the one it should be sent to."""

    def __init__(self, confirmed: Store, given: Store) -> None:
        super().__init__(f"confirmed for {confirmed.name}, given {given.name}")
        self.confirmed = confirmed
        self.given = given


class Desk:
    """What a person can do, whichever front they use. Every method may be called off a thread."""

    def __init__(
        self, folders: Folders, connections: Connections, *, patience: Patience | None = None
    ) -> None:
        self.folders = folders
        self.connections = connections
        self._patience = patience or Patience()
        self._layouts = LayoutBook(folders.layouts)
        self.value_fixes = ValueFixBook(folders.value_fixes)
        self.history = History(folders.runs, index=folders.index, setting=folders.history)

    def read(
        self,
        path: Path,
        *,
        sheet: str | None = None,
        choice: ReadingChoice = GUESS,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> RawSheet:
        """Return the rows of a file as they are; SheetError says what is wrong with it.

        ``choice`` says what not to guess, and the password; ``sheet`` is short for the sheet.
        """
        return read_sheet(path, sheet=sheet, choice=choice, progress=progress, cancelled=cancelled)

    def preview(
        self,
        path: Path,
        choice: ReadingChoice = GUESS,
        *,
        cancelled: Callable[[], bool] | None = None,
    ) -> Preview:
        """Return how a file would be read and its first rows; SheetError."""
        return preview(path, choice, cancelled=cancelled)

    def column_questions(self, raw: RawSheet) -> tuple[ColumnQuestion, ...]:
        """Return what to ask about the columns, with what was answered for these headers before."""
        return column_questions(raw, self._layouts.recall(raw.headers))

    def remember_columns(self, raw: RawSheet, answer: ColumnAnswer) -> None:
        """Remember the answer for sheets with the same headers; OSError if it can't be written."""
        self._layouts.keep(raw.headers, answer)

    def review(
        self,
        raw: RawSheet,
        market: str,
        *,
        columns: Mapping[Column, int] | None = None,
        fixed: Mapping[Column, str] | None = None,
    ) -> Review:
        """Return the rows with their columns matched and checked; SheetError if they can't be.

        ``columns`` and ``fixed`` (a text for all rows) are the answer to the column questions.
        """
        return Review(open_table(raw, columns=columns, fixed=fixed), market)

    def look_up(
        self, raw: RawSheet, market: str, answer: ColumnAnswer, orders: Iterable[Order]
    ) -> tuple[Expansion, Review]:
        """Return rows that name SKUs or customer orders as the lines they stand for, checked.

        ``answer`` says what they name, ``orders`` are the store's open ones; SheetError.
        """
        if answer.lookup is None:
            raise ValueError("the rows name purchase orders")
        expansion = expand_rows(
            raw, answer.lookup, orders, columns=answer.columns, fixed=answer.fixed
        )
        fixed = {
            column: text for column, text in answer.fixed.items() if column not in expansion.columns
        }
        return expansion, self.review(
            expansion.sheet, market, columns=expansion.columns, fixed=fixed
        )

    def order_reading(self, connection: Connection) -> OrderReading:
        """Return what reads the orders of a store; its ``read`` and ``stop`` are the caller's."""
        store = connection.store.name
        return OrderReading(
            connection.client, lambda failure: call_failed_sentence(failure, store=store)
        )

    def remember_earlier(self, review: Review, connection: Connection) -> set[int]:
        """Hold the rows against what earlier runs of this computer sent to the same store.

        Return the ids of the rows concerned. OpenElsewhere, JournalError if that can't be known.
        """
        sent = self.history.earlier_sendings(connection.store, review.orders_wanted())
        return review.remember(sent)

    def begin(self, review: Review, plan: Plan, connection: Connection) -> Run:
        """Write the run that was confirmed as ``plan``; nothing is sent yet.

        PlanChanged if the sheet or the store is no longer what was confirmed, RunNotBegun.
        """
        if review.plan(connection.store).digest != plan.digest:
            raise PlanChanged
        facts = {"account": connection.account, "version": __version__}
        if connection.practice_state is not None:
            facts["practice_state"] = connection.practice_state.name
        run = Run.begin(self.folders.runs, plan, review.table, facts=facts, seen=review.earlier)
        with suppress(JournalError):  # then others take it for one that may have any order
            self.history.note(run.words())
        return run

    def send(
        self,
        run: Run,
        connection: Connection,
        gate: Gate,
        watcher: Watcher,
        *,
        attended: bool = False,
        first_alone: bool = False,
    ) -> RunEnd:
        """Send what is left of a run; returns when every call has ended.

        ``attended``: a person is there who sees what is waited for, so a lost connection is
        waited for without end. ``first_alone``: send one request and settle what became of it,
        then pause the gate, tell the watcher (``first_sent``) and wait until the gate is resumed or
        stopped; where it was the only one, or none could be sent, there is no pause.

        OtherStore if it was confirmed for another store, RunInUse if another run of this store is
        sending on this computer, SentElsewhere if one was just now from a copy of this folder,
        OpenElsewhere if one that may have sent the same lines can't be looked into, JournalError.
        """
        if not _same_store(run.store, connection.store):
            raise OtherStore(run.store, connection.store)
        # A practice store is copied with its folder, and leaves nothing behind elsewhere.
        places = lock_places() if connection.practice_state is None else ()
        with StoreLock(self.folders.runs, connection.store, places=places):
            orders = {line.po for line in run.lines()}
            sent = self.history.earlier_sendings(connection.store, orders, but=run.id)
            held = run.hold_back(sent)
            run.tell_elsewhere(self.history.credits(connection.store, orders, but=run.id))
            patience = replace(self._patience, outage=math.inf) if attended else self._patience
            return run.send(
                connection.client,
                gate,
                watcher,
                patience=patience,
                first_alone=first_alone,
                held=held,
            )

    def runs(self) -> Sequence[RunSummary]:
        """Return all runs of this computer, the latest first; ``history`` finds some of them."""
        return self.history.find()

    def reopen(self, run: str) -> Run:
        """Open a run by its id or file; RunInUse, JournalError."""
        return Run.reopen(run_path(self.folders.runs, run))

    def connect_for(self, run: Run, account: str | None = None) -> Connection:
        """Return a connection to the store of a run, by its own account or another one's name.

        Its own account is found under another name too, and the practice store goes on where it
        was. AccountError, VaultError, AddressRefused.
        """
        state = run.facts.get("practice_state")
        return self.connections.connect(
            account or self.connections.account_of(run.store, run.facts["account"]),
            practice_state=self.folders.practice / state if state else None,
        )

    def write_results(self, run: Run, path: Path, *, only_left: bool = False) -> None:
        """Write the results of a run: a sheet as .xlsx or .csv, or .html, a page to print.

        ``only_left`` takes the rows alone that are not cancelled; that sheet opens here again with
        just these to do. SheetError if it can't be written.
        """
        write_report(run, path, only_left=only_left)

    def check_results_place(
        self, path: Path, source: Path | None, review: Review | None = None
    ) -> None:
        """Raise SheetError if the results can't be written to ``path``.

        That is said for what the system refuses, for the person's own sheet (``source``), and for
        rows beyond the limits of a workbook, if they are known. To be called before the first
        cancel is sent.
        """
        check_results_place(path, source)
        if review is not None:
            check_fits(path, review.table.headers, review.table.rows)

    def results_place(self, source: Path | None) -> Path:
        """Return a new name for the result workbook that can be written to, to be offered.

        Beside the person's sheet if possible, else among their documents. SheetError if neither.
        """
        return results_place(source, documents())

    def results_parts(self, run: Run, *, rows_a_part: int) -> PageParts:
        """Return the results as HTML to print: an overview, then so many rows in each part."""
        return results_parts(run, rows_a_part=rows_a_part)

    # going on with what is left

    def recognise(self, raw: RawSheet) -> FoundResults | None:
        """Return what a sheet tells as a result sheet written here; None if it is any other.

        Its ``run`` may be in the history, to show its results and go on with it; else
        :meth:`what_is_left` of the sheet itself.
        """
        return recognise(raw)

    def what_is_left(self, raw: RawSheet, found: FoundResults) -> RawSheet:
        """Return a result sheet with just the rows to do, and without its result columns.

        A run that is begun with it names the sheet's run as its former one.
        """
        return what_is_left(raw, found, done=done_words())

    def failed_rows(self, run: Run) -> RawSheet:
        """Return the rows that failed, to correct and send as a new run that names this one.

        What is not sent or unknown is not among them: it goes on with its own run.
        """
        return failed_rows(run)

    def restock_table(self, run: Run) -> NamedTable:
        """Return the SKUs to set to zero after cancels because they were out of stock."""
        return restock_table(run)

    def write_tables(self, tables: Sequence[NamedTable], path: Path) -> None:
        """Write a restock list or the numbers of a month as .xlsx or .csv; SheetError."""
        write_tables(path, tables)

    # the history

    def hand_over(self, run: Run, path: Path) -> None:
        """Write a copy of a run for another computer, as .run; SheetError, JournalError.

        Whoever takes it in by ``history.take_in`` can go on with it, but it should then not go on
        here as well: neither computer knows of the other's calls, only of what the orders show.
        """
        with replacing(path, RUN_FILES) as trial:
            run.hand_over(trial)

    def month_numbers(self, month: date, *, environments: Collection[str] = LIVE) -> MonthNumbers:
        """Return what was cancelled in the month of a day, by reason, SKU and store."""
        return month_numbers(self.history, month, environments=environments)

    def month_lines(
        self,
        month: date,
        *,
        open_here: Run | None = None,
        stopped: Callable[[], bool] = never,
    ) -> MonthLines:
        """Return the lines cancelled in the month of a day at any store, to be counted.

        ``open_here`` is the run that the caller has open, which nobody else can read.
        LookingStopped once ``stopped``.
        """
        return month_lines(self.history, month, open_here=open_here, stopped=stopped)


def open_desk(root: Path, environ: Mapping[str, str]) -> Desk:
    """Build the desk over a state folder, made if it is missing; OSError if it can't be."""
    from cancel_desk.accounts.book import AccountBook
    from cancel_desk.accounts.vault import Vault

    folders = Folders(root)
    folders.create()
    return Desk(folders, Connections(folders, AccountBook(folders.accounts), Vault(), environ))


def _same_store(confirmed: Store, given: Store) -> bool:
    """Two addresses of this computer count as one: a practice store has a new port each time.

    Not so for a LIVE store: there each port may be the way to another one.
    """
    same_place = canonical(given.address) == canonical(confirmed.address) or (
        confirmed.environment not in LIVE
        and all(is_loopback(canonical_host(each.address)) for each in (given, confirmed))
    )
    return (
        same_place
        and given.is_seller_of(confirmed)
        and (given.market, given.environment) == (confirmed.market, confirmed.environment)
    )
