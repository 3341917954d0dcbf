"""A terminal to type commands into: in this process, or as a process of its own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cancel_desk.cli.app import run
from patience import PATIENCE
from standin.contract import Asked
from standin.walmart import CLIENT_ID, CLIENT_SECRET, Manners, StandIn
from startup import sitecustomize

PROGRAM = ("-m", "cancel_desk")
FAST = Manners(capacity=60, per_minute=600_000)
"""A bucket that is always full, and says so: the client then goes as fast as it can."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended: exit status, stdout, stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout; fails if there is anything else."""
        return json.loads(self.out)

    @property
    def told(self) -> str:
        """Everything on stderr, in one line and without the frames around usage errors."""
        return " ".join(self.err.replace("│", " ").split())


class Terminal:
    """Types commands with a state folder of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self.state = folder / "state"
        self.environ: dict[str, str] = {}

    def type(self, *words: str | Path) -> Said:
        """Run a command in this process."""
        self._capsys.readouterr()
        argv = ["--data-dir", str(self.state), *map(str, words)]
        status = run(argv, self.environ)
        out, err = self._capsys.readouterr()
        return Said(status, out, err)

    def start(self, *words: str | Path, program: Sequence[str] = PROGRAM) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        argv = ["--data-dir", str(self.state), *map(str, words)]
        return start(argv, self.environ, program=program)

    def answer(self, words: Sequence[str | Path], *answers: str) -> Said:
        """Run a command in a process of its own, and answer what it asks."""
        return typed(["--data-dir", str(self.state), *words], self.environ, *answers)

    def runs(self) -> list[Any]:
        """What the runs command says there is."""
        found = self.type("runs", "--json").json
        assert isinstance(found, list)
        return found


def start(
    words: Sequence[str],
    environ: Mapping[str, str],
    *,
    stdin: int = subprocess.DEVNULL,
    program: Sequence[str] = PROGRAM,
) -> subprocess.Popen[str]:
    """Start the program with these words and variables, and hardly any others."""
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    return subprocess.Popen(
        [sys.executable, *program, *words],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**kept, **environ},
    )


_KEPT = frozenset(
    {"PATH", "HOME", "TMPDIR", "SYSTEMROOT", "LANG", "PYTHONPATH", sitecustomize.HOME}
)


def typed(words: Sequence[str | Path], environ: Mapping[str, str], *answers: str) -> Said:
    """Run a command with somebody at its terminal who types these answers ahead."""
    ours, theirs = os.openpty()
    process = start([str(word) for word in words], environ, stdin=theirs)
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    said = ended(process)
    os.close(ours)
    return said


def ended(process: subprocess.Popen[str]) -> Said:
    """Wait for a process and return how it ended."""
    out, err = process.communicate(timeout=PATIENCE)
    return Said(process.returncode, out, err)


def keys_of(address: str) -> dict[str, str]:
    """Return the variables that make the account env a stand-in's."""
    return {
        "CANCEL_DESK_BASE_URL": address,
        "CANCEL_DESK_CLIENT_ID": CLIENT_ID,
        "CANCEL_DESK_CLIENT_SECRET": CLIENT_SECRET,
    }


def after_cancels(stand_in: StandIn, lines: int, act: Callable[[], None]) -> None:
    """Have ``act`` called once, when so many lines are cancelled and before that is answered.

    No other cancel is answered while it is done either.
    """
    apply = stand_in.ledger.apply
    one_by_one = threading.Lock()
    acts = iter([act])

    def applying(po: str, done: Iterable[Asked], correlation_id: str) -> None:
        apply(po, done, correlation_id)
        with one_by_one:
            if len(stand_in.applied) >= lines:
                next(acts, lambda: None)()

    stand_in.ledger.apply = applying  # type: ignore[method-assign]
