"""Headers that nothing may be taken from, or passed over, unless the person says so.

A sheet whose quantities are overlooked would cancel whole lines, and one whose lines are overlooked
whole orders: more than the person asked for. What a hidden column holds the person does not see,
and what is beside it may say otherwise. Whether it is so, only the person can tell.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from cancel_desk.sheet.columns import NEEDED, Column, ColumnMatch, plain_header
from cancel_desk.sheet.damage import clean_id, damage_of
from cancel_desk.sheet.header_names import NAMES
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.result_mark import result_columns
from cancel_desk.sheet.rows import RawSheet, Row

_LOOKED_AT = 200  # values of a header, for how well they fit
_NONE = frozenset({"-", "\u2013", "\u2014", "/", "n/a", "N/A"})

# How the values of a column look; SKUs and reasons may look like anything.
_LOOKS = {
    Column.PO: re.compile(r"[0-9]{13,15}|[A-Z][0-9]{8}"),
    Column.LINE: re.compile(r"[0-9]{1,3}|all", re.IGNORECASE),
    Column.QUANTITY: re.compile(r"[0-9]{1,4}(?:[.,]0+)?"),
}

# How people write such values beside Walmart's own way, where nothing tells them how.
_LOOSE = {
    Column.LINE: re.compile(
        r"(?:(?:l|ln|line|linea|item|pos|no)[ .#]*|#)?[0-9]{1,3}(?:\.|st|nd|rd|th|[aºª])?"
        r"|all|todas|全部",
        re.IGNORECASE,
    ),
    Column.QUANTITY: re.compile(
        r"x? ?[0-9]{1,4}(?:[.,]0+)?"
        r"(?: ?(?:x|u|ud|uds|un|pcs?|pieces?|units?|unidad(?:es)?|piezas?|ea|each|个|件|個)\.?"
        r"| ?(?:/|of|de) ?[0-9]{1,4})?"
        r"|one|two|three|four|five|six|all|un[oa]?|dos|tres|cuatro|cinco|tod[oa]s?|全部|[一二两三四五六]",
        re.IGNORECASE,
    ),
}

# Words in the names of columns like these, in the languages of Walmart's markets and their sellers.
_SOUNDS = {
    Column.LINE: re.compile(
        r"\b(?:ln|lines?|items?|articles?|articulos?|product[os]?|produits?|pos|position|upc|gtin"
        r"|ean|asin|isbn|model|modelo|variant|lineas?|renglon|ligne|skus?|part|mpn|barcode"
        r"|codigo|descripcion|description|title|titre|titulo)\b"
        r"|^name$|^nombre$|sku|商品|产品|產品|货号|貨號|条码|品名|名称|名稱|行"
    ),
    Column.QUANTITY: re.compile(
        r"qty|qnty|\bqnt\b|quantit|\bunits\b|\bpcs\b|\bpieces\b|cantidad|\bcant\b|unidades|piezas"
        r"|\bunites\b|menge|数量|件数|數量|件數|个数|個數"
    ),
}
_LINE = re.compile(
    r"\b(?:ln|lines?|lineas?|renglon|ligne|po item|order ?item ?id|item (?:line|number|#))(?:\b|$)"
    r"|行"
)
_DIGITS = re.compile(r"[0-9]{1,9}")
_SOME_UNITS = re.compile(r"\s*x?\s*0*[1-9]", re.IGNORECASE)
# Whole amounts of money look like units.
_MONEY = re.compile(
    r"cost|price|\btax|total|\bfee|precio|impuesto|importe|prix|taxe|amount|价|價|税|稅|费|費|金额"
)
_TO_CANCEL = re.compile(r"\b(?:to )?(?:cancel|cxl|cncl)|cancelar|annul|取消")


def fits(raw: RawSheet, column: Column, at: int) -> float:
    """Return the share of a header's values that look like the column's, from 0 to 1."""
    looks = _LOOKS.get(column)
    filled = [row for row in raw.rows[:_LOOKED_AT] if row.cells[at].strip() or row.mark(at)]
    if looks is None or not filled:
        return 0.0
    return sum(_looks_right(row, column, at) for row in filled) / len(filled)


def _fits_loosely(raw: RawSheet, column: Column, at: int) -> bool:
    """Tell whether half of a header's values or more say what the column's do, in any way."""
    said = (row.cells[at].strip() for row in raw.rows)
    texts = list(islice((text for text in said if text and text not in _NONE), _LOOKED_AT))
    fitting = sum(_LOOSE[column].fullmatch(clean_id(text).value) is not None for text in texts)
    return 2 * fitting >= len(texts) > 0


def fits_mostly(raw: RawSheet, column: Column, at: int) -> bool:
    """Tell whether most of a header's values look like the column's."""
    return fits(raw, column, at) > 0.5


def overlooked(raw: RawSheet, match: ColumnMatch) -> Mapping[Column, tuple[int, ...]]:
    """Return the headers that may hold lines or quantities where these are not taken from them.

    A quantity under a bare name, which may be the ordered one, is doubted for a header beside it
    that may hold another; one that says that it is to be cancelled is not. A line is doubted for
    another one, since a sheet may count its own rows.
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
    elif Column.LINE in match.columns:
        taken = match.columns[Column.LINE]
        found[Column.LINE] = tuple(at for at in spare if _rivals_line(raw, at, taken))
    if Column.QUANTITY not in known:
        found[Column.QUANTITY] = tuple(at for at in spare if _may_be(raw, Column.QUANTITY, at))
    elif Column.QUANTITY in match.columns:
        taken = match.columns[Column.QUANTITY]
        found[Column.QUANTITY] = tuple(at for at in spare if _rivals(raw, at, taken))
    return {column: places for column, places in found.items() if places}


