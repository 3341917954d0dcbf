"""Starts Cancel Desk: the window, or a command in the terminal."""

import io
import logging
import multiprocessing
import os
import sys


def main() -> None:
    """Run the command that was typed and leave with its exit status."""
    # First of all: in a packaged program, the process that reads sheets begins here too.
    multiprocessing.freeze_support()
    # What libraries log is no sentence for a person; what matters reaches them as one.
    logging.getLogger().addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        # A sign that a terminal can't show must not end the program.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    from cancel_desk.cli import run

    sys.exit(run(sys.argv[1:], os.environ))


if __name__ == "__main__":
    main()
