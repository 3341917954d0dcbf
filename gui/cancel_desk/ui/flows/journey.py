"""The way through the four steps: what each signal of pages and session leads to."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from cancel_desk.checks.live import Look
from cancel_desk.language import gettext as _
from cancel_desk.runs.history import RunSummary
from cancel_desk.texts.orders import filled_in_sentence
from cancel_desk.texts.runs import slept_sentence
from cancel_desk.ui.dialogs.files import ask_for_sheet, documents
from cancel_desk.ui.dialogs.questions import ask
from cancel_desk.ui.explain import Explanation
from cancel_desk.ui.flows.account_changes import AccountChanges
from cancel_desk.ui.flows.confirming import Confirming
from cancel_desk.ui.flows.deciding import Deciding
from cancel_desk.ui.flows.found_results import FoundResults
from cancel_desk.ui.flows.number_finding import NumberFinding
from cancel_desk.ui.flows.reopening import Reopening
from cancel_desk.ui.flows.results_ways import ResultsWays
from cancel_desk.ui.flows.sheet_keeping import SheetKeeping
from cancel_desk.ui.flows.sheet_questions import SheetQuestions
from cancel_desk.ui.flows.sheet_saving import SheetSaving
from cancel_desk.ui.flows.template_saving import TemplateSaving
from cancel_desk.ui.pages.send_words import KEYS_AT_FAULT
from cancel_desk.ui.session.sending import SendingEnd
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.session.sheet_look import where_from
from cancel_desk.ui.session.sheet_reading import SheetReading
from cancel_desk.ui.shell import Shell
from cancel_desk.ui.widgets.steps import Step

SLOW_MS: Final = 400
"""A run that takes longer to open is worth a word."""
_FOLDER_KEY: Final = "folder"


class Journey(QObject):
    """Moves the window's shell from step to step as the session's state changes."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self.shell = shell
        self.session = session
        self.step = Step.IMPORT
        self._connect_pages()
        self._connect_header()
        self._connect_session()
        self._account_changes = AccountChanges(shell, session)
        self.confirming = Confirming(shell, session)
        self._deciding = Deciding(shell, session)
        self._numbers = NumberFinding(shell, session)
        self._questions = SheetQuestions(shell, session, self._replacing_edits)
        shell.pages.review.offers.use_book(session.desk.value_fixes)
        self._saving = SheetSaving(shell, session)
        self._template = TemplateSaving(shell, session)
        self.keeping = SheetKeeping(shell, session, self._replacing_work)
        self._reopening = Reopening(shell, session)
        self._reopening.chosen.connect(self.open_file)
        self._found = FoundResults(shell, session, self._replacing_work)
        self._ways = ResultsWays(shell, session, self._replacing_work)

    def _connect_pages(self) -> None:
        pages, session = self.shell.pages, self.session
        pages.imports.file_wanted.connect(self._on_file_wanted)
        pages.imports.paste_wanted.connect(self._on_paste_wanted)
        pages.imports.orders_wanted.connect(self._on_orders_wanted)
        pages.imports.practice_wanted.connect(self._on_practice_wanted)
        pages.imports.reading_stopped.connect(session.stop_reading)
        pages.imports.recent.resume_chosen.connect(session.resume)
        pages.imports.recent.results_chosen.connect(session.show_results)
        pages.review.send_requested.connect(self._on_send_requested)
        pages.review.check_requested.connect(session.looks.read_all)
        pages.review.stop_check_requested.connect(session.looks.stop)
        pages.review.edited.connect(self._on_edited)
        pages.review.clean_changed.connect(self._on_clean_changed)
        pages.results.ways.start_over_wanted.connect(self._on_start_over)

    def _connect_header(self) -> None:
        header = self.shell.header
        header.step_chosen.connect(self._on_step_chosen)
        header.account_chosen.connect(self.session.choose_account)

    def _connect_session(self) -> None:
        session = self.session
        session.in_use.changed.connect(self._show_account)
        session.reading_began.connect(self._on_reading_began)
        session.reading_ended.connect(self.shell.pages.imports.show_inviting)
        session.review_opened.connect(self._on_review_opened)
        session.looks.arrived.connect(self._on_looks)
        session.looks.ended.connect(self._on_looks_ended)
        session.rechecked.connect(self.shell.pages.review.refresh)
        session.noted.connect(self.shell.pages.review.look_again)
        session.looks.progressed.connect(self.shell.pages.review.footer.set_checking)
        session.held.connect(self._on_held)
        session.in_use.changed.connect(self.shell.pages.review.model.settle)
        session.released.connect(self._on_released)
        session.taken_up.connect(self._on_taken_up)
        session.put_down.connect(self._on_put_down)
        session.sending_began.connect(self._on_sending_began)
        session.results_ready.connect(self._on_results_ready)
        session.went_wrong.connect(self._on_went_wrong)

    def begin(self, file: Path | None) -> None:
        """Show the first step, or begin to read a file."""
        self._go(Step.IMPORT)
        self.session.in_use.choose_first()
        if file is not None:
            self.session.read(file)

    def say_again(self) -> None:
        """Say anew what is made up of names and numbers, in the language spoken now."""
        self.shell.header.show_step(self.step, open_steps=self._open_steps())
        self._lock()
        self._show_account()
        opened = self.session.opened
        self.shell.pages.review.say_again(where_from(opened) if opened is not None else "")
        self.shell.pages.send.say_again()
        self.shell.pages.results.say_again()
        if self.step is Step.IMPORT:
            self._look_for_runs()
            self.keeping.look()

    # moving

    def _go(self, step: Step) -> None:
        self.step = step
        self.shell.notice.hide()
        self.shell.show_step(step, open_steps=self._open_steps(), source=self.session.source)
        self._lock()
        if step is Step.IMPORT:
            self._look_for_runs()
            self.keeping.look()

    def _lock(self) -> None:
        """Leave open what the person can turn to while a run is opened or sent."""
        opening = self.session.occupied and self.session.sending is None
        why = ""
        if opening:
            why = _("The store can't be changed while a run is being opened")
        elif self.step is Step.SEND:
            why = _("The store can't be changed while a run is being sent")
        self.shell.header.lock_account(why)
        self.shell.stack.setEnabled(not opening)

    def _open_steps(self) -> set[Step]:
        if self.session.occupied:
            return set()
        steps = {Step.IMPORT}
        if self.session.review is not None:
            steps.add(Step.REVIEW)
        if self.session.open_run is not None:
            steps.add(Step.RESULTS)
        return steps

    def _on_step_chosen(self, step: Step) -> None:
        if step is self.step:
            return
        if step is Step.REVIEW and self.session.open_run is not None:
            self.session.review_again()
        self._go(step)

    @Slot()
    def _show_account(self) -> None:
        in_use = self.session.in_use
        self.shell.header.show_account(in_use.account, in_use.accounts())

    @Slot(object)
    def _on_went_wrong(self, explanation: Explanation) -> None:
        self.shell.notice.explain(explanation)

    # import

    def _look_for_runs(self) -> None:
        def show(runs: Sequence[RunSummary]) -> None:
            self.shell.pages.imports.show_runs(runs)

        desk = self.session.desk
        self.session.background.start(desk.runs, show, self.session.fail)

    @Slot()
    def _on_file_wanted(self) -> None:
        folder = str(self.session.settings.value(_FOLDER_KEY, "")) or str(documents())
        ask_for_sheet(self.shell, folder, self.open_file)

    def open_file(self, path: Path) -> None:
        """Read a file, after asking where that would lose work."""
        if self.session.sending is not None:
            self.shell.notice.tell(_("A run is being sent. Stop it before you open another file."))
            return
        if self.session.occupied:
            self._say_opening()
            return
        self.session.settings.setValue(_FOLDER_KEY, path.parent.as_posix())
        self._replacing_work(partial(self.session.read, path))

    @Slot()
    def _on_paste_wanted(self) -> None:
        self._replacing_work(self._questions.paste)

    @Slot()
    def _on_orders_wanted(self) -> None:
        self._replacing_work(self._questions.ask_for_orders)

    @Slot()
    def _on_practice_wanted(self) -> None:
        self._replacing_work(self.session.try_practice)

    def _replacing_work(self, go_on: Callable[[], None]) -> None:
        """Go on at once, or after the person agreed to lose the sheet that is open."""
        sent = self.session.open_run is not None and not self.keeping.unsent
        if self.session.review is None or sent:
            go_on()
            return
        self._ask_to_replace(go_on)

    def _replacing_edits(self, go_on: Callable[[], None]) -> None:
        """Go on at once, or after the person agreed to lose what they edited."""
        if self.shell.pages.review.has_edits():
            self._ask_to_replace(go_on)
        else:
            go_on()

    def _ask_to_replace(self, go_on: Callable[[], None]) -> None:
        source = self.session.source
        ask(
            self.shell,
            _("Replace the sheet that is open?"),
            more=(
                _("Changes you made to {name} here will be lost. The file stays as it is.").format(
                    name=source.name
                )
                if source
                else _("Changes you made here will be lost.")
            ),
            yes=_("Replace it"),
            no=_("Keep it"),
            agreed=go_on,
        )

    @Slot(object)
    def _on_reading_began(self, reading: SheetReading) -> None:
        self._go(Step.IMPORT)
        self.shell.pages.imports.show_reading(reading.name)
        reading.progressed.connect(self.shell.pages.imports.show_rows)

    # review

    @Slot()
    def _on_review_opened(self) -> None:
        review, opened = self.session.review, self.session.opened
        if review is not None and opened is not None:
            self.shell.pages.review.show_review(review, where_from(opened))
            self._go(Step.REVIEW)
            self._questions.say_noticed(opened)

    @Slot(object)
    def _on_looks(self, looks: dict[str, Look]) -> None:
        self.shell.pages.review.add_looks(looks)

    @Slot()
    def _on_looks_ended(self) -> None:
        filled = self.shell.pages.review.fill_in()
        if filled.edits or filled.waiting:
            self.shell.notice.tell(filled_in_sentence(filled))

    @Slot()
    def _on_edited(self) -> None:
        self.shell.notice.pass_by()

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:  # noqa: FBT001
        self.shell.setWindowModified(not clean)

    @Slot()
    def _on_send_requested(self) -> None:
        self.shell.notice.hide()
        self.session.prepare()

    @Slot()
    def _on_held(self) -> None:
        self.shell.pages.review.model.settle()
        self.shell.pages.review.setEnabled(False)

    @Slot()
    def _on_released(self) -> None:
        self.shell.pages.review.setEnabled(True)

    # sending and results

    @Slot()
    def _on_taken_up(self) -> None:
        self._show_locked()
        QTimer.singleShot(SLOW_MS, self, self._say_opening)

    @Slot()
    def _on_put_down(self) -> None:
        if self.step is Step.RESULTS and self.session.open_run is None:
            self._go(Step.IMPORT)
        else:
            self._show_locked()

    def _show_locked(self) -> None:
        self.shell.header.show_step(self.step, open_steps=self._open_steps())
        self._lock()

    @Slot()
    def _say_opening(self) -> None:
        if self.session.occupied and self.session.sending is None:
            self.shell.notice.tell(
                _("The run is being opened. Nothing else can be opened or sent until it is.")
            )

    @Slot()
    def _on_sending_began(self) -> None:
        sending, opened = self.session.sending, self.session.open_run
        if sending is not None and opened is not None:
            self.shell.pages.send.show_sending(sending, opened.results)
            sending.woke.connect(self._on_woke)
            self._go(Step.SEND)
            self.shell.setWindowModified(False)

    @Slot(float)
    def _on_woke(self, slept: float) -> None:
        self.shell.notice.tell(slept_sentence(slept))

    @Slot(object)
    def _on_results_ready(self, end: SendingEnd) -> None:
        opened = self.session.open_run
        if opened is None:
            return
        self.shell.pages.results.show_end(end, opened.run)
        self._go(Step.RESULTS)
        self._say_how_it_ended(end)

    def _say_how_it_ended(self, end: SendingEnd) -> None:
        if end.error is not None:
            self.session.fail(end.error)
        elif end.end is not None and (error := end.end.journal_error or end.end.failure):
            self.session.fail(error)
        elif end.end is not None and end.end.stopped:
            self.shell.notice.tell(
                _("Stopped. What was not sent is marked, and can be sent with the button below.")
            )
        failure = end.end.failure if end.end is not None else None
        failure = failure or end.paused_for
        if failure is not None and failure.kind in KEYS_AT_FAULT:
            self._account_changes.ask_for_keys(failure)

    @Slot()
    def _on_start_over(self) -> None:
        self.session.start_over()
        self.keeping.let_go()
        self._go(Step.IMPORT)
