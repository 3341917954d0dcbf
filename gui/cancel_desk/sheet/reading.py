"""Reading a person's file as raw text, in a process of its own that may be stopped at any time."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from cancel_desk.sheet.limits import DEFAULT_LIMITS, Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reader_process import read_into
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet, Row, Source

_LOOK_UP_SECONDS = 0.05  # how often a silent reader is left for a look at the person's wishes
_GOODBYE_SECONDS = 5.0


def read_sheet(
    path: Path,
    *,
    sheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RawSheet:
    """Read the sheet with orders from a workbook or text file.

    ``sheet`` names the sheet of a workbook; ``progress`` is told the rows read so far;
    ``cancelled`` is asked several times a second. Row numbers count from 1 as spreadsheet
    programs show them. Raises SheetError.
    """
    arriving = ArrivingSheet(str(path))
    deadline = monotonic() + limits.seconds
    with _reader(path, sheet, limits) as pipe:
        while not arriving.ended:
            if cancelled is not None and cancelled():
                raise SheetError(SheetProblem.CANCELLED)
            if monotonic() > deadline:
                raise SheetError(SheetProblem.TOO_SLOW, seconds=round(limits.seconds))
            if not pipe.poll(_LOOK_UP_SECONDS):
                continue
            arriving.take(_message(pipe))
            if progress is not None:
                progress(len(arriving.rows))
    return arriving.sheet()


@dataclass(slots=True)
class ArrivingSheet:
    """The sheet as far as it has arrived."""

    path: str
    found: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    width: int = 0
    ended: bool = False

    def take(self, message: dict[str, Any]) -> None:
        if "problem" in message:
            raise SheetError(SheetProblem(message["problem"]), **message["params"])
        if "headers" in message:
            self.found = message
            self.width = len(message["headers"])
        for number, cells, marks in message.get("rows", ()):
            self.rows.append(self._row(number, cells, marks))
        self.ended = "end" in message

    def sheet(self) -> RawSheet:
        """Return the whole; rows wider than the header lengthen it with empty names."""
        found, width = self.found, max((len(row.cells) for row in self.rows), default=self.width)
        rows = self.rows
        if width > self.width:
            rows = [
                replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows
            ]
        source = Source(
            path=self.path,
            kind=FileKind(found["kind"]),
            sheet=found["sheet"],
            header_row=found["header_row"],
            encoding=found["encoding"],
            delimiter=found["delimiter"],
        )
        headers = (*found["headers"], *("",) * (width - self.width))
        return RawSheet(source, headers, tuple(rows))

    def _row(self, number: int, cells: list[str], marks: list[tuple[int, str]]) -> Row:
        padded = (*cells, *("",) * (self.width - len(cells)))
        kept = tuple((index, Mark(mark)) for index, mark in marks) if marks else ()
        return Row(len(self.rows) + 1, number, padded, kept)


@contextmanager
def _reader(path: Path, sheet: str | None, limits: Limits) -> Iterator[Connection]:
    """Give the pipe a new reading process sends into; the process ends with the block."""
    context = get_context("spawn")
    pipe, sending = context.Pipe(duplex=False)
    process = context.Process(
        target=read_into, args=(sending, path, sheet, limits), name="sheet-reader", daemon=True
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
        process.join(_GOODBYE_SECONDS)
    finally:
        pipe.close()
        process.kill()
        process.join()
        process.close()


def _message(pipe: Connection) -> dict[str, Any]:
    try:
        message: dict[str, Any] = json.loads(pipe.recv_bytes())
    except (EOFError, OSError) as error:
        raise SheetError(SheetProblem.READER_STOPPED, detail="it ended early") from error
    return message
