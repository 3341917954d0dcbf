"""The child process that reads a file: quiet, limited in memory, and sending plain text.

A native reader may abort its whole process on a hostile file; here it takes nothing else along.
The process is begun for each file, so it imports only what every kind of file needs.
"""

import gc
import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path

from cancel_desk.sheet.blocks import RowStream, blocks_of
from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.found import find_rows
from cancel_desk.sheet.headed import ReadRow, find_header
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reader_message import Message, encoded, packed


def read_into(pipe: Connection, path: Path, limits: Limits) -> None:
    """Read a file in this process, made for it, and send it row by row into the pipe.

    What the person chose, a password among it, comes through the pipe first; so it shows neither
    in the process's arguments nor in its environment.
    """
    _fall_silent()
    gc.disable()  # the process is over soon, and looking for cycles among so many rows takes long
    _limit_memory(limits.memory)
    with suppress(BrokenPipeError, EOFError):  # the parent gave up
        wish = json.loads(pipe.recv_bytes())
        only_first = wish.pop("only_first")
        for message in messages(path, ReadingChoice(**wish), limits, only_first=only_first):
            pipe.send_bytes(encoded(message))


def messages(
    path: Path, choice: ReadingChoice, limits: Limits, *, only_first: int = 0
) -> Iterator[Message]:
    """Yield what the parent needs to build the sheet; errors become the last message.

    With ``only_first`` rows to show, these are given as they stand in the file, header and all.
    """
    try:
        yield from _found(path, choice, limits, only_first)
    except SheetError as error:
        yield {"problem": error.problem.value, "params": error.params}
    except MemoryError:
        yield {"problem": SheetProblem.OUT_OF_MEMORY.value, "params": {}}
    except Exception:  # noqa: BLE001 - told to the parent, which can show it
        import traceback

        problem = SheetProblem.READER_STOPPED.value
        yield {"problem": problem, "params": {"detail": traceback.format_exc()}}


def _found(path: Path, choice: ReadingChoice, limits: Limits, only_first: int) -> Iterator[Message]:
    found = find_rows(path, choice, limits, asking=bool(only_first))
    rows: Iterator[ReadRow] = found.rows
    if only_first:
        first = list(islice(rows, only_first))
        yield {"first_rows": first}
        rows = chain(first, rows)
    results = found.mark is not None
    head = find_header(rows, wanted=choice.header_row, results=results)
    facts = replace(found.facts, rows_above=head.above, sure=found.facts.sure and head.sure)
    yield {
        "kind": found.kind.value,
        "sheet": found.sheet,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "header_row": head.header.number,
        "fingerprint": found.fingerprint,
        "mark": found.mark,
        "headers": head.header.cells,
        "facts": asdict(facts),
    }
    if not only_first:
        yield from _rows_below(head.below, found.rows)
    yield {"end": True}


def _rows_below(below: list[ReadRow], stream: RowStream) -> Iterator[Message]:
    for block in chain(blocks_of(below), stream.blocks()):
        yield packed(block)


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
