"""The child process that reads a file: quiet, limited in memory, and sending plain text.

A native reader may abort its whole process on a hostile file; here it takes nothing else along.
Messages are JSON, so that the parent never unpickles what a misled reader wrote.
"""

import json
import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from cancel_desk.sheet.guard import file_kind
from cancel_desk.sheet.headed import ReadRow, filled_rows, find_header
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind

_BATCH_CELLS = 20_000

Message = dict[str, object]
"""One of: what was found and the header; rows; an error; the end."""


def read_into(pipe: Connection, path: Path, sheet: str | None, limits: Limits) -> None:
    """Read a file in this process, made for it, and send it row by row into the pipe."""
    _fall_silent()
    _limit_memory(limits.memory)
    with suppress(BrokenPipeError):  # the parent gave up
        for message in messages(path, sheet, limits):
            pipe.send_bytes(json.dumps(message).encode())


def messages(path: Path, sheet: str | None, limits: Limits) -> Iterator[Message]:
    """Yield what the parent needs to build the sheet; errors become the last message."""
    try:
        yield from _found(path, sheet, limits)
    except SheetError as error:
        yield {"problem": error.problem.value, "params": error.params}
    except MemoryError:
        yield {"problem": SheetProblem.OUT_OF_MEMORY.value, "params": {}}
    except Exception:  # noqa: BLE001 - told to the parent, which can show it
        problem = SheetProblem.READER_STOPPED.value
        yield {"problem": problem, "params": {"detail": traceback.format_exc()}}


def _found(path: Path, sheet: str | None, limits: Limits) -> Iterator[Message]:
    kind = file_kind(path, limits)
    found: Message = {"kind": kind.value, "sheet": None, "encoding": None, "delimiter": None}
    if kind is FileKind.TEXT:
        from cancel_desk.sheet.text import read_text

        if sheet is not None:
            raise SheetError(SheetProblem.NO_SUCH_SHEET, sheet=sheet, names=[])
        text = read_text(path.read_bytes())
        found |= {"encoding": text.encoding, "delimiter": text.delimiter}
        rows = text.rows
    else:
        from cancel_desk.sheet.workbook import read_workbook

        chosen = read_workbook(path, kind, sheet=sheet, limits=limits)
        found |= {"sheet": chosen.name}
        rows = chosen.rows
    header, below = find_header(filled_rows(rows, limits))
    yield found | {"header_row": header.number, "headers": header.cells}
    yield from _batches(below)
    yield {"end": True}


def _batches(rows: Iterator[ReadRow]) -> Iterator[Message]:
    batch: list[ReadRow] = []
    cells = 0
    for row in rows:
        batch.append(row)
        cells += len(row.cells)
        if cells >= _BATCH_CELLS:
            yield {"rows": batch}
            batch, cells = [], 0
    if batch:
        yield {"rows": batch}


def _fall_silent() -> None:
    """Keep the last words of a dying reader off the person's terminal, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):  # a program with a window may have no terminal at all
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows has no such limit
        return
    with suppress(OSError, ValueError):  # some systems know the limit but refuse to set it
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
