"""Searching an OpenDocument sheet for its extent and for cells its reader shows as blank."""

import io
import re
import zipfile
from xml.parsers import expat

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.part_facts import PartFacts
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.unpacking import ZIP_ERRORS
from cancel_desk.sheet.xml_elements import plain_name

_ERROR_TEXT = re.compile(r"#[A-Z/0!?]+|Err:[0-9]{3}")
_LONGEST_TEXT = 100
_HIDDEN = frozenset({"collapse", "filter"})
_GROUPS = frozenset({"table-row-group", "table-column-group"})


def ods_facts(data: bytes, limits: Limits) -> dict[str, PartFacts]:
    """Return the extent, faulty cells, and what is hidden of each sheet.

    All are held to the limits, because their reader unfolds all of them as soon as it opens the
    file. Raises SheetError.
    """
    search = _Search(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = search.start
    parser.EndElementHandler = search.end
    parser.CharacterDataHandler = search.text
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
            parser.ParseFile(stream)
    except (*ZIP_ERRORS, expat.ExpatError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    return search.found


class _Search:
    """Follows the elements; repeated rows and cells are counted as often as they repeat."""

    def __init__(self, limits: Limits) -> None:
        self.found: dict[str, PartFacts] = {}
        self.facts = PartFacts()
        self._limits = limits
        self._row = 1
        self._rows = 1  # how often the row repeats
        self._groups: list[bool] = []  # whether each one around is folded away
        self._column = 1
        self._cell: dict[str, str] | None = None
        self._said = ""

    def start(self, element: str, given: dict[str, str]) -> None:
        name = plain_name(element)
        if name == "table":
            self.facts = self.found.setdefault(_attribute(given, "name"), PartFacts())
            self._row = self._column = 1
        elif name in _GROUPS:
            self._groups.append(_attribute(given, "display") == "false")
        elif name == "table-column":
            first = self._column
            self._column += _times(given, "number-columns-repeated")
            if self._hides(given):
                self.facts.hide_columns(first, self._column - 1)
        elif name == "table-row":
            self._column = 1
            self._rows = _times(given, "number-rows-repeated")
            if self._hides(given):
                for row in range(self._row, min(self._row + self._rows, self._row + 10_000)):
                    self.facts.hide(row)
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell, self._said = given, ""

    def end(self, element: str) -> None:
        name = plain_name(element)
        if name in _GROUPS and self._groups:
            self._groups.pop()
        elif name == "table-row":
            self._row += self._rows
        elif name in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._note(self._cell)
            self._cell = None

    def text(self, said: str) -> None:
        if self._cell is not None and len(self._said) < _LONGEST_TEXT:
            self._said += said

    def _hides(self, given: dict[str, str]) -> bool:
        return any(self._groups) or _attribute(given, "visibility") in _HIDDEN

    def _note(self, cell: dict[str, str]) -> None:
        times = _times(cell, "number-columns-repeated")
        value, formula = _attribute(cell, "value-type"), _attribute(cell, "formula")
        if value or formula or self._said:
            self.facts.reach(self._row + self._rows - 1, self._column + times - 1)
            self.facts.hold(self._limits)
            fault = _fault(cell, self._said, formula=bool(formula))
            if fault is not None:
                for row in range(self._row, self._row + self._rows):
                    for column in range(self._column, self._column + times):
                        self.facts.fault(row, column, *fault)
        self._column += times


def _fault(cell: dict[str, str], said: str, *, formula: bool) -> tuple[str, Mark] | None:
    # LibreOffice calls an error a text, and says in an extension's attribute what it is.
    types = {text for key, text in cell.items() if plain_name(key) == "value-type"}
    if "error" in types or (formula and _ERROR_TEXT.fullmatch(said)):
        return said or "#VALUE!", Mark.ERROR
    if formula and not types and not said:
        return "", Mark.NO_VALUE
    return None


def _attribute(given: dict[str, str], name: str) -> str:
    """Return an attribute of OpenDocument's own namespaces, not of an extension's."""
    keys = (key for key in given if plain_name(key) == name and "oasis" in key)
    return next((given[key] for key in keys), "")


def _times(given: dict[str, str], name: str) -> int:
    text = _attribute(given, name)
    return int(text) if text.isdigit() and len(text) < 8 else 1
