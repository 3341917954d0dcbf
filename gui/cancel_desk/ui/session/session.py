"""The journey's state: the sheet under review, its plan and its run, and what moves them on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot

from cancel_desk.accounts.account import Account, practice_account
from cancel_desk.checks.plan import Plan
from cancel_desk.checks.review import Review
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk, PlanChanged
from cancel_desk.runs.deciding import Doubt
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.run import Run
from cancel_desk.ui.explain import explain
from cancel_desk.ui.garbage import let_go
from cancel_desk.ui.session.account_in_use import AccountInUse
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.open_orders import OrdersWanted
from cancel_desk.ui.session.order_looks import OrderLooks
from cancel_desk.ui.session.sending import Sending, SendingEnd
from cancel_desk.ui.session.sheet_look import OpenedSheet
from cancel_desk.ui.session.sheet_opening import SheetOpening


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run with its store and what is known of its rows."""

    run: Run
    connection: Connection
    results: list[RowResult]


class Session(QObject):
    """One sheet on its way, for one account at a time. Nothing here waits for anything."""

    reading_began = Signal(object)  # SheetReading
    reading_ended = Signal()
    review_opened = Signal()
    rechecked = Signal()  # every row is to be looked at anew
    noted = Signal(object)  # set[int]: the ids of rows to be looked at anew
    held = Signal()  # the sheet must not be edited until ``released``
    released = Signal()
    plan_made = Signal(object)  # Plan
    written_down = Signal()  # the sheet is in the file of a run, with what was confirmed of it
    taken_up = Signal()  # a run is being opened: nothing else begins until it is open, or failed
    put_down = Signal()  # it could not be opened, or is open without being sent
    sending_began = Signal()
    results_ready = Signal(object)  # SendingEnd
    went_wrong = Signal(object)  # Explanation
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        background: Background,
        settings: QSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.background = background
        self.settings = settings
        self.in_use = AccountInUse(desk.connections, background, settings)
        self.in_use.failed.connect(self.fail)
        self.opening = SheetOpening(
            desk,
            background,
            market=lambda: self.in_use.account.market,
            occupied=lambda: self.occupied,
        )
        self.opening.began.connect(self.reading_began)
        self.opening.ended.connect(self.reading_ended)
        self.opening.opened.connect(self.open_sheet)
        self.opening.failed.connect(self.fail)
        self.looks = OrderLooks(desk, background, self.in_use, clock=clock)
        self.looks.completed.connect(self._on_looks_completed)
        self.looks.failed.connect(self.fail)
        self.review: Review | None = None
        self.opened: OpenedSheet | None = None
        self.open_run: OpenRun | None = None
        self.sending: Sending | None = None
        self._planning = False
        self._opening_run = False

    @property
    def occupied(self) -> bool:
        """Whether a run is being opened, written down or sent: one at a time, and nothing else."""
        return self._opening_run or self.sending is not None

    def choose_account(self, account: Account) -> None:
        """Use another account from now on; what the former store said is forgotten."""
        if self.occupied:
            return
        self.looks.forget()
        self.in_use.choose(account)
        if self.review is None or self.open_run is not None:
            return
        if self.review.market == account.market:
            self._forget_looks(self.review)
        else:
            self._open_review(self.review)

    # the sheet

    def read(self, path: Path) -> None:
        """Read a file and begin its review; one reading at a time."""
        if not self.occupied:
            self.opening.read(path)

    def get_orders(self, wanted: OrdersWanted) -> None:
        """Open the open orders of the account's store as a sheet."""

        def get(connection: Connection) -> None:
            self.opening.get_orders(
                connection, wanted, still=lambda: self.in_use.connection is connection
            )

        if not self.occupied:
            self.in_use.connected(get, self.fail)

    def try_practice(self) -> None:
        """Open the sample sheet, with a practice store in its first state."""
        from cancel_desk.practice.sample import write_sample

        path = self.desk.folders.practice / "practice-orders.xlsx"
        self.choose_account(practice_account(""))
        self.background.start(lambda: write_sample(path), lambda _none: self.read(path), self.fail)

    def stop_reading(self) -> None:
        """Give up reading the file."""
        self.opening.stop()

    @property
    def source(self) -> Path | None:
        """The file of the sheet under review; None where it came from none."""
        return self.opened.path if self.opened else None

    @Slot(object)
    def open_sheet(self, opened: OpenedSheet) -> None:
        """Begin the review of a sheet, in place of the one before; not while a run is in hand."""
        if self.occupied:
            return
        if self._planning:
            self.withdraw()
        self.close_run()
        former, self.opened = self.opened, opened
        self._open_review(opened.review)
        if former is not None:
            review, rows = former.review, former.review.table.rows
            let_go(
                [former, review.table, review], [list(former.raw.rows), list(rows), review.drafts()]
            )

    def _forget_looks(self, review: Review) -> None:
        self.looks.forget()
        review.forget_looks()
        self.rechecked.emit()

    def _open_review(self, review: Review) -> None:
        """Show a review by the rules of the account's market."""
        market = self.in_use.account.market
        self.review = review if review.market == market else Review(review.table, market)
        self.looks.follow(self.review)
        self.review_opened.emit()

    # the plan and the run

    def prepare(self) -> None:
        """Read the orders not seen lately, then make the plan: ``plan_made`` follows."""
        if not (self._planning or self.occupied):
            self.looks.complete()

    @Slot(object)
    def _on_looks_completed(self, connection: Connection) -> None:
        if self.review is not None and not self.occupied:
            self._make_plan(self.review, connection)

    def _make_plan(self, review: Review, connection: Connection) -> None:
        self._planning = True
        self.held.emit()

        def make() -> tuple[set[int], Plan]:
            return self.desk.remember_earlier(review, connection), review.plan(connection.store)

        def made(found: tuple[set[int], Plan]) -> None:
            noted, plan = found
            if self._planning:  # no run was taken up meanwhile
                self.noted.emit(noted)
                self.plan_made.emit(plan)

        self.background.start(make, made, self._on_plan_failed)

    def withdraw(self) -> None:
        """The person did not confirm: back to the sheet."""
        self._planning = False
        self.released.emit()

    def begin(self, plan: Plan, *, first_alone: bool = False) -> None:
        """Write down what was confirmed and send it; a sheet that changed is shown anew.

        ``first_alone``: send one order, then wait for the person.
        """
        review, connection = self.review, self.in_use.connection
        if review is None or connection is None or self.occupied:
            self.withdraw()
            return
        self._planning = False
        self._take_up()

        def work() -> OpenRun:
            run = self.desk.begin(review, plan, connection)
            return OpenRun(run, connection, run.results())

        def written(opened: OpenRun) -> None:
            self.written_down.emit()
            self._send(opened, first_alone=first_alone)

        def not_begun(error: Exception) -> None:
            self._put_down()
            self._on_plan_failed(error)

        self.background.start(work, written, not_begun)

    def _on_plan_failed(self, error: Exception) -> None:
        self.withdraw()
        self.fail(error)
        if isinstance(error, PlanChanged):
            self.prepare()

    def resume(self, run_id: str) -> None:
        """Open an earlier run and send what is left of it."""
        self._reopen(run_id, self._send)

    def show_results(
        self,
        run_id: str,
        *,
        shown: Callable[[], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Open an earlier run to see its results; ``shown`` or ``failed`` is called then."""

        def show(opened: OpenRun) -> None:
            self._take(opened)
            self._put_down()
            self.results_ready.emit(SendingEnd(opened.results))
            if shown is not None:
                shown()

        self._reopen(run_id, show, failed)

    def go_on(self) -> None:
        """Settle and send what is left of the run that is open."""
        opened = self.open_run
        if opened is None or self.occupied:
            return
        if opened.connection is self.in_use.connection:
            self._send(opened)
        else:
            self.resume(opened.run.id)

    def decide(self, answers: Sequence[tuple[Doubt, bool]]) -> None:
        """Write down what the person decided of lines in doubt; True means to send them again."""
        opened = self.open_run
        if opened is None or self.occupied:
            return
        self._opening_run = True
        self.taken_up.emit()

        def work() -> list[RowResult]:
            for doubt, send_again in answers:
                opened.run.decide(doubt, send_again=send_again)
            return opened.run.results()

        def written(results: list[RowResult]) -> None:
            self.open_run = OpenRun(opened.run, opened.connection, results)
            self._put_down()
            self.results_ready.emit(SendingEnd(results))

        def not_written(error: Exception) -> None:
            self._put_down()
            self.fail(error)

        self.background.start(work, written, not_written)

    def _reopen(
        self,
        run_id: str,
        then: Callable[[OpenRun], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        if self.occupied:
            return
        self._take_up()

        def work() -> OpenRun:
            run = self.desk.reopen(run_id)
            try:
                return OpenRun(run, self.desk.connect_for(run), run.results())
            except BaseException:
                run.close()
                raise

        def not_opened(error: Exception) -> None:
            self._put_down()
            (failed or self.fail)(error)

        self.background.start(work, then, not_opened)

    def _take_up(self) -> None:
        """Let go of all else: a run is about to be opened."""
        self.stop_reading()
        self.looks.stop()
        if self._planning:
            self.withdraw()
        self.close_run()
        self._opening_run = True
        self.taken_up.emit()

    def _put_down(self) -> None:
        self._opening_run = False
        self.put_down.emit()

    def _take(self, opened: OpenRun) -> None:
        """Make a run, its store and its account the ones in use."""
        self.looks.drop()
        self.open_run = opened
        self.in_use.take(opened.connection)

    def _send(self, opened: OpenRun, *, first_alone: bool = False) -> None:
        self._take(opened)
        self._opening_run = False
        self.sending = Sending(
            self.desk, opened.run, opened.connection, self.background, first_alone=first_alone
        )
        self.sending.ended.connect(self._on_sent)
        self.sending_began.emit()
        self.released.emit()
        # The page is painted before the sending threads begin to compete with it.
        QTimer.singleShot(0, self.sending, self.sending.start)

    @Slot(object)
    def _on_sent(self, end: SendingEnd) -> None:
        sent, self.sending = self.sending, None
        if sent is not None:
            self.open_run = OpenRun(sent.run, sent.connection, end.results)
        self.results_ready.emit(end)

    def review_again(self) -> None:
        """Go back from a run to its sheet; what was seen of the orders is no longer true."""
        if self.review is not None and not self.occupied:
            self.close_run()
            if self.review.market == self.in_use.account.market:
                self._forget_looks(self.review)
            else:
                self._open_review(self.review)

    def close_run(self) -> None:
        """Let go of the run that is open."""
        if self.open_run is not None and self.sending is None:
            self.open_run.run.close()
            self.open_run = None

    def start_over(self) -> None:
        """Forget the sheet and the run."""
        self.close_run()
        self.review = self.opened = None
        self.looks.follow(None)

    def close(self) -> None:
        """Stop everything; sending must have ended before."""
        self.stop_reading()
        self.looks.stop()
        self.desk.history.close()
        self.background.close()
        self.close_run()
        self.in_use.disconnect_store()
        self.closed.emit()

    @Slot(object)
    def fail(self, error: Exception) -> None:
        """Have the person told what went wrong."""
        root = self.desk.folders.root
        self.went_wrong.emit(explain(error, store=self.in_use.store, root=root))
