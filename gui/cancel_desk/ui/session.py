"""The journey's state: the sheet under review, its plan and its run, and what moves them on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal, Slot

from cancel_desk.accounts.account import Account, practice_account
from cancel_desk.checks.live import Look, NotRead
from cancel_desk.checks.plan import Plan
from cancel_desk.checks.review import Review
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk, PlanChanged
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.run import Run
from cancel_desk.ui.account_in_use import AccountInUse
from cancel_desk.ui.background import Background
from cancel_desk.ui.explain import explain
from cancel_desk.ui.open_orders import OrdersWanted
from cancel_desk.ui.order_check import OrderCheck
from cancel_desk.ui.sending import Sending, SendingEnd
from cancel_desk.ui.sheet_look import OpenedSheet
from cancel_desk.ui.sheet_opening import SheetOpening

FRESH_SECONDS: Final = 300.0
"""How long an order that was looked at counts as seen; sending looks again in any case."""


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
    looks_arrived = Signal(object)  # dict[str, Look]
    rechecked = Signal()  # every row is to be looked at anew
    check_progressed = Signal(int, int)  # orders read, in all; 0 in all: not checking
    held = Signal()  # the sheet must not be edited until ``released``
    released = Signal()
    plan_made = Signal(object)  # Plan
    sending_began = Signal()
    results_ready = Signal(object)  # SendingEnd
    went_wrong = Signal(object)  # Explanation

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
        self.opening = SheetOpening(desk, background, market=lambda: self.in_use.account.market)
        self.opening.began.connect(self.reading_began)
        self.opening.ended.connect(self.reading_ended)
        self.opening.opened.connect(self._on_opened)
        self.opening.failed.connect(self.fail)
        self.review: Review | None = None
        self.opened: OpenedSheet | None = None
        self.open_run: OpenRun | None = None
        self.sending: Sending | None = None
        self._clock = clock
        self._check: OrderCheck | None = None
        self._looked: dict[str, float] = {}
        self._wants_plan = False

    def choose_account(self, account: Account) -> None:
        """Use another account from now on; what the former store said is forgotten."""
        if self.sending is not None:
            return
        self._drop_check()
        self._looked.clear()
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
        if self.sending is None:
            self.opening.read(path)

    def get_orders(self, wanted: OrdersWanted) -> None:
        """Open the open orders of the account's store as a sheet."""

        def get(connection: Connection) -> None:
            self.opening.get_orders(
                connection, wanted, still=lambda: self.in_use.connection is connection
            )

        if self.sending is None:
            self.in_use.connected(get, self.fail)

    def try_practice(self) -> None:
        """Open the sample sheet, with a practice store in its first state."""
        from cancel_desk.practice.sample import write_sample

        path = self.desk.folders.practice / "practice-orders.xlsx"
        self.choose_account(practice_account(""))
        self.background.start(lambda: write_sample(path), lambda _none: self.read(path), self.fail)

    def write_template(self, path: Path, done: Callable[[Path], None]) -> None:
        """Write an empty sheet with the columns and reasons of the account's market."""
        market = self.in_use.account.market

        def work() -> None:
            from cancel_desk.checks.reasons import REASONS
            from cancel_desk.sheet.template import write_template
            from cancel_desk.texts.reasons import reason_consequence, reason_label

            codes = [reason.code for reason in REASONS[market]]
            write_template(
                path, [(code, reason_label(code), reason_consequence(code)) for code in codes]
            )

        self.background.start(work, lambda _none: done(path), self.fail)

    def stop_reading(self) -> None:
        """Give up reading the file."""
        self.opening.stop()

    @property
    def source(self) -> Path | None:
        """The file of the sheet under review; None where it came from none."""
        return self.opened.path if self.opened else None

    @Slot(object)
    def _on_opened(self, opened: OpenedSheet) -> None:
        self._drop_check()
        self.close_run()
        self._looked.clear()
        self.opened = opened
        self._open_review(opened.review)

    def _forget_looks(self, review: Review) -> None:
        self._looked.clear()
        review.forget_looks()
        self.rechecked.emit()

    def _open_review(self, review: Review) -> None:
        """Show a review by the rules of the account's market."""
        market = self.in_use.account.market
        self.review = review if review.market == market else Review(review.table, market)
        self.review_opened.emit()

    # what Walmart says

    def check(self) -> None:
        """Read every order of the sheet, also those seen before."""
        if self.review is not None and self._check is None:
            self._looked.clear()
            self._wants_plan = False
            self.in_use.connected(self._read_missing, self._give_up_check)

    def stop_check(self) -> None:
        """Read no further order; a plan that waited for them is not made."""
        self._wants_plan = False
        if self._check is not None:
            self._check.stop()

    def prepare(self) -> None:
        """Read the orders not seen lately, then make the plan: ``plan_made`` follows."""
        review = self.review
        if review is None or self._wants_plan:
            return
        for po in [po for po in self._looked if isinstance(review.look(po), NotRead)]:
            del self._looked[po]
        self._wants_plan = True
        if self._check is None:
            self.in_use.connected(self._read_missing, self._give_up_check)

    def _read_missing(self, connection: Connection) -> None:
        """Read what was not seen; edits meanwhile may ask for more, so it comes here again."""
        if self.review is None or self._check is not None:
            return
        seen_since = self._clock() - FRESH_SECONDS
        missing = [
            po
            for po in self.review.orders_wanted()
            if po not in self._looked or self._looked[po] < seen_since
        ]
        if missing:
            self._check = check = OrderCheck(self.desk, connection, self.background)
            check.looked.connect(partial(self._on_looked, check))
            check.progressed.connect(partial(self._on_progressed, check))
            check.finished.connect(partial(self._on_checked, check))
            check.failed.connect(partial(self._on_check_failed, check))
            check.start(missing)
        elif self._wants_plan:
            self._make_plan(self.review, connection)

    def _on_looked(self, check: OrderCheck, looks: dict[str, Look]) -> None:
        if check is self._check:
            self._looked.update(dict.fromkeys(looks, self._clock()))
            self.looks_arrived.emit(looks)

    def _on_progressed(self, check: OrderCheck, done: int, total: int) -> None:
        if check is self._check:
            self.check_progressed.emit(done, total)

    def _on_checked(self, check: OrderCheck) -> None:
        if check is not self._check:
            return
        self._check = None
        self.check_progressed.emit(0, 0)
        if self._wants_plan:
            self.in_use.connected(self._read_missing, self._give_up_check)

    def _on_check_failed(self, check: OrderCheck, error: Exception) -> None:
        if check is self._check:
            self._give_up_check(error)

    def _give_up_check(self, error: Exception) -> None:
        self._drop_check()
        self.fail(error)

    def _drop_check(self) -> None:
        """Stop reading orders and hear no more of it: another store or sheet is next."""
        self.stop_check()
        if self._check is not None:
            self._check = None
            self.check_progressed.emit(0, 0)

    # the plan and the run

    def _make_plan(self, review: Review, connection: Connection) -> None:
        self.held.emit()

        def make() -> Plan:
            self.desk.remember_earlier(review, connection)
            return review.plan(connection.store)

        def made(plan: Plan) -> None:
            self._wants_plan = False
            self.rechecked.emit()
            self.plan_made.emit(plan)

        self.background.start(make, made, self._on_plan_failed)

    def withdraw(self) -> None:
        """The person did not confirm: back to the sheet."""
        self._wants_plan = False
        self.released.emit()

    def begin(self, plan: Plan) -> None:
        """Write down what was confirmed and send it; a sheet that changed is shown anew."""
        review, connection = self.review, self.in_use.connection
        if review is None or connection is None:
            self.withdraw()
            return
        self.close_run()

        def work() -> OpenRun:
            run = self.desk.begin(review, plan, connection)
            return OpenRun(run, connection, run.results())

        self.background.start(work, self._send, self._on_plan_failed)

    def _on_plan_failed(self, error: Exception) -> None:
        self.withdraw()
        self.fail(error)
        if isinstance(error, PlanChanged):
            self.prepare()

    def resume(self, run_id: str) -> None:
        """Open an earlier run and send what is left of it."""
        self._reopen(run_id, self._send)

    def show_results(self, run_id: str) -> None:
        """Open an earlier run to see its results."""

        def show(opened: OpenRun) -> None:
            self._take(opened)
            self.results_ready.emit(SendingEnd(opened.results))

        self._reopen(run_id, show)

    def go_on(self) -> None:
        """Settle and send what is left of the run that is open."""
        opened = self.open_run
        if opened is None or self.sending is not None:
            return
        if opened.connection is self.in_use.connection:
            self._send(opened)
        else:
            self.resume(opened.run.id)

    def _reopen(self, run_id: str, then: Callable[[OpenRun], None]) -> None:
        if self.sending is not None:
            return
        self.close_run()

        def work() -> OpenRun:
            run = self.desk.reopen(run_id)
            try:
                return OpenRun(run, self.desk.connect_for(run), run.results())
            except BaseException:
                run.close()
                raise

        self.background.start(work, then, self.fail)

    def _take(self, opened: OpenRun) -> None:
        """Make a run, its store and its account the ones in use."""
        self._drop_check()
        self.open_run = opened
        self.in_use.take(opened.connection)

    def _send(self, opened: OpenRun) -> None:
        self._take(opened)
        self.sending = Sending(self.desk, opened.run, opened.connection, self.background)
        self.sending.ended.connect(self._on_sent)
        self.sending_began.emit()
        self.released.emit()
        self.sending.start()

    @Slot(object)
    def _on_sent(self, end: SendingEnd) -> None:
        self.sending = None
        if self.open_run is not None:
            self.open_run = OpenRun(self.open_run.run, self.open_run.connection, end.results)
        self.results_ready.emit(end)

    def save_results(self, path: Path, done: Callable[[Path], None]) -> None:
        """Write the result sheet of the run that is open."""
        opened = self.open_run
        if opened is not None:
            self.background.start(
                lambda: self.desk.write_results(opened.run, path),
                lambda _none: done(path),
                self.fail,
            )

    def review_again(self) -> None:
        """Go back from a run to its sheet; what was seen of the orders is no longer true."""
        if self.review is not None and self.sending is None:
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
        self._drop_check()
        self.close_run()
        self.review = self.opened = None
        self._looked.clear()

    def close(self) -> None:
        """Stop everything; sending must have ended before."""
        self.stop_reading()
        self.stop_check()
        self.background.close()
        self.close_run()
        self.in_use.disconnect_store()

    @Slot(object)
    def fail(self, error: Exception) -> None:
        """Have the person told what went wrong."""
        root = self.desk.folders.root
        self.went_wrong.emit(explain(error, store=self.in_use.store, root=root))
