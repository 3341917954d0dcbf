"""The sentences for what was noticed while a sheet was read, found or put together."""

from collections.abc import Iterator

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.sheet.expansion import Expansion
from cancel_desk.sheet.pasted import NumberKind
from cancel_desk.sheet.result_mark import FoundResults
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.texts.lists import listed
from cancel_desk.texts.sheet import shortened_list

_SHOWN_ROWS = 8


def reading_notes(raw: RawSheet) -> tuple[str, ...]:
    """Return what a person should know of how the sheet was found, a sentence each."""
    return tuple(_notes(raw))


def _notes(raw: RawSheet) -> Iterator[str]:
    facts = raw.facts
    if facts.unpacked:
        yield _("The sheet was taken out of a zip archive: “{name}”.").format(name=facts.unpacked)
    if facts.hidden_sheets:
        yield _("Hidden sheets were not read: {names}.").format(
            names=shortened_list(facts.hidden_sheets)
        )
    if facts.hidden_rows:
        yield ngettext(
            "{count} row is hidden in your file (row {rows}) and is left out. "
            "If it should be cancelled, show it there and open the file again.",
            "{count} rows are hidden in your file (rows {rows}) and are left out. "
            "If they should be cancelled, show them there and open the file again.",
            len(facts.hidden_rows),
        ).format(count=len(facts.hidden_rows), rows=_rows(facts.hidden_rows))
    if any(merged.last_row > merged.first_row for merged in facts.merged):
        yield _(
            "Some cells are merged over several rows; only the first of these rows holds the text. "
            "Where that matters, the other rows say so."
        )
    if facts.rows_above:
        yield ngettext(
            "{count} row above the column names was left out (row {rows}).",
            "{count} rows above the column names were left out (rows {rows}).",
            len(facts.rows_above),
        ).format(count=len(facts.rows_above), rows=_rows(facts.rows_above))
    if facts.example_rows:
        yield _("The template's example (row {rows}) was left out.").format(
            rows=_rows(facts.example_rows)
        )
    if raw.source.header_row == 0:
        yield _("The sheet has no column names; every row was read as an order.")


def _rows(numbers: tuple[int, ...]) -> str:
    shown = listed(map(str, numbers[:_SHOWN_ROWS]))
    more = len(numbers) - _SHOWN_ROWS
    return _("{rows} and {more} more").format(rows=shown, more=more) if more > 0 else shown


def lookup_notes(expansion: Expansion, store: str) -> tuple[str, ...]:
    """Say what rows that name no purchase order came to at a store, a sentence each."""
    lines = len(expansion.came_from) - len(expansion.left)
    rows = ngettext("{n} row of your sheet", "{n} rows of your sheet", expansion.expanded)
    told = ngettext(
        "{rows} came to {n} open order line of {store}. Look at it before you send.",
        "{rows} came to {n} open order lines of {store}. Look at them before you send.",
        lines,
    ).format(
        rows=rows.format(n=grouped(expansion.expanded)),
        n=grouped(lines),
        store=store,
    )
    if not expansion.left:
        return (told,)
    numbers = tuple(row.number for row in expansion.left if row.number is not None)
    left = ngettext(
        "For {count} row no order line was found (row {rows}); it stands below and says why.",
        "For {count} rows no order line was found (rows {rows}); they stand below and say why.",
        len(expansion.left),
    ).format(count=grouped(len(expansion.left)), rows=_rows(numbers))
    return (told, left)


def number_kind_words(kind: NumberKind) -> str:
    """Return what a number in a pasted text is called there."""
    return {
        NumberKind.PURCHASE_ORDER: _("Purchase order"),
        NumberKind.CUSTOMER_ORDER: _("Customer order, says the text"),
        NumberKind.OTHER: _("Another number, says the text"),
    }[kind]


def result_sheet_sentence(found: FoundResults, *, left: int, done: int) -> str:
    """Return that a sheet is a result sheet of which only the rows to do are taken."""
    if found.run:
        words = ngettext(
            "This is a result sheet of run {run}: {n} row is cancelled already and not looked at, "
            "{left} left to do.",
            "This is a result sheet of run {run}: {n} rows are cancelled already and not looked "
            "at, {left} left to do.",
            done,
        )
    else:
        words = ngettext(
            "This is a result sheet: {n} row is cancelled already and not looked at, "
            "{left} left to do.",
            "This is a result sheet: {n} rows are cancelled already and not looked at, "
            "{left} left to do.",
            done,
        )
    return words.format(run=found.run, n=grouped(done), left=grouped(left))
