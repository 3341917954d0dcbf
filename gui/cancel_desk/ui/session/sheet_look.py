"""A look at a sheet before it counts: how it is read, its rows, and what to ask about them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cancel_desk.checks.review import Review
from cancel_desk.desk import Desk
from cancel_desk.language import gettext as _
from cancel_desk.sheet.choice import GUESS, ReadingChoice
from cancel_desk.sheet.expansion import Expansion
from cancel_desk.sheet.guess import PREVIEW_ROWS, Preview, PreviewRow, ReadingGuess
from cancel_desk.sheet.matching import ColumnAnswer, ColumnQuestion
from cancel_desk.sheet.result_mark import FoundResults
from cancel_desk.sheet.rows import FileKind, RawSheet


class NothingToOpen(Exception):  # noqa: N818 - it reads as what happened
    """There are no orders where they were looked for; its text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class SheetLook:
    """What the person sees before they say which column is which; ``path`` is None without a file.

    ``again`` says that the sheet is open already.
    """

    path: Path | None
    choice: ReadingChoice
    preview: Preview
    raw: RawSheet
    questions: tuple[ColumnQuestion, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A sheet whose columns are known, and how it came to that.

    ``answered`` says that the person looked at the columns themselves; ``left_out`` are numbers
    of a pasted text that were not taken; ``expansion`` is what rows came to that name no purchase
    orders, at ``store``; ``note`` is a sentence the person should read first.
    """

    path: Path | None
    choice: ReadingChoice
    raw: RawSheet
    review: Review
    answered: bool = False
    left_out: tuple[str, ...] = ()
    expansion: Expansion | None = None
    store: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A result sheet that was opened; ``left`` is what of it is not done.

    ``words`` counts what stands in its column of results.
    """

    path: Path
    raw: RawSheet
    found: FoundResults
    left: RawSheet
    words: Counter[str]


def found_sheet(desk: Desk, path: Path, raw: RawSheet) -> FoundSheet | None:
    """Return a result sheet with what it tells of itself; None if it is any other sheet."""
    found = desk.recognise(raw)
    if found is None:
        return None
    at = found.columns.get("Result")
    words = Counter(row.cells[at].strip() for row in raw.rows) if at is not None else Counter()
    return FoundSheet(path, raw, found, desk.what_is_left(raw, found), words)


def look_at_file(
    desk: Desk,
    path: Path,
    choice: ReadingChoice,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SheetLook:
    """Read a file as chosen, the first of several sheets where none is; SheetError."""
    shown = desk.preview(path, choice, cancelled=cancelled)
    chosen = replace(choice, sheet=shown.guess.sheet)
    raw = desk.read(path, choice=chosen, progress=progress, cancelled=cancelled)
    return SheetLook(path, chosen, shown, raw, desk.column_questions(raw))


def look_at_rows(desk: Desk, raw: RawSheet) -> SheetLook:
    """Return the look at rows that come from no file."""
    header = raw.source.header_row
    guess = ReadingGuess(raw.source.kind, None, None, None, header, raw.facts)
    first = [PreviewRow(header, raw.headers)] if header else []
    first += [
        PreviewRow(row.id if row.number is None else row.number, row.cells)
        for row in raw.rows[:PREVIEW_ROWS]
    ]
    return SheetLook(None, GUESS, Preview(guess, tuple(first)), raw, desk.column_questions(raw))


def guessed_answer(questions: tuple[ColumnQuestion, ...]) -> ColumnAnswer:
    """Return what the questions say by themselves."""
    return ColumnAnswer(
        {each.column: each.at for each in questions if each.at is not None},
        {each.column: each.fixed for each in questions if each.fixed is not None},
    )


def where_from(opened: OpenedSheet) -> str:
    """Return in a few words where the rows of a sheet came from."""
    sheet = opened.raw.source.sheet
    whence = _("Open orders") if opened.raw.source.kind is FileKind.ORDERS else _("Pasted")
    name = opened.path.name if opened.path else whence
    parts = [_("What is left of {name}").format(name=name) if opened.raw.source.former else name]
    if sheet:
        parts.append(_("sheet “{name}”").format(name=sheet))
    if opened.answered:
        parts.append(_("columns as you chose them"))
    elif opened.raw.source.kind is not FileKind.ORDERS:
        parts.append(_("columns matched by their names"))
    return " · ".join(parts)
