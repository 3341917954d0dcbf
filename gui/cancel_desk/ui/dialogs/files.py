"""Asking for a file to open or to write, without a loop of its own."""

from collections.abc import Callable
from pathlib import Path

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


def ask_where_to_save(
    parent: QWidget, title: str, suggested: Path, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Open a dialog for the name of a sheet to write, .xlsx or .csv."""
    dialog = QFileDialog(parent, title, str(suggested.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_("Excel workbook (*.xlsx)"), _("CSV file (*.csv)")])
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(suggested.name)

    def follow(chosen_filter: str) -> None:
        dialog.setDefaultSuffix("csv" if "csv" in chosen_filter else "xlsx")

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
