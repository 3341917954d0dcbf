"""The sentences for sheets that can't be read, used or written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.texts.lists import listed, sentences

_SHOWN_NAMES = 8
_LONGEST_NAME = 40


def sheet_sentence(error: SheetError) -> str:
    """Say what happened to the sheet, that nothing was sent, and what to do next."""
    return _SENTENCES[error.problem](error.params)


def column_in_words(column: Column) -> str:
    """Return what people call a column."""
    names = {
        Column.PO: _("purchase order number"),
        Column.LINE: _("line number"),
        Column.SKU: _("SKU"),
        Column.QUANTITY: _("quantity"),
        Column.REASON: _("cancel reason"),
        Column.STATUS: _("status"),
        Column.FULFILLMENT: _("fulfillment"),
        Column.LEFT_OUT: _("left out because"),
    }
    return names[column]


def shortened_list(names: Sequence[str]) -> str:
    """Name the first few, shortened, and how many more there are."""
    shown = [
        f"“{name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + '…'}”"
        for name in (" ".join(name.split()) for name in names[:_SHOWN_NAMES])
    ]
    more = len(names) - len(shown)
    if more > 0:
        return _("{names} and {more} more").format(names=listed(shown), more=more)
    return listed(shown)


def _no_such_sheet(params: Mapping[str, Any]) -> str:
    if not params["names"]:
        return _(
            "This is a text file, which has no sheets to choose from, so “{sheet}” can't be opened."
            " Nothing was sent. Open the file again without naming a sheet."
        ).format(sheet=params["sheet"])
    return _(
        "The workbook has no sheet named “{sheet}”; it has {names}. Nothing was sent. "
        "Choose one of these."
    ).format(sheet=params["sheet"], names=shortened_list(params["names"]))


def _no_po_column(params: Mapping[str, Any]) -> str:
    if not params["headers"]:
        found = _("the sheet has no column names")
    else:
        found = _("the columns found are {headers}").format(
            headers=shortened_list(params["headers"])
        )
    sentence = _(
        "No column with purchase order numbers was found; {found}. Nothing was sent. "
        "Name the column with the purchase order numbers “PO#” and open the file again."
    ).format(found=found)
    if params.get("order_header") is None:
        return sentence
    hint = _(
        "“{header}” was not taken for it, because it may hold the customer order number, "
        "which is a different number."
    ).format(header=params["order_header"])
    return sentences((sentence, hint))


def _doubtful_column(params: Mapping[str, Any]) -> str:
    named = [
        _("{header} (column {place})").format(header=header, place=place)
        for header, place in zip(params["headers"], params["places"], strict=True)
    ]
    return _(
        "Several columns could be the {column}: {headers}. Nothing was sent. "
        "Rename or remove all but the one to use, save the file and open it again."
    ).format(column=column_in_words(Column(params["column"])), headers=shortened_list(named))


def _or(names: Sequence[str]) -> str:
    """Name what there is to choose from."""
    *before, last = names
    return _("{names} or {last}").format(names=listed(before), last=last) if before else last


def _said(make: Callable[[], str]) -> Callable[[Mapping[str, Any]], str]:
    """Fill the parameters into a sentence that is translated when it is asked for."""
    return lambda params: make().format_map(params)


_SENTENCES: Mapping[SheetProblem, Callable[[Mapping[str, Any]], str]] = {
    SheetProblem.MISSING_FILE: _said(
        lambda: _(
            "There is no such file; it may have been moved or renamed. Nothing was sent. "
            "Check the name and choose the file again."
        )
    ),
    SheetProblem.IS_FOLDER: _said(
        lambda: _("This is a folder, not a file. Nothing was sent. Choose the spreadsheet in it.")
    ),
    SheetProblem.NO_PERMISSION: _said(
        lambda: _(
            "The file can't be opened, because you are not allowed to read it or another program "
            "keeps it locked. Nothing was sent. Close it elsewhere, or save a copy in your own "
            "documents and open that."
        )
    ),
    SheetProblem.CANT_OPEN: _said(
        lambda: _(
            "The file can't be opened: {detail}. Nothing was sent. "
            "Save a copy on this computer and open that."
        )
    ),
    SheetProblem.EMPTY_FILE: _said(
        lambda: _(
            "The file is empty. Nothing was sent. Check that it was downloaded or saved "
            "completely, and choose the file with your orders."
        )
    ),
    SheetProblem.NOT_A_SHEET: _said(
        lambda: _(
            "This is not a spreadsheet, whatever its name says. Nothing was sent. "
            "Choose an Excel, OpenDocument or CSV file."
        )
    ),
    SheetProblem.WEB_PAGE: _said(
        lambda: _(
            "This file is a web page with the name of a spreadsheet, and it holds no table. "
            "Nothing was sent. Download the sheet again; if a page opens instead, sign in there "
            "first."
        )
    ),
    SheetProblem.NUMBERS_FILE: _said(
        lambda: _(
            "This is a sheet of Apple's Numbers, which only Numbers can read. Nothing was sent. "
            "In Numbers choose File, Export To, Excel, and open that file."
        )
    ),
    SheetProblem.CLOUD_LINK: _said(
        lambda: _(
            "This file is only a link to a sheet that is kept online. Nothing was sent. "
            "Open it in the browser, choose File, Download, Microsoft Excel (.xlsx), and open that."
        )
    ),
    SheetProblem.LOCK_FILE: _said(
        lambda: _(
            "This is the small file Excel puts beside a sheet that is open, not the sheet itself. "
            "Nothing was sent. Choose the file of the same name without “~$” in front."
        )
    ),
    SheetProblem.ARCHIVE: lambda params: _(
        "This is a zip archive with several files: {names}. Nothing was sent. "
        "Unpack it and open the one with your orders."
    ).format(names=shortened_list(params["names"])),
    SheetProblem.PROTECTED: _said(
        lambda: _(
            "The file is protected with a password and can't be read without it. Nothing was sent. "
            "Give the password, or save the file without one in your spreadsheet program."
        )
    ),
    SheetProblem.WRONG_PASSWORD: _said(
        lambda: _(
            "The password does not open this file. Nothing was sent. "
            "Check capital letters and the keyboard's language, and type it again."
        )
    ),
    SheetProblem.SEALED: _said(
        lambda: _(
            "The file is protected in a way that can't be opened here. Nothing was sent. "
            "Open it in your spreadsheet program, save it without the password and open it again."
        )
    ),
    SheetProblem.DAMAGED: _said(
        lambda: _(
            "The file is damaged or incomplete and can't be read. Nothing was sent. Download it "
            "again, or open it in your spreadsheet program and save it as a new .xlsx file."
        )
    ),
    SheetProblem.BAD_CHARACTERS: _said(
        lambda: _(
            "The letters in this text file are stored in a way that can't be read. Nothing was "
            "sent. Open it in your spreadsheet program and save it as “CSV UTF-8” or .xlsx."
        )
    ),
    SheetProblem.NO_SUCH_ENCODING: _said(
        lambda: _(
            "“{encoding}” is not a way of storing letters that is known here. Nothing was sent. "
            "Choose another one."
        )
    ),
    SheetProblem.NO_SUCH_HEADER_ROW: _said(
        lambda: _(
            "Row {row} was chosen for the column names, but it is blank or beyond the end. "
            "Nothing was sent. Choose a row with column names."
        )
    ),
    SheetProblem.UNCLOSED_QUOTE: _said(
        lambda: _(
            "A quotation mark that begins in line {line} is never properly closed, so the rows "
            "after it would be lost. Nothing was sent. Correct that line, or save the sheet as "
            ".xlsx, and open it again."
        )
    ),
    SheetProblem.STRAY_QUOTE: _said(
        lambda: _(
            "Line {line} has a quotation mark in the middle of a number, so the number is not "
            "certain. Nothing was sent. Correct that line and open the file again."
        )
    ),
    SheetProblem.TOO_BIG: lambda params: _(
        "The file holds more than {size} MB of data, which is more than can be read safely. "
        "Nothing was sent. Copy the rows with orders into a new sheet and open that."
    ).format(size=params["limit"] >> 20),
    SheetProblem.FAR_CORNER: _said(
        lambda: _(
            "The sheet reaches as far as row {row} and column {column}, probably because of a "
            "forgotten cell far outside. Nothing was sent. Copy the rows with orders into a new "
            "sheet, save it and open that."
        )
    ),
    SheetProblem.TOO_MANY_ROWS: lambda params: _(
        "The sheet has more than {limit} rows, which is more than can be opened. Nothing was sent. "
        "Split it into several files."
    ).format(limit=grouped(params["limit"])),
    SheetProblem.TOO_MANY_COLUMNS: lambda params: _(
        "The sheet has more than {limit} columns, which is more than can be opened. Nothing was "
        "sent. Copy the columns you need into a new sheet and open that."
    ).format(limit=grouped(params["limit"])),
    SheetProblem.CELL_TOO_LONG: lambda params: _(
        "A cell near row {row} holds more than {limit} characters, which no spreadsheet program "
        "allows; the file may be damaged. Nothing was sent. Shorten that cell, save the file and "
        "open it again."
    ).format(row=params["row"], limit=grouped(params["limit"])),
    SheetProblem.CANCELLED: _said(
        lambda: _("Opening the file was stopped. Nothing was sent. Open it again when you like.")
    ),
    SheetProblem.TOO_SLOW: _said(
        lambda: _(
            "Reading the file took longer than {seconds} seconds and was stopped. Nothing was "
            "sent. If it is on a network drive, copy it to this computer and open the copy; if it "
            "is very large, copy the rows with orders into a new sheet and open that."
        )
    ),
    SheetProblem.OUT_OF_MEMORY: _said(
        lambda: _(
            "The file needs more memory to read than is safe. Nothing was sent. "
            "Copy the rows with orders into a new, smaller sheet and open that."
        )
    ),
    SheetProblem.READER_STOPPED: _said(
        lambda: _(
            "The file could not be read: it is damaged, or far larger than it looks. Nothing was "
            "sent. Open it in your spreadsheet program, copy the rows with orders into a new "
            "sheet, save that as .xlsx and open it."
        )
    ),
    SheetProblem.NO_SUCH_SHEET: _no_such_sheet,
    SheetProblem.SEVERAL_SHEETS: lambda params: _(
        "The workbook has several sheets with rows: {names}. Nothing was sent. "
        "Say which one to use."
    ).format(names=shortened_list(params["names"])),
    SheetProblem.NO_PO_COLUMN: _no_po_column,
    SheetProblem.DOUBTFUL_COLUMN: _doubtful_column,
    SheetProblem.OVERLOOKED_COLUMN: lambda params: _(
        "It is not certain what {names} means: it may name the lines or the units to cancel, and "
        "without it more could be cancelled than you want. Nothing was sent. Name the column "
        "“Line#”, “SKU” or “Qty to cancel”; or, if it means something else, add an empty column "
        "“Qty to cancel” for all that is open, and “Line#” with “all” for whole orders."
    ).format(names=shortened_list(params["headers"])),
    SheetProblem.HIDDEN_COLUMN: lambda params: _(
        "Your file hides {names}, and what is hidden may say something else than what you see. "
        "Nothing was sent. Show it in your spreadsheet program, or delete it there if it isn't "
        "meant, save the file and open it again."
    ).format(names=shortened_list(params["headers"])),
    SheetProblem.NO_ROWS: _said(
        lambda: _(
            "The sheet has column names but no rows below them. Nothing was sent. "
            "Add the orders to cancel, save the file and open it again."
        )
    ),
    SheetProblem.SECOND_HEADER: lambda params: _(
        "Row {row} has column names once more, in another order than at the top, so the rows below "
        "it would be misread. Nothing was sent. Put what is below it into a sheet of its own, or "
        "into the order of the columns at the top, and open the file again."
    ).format(row=grouped(params["row"])),
    SheetProblem.NOTHING_LEFT: _said(
        lambda: _(
            "Every row of this result sheet is done, so nothing is left to send. Nothing was sent. "
            "Open another sheet, or see the run's results in the history."
        )
    ),
    SheetProblem.OUTPUT_TOO_MANY_ROWS: lambda params: _(
        "The result sheet would have {rows} rows with its header, and a workbook holds {limit} at "
        "most. Nothing was written. Choose a name that ends in .csv: such a file has no limit."
    ).format(rows=grouped(params["rows"]), limit=grouped(params["limit"])),
    SheetProblem.OUTPUT_TOO_MANY_COLUMNS: lambda params: _(
        "The result sheet would have {columns} columns, and a workbook holds {limit} at most. "
        "Nothing was written. Choose a name that ends in .csv: such a file has no limit."
    ).format(columns=grouped(params["columns"]), limit=grouped(params["limit"])),
    SheetProblem.OUTPUT_CELL_TOO_LONG: lambda params: _(
        "A cell in row {row} of the result sheet would be longer than the {limit} characters that "
        "a cell of a workbook holds. Nothing was written. Choose a name that ends in .csv: such a "
        "file has no limit."
    ).format(row=grouped(params["row"]), limit=grouped(params["limit"])),
    SheetProblem.OUTPUT_WRONG_KIND: lambda params: _(
        "“{path}” does not say what kind of file to write. Nothing was written. "
        "Choose a name that ends in {kinds}."
    ).format(path=params["path"], kinds=_or(params["kinds"])),
    SheetProblem.OUTPUT_NO_FOLDER: _said(
        lambda: _(
            "“{path}” can't be written, because its folder does not exist. "
            "Create the folder or choose another one."
        )
    ),
    SheetProblem.OUTPUT_IS_SOURCE: _said(
        lambda: _(
            "“{path}” is your own sheet, which is never replaced. Nothing was sent or written. "
            "Choose another name."
        )
    ),
    SheetProblem.OUTPUT_IS_FOLDER: _said(
        lambda: _("“{path}” is a folder. Choose a file name to write to.")
    ),
    SheetProblem.OUTPUT_NOT_WRITABLE: _said(
        lambda: _(
            "“{path}” can't be written, because you are not allowed to write there. "
            "Choose another folder, such as your documents."
        )
    ),
    SheetProblem.OUTPUT_LOCKED: _said(
        lambda: _(
            "“{path}” can't be written, because it is open in another program. "
            "Close it there, or choose another name."
        )
    ),
    SheetProblem.OUTPUT_DISK_FULL: _said(
        lambda: _(
            "“{path}” can't be written, because the disk is full. "
            "Free some space or choose another disk."
        )
    ),
    SheetProblem.OUTPUT_FAILED: _said(
        lambda: _("“{path}” can't be written: {detail}. Choose another folder and write it again.")
    ),
}
