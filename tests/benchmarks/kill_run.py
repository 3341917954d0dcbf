"""The long kill test, run by hand: ``python tests/benchmarks/kill_run.py``, a few minutes.

A process that sends 2,000 requests to a faulty stand-in for Walmart is killed some 200 times.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from journeys.killing import Killed, kill_and_resume


def main() -> int:
    """Print what came of it; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description="Kill a sending process again and again.")
    parser.add_argument("--orders", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=210)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.15, help="share of calls")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        killed = kill_and_resume(
            Path(folder),
            orders=options.orders,
            kills=options.kills,
            seed=options.seed,
            faults=options.faults,
        )
    for name, value in _figures(killed):
        sys.stdout.write(f"{name:44}{value}\n")
    sys.stdout.write(f"{'seconds':44}{time.monotonic() - began:.0f}\n")
    for text in (*killed.truth.wrong, *killed.log.violations):
        sys.stdout.write(f"WRONG: {text}\n")
    return 1 if killed.truth.wrong or killed.log.violations else 0


def _figures(killed: Killed) -> list[tuple[str, object]]:
    truth, calls = killed.truth, killed.log.calls
    cancels = sum(n for (operation, *_), n in calls.items() if operation == "cancel")
    faulty = sum(n for (_, fault, _), n in calls.items() if fault != "none")
    return [
        ("kills", killed.kills),
        ("lines whose call was under way at a kill", killed.under_way),
        ("lines asked for", killed.lines),
        ("cancel calls received", cancels),
        ("calls received", calls.total()),
        ("of them with a fault", faulty),
        ("lines cancelled twice", len(truth.twice)),
        ("lines with more units than asked", len(truth.too_many)),
        ("rows whose result is untrue", len(truth.untrue)),
        ("violations of the contract", len(killed.log.violations)),
        *((f"rows {word!r}", count) for word, count in sorted(truth.words.items())),
    ]


if __name__ == "__main__":
    sys.exit(main())
