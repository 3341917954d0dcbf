"""The ways on from results: files written of a run, and its failed rows as a new sheet."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from cancel_desk.connections import Connection
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.run import Run
from cancel_desk.sheet.choice import GUESS
from cancel_desk.sheet.output import check_writable
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.ui.dialogs.files import documents, report_kinds, sheet_kinds
from cancel_desk.ui.dialogs.restock_dialog import RestockDialog
from cancel_desk.ui.flows.pdf_report import PDF_FILES, ROWS_A_PART, pdf_drawing
from cancel_desk.ui.flows.saving_elsewhere import Drawing, FileWish, SavingElsewhere
from cancel_desk.ui.session.session import OpenRun, Session
from cancel_desk.ui.session.sheet_look import OpenedSheet
from cancel_desk.ui.shell import Shell


class ResultsWays(QObject):
    """Does what is chosen below the results of the run that is open.

    ``replacing`` calls what it is given at once, or once the person agreed to lose edits.
    """

    def __init__(
        self, shell: Shell, session: Session, replacing: Callable[[Callable[[], None]], None]
    ) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._replacing = replacing
        self._files = SavingElsewhere(shell, session.background, shell.notice, failed=session.fail)
        ways = shell.pages.results.ways
        ways.save_wanted.connect(self._on_save_wanted)
        ways.save_left_wanted.connect(self._on_save_left_wanted)
        ways.report_wanted.connect(self._on_report_wanted)
        ways.restock_wanted.connect(self._on_restock_wanted)
        ways.fix_wanted.connect(self._on_fix_wanted)
        ways.go_on_wanted.connect(self._on_go_on_wanted)

    # ---- files

    @Slot()
    def _on_save_wanted(self) -> None:
        self._save_sheet(_("Save result sheet"), _("results"), only_left=False)

    @Slot()
    def _on_save_left_wanted(self) -> None:
        self._save_sheet(_("Save only failures"), _("left to do"), only_left=True)

    def _save_sheet(self, title: str, what: str, *, only_left: bool) -> None:
        opened, desk = self._session.open_run, self._session.desk
        if opened is None:
            return
        run, source = opened.run, _source_of(opened.run)

        def write(path: Path) -> None:
            desk.check_results_place(path, source)
            desk.write_results(run, path, only_left=only_left)

        self._files.ask(FileWish(title, sheet_kinds(), write), self._place(run, what, ".xlsx"))

    @Slot()
    def _on_report_wanted(self) -> None:
        opened, desk = self._session.open_run, self._session.desk
        if opened is None:
            return
        run, title = opened.run, self._shell.pages.results.verdict.text()

        def write(path: Path) -> Drawing | None:
            if path.suffix.casefold() in PDF_FILES:
                check_writable(path, PDF_FILES)
                return pdf_drawing(path, title, desk.results_parts(run, rows_a_part=ROWS_A_PART))
            desk.write_results(run, path)
            return None

        wish = FileWish(_("Save a report to print"), report_kinds(), write)
        self._files.ask(wish, self._place(run, _("report"), ".pdf"))

    def _place(self, run: Run, what: str, suffix: str) -> Path:
        """Return the name to suggest for a file: beside the person's own sheet, if there is one."""
        source = _source_of(run)
        inside = source is None or self._session.desk.folders.root in source.parents
        folder = documents() if inside or source is None else source.parent
        stem = source.stem if source else _("orders")
        return folder / f"{stem} - {what} {datetime.now().astimezone():%Y-%m-%d}{suffix}"

    # ---- the SKUs to set to zero

    @Slot()
    def _on_restock_wanted(self) -> None:
        opened, session = self._session.open_run, self._session
        if opened is not None:
            run = opened.run
            session.background.start(
                lambda: session.desk.restock_table(run),
                partial(self._show_restock, run),
                session.fail,
            )

    def _show_restock(self, run: Run, table: NamedTable) -> None:
        if not table.rows:
            self._shell.notice.tell(
                _(
                    "No line of this run was cancelled as out of stock, so there is no SKU to set "
                    "to zero."
                )
            )
            return
        desk = self._session.desk
        wish = FileWish(
            _("Save the SKUs to set to zero"),
            sheet_kinds(),
            lambda path: desk.write_tables([table], path),
        )
        dialog = RestockDialog(table, self._shell)
        dialog.save_wanted.connect(
            lambda: self._files.ask(wish, self._place(run, _("set to zero"), ".csv"))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ---- going on

    @Slot()
    def _on_go_on_wanted(self) -> None:
        self._session.go_on()

    @Slot()
    def _on_fix_wanted(self) -> None:
        opened = self._session.open_run
        if opened is not None and not self._session.occupied:
            self._replacing(partial(self._fix, opened))

    def _fix(self, opened: OpenRun) -> None:
        """Open the failed rows as a sheet, for the store of their run."""
        session = self._session
        desk, in_use = session.desk, session.in_use.connection

        def work() -> tuple[OpenedSheet, Connection]:
            run, connection = opened.run, opened.connection
            raw = desk.failed_rows(run)
            review = desk.review(raw, run.store.market, columns=run.columns)
            # A connection that is no longer in use is closed.
            again = connection if connection is in_use else desk.connect_for(run)
            return OpenedSheet(_source_of(run), GUESS, raw, review), again

        def show(found: tuple[OpenedSheet, Connection]) -> None:
            sheet, connection = found
            if session.occupied:  # another run was taken up meanwhile
                if connection is not in_use:
                    connection.close()
                return
            session.looks.forget()
            session.in_use.take(connection)
            session.open_sheet(sheet)
            self._say_what_to_fix(len(sheet.raw.rows))

        session.background.start(work, show, session.fail)

    def _say_what_to_fix(self, rows: int) -> None:
        words = ngettext(
            "Here is the {n} row that failed. Correct it, or leave it out, and send it: that is a "
            "new run, which you confirm anew. Nothing is sent before.",
            "Here are the {n} rows that failed. Correct them, or leave them out, and send them: "
            "that is a new run, which you confirm anew. Nothing is sent before.",
            rows,
        )
        self._shell.notice.tell(words.format(n=grouped(rows)), lasting=True)


def _source_of(run: Run) -> Path | None:
    """Return the file that the rows came from; None for what was pasted or listed."""
    told = run.facts["source"]
    return Path(told) if told else None
