"""Searching an XLSX sheet whose cells don't say where they stand: every one is counted."""

from typing import IO
from xml.parsers import expat

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.part_facts import PartFacts
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.xml_elements import plain_name


def scan_unplaced(stream: IO[bytes], limits: Limits) -> PartFacts:
    """Return the extent, faulty cells, and what is hidden; ExpatError if the part is no XML."""
    search = _Search(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = search.start
    parser.EndElementHandler = search.end
    parser.CharacterDataHandler = search.text
    parser.ParseFile(stream)
    return search.facts


class _Search:
    """Follows the elements; a row or cell without a place follows the one before it."""

    def __init__(self, limits: Limits) -> None:
        self.facts = PartFacts()
        self._limits = limits
        self._row = 0
        self._column = 0
        self._kind = ""
        self._formula = False
        self._value: str | None = None
        self._in_value = False

    def start(self, element: str, given: dict[str, str]) -> None:
        name = plain_name(element)
        if name == "row":
            number = given.get("r", "")
            self._row = int(number) if number.isdigit() and len(number) < 8 else self._row + 1
            self._column = 0
            if _hidden(given, "ht"):
                self.facts.hide(self._row)
        elif name == "col" and _hidden(given, "width"):
            first, last = given.get("min", ""), given.get("max", "")
            if first.isdigit() and last.isdigit() and int(first):
                self.facts.hide_columns(int(first), int(last))
        elif name == "c":
            self._column = _column(given.get("r", "")) or self._column + 1
            self._kind, self._formula, self._value = given.get("t", "n"), False, None
        elif name == "f":
            self._formula = True
        elif name in {"v", "is"}:
            self._in_value, self._value = True, ""

    def text(self, said: str) -> None:
        if self._in_value and self._value is not None and len(self._value) < 1000:
            self._value += said

    def end(self, element: str) -> None:
        name = plain_name(element)
        if name in {"v", "is"}:
            self._in_value = False
        elif name == "c":
            self._note()

    def _note(self) -> None:
        value = self._value or ""
        if self._kind == "e":
            self.facts.fault(self._row, self._column, value or "#VALUE!", Mark.ERROR)
        elif self._formula and not value and not (self._value == "" and self._kind == "str"):
            self.facts.fault(self._row, self._column, "", Mark.NO_VALUE)
        elif not value:
            return
        self.facts.reach(self._row, self._column)
        self.facts.hold(self._limits)


def _hidden(given: dict[str, str], size: str) -> bool:
    """Tell whether a row or columns are hidden, or have no height or width."""
    return given.get("hidden") in {"1", "true"} or not given.get(size, "1").strip("0.")


def _column(place: str) -> int:
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
