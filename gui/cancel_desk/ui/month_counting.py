"""The way to the numbers of a month: counted off the window's thread, shown, and saved."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot

from cancel_desk.language import gettext as _
from cancel_desk.report.numbers import MonthLines, MonthNumbers, number_tables
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.ui.dialogs.files import ask_where_to_save, documents
from cancel_desk.ui.dialogs.month_dialog import MonthDialog
from cancel_desk.ui.explain import explain
from cancel_desk.ui.newest import Newest, Stopped
from cancel_desk.ui.notice import Notice
from cancel_desk.ui.session import OpenRun, Session
from cancel_desk.ui.shell import Shell


class _Counted(NamedTuple):
    """The lines of a month, and what was counted of them."""

    lines: MonthLines
    numbers: MonthNumbers
    tables: tuple[NamedTable, ...]
    stores: Sequence[str]


class MonthCounting(QObject):
    """Opens the numbers, and counts what is chosen there."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._dialog: MonthDialog | None = None
        self._lines: MonthLines | None = None
        self._tables: tuple[NamedTable, ...] = ()
        self._counting = Newest[_Counted](session.background, self._show, self._fail)
        shell.header.numbers_chosen.connect(self.open)
        # What is asked next, or can be stopped, must not lie behind the numbers.
        session.plan_made.connect(self._close)
        session.sending_began.connect(self._close)

    @Slot()
    def open(self) -> None:
        """Show the numbers of the present month."""
        if self._dialog is not None:
            return
        self._dialog = dialog = MonthDialog(datetime.now().astimezone().date(), self._shell)
        dialog.changed.connect(self._count)
        dialog.save_wanted.connect(self._on_save)
        dialog.finished.connect(self._on_closed)
        dialog.open()
        dialog.picker.setFocus()
        self._count()

    @Slot()
    def _count(self) -> None:
        if (dialog := self._dialog) is not None:
            known = self._lines if self._lines and self._lines.month == dialog.month else None
            here = self._session.open_run
            self._counting.ask(partial(self._counted, dialog.month, dialog.store, known, here))

    def _counted(
        self,
        month: date,
        store: str | None,
        known: MonthLines | None,
        here: OpenRun | None,
        stopped: Stopped,
    ) -> _Counted:
        lines = known or self._session.desk.month_lines(
            month, open_here=here.run if here else None, stopped=stopped
        )
        numbers = lines.numbers(store=store)
        return _Counted(lines, numbers, number_tables(numbers), lines.stores)

    def _show(self, counted: _Counted) -> None:
        if self._dialog is not None:
            self._lines, self._tables = counted.lines, counted.tables
            self._dialog.show_numbers(counted.numbers, counted.tables, counted.stores)

    @Slot()
    def _on_save(self) -> None:
        if (dialog := self._dialog) is not None:
            name = f"{_('cancels')} {dialog.month:%Y-%m}.xlsx"
            save = partial(self._save, dialog, self._tables)
            ask_where_to_save(dialog, _("Save the numbers"), documents() / name, save)

    def _save(self, dialog: MonthDialog, tables: tuple[NamedTable, ...], path: Path) -> None:
        def notice() -> Notice:
            return dialog.notice if dialog is self._dialog else self._shell.notice

        def failed(error: Exception) -> None:
            notice().explain(explain(error, root=self._session.desk.folders.root))

        self._session.background.start(
            lambda: self._session.desk.write_tables(tables, path),
            lambda _none: notice().tell(_("Saved as {path}").format(path=path), tone="good"),
            failed,
        )

    def _fail(self, error: Exception) -> None:
        self._close()
        self._session.fail(error)

    @Slot()
    def _close(self, *_news: object) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    @Slot()
    def _on_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = self._lines = None
            self._counting.stop()
