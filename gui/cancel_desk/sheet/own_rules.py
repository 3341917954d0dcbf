"""Rules of the person's page for its cells: colours by condition, and what may be entered.

Taken over is what openpyxl holds and what still means the same among the results: rules for whole
columns, whichever rows these have now. A rule for some of the rows is not, as rows may stand
elsewhere; nor is one that looks at other pages, at names, or at columns that are the results' now.
Of icon sets and bars openpyxl keeps what Excel 2007 knew.
"""

import re
from collections.abc import Iterator
from copy import copy
from typing import Any, NamedTuple

from cancel_desk.sheet.part_facts import column_letters

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?[0-9]*(?::\$?([A-Z]{1,3})\$?[0-9]*)?", re.IGNORECASE)


class Body(NamedTuple):
    """Where the person's own cells lie: the first row below the header, and the last of each page.

    ``columns`` is how many own columns there are, the same on both pages.
    """

    first: int
    last_before: int
    last_now: int
    columns: int


def take_rules(former: Any, page: Any, body: Body) -> None:
    """Have the rules of a page hold on another, with the rows from the same one on."""
    for conditional in former.conditional_formatting:
        ranges = " ".join(_moved(conditional.sqref, body))
        for rule in conditional.rules:
            if ranges and all(_stays_true(formula, body) for formula in rule.formula):
                page.conditional_formatting.add(ranges, rule)
    for validation in former.data_validations.dataValidation:
        ranges = " ".join(_moved(validation.sqref, body))
        formulas = filter(None, (validation.formula1, validation.formula2))
        if ranges and all(_stays_true(str(formula), body) for formula in formulas):
            taken = copy(validation)
            taken.sqref = type(validation.sqref)(ranges)
            page.add_data_validation(taken)


def _moved(ranges: Any, body: Body) -> Iterator[str]:
    """Give the ranges of whole columns as they are now.

    Their first row stays: formulas are told from there.
    """
    for each in ranges.ranges:
        whole = each.min_row <= body.first and each.max_row >= body.last_before
        if whole and each.min_col <= body.columns and body.last_now >= body.first:
            left = column_letters(each.min_col)
            right = column_letters(min(each.max_col, body.columns))
            yield f"{left}{each.min_row}:{right}{body.last_now}"


def _stays_true(formula: str, body: Body) -> bool:
    """Tell whether a formula looks at own cells of its page alone."""
    from openpyxl.formula import Tokenizer

    try:
        tokens = Tokenizer(f"={formula}").items
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the rule is left behind
        return False
    return all(
        _is_own(token.value, body)
        for token in tokens
        if token.type == "OPERAND" and token.subtype == "RANGE"
    )


def _is_own(place: str, body: Body) -> bool:
    from openpyxl.utils import column_index_from_string

    found = _CELL.fullmatch(place)
    return found is not None and all(
        column_index_from_string(letters) <= body.columns for letters in found.groups() if letters
    )
