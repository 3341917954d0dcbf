"""The way to the numbers of a month: counted off the window's thread, shown, and saved."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot

from cancel_desk.language import gettext as _
from cancel_desk.report.numbers import MonthLines, MonthNumbers, number_tables
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.ui.dialogs.files import documents, sheet_kinds
from cancel_desk.ui.dialogs.month_dialog import MonthDialog
from cancel_desk.ui.explain import explain
from cancel_desk.ui.flows.one_dialog import OneDialog
from cancel_desk.ui.flows.saving_elsewhere import FileWish, SavingElsewhere
from cancel_desk.ui.session.newest import Newest, Stopped
from cancel_desk.ui.session.session import OpenRun, Session
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
        self._dialog = OneDialog[MonthDialog](session, self._on_closed)
        self._files: SavingElsewhere | None = None
        self._lines: MonthLines | None = None
        self._tables: tuple[NamedTable, ...] = ()
        self._counting = Newest[_Counted](session.background, self._show, self._fail)
        shell.header.numbers_chosen.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the numbers of the present month."""
        if self._dialog.now is not None:
            return
        session = self._session
        dialog = MonthDialog(datetime.now().astimezone().date(), self._shell)
        dialog.changed.connect(self._count)
        dialog.save_wanted.connect(self._on_save)
        self._files = SavingElsewhere(
            dialog, session.background, dialog.notice, failed=partial(self._say, dialog)
        )
        self._dialog.show(dialog)
        dialog.picker.setFocus()
        self._count()

    @Slot()
    def _count(self) -> None:
        if (dialog := self._dialog.now) is not None:
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
        if (dialog := self._dialog.now) is not None:
            self._lines, self._tables = counted.lines, counted.tables
            dialog.show_numbers(counted.numbers, counted.tables, counted.stores)

    @Slot()
    def _on_save(self) -> None:
        if (dialog := self._dialog.now) is not None and self._files is not None:
            tables, desk = self._tables, self._session.desk
            write = partial(desk.write_tables, tables)
            name = f"{_('cancels')} {dialog.month:%Y-%m}.xlsx"
            self._files.ask(
                FileWish(_("Save the numbers"), sheet_kinds(), write), documents() / name
            )

    def _say(self, dialog: MonthDialog, error: Exception) -> None:
        notice = dialog.notice if dialog is self._dialog.now else self._shell.notice
        notice.explain(explain(error, root=self._session.desk.folders.root))

    def _fail(self, error: Exception) -> None:
        self._dialog.close()
        self._session.fail(error)

    def _on_closed(self) -> None:
        self._lines = None
        self._counting.stop()
        if self._files is not None:
            self._files.move_to(self._shell, self._shell.notice)
