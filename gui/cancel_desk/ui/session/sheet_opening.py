"""Opening one sheet at a time, from the file or the clipboard to rows with known columns."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.language import gettext as _
from cancel_desk.sheet.choice import GUESS, ReadingChoice
from cancel_desk.sheet.matching import ColumnAnswer, must_ask
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.texts.sheet_notes import result_sheet_sentence
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.open_orders import OrdersWanted, open_orders
from cancel_desk.ui.session.pasting import pasted_rows
from cancel_desk.ui.session.sheet_look import (
    FoundSheet,
    OpenedSheet,
    SheetLook,
    found_sheet,
    guessed_answer,
    look_at_file,
    look_at_rows,
)
from cancel_desk.ui.session.sheet_reading import Cancelled, Progress, SheetReading
from cancel_desk.walmart.open_orders import ListingStopped, list_open_orders


@dataclass(frozen=True, slots=True)
class PasswordQuestion:
    """A file that needs a password; ``error`` says that there was none, or a wrong one."""

    path: Path
    choice: ReadingChoice
    error: SheetError


class SheetOpening(QObject):
    """Reads sheets; what only the person can say is asked for by a signal."""

    began = Signal(object)  # SheetReading
    ended = Signal()
    opened = Signal(object)  # OpenedSheet
    password_wanted = Signal(object)  # PasswordQuestion
    columns_wanted = Signal(object)  # SheetLook
    results_found = Signal(object)  # FoundSheet
    failed = Signal(object)  # the exception

    def __init__(
        self,
        desk: Desk,
        background: Background,
        *,
        market: Callable[[], str],
        occupied: Callable[[], bool],
    ) -> None:
        """``market`` is asked for the market whose rules the next sheet is held to.

        Nothing begins while ``occupied`` says that a run is in hand, however it was asked for.
        """
        super().__init__()
        self._desk = desk
        self._background = background
        self._market = market
        self._occupied = occupied
        self._reading: SheetReading | None = None
        self._read_last: tuple[Path, ReadingChoice] | None = None

    def read(self, path: Path, choice: ReadingChoice = GUESS) -> None:
        """Read a file; one of the other signals follows ``ended``."""
        market = self._market()

        def work(progress: Progress, cancelled: Cancelled) -> OpenedSheet | SheetLook | FoundSheet:
            try:
                raw = self._desk.read(path, choice=choice, progress=progress, cancelled=cancelled)
            except SheetError as error:
                if error.problem is not SheetProblem.SEVERAL_SHEETS:
                    raise
                return look_at_file(
                    self._desk, path, choice, progress=progress, cancelled=cancelled
                )
            sheet = found_sheet(self._desk, path, raw)
            if sheet is not None:
                return self._left(sheet, market) if sheet.found.only_left else sheet
            questions = self._desk.column_questions(raw)
            if raw.rows and must_ask(questions):
                shown = self._desk.preview(path, choice, cancelled=cancelled)
                return SheetLook(path, choice, shown, raw, questions)
            return self._open(path, choice, raw, guessed_answer(questions), market)

        if self._start(path.name, work):
            self._read_last = (path, choice)

    def open_left(self, sheet: FoundSheet) -> None:
        """Open the rows of a result sheet that are not done, as they stand in it."""
        market = self._market()
        self._start(sheet.path.name, lambda _progress, _cancelled: self._left(sheet, market))

    def _left(self, sheet: FoundSheet, market: str) -> OpenedSheet | SheetLook:
        if not sheet.left.rows:
            raise SheetError(SheetProblem.NOTHING_LEFT)
        look = look_at_rows(self._desk, sheet.left)
        if must_ask(look.questions):
            return look
        opened = self._open(sheet.path, GUESS, sheet.left, guessed_answer(look.questions), market)
        left = len(sheet.left.rows)
        done = len(sheet.raw.rows) - left
        return replace(opened, note=result_sheet_sentence(sheet.found, left=left, done=done))

    def paste(self, text: str, html: str | None) -> None:
        """Take what is on the clipboard; NothingToOpen may come with ``failed``."""
        market = self._market()

        def work(_progress: Progress, _cancelled: Cancelled) -> OpenedSheet | SheetLook:
            pasted = pasted_rows(text, html)
            look = look_at_rows(self._desk, pasted.raw)
            if must_ask(look.questions):
                return look
            answer = guessed_answer(look.questions)
            review = self._desk.review(look.raw, market, columns=answer.columns, fixed=answer.fixed)
            return OpenedSheet(None, GUESS, look.raw, review, left_out=pasted.left_out)

        self._start(_("what you copied"), work)

    def get_orders(
        self, connection: Connection, wanted: OrdersWanted, *, still: Callable[[], bool]
    ) -> None:
        """Open the store's open orders as a sheet, unless they are no longer wanted (``still``).

        NothingToOpen may come with ``failed``.
        """
        market = self._market()

        def work(progress: Progress, cancelled: Cancelled) -> OpenedSheet:
            raw = open_orders(
                connection.client,
                wanted,
                progress=progress,
                stopped=lambda: cancelled() or not still(),
            )
            return self._open(None, GUESS, raw, ColumnAnswer(), market)

        self._start(_("the open orders"), work)

    def look_up(
        self,
        connection: Connection,
        look: SheetLook,
        answer: ColumnAnswer,
        *,
        still: Callable[[], bool],
    ) -> None:
        """Open a sheet whose rows name SKUs or customer orders as the open lines they stand for.

        It is not opened if that is no longer wanted (``still``); the answer is remembered.
        """
        market = self._market()

        def work(progress: Progress, cancelled: Cancelled) -> OpenedSheet:
            self._remember(look, answer)
            orders = list_open_orders(
                connection.client, progress=progress, stopped=lambda: cancelled() or not still()
            )
            expansion, review = self._desk.look_up(look.raw, market, answer, orders)
            return OpenedSheet(
                look.path,
                look.choice,
                look.raw,
                review,
                answered=True,
                expansion=expansion,
                store=connection.store.name,
            )

        self._start(_("the open orders"), work)

    def look_again(self, opened: OpenedSheet) -> None:
        """Have the columns of an opened sheet asked about once more; its file is read anew."""
        name = opened.path.name if opened.path else _("what you copied")

        def work(progress: Progress, cancelled: Cancelled) -> SheetLook:
            if opened.path is None or opened.raw.source.former:  # its file holds other rows too
                return replace(look_at_rows(self._desk, opened.raw), again=True)
            look = look_at_file(
                self._desk, opened.path, opened.choice, progress=progress, cancelled=cancelled
            )
            return replace(look, again=True)

        self._start(name, work, shown=False)

    def settle(self, look: SheetLook, answer: ColumnAnswer) -> None:
        """Open a sheet with the columns as the person gave them, and remember the answer."""
        market = self._market()

        def work(_progress: Progress, _cancelled: Cancelled) -> OpenedSheet:
            self._remember(look, answer)
            return self._open(look.path, look.choice, look.raw, answer, market, answered=True)

        self._start(look.path.name if look.path else _("what you copied"), work)

    def _remember(self, look: SheetLook, answer: ColumnAnswer) -> None:
        # An answer that can't be kept only means that it is asked for again.
        with contextlib.suppress(OSError):
            self._desk.remember_columns(look.raw, answer)

    def stop(self) -> None:
        """Give up reading."""
        if self._reading is not None:
            self._reading.cancel()

    def _open(
        self,
        path: Path | None,
        choice: ReadingChoice,
        raw: RawSheet,
        answer: ColumnAnswer,
        market: str,
        *,
        answered: bool = False,
    ) -> OpenedSheet:
        review = self._desk.review(raw, market, columns=answer.columns, fixed=answer.fixed)
        return OpenedSheet(path, choice, raw, review, answered)

    def _start(
        self, name: str, work: Callable[[Progress, Cancelled], object], *, shown: bool = True
    ) -> bool:
        """Begin unless a sheet is being read already; ``shown`` is whether the page tells of it."""
        if self._reading is not None or self._occupied():
            return False
        self._read_last = None
        self._reading = SheetReading(self._background, name, work)
        self._reading.finished.connect(self._on_read)
        self._reading.failed.connect(self._on_not_read)
        if shown:
            self.began.emit(self._reading)
        self._reading.start()
        return True

    @Slot(object)
    def _on_read(self, found: OpenedSheet | SheetLook | FoundSheet) -> None:
        self._reading = None
        self.ended.emit()
        if isinstance(found, SheetLook):
            self.columns_wanted.emit(found)
        elif isinstance(found, FoundSheet):
            self.results_found.emit(found)
        else:
            self.opened.emit(found)

    @Slot(object)
    def _on_not_read(self, error: Exception) -> None:
        self._reading = None
        self.ended.emit()
        problem = error.problem if isinstance(error, SheetError) else None
        if problem in _LOCKED and isinstance(error, SheetError) and self._read_last is not None:
            self.password_wanted.emit(PasswordQuestion(*self._read_last, error))
        elif problem is not SheetProblem.CANCELLED and not isinstance(error, ListingStopped):
            self.failed.emit(error)


_LOCKED = (SheetProblem.PROTECTED, SheetProblem.WRONG_PASSWORD)
