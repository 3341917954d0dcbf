"""Choosing the sheet of a workbook that holds the orders."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cancel_desk.language import gettext_noop, in_every_language
from cancel_desk.sheet.problems import SheetError, SheetProblem

ORDER_SHEET = "Po Details"
"""The sheet that holds the orders in a download from Seller Center."""

SUMMARY_SHEET = gettext_noop("Summary")
"""The sheet behind the rows in a result workbook written here, in the language it is written in."""


class ChosenSheet(NamedTuple):
    """The sheet's name, and whether it was the only one that could be meant."""

    name: str
    sure: bool


class Sheets(NamedTuple):
    """The names of a workbook's visible and hidden sheets, and what can be asked about one."""

    visible: Sequence[str]
    hidden: Sequence[str]
    has_rows: Callable[[str], bool]
    has_orders: Callable[[str], bool]
    """Whether one of the first rows names a column with purchase order numbers, and it has some."""
    results: bool = False
    """Whether the workbook was written here, so that one of them only sums up the rows."""


def choose_sheet(sheets: Sheets, wanted: str | None, *, asking: bool) -> ChosenSheet:
    """Return the sheet of this name, or the one that holds the orders.

    Without a name that is the only visible sheet with rows, else the only one of them with a
    purchase order column, else ``Po Details`` where none has one. If several fit, the first is
    taken but not sure when the person will be asked, else SheetError: who copies the orders to
    cancel onto a sheet of their own does not mean the whole download beside it. SheetError also if
    none has rows.
    """
    if wanted is not None:
        return ChosenSheet(_named([*sheets.visible, *sheets.hidden], wanted), sure=True)
    if len(sheets.visible) == 1:
        return ChosenSheet(sheets.visible[0], sure=True)
    filled = [name for name in sheets.visible if sheets.has_rows(name)]
    if sheets.results:
        filled = [name for name in filled if not names_summary(name)] or filled
    if not filled:
        raise SheetError(SheetProblem.EMPTY_FILE)
    if len(filled) == 1:
        return ChosenSheet(filled[0], sure=True)
    fitting = [name for name in filled if sheets.has_orders(name)] or _order_sheets(filled)
    if len(fitting) != 1 and not asking:
        raise SheetError(SheetProblem.SEVERAL_SHEETS, names=fitting or filled)
    return ChosenSheet((fitting or filled)[0], sure=len(fitting) == 1)


def names_summary(name: str) -> bool:
    """Tell whether a sheet is called as our summary is, in any language."""
    ours = {word.casefold() for word in in_every_language(SUMMARY_SHEET)}
    return name.strip().casefold() in ours


def _order_sheets(names: Sequence[str]) -> list[str]:
    return [name for name in names if name.strip().casefold() == ORDER_SHEET.casefold()]


def _named(names: list[str], wanted: str) -> str:
    """Return the sheet's own spelling of a name; case and blanks at its ends do not count."""
    if wanted in names:
        return wanted
    alike = [name for name in names if name.strip().casefold() == wanted.strip().casefold()]
    if len(alike) != 1:
        raise SheetError(SheetProblem.NO_SUCH_SHEET, sheet=wanted, names=names)
    return alike[0]
