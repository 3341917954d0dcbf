"""Asking for a file to open or to write, without a loop of its own."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from cancel_desk.language import gettext as _

SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt")


def ask_for_sheet(parent: QWidget, folder: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Open a dialog for a spreadsheet to read."""
    dialog = QFileDialog(parent, _("Choose a spreadsheet"), folder)
    patterns = " ".join(f"*{suffix}" for suffix in SHEET_SUFFIXES)
    dialog.setNameFilters([_("Spreadsheets ({patterns})").format(patterns=patterns)])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, chosen)


def ask_for_run(parent: QWidget, chosen: Callable[[Path], None]) -> QFileDialog:
    """Open a dialog for the file of a run that another computer handed over."""
    dialog = QFileDialog(parent, _("Take in a run"), str(documents()))
    dialog.setNameFilters([run_kind().filter])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, chosen)


class Kind(NamedTuple):
    """A kind of file to write: its name for the person, and how the names of such files end."""

    name: str
    suffix: str

    @property
    def filter(self) -> str:
        """The kind as the dialog lists it."""
        return f"{self.name} (*{self.suffix})"


def sheet_kinds() -> tuple[Kind, ...]:
    """Return the kinds of sheets that are written here."""
    return Kind(_("Excel workbook"), ".xlsx"), Kind(_("CSV file"), ".csv")


def run_kind() -> Kind:
    """Return the kind of file in which a run is handed to another computer."""
    return Kind(_("Run of Cancel Desk"), ".run")


def report_kinds() -> tuple[Kind, ...]:
    """Return the kinds of pages to print."""
    return Kind(_("PDF"), ".pdf"), Kind(_("Web page"), ".html")


def ask_where_to_save(
    parent: QWidget,
    title: str,
    suggested: Path,
    chosen: Callable[[Path], None],
    *,
    kinds: Sequence[Kind] | None = None,
) -> QFileDialog:
    """Open a dialog for the name of a file to write: a sheet, or one of ``kinds``."""
    offered = {kind.filter: kind for kind in kinds or sheet_kinds()}
    dialog = QFileDialog(parent, title, str(suggested.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(offered))

    def follow(chosen_filter: str) -> None:
        dialog.setDefaultSuffix(offered[chosen_filter].suffix.removeprefix("."))

    fitting = [each for each, kind in offered.items() if kind.suffix == suggested.suffix]
    first = next(iter(fitting or offered))
    dialog.selectNameFilter(first)
    follow(first)
    dialog.selectFile(suggested.name)
    dialog.filterSelected.connect(follow)
    return _opened(dialog, chosen)


def ask_where_to_save_report(
    parent: QWidget, suggested: Path, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Open a dialog for the name of a report to write, .zip; no file is ever replaced by one."""
    dialog = QFileDialog(parent, _("Save report for support"), str(suggested.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setNameFilters([_("Zip file (*.zip)")])
    dialog.setDefaultSuffix("zip")
    dialog.selectFile(suggested.name)
    return _opened(dialog, chosen)


def documents() -> Path:
    """Return the folder in which people keep their documents on this system."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def _opened(dialog: QFileDialog, chosen: Callable[[Path], None]) -> QFileDialog:
    def take(name: str) -> None:
        if name:
            chosen(Path(name))

    dialog.fileSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
