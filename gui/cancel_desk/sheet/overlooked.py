"""Headers that nothing is taken from although they may say which lines, or how many units.

A sheet whose quantities are overlooked would cancel whole lines, and one whose lines are overlooked
whole orders: more than the person asked for. Whether it is so, only the person can tell.
"""

import re
from collections.abc import Mapping

from cancel_desk.sheet.columns import Column, ColumnMatch, plain_header
from cancel_desk.sheet.damage import clean_id, damage_of
from cancel_desk.sheet.header_names import NAMES
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.result_mark import result_columns
from cancel_desk.sheet.rows import RawSheet, Row

_LOOKED_AT = 200  # rows, for how well a header's values fit

# How the values of a column look; SKUs and reasons may look like anything.
_LOOKS = {
    Column.PO: re.compile(r"[0-9]{13,15}|[A-Z][0-9]{8}"),
    Column.LINE: re.compile(r"[0-9]{1,3}|all", re.IGNORECASE),
    Column.QUANTITY: re.compile(r"[0-9]{1,4}(?:[.,]0+)?"),
}

# Words in the names of columns like these, in the languages of Walmart's markets and their sellers.
_SOUNDS = {
    Column.LINE: re.compile(
        r"\b(?:ln|lines?|items?|articles?|articulos?|product[os]?|produits?|pos|position|upc|gtin"
        r"|ean|asin|isbn|model|modelo|variant|lineas?|renglon|ligne|skus?)\b"
        r"|sku|商品|产品|產品|货号|貨號|条码|行"
    ),
    Column.QUANTITY: re.compile(
        r"qty|qnty|\bqnt\b|quantit|\bunits\b|\bpcs\b|\bpieces\b|cantidad|\bcant\b|unidades|piezas"
        r"|\bunites\b|menge|数量|件数|數量|件數|个数|個數"
    ),
}
_SOME_UNITS = re.compile(r"\s*0*[1-9]")
_TO_CANCEL = re.compile(r"\b(?:to )?(?:cancel|cxl|cncl)|cancelar|annul|取消")


def fits(raw: RawSheet, column: Column, at: int) -> float:
    """Return the share of a header's values that look like the column's, from 0 to 1."""
    looks = _LOOKS.get(column)
    filled = [row for row in raw.rows[:_LOOKED_AT] if row.cells[at].strip() or row.mark(at)]
    if looks is None or not filled:
        return 0.0
    return sum(_looks_right(row, column, at) for row in filled) / len(filled)


def fits_mostly(raw: RawSheet, column: Column, at: int) -> bool:
    """Tell whether most of a header's values look like the column's."""
    return fits(raw, column, at) > 0.5


def overlooked(raw: RawSheet, match: ColumnMatch) -> Mapping[Column, tuple[int, ...]]:
    """Return the headers that may hold lines or quantities where these are not taken from them.

    A quantity under a bare name, which may be the ordered one, is doubted for a header beside it
    that may hold another; one that says that it is to be cancelled is not.
    """
    known = {*match.columns, *match.doubtful}
    passed_over = {*match.columns.values(), *result_columns(raw.headers).values()}
    spare = [
        at
        for at in range(len(raw.headers))
        if at not in passed_over and any(row.cells[at].strip() for row in raw.rows)
    ]
    found: dict[Column, tuple[int, ...]] = {}
    if known.isdisjoint((Column.LINE, Column.SKU, Column.QUANTITY)):
        found[Column.LINE] = tuple(at for at in spare if _may_be(raw, Column.LINE, at))
    if Column.QUANTITY not in known:
        found[Column.QUANTITY] = tuple(at for at in spare if _may_be(raw, Column.QUANTITY, at))
    elif Column.QUANTITY in match.columns:
        taken = match.columns[Column.QUANTITY]
        found[Column.QUANTITY] = tuple(at for at in spare if _rivals(raw, at, taken))
    return {column: places for column, places in found.items() if places}


def forbid_overlooked(raw: RawSheet, match: ColumnMatch) -> None:
    """SheetError for such headers: where nobody is asked, nothing may be taken for granted."""
    found = {at for places in overlooked(raw, match).values() for at in places}
    if found:
        names = [raw.headers[at] for at in sorted(found)]
        raise SheetError(SheetProblem.OVERLOOKED_COLUMN, headers=names)


def _may_be(raw: RawSheet, column: Column, at: int) -> bool:
    """Tell by its name, or where that names neither, by its values."""
    sounds = {each for each in _SOUNDS if _sounds(raw, each, at)}
    return column in sounds if sounds else fits_mostly(raw, column, at)


def _rivals(raw: RawSheet, at: int, taken: int) -> bool:
    """Tell whether a header may hold other units to cancel than those of the one taken."""
    if plain_header(raw.headers[taken]) in _sure_quantities():
        return False
    named = _TO_CANCEL.search(plain_header(raw.headers[at])) is not None
    likely = named and fits_mostly(raw, Column.QUANTITY, at)
    if not (likely or _sounds(raw, Column.QUANTITY, at)):
        return False
    return any(
        _SOME_UNITS.match(row.cells[at]) and row.cells[at].strip() != row.cells[taken].strip()
        for row in raw.rows
    )


def _sounds(raw: RawSheet, column: Column, at: int) -> bool:
    return _SOUNDS[column].search(plain_header(raw.headers[at])) is not None


def _sure_quantities() -> frozenset[str]:
    return frozenset(map(plain_header, NAMES[Column.QUANTITY][0]))


def _looks_right(row: Row, column: Column, at: int) -> bool:
    if damage_of(row.cells[at], row.mark(at)) is not None:
        return column is Column.PO  # only long numbers are damaged like this
    return _LOOKS[column].fullmatch(clean_id(row.cells[at]).value) is not None
