"""A process that goes on with a run until it is done or killed.

``sending_child.py STATE RUN ADDRESS`` prints how many lines are left and how many were under way
when the process before it was killed, and then sends.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from cancel_desk.runs.outcome import Finding, State
from journeys.selling import connect, open_desk, send

_LEFT = frozenset({State.PENDING, State.UNSENT, State.UNKNOWN})


def main(state: str, run_id: str, address: str) -> None:
    """Send what is left of a run to the store at an address."""
    desk = open_desk(Path(state))
    run = desk.reopen(run_id)
    lines = run.lines()
    left = sum(line.state in _LEFT for line in lines)
    found = [line.outcome.finding for line in lines if line.outcome is not None]
    sys.stdout.write(f"{left} {found.count(Finding.INTERRUPTED)}\n")
    sys.stdout.flush()
    send(desk, run, connect(address))


if __name__ == "__main__":
    main(*sys.argv[1:])
