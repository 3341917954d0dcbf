"""Starts Cancel Desk: the window, or a command in the terminal."""

import io
import logging
import multiprocessing
import os
import sys
from contextlib import suppress


class _Unheard(io.TextIOWrapper):
    """A stream that nobody needs to read: what can't be written any more is lost."""

    def write(self, text: str, /) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def main() -> None:
    """Run the command that was typed and leave with its exit status."""
    # First of all: in a packaged program, the process that reads sheets begins here too.
    multiprocessing.freeze_support()
    # What libraries log is no sentence for a person; what matters reaches them as one.
    logging.getLogger().addHandler(logging.NullHandler())
    # Closed by whoever started us: write to nowhere rather than fail in the middle.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        # A sign that a terminal can't show must not end the program.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        # A terminal that went away must not stop a run half way.
        encoding = sys.stderr.encoding
        sys.stderr = _Unheard(sys.stderr.detach(), encoding, "replace", line_buffering=True)
    from cancel_desk.cli import run

    sys.exit(run(sys.argv[1:], os.environ))


if __name__ == "__main__":
    main()