def unseen(raw: RawSheet, columns: Mapping[Column, int]) -> Mapping[Column, int]:
    """Return those of the columns to be taken that the file hides.

    A SKU beside a line is only compared, and tells nothing to cancel.
    """
    hidden = frozenset(raw.facts.hidden_columns)
    return {
        column: at
        for column, at in columns.items()
        if at in hidden
        and column in NEEDED
        and not (column is Column.SKU and Column.LINE in columns)
    }


def forbid_overlooked(raw: RawSheet, match: ColumnMatch, *, key: int | None = None) -> None:
    """SheetError for such headers: where nobody is asked, nothing may be taken for granted.

    ``key`` is the header with what is to be looked up, if anything is.
    """
    places = {*unseen(raw, match.columns).values()}
    if key is not None and key in raw.facts.hidden_columns:
        places.add(key)
    if places:
        hidden = [raw.headers[at] for at in sorted(places)]
        raise SheetError(SheetProblem.HIDDEN_COLUMN, headers=hidden)
    found = {at for places in overlooked(raw, match).values() for at in places}
    if found:
        names = [raw.headers[at] for at in sorted(found)]
        raise SheetError(SheetProblem.OVERLOOKED_COLUMN, headers=names)


def _may_be(raw: RawSheet, column: Column, at: int) -> bool:
    """Tell by its name, or where that names neither, by its values."""
    sounds = {each for each in _SOUNDS if _sounds(raw, each, at)}
    return column in sounds if sounds else _fits_loosely(raw, column, at)


def _rivals(raw: RawSheet, at: int, taken: int) -> bool:
    """Tell whether a header may hold other units to cancel than those of the one taken.

    Its name says so, or its values do: never more than those taken, but not always the same.
    """
    name = plain_header(raw.headers[at])
    if plain_header(raw.headers[taken]) in _sure_quantities():
        return False
    sounds = _sounds(raw, Column.QUANTITY, at)
    if not sounds and not _fits_loosely(raw, Column.QUANTITY, at):
        return False
    others = list(_others(raw, at, taken))
    if _TO_CANCEL.search(name):
        return bool(others)
    some = [pair for pair in others if _SOME_UNITS.match(pair[0])]
    if sounds or not some:
        return bool(some)
    return not _MONEY.search(name) and all(_number(other) <= _number(own) for other, own in some)


def _others(raw: RawSheet, at: int, taken: int) -> Iterator[tuple[str, str]]:
    """Yield what a header says where it says something else than the one taken, with the latter."""
    for row in raw.rows:
        other, own = row.cells[at].strip(), row.cells[taken].strip()
        if other and other != own:
            yield other, own


def _rivals_line(raw: RawSheet, at: int, taken: int) -> bool:
    """Tell whether a header is named as another line, and names other ones."""
    name = plain_header(raw.headers[at])
    if not _LINE.search(name) or _MONEY.search(name) or not _fits_loosely(raw, Column.LINE, at):
        return False
    return any(True for _pair in _others(raw, at, taken))


def _number(text: str) -> int:
    """Return the first whole number in a text; 0 for none, as in the second line of a header."""
    found = _DIGITS.search(text)
    return int(found[0]) if found else 0


def _sounds(raw: RawSheet, column: Column, at: int) -> bool:
    return _SOUNDS[column].search(plain_header(raw.headers[at])) is not None


def _sure_quantities() -> frozenset[str]:
    return frozenset(map(plain_header, NAMES[Column.QUANTITY][0]))


def _looks_right(row: Row, column: Column, at: int) -> bool:
    if damage_of(row.cells[at], row.mark(at)) is not None:
        return column is Column.PO  # only long numbers are damaged like this
    return _LOOKS[column].fullmatch(clean_id(row.cells[at]).value) is not None
