"""What a person does with runs of the past: open, go on, save, hand over, delete, take in, keep."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.keeping import FOR_EVER
from cancel_desk.runs.run import Run
from cancel_desk.texts.lists import sentences
from cancel_desk.texts.past_runs import QuestionWords, deletion_words, going_on_words
from cancel_desk.ui.dialogs.files import (
    ask_for_run,
    documents,
    run_kind,
    sheet_kinds,
)
from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.dialogs.questions import ask
from cancel_desk.ui.explain import explain
from cancel_desk.ui.flows.saving_elsewhere import FileWish, SavingElsewhere
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell

_T = TypeVar("_T")


def _stem(run: RunSummary) -> str:
    return Path(run.source).stem or _("orders")


class RunKeeping(QObject):
    """Acts on the run that is chosen in a history, for as long as that is open."""

    def __init__(
        self,
        dialog: HistoryDialog,
        shell: Shell,
        session: Session,
        refresh: Callable[..., None],
    ) -> None:
        """``refresh`` has the history look anew, and goes to the run it is given to ``choose``."""
        super().__init__(dialog)
        self._dialog = dialog
        self._shell = shell
        self._session = session
        self._refresh = refresh
        self._notice = dialog.notice
        self._closed = False
        self._files = SavingElsewhere(dialog, session.background, dialog.notice, failed=self._fail)
        dialog.finished.connect(self._on_closed)
        acts = dialog.acts
        acts.open_results.clicked.connect(self._on_open)
        acts.go_on.clicked.connect(self._on_go_on)
        acts.save.clicked.connect(self._on_save)
        acts.hand_over.clicked.connect(self._on_hand_over)
        acts.delete.clicked.connect(self._on_delete)
        acts.take_in.clicked.connect(self._on_take_in)
        acts.kept_chosen.connect(self._on_kept)
        self._show_kept()

    # ---- a run

    @Slot()
    def _on_open(self) -> None:
        run = self._dialog.chosen
        if run is not None:
            self._dialog.accept()
            self._session.show_results(run.id)

    @Slot()
    def _on_go_on(self) -> None:
        run = self._dialog.chosen
        if run is not None:
            words, agreed = going_on_words(run), partial(self._go_on, run)
            self._ask(words, yes=_("Go on with it"), no=_("Not now"), agreed=agreed)

    def _go_on(self, run: RunSummary) -> None:
        self._dialog.accept()
        self._session.resume(run.id)

    @Slot()
    def _on_save(self) -> None:
        run, desk = self._dialog.chosen, self._session.desk
        if run is None:
            return
        source = Path(run.source) if run.source else None

        def write(opened: Run, path: Path) -> None:
            desk.check_results_place(path, source)
            desk.write_results(opened, path)

        name = _("{name} - results {day}.xlsx").format(name=_stem(run), day=run.created[:10])
        wish = FileWish(_("Save result sheet"), sheet_kinds(), self._with_run(run, write))
        self._files.ask(wish, documents() / name)

    @Slot()
    def _on_hand_over(self) -> None:
        run = self._dialog.chosen
        if run is not None:
            write = self._with_run(run, self._session.desk.hand_over)
            title = _("Save the run for another computer")
            wish = FileWish(title, (run_kind(),), write, _unfinished_words(run))
            self._files.ask(wish, documents() / f"{run.id}.run")

    @Slot()
    def _on_delete(self) -> None:
        run = self._dialog.chosen
        if run is not None:
            words, agreed = deletion_words(run), partial(self._delete, run)
            self._ask(words, yes=_("Delete it"), no=_("Keep it"), agreed=agreed)

    def _ask(self, words: QuestionWords, *, yes: str, no: str, agreed: Callable[[], None]) -> None:
        ask(self._dialog, words.question, more=words.meaning, yes=yes, no=no, agreed=agreed)

    def _delete(self, run: RunSummary) -> None:
        knowingly = run.unfinished or run.unreadable
        self._work(
            lambda: self._session.desk.history.delete(run.id, even_unfinished=knowingly),
            lambda _none: self._tell(_("Run {run} is deleted.").format(run=run.id)),
        )

    # ---- all runs

    @Slot()
    def _on_take_in(self) -> None:
        ask_for_run(self._dialog, self._take_in)

    def _take_in(self, path: Path) -> None:
        self._work(lambda: self._session.desk.history.take_in(path), self._on_taken_in)

    def _on_taken_in(self, run_id: str) -> None:
        self._dialog.search.clear()
        self._tell(
            _(
                "Run {run} is in the history now. Only an account of its store can go on with it."
            ).format(run=run_id),
            choose=run_id,
        )

    @Slot(int)
    def _on_kept(self, days: int) -> None:
        self._work(
            lambda: self._session.desk.history.old(days), partial(self._ask_before_clearing, days)
        )

    def _ask_before_clearing(self, days: int, old: list[str]) -> None:
        if not old:
            self._keep(days)
            return
        question = ngettext(
            "Delete {n} finished run that is older?",
            "Delete {n} finished runs that are older?",
            len(old),
        )
        box = ask(
            self._dialog,
            question.format(n=grouped(len(old))),
            more=_(
                "Finished runs are then deleted {n} days after their last result, now and "
                "whenever Cancel Desk starts. Their sheets and results are gone for good; which "
                "lines they sent stays known. Unfinished runs and those with unknown rows stay."
            ).format(n=grouped(days)),
            yes=_("Delete them"),
            no=_("Keep them"),
            agreed=partial(self._keep, days),
        )
        box.rejected.connect(self._show_kept)

    def _keep(self, days: int) -> None:
        history = self._session.desk.history

        def keep() -> list[str]:
            history.keep_for(days)
            return history.clear_old()

        self._work(keep, partial(self._on_set, days))

    def _on_set(self, days: int, gone: list[str]) -> None:
        if days == FOR_EVER:
            self._tell(_("Runs are kept for ever."))
            return
        kept = ngettext(
            "Finished runs are kept for {n} day after their last result.",
            "Finished runs are kept for {n} days after their last result.",
            days,
        ).format(n=grouped(days))
        deleted = ngettext("{n} run was deleted.", "{n} runs were deleted.", len(gone))
        self._tell(sentences((kept, deleted.format(n=grouped(len(gone))) if gone else "")))

    # ---- working and telling

    def _with_run(
        self, run: RunSummary, write: Callable[[Run, Path], None]
    ) -> Callable[[Path], None]:
        """Return what writes a file of a run, off the window's thread."""
        here = self._session.open_run
        known = here.run if here is not None and here.run.id == run.id else None

        def work(path: Path) -> None:
            with self._opened(run, known) as opened:
                write(opened, path)

        return work

    @contextmanager
    def _opened(self, run: RunSummary, here: Run | None) -> Iterator[Run]:
        """Give the run that the window has open, or open it for as long as it takes."""
        if here is not None:
            yield here
        else:
            with closing(self._session.desk.reopen(run.id)) as opened:
                yield opened

    def _work(self, work: Callable[[], _T], done: Callable[[_T], None]) -> None:
        self._session.background.start(work, done, self._fail)

    def _tell(self, words: str, *, choose: str = "") -> None:
        self._notice.tell(words, tone="good")
        self._refresh(choose=choose)

    def _show_kept(self) -> None:
        if not self._closed:
            history = self._session.desk.history
            self._work(lambda: history.days_kept, self._on_days_known)

    def _on_days_known(self, days: int) -> None:
        if not self._closed:
            self._dialog.acts.show_kept(days)

    @Slot()
    def _on_closed(self) -> None:
        """Tell in the window what is still to be told."""
        self._closed = True
        self._notice = self._shell.notice
        self._files.move_to(self._shell, self._shell.notice)

    def _fail(self, error: Exception) -> None:
        root = self._session.desk.folders.root
        self._notice.explain(explain(error, store=self._session.in_use.store, root=root))
        self._show_kept()
        self._refresh()


def _unfinished_words(run: RunSummary) -> str:
    """Return what to mind about the copy of a run; "" for a finished one."""
    if not run.unfinished:
        return ""
    return _(
        "It is not finished: go on with it on one computer only, as neither knows of the other's "
        "calls."
    )
