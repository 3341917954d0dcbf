"""Reading a person's file as raw text, in a process of its own that may be stopped at any time."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import repeat
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from cancel_desk.sheet.bulk import made_in_bulk, made_of
from cancel_desk.sheet.choice import GUESS, ReadingChoice
from cancel_desk.sheet.example_row import without_example
from cancel_desk.sheet.limits import DEFAULT_LIMITS, Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reader_message import Message, decoded, rows_packed
from cancel_desk.sheet.reader_process import read_into
from cancel_desk.sheet.result_rows import ResultMark
from cancel_desk.sheet.rows import FileKind, Mark, MergedRange, RawSheet, Row, SheetFacts, Source

_LOOK_UP_SECONDS = 0.05  # how often a silent reader is left for a look at the person's wishes
_GOODBYE_SECONDS = 5.0


def read_sheet(
    path: Path,
    *,
    sheet: str | None = None,
    choice: ReadingChoice = GUESS,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RawSheet:
    """Read the sheet with orders from a workbook or text file.

    ``choice`` says what not to guess; ``sheet`` is short for a choice of the sheet alone.
    ``progress`` is told the rows read so far; ``cancelled`` is asked several times a second. Row
    numbers count from 1 as spreadsheet programs show them. Raises SheetError.
    """
    if sheet is not None:
        choice = replace(choice, sheet=sheet)
    arriving = ArrivingSheet(str(path))
    with made_in_bulk():
        for message in child_messages(path, choice, limits=limits, cancelled=cancelled):
            arriving.take(message)
            if progress is not None:
                progress(len(arriving.rows))
        return arriving.sheet()


def child_messages(
    path: Path,
    choice: ReadingChoice,
    *,
    limits: Limits,
    cancelled: Callable[[], bool] | None = None,
    only_first: int = 0,
) -> Iterator[Message]:
    """Yield what a child process tells of a file, up to the end; SheetError if it must be ended."""
    deadline = monotonic() + limits.seconds
    with _reader(path, limits) as pipe:
        _tell(pipe, {**asdict(choice), "only_first": only_first})
        ended = False
        while not ended:
            if cancelled is not None and cancelled():
                raise SheetError(SheetProblem.CANCELLED)
            if monotonic() > deadline:
                raise SheetError(SheetProblem.TOO_SLOW, seconds=round(limits.seconds))
            if pipe.poll(_LOOK_UP_SECONDS):
                message = _message(pipe)
                ended = "end" in message or "problem" in message
                yield message


@dataclass(slots=True)
class ArrivingSheet:
    """The sheet as far as it has arrived."""

    path: str
    found: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    width: int = 0
    widest: int = 0

    def take(self, message: Message) -> None:
        if "problem" in message:
            raise SheetError(SheetProblem(message["problem"]), **message["params"])
        if "headers" in message:
            self.found = message
            self.width = len(message["headers"])
        if "text" in message:
            self._take_packed(message)
        for number, cells, marks in message.get("rows", ()):
            self.rows.append(self._row(number, cells, marks))

    def sheet(self) -> RawSheet:
        """Return the whole; rows wider than the header lengthen it with empty names.

        The example of the template is left out.
        """
        found, width = self.found, max(self.widest, self.width)
        rows = self.rows
        if width > self.width:
            rows = [
                row
                if len(row.cells) == width
                else row._replace(cells=row.cells + ("",) * (width - len(row.cells)))
                for row in rows
            ]
        source = Source(
            path=self.path,
            kind=FileKind(found["kind"]),
            sheet=found["sheet"],
            header_row=found["header_row"],
            encoding=found["encoding"],
            delimiter=found["delimiter"],
            fingerprint=found["fingerprint"],
            mark=ResultMark(*found["mark"]) if found["mark"] else None,
        )
        headers = (*found["headers"], *("",) * (width - self.width))
        return without_example(RawSheet(source, headers, tuple(rows), sheet_facts(found["facts"])))

    def _take_packed(self, message: Message) -> None:
        try:
            numbers, columns = rows_packed(message)
        except ValueError as error:
            detail = "rows of another width came"
            raise SheetError(SheetProblem.READER_STOPPED, detail=detail) from error
        columns += [[""] * len(numbers)] * (self.width - len(columns))
        begin = len(self.rows)
        ids = range(begin + 1, begin + 1 + len(numbers))
        cells = zip(*columns, strict=True)
        self.rows += made_of(Row, zip(ids, numbers, cells, repeat(()), strict=False))
        for at, marks in message["marks"]:
            kept = tuple((index, Mark(mark)) for index, mark in marks)
            self.rows[begin + at] = self.rows[begin + at]._replace(marks=kept)
        self.widest = max(self.widest, len(columns))

    def _row(self, number: int, cells: list[str], marks: list[tuple[int, str]]) -> Row:
        padded = (*cells, *("",) * (self.width - len(cells)))
        self.widest = max(self.widest, len(padded))
        kept = tuple((index, Mark(mark)) for index, mark in marks) if marks else ()
        return Row(len(self.rows) + 1, number, padded, kept)


@contextmanager
def _reader(path: Path, limits: Limits) -> Iterator[Connection]:
    """Give the pipe to a new reading process; the process ends with the block."""
    context = get_context("spawn")
    pipe, sending = context.Pipe()
    process = context.Process(
        target=read_into, args=(sending, path, limits), name="sheet-reader", daemon=True
    )
    try:
        process.start()
    except OSError as error:
        pipe.close()
        sending.close()
        raise SheetError(SheetProblem.READER_STOPPED, detail=str(error)) from error
    sending.close()
    try:
        yield pipe
    finally:
        pipe.close()
        process.kill()  # also one that is done: letting go of all it read would take it long
        process.join(_GOODBYE_SECONDS)
        if not process.is_alive():  # one that waits for a lost network drive may not even die
            process.close()


def sheet_facts(told: dict[str, Any]) -> SheetFacts:
    """Return the facts as they were before they went through the pipe."""
    kept: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    kept["merged"] = tuple(MergedRange(*merged) for merged in told["merged"])
    return SheetFacts(**kept)


def _tell(pipe: Connection, wish: dict[str, Any]) -> None:
    with suppress(OSError):  # a child that is gone already is noticed when it should speak
        pipe.send_bytes(json.dumps(wish).encode())


def _message(pipe: Connection) -> Message:
    try:
        return decoded(pipe.recv_bytes())
    except (EOFError, OSError, ValueError) as error:
        raise SheetError(SheetProblem.READER_STOPPED, detail="it ended early") from error
