"""The mark by which a result sheet is known when it is opened here again."""

import io
import re
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from xml.parsers import expat

from cancel_desk.language import in_every_language
from cancel_desk.sheet.result_rows import RESULT_COLUMNS, TELLING, ResultMark
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.unpacking import ZIP_ERRORS

MARK_NAME = "Cancel Desk run"
"""The name of the document property that holds the mark; spreadsheet programs keep it on saving."""

_ONLY_LEFT = "only left"
_PART = "docprops/custom.xml"
_LARGEST_PART = 1 << 20
_RUN = re.compile(r"[\w-]{1,64}")
# Former names of the columns, with the ones they have now.
_FORMER = {"Reason text": "What it means", "Time (UTC)": "Time"}


@dataclass(frozen=True, slots=True)
class FoundResults:
    """What a result sheet that was opened tells of itself.

    ``run`` is the id of its run, "" where the sheet lost its mark; ``only_left`` says that it was
    written with the rows not done alone. ``columns`` gives the index of each result column that
    is still there.
    """

    run: str
    only_left: bool
    columns: dict[str, int]


def marked(mark: ResultMark) -> str:
    """Return the text of the document property for a mark."""
    return f"{mark.run} {_ONLY_LEFT}" if mark.only_left else mark.run


def read_mark(data: bytes) -> ResultMark | None:
    """Return the mark in the bytes of an XLSX file; None where there is none, or no whole one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename.casefold(): part for part in archive.infolist()}
            part = parts.get(_PART)
            if part is None or part.file_size > _LARGEST_PART:
                return None
            text = _property(archive.read(part))
    except (*ZIP_ERRORS, expat.ExpatError):
        return None
    run, _, rest = text.partition(" ")
    return ResultMark(run, rest == _ONLY_LEFT) if _RUN.fullmatch(run) else None


def recognise(raw: RawSheet) -> FoundResults | None:
    """Return what a sheet tells as a result sheet, by its mark or its columns; None if it is none.

    A CSV file has no mark, and some programs drop it on saving: then the columns tell, under the
    names they have now or had before, in any language.
    """
    columns = result_columns(raw.headers)
    mark = raw.source.mark
    if mark is None and not columns.keys() >= TELLING:
        return None
    return FoundResults(mark.run if mark else "", bool(mark and mark.only_left), columns)


def what_is_left(raw: RawSheet, found: FoundResults, *, done: Collection[str]) -> RawSheet:
    """Return the sheet without its result columns and without the rows whose result is ``done``.

    ``done`` are the words for results that need nothing more; whatever else stands there, the row
    stays, and is checked anew like any other. The source of the sheet names the run it came from.
    """
    finished = {word.casefold() for word in done}
    at = found.columns.get("Result")
    ours = set(found.columns.values())
    own = [index for index in range(len(raw.headers)) if index not in ours]
    new_place = {index: place for place, index in enumerate(own)}
    rows = tuple(
        row._replace(
            cells=tuple(row.cells[index] for index in own),
            marks=tuple((new_place[i], mark) for i, mark in row.marks if i in new_place),
        )
        for row in raw.rows
        if at is None or row.cells[at].strip().casefold() not in finished
    )
    headers = tuple(raw.headers[index] for index in own)
    hidden = tuple(new_place[at] for at in raw.facts.hidden_columns if at in new_place)
    facts = replace(raw.facts, hidden_columns=hidden)
    source = replace(raw.source, former=found.run, mark=None)
    return replace(raw, source=source, headers=headers, rows=rows, facts=facts)


def result_columns(headers: Sequence[str]) -> dict[str, int]:
    """Return where our columns are; a person's own column of such a name stands before ours."""
    ours = {word: name for name in RESULT_COLUMNS for word in in_every_language(name)} | _FORMER
    named = [ours.get(header.strip(), header.strip()) for header in headers]
    if not set(named) >= TELLING:
        return {}
    last = {name: at for at, name in enumerate(named)}
    return {name: last[name] for name in RESULT_COLUMNS if name in last}


def _property(xml: bytes) -> str:
    """Return the text of our document property; "" where it is missing."""
    texts: list[str] = []
    inside = False

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if element.rpartition(" ")[2] == "property":
            inside = attributes.get("name") == MARK_NAME

    def take(text: str) -> None:
        if inside:
            texts.append(text)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.CharacterDataHandler = take
    parser.Parse(xml, True)  # noqa: FBT003 - takes no keywords
    return "".join(texts).strip()
