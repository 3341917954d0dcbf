"""Killing a sending process again and again, and letting the next one go on."""

import random
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from journeys.selling import (
    Truth,
    begin,
    connect,
    hold_against,
    open_desk,
    read_results,
    wishes,
    write_csv,
)
from standin.contract import Request
from standin.faults import CANCEL_FAULTS, Fault, seeded
from standin.ledger import Logged, read_log
from standin.orders import make_orders
from standin.replies import Reply
from standin.walmart import Manners, StandIn

_LATE = 0.02  # seconds after a call came in, at the most


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of it all; ``under_way`` counts lines whose call was being made at a kill."""

    truth: Truth
    log: Logged
    kills: int
    under_way: int
    lines: int


def kill_and_resume(folder: Path, *, orders: int, kills: int, seed: int, faults: float) -> Killed:
    """Send orders with this share of faulty calls through a process that is killed so often."""
    rows = wishes(make_orders(orders, seed), seed)
    log = folder / "stand-in.log"
    kinds = [fault for fault in CANCEL_FAULTS if fault is not Fault.THROTTLED_SILENT]
    shop = StandIn(
        make_orders(orders, seed),
        plan=seeded(seed, rate=faults, cancel=kinds),
        manners=Manners(latency=0.004, slow=0.05, lag=0.1),
        log=log,
    )
    with shop:
        state = folder / "state"
        desk = open_desk(state)
        connection = connect(shop.address)
        run = begin(desk, write_csv(folder / "orders.csv", rows), connection)
        lines = len(run.lines())
        run.close()
        connection.close()
        killer = _Killer([str(state), run.id, shop.address], shop, kills, random.Random(seed))
        while killer.strike():
            pass
        results = folder / "results.xlsx"
        run = desk.reopen(run.id)
        desk.write_results(run, results)
        run.close()
    logged = read_log(log)
    truth = hold_against(rows, read_results(results), logged.applied)
    return Killed(truth, logged, killer.kills, killer.under_way, lines)


class _Killer:
    """Starts the sending process and kills it at a random call, spread over the whole run.

    Calls are counted and not the time, so that a busy machine changes nothing: every other time it
    is killed as a cancel comes in, else a moment after any call.
    """

    def __init__(
        self, arguments: list[str], shop: StandIn, wanted: int, chance: random.Random
    ) -> None:
        script = Path(__file__).with_name("sending_child.py")
        self._command = [sys.executable, str(script), *arguments]
        self._wanted = wanted
        self._chance = chance
        self._lock = threading.Lock()
        self._victim: subprocess.Popen[str] | None = None
        self._calls = 0  # of the victim, until it is killed
        self._answer = shop.answer
        shop.answer = self._count_and_answer  # type: ignore[method-assign]
        self.kills = 0
        self.under_way = 0

    def strike(self) -> bool:
        """Let one process live for a while; return whether it had to be killed."""
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            left, under_way = map(int, process.stdout.readline().split())
            self.under_way += under_way
            with self._lock:
                self._calls = self._life(left)
                self._victim = process if self.kills < self._wanted else None
            process.wait()
        if process.returncode < 0:
            self.kills += 1
            return True
        assert process.returncode == 0
        return False

    def _life(self, left: int) -> int:
        """Return calls: a random share of those after which the rest is spread evenly.

        A line takes about one, since two for an order with two lines is usual.
        """
        even = left / (self._wanted - self.kills + 1)
        return round(self._chance.uniform(0.0, 2 * even))

    def _count_and_answer(self, request: Request) -> Reply:
        with self._lock:
            self._calls -= 1
            at_once = self.kills % 2 == 0
            victim = self._victim if self._calls <= 0 else None
            if victim is not None and (not at_once or request.path.endswith("/cancel")):
                self._victim = None
                if at_once:
                    victim.kill()
                else:
                    late = self._chance.uniform(0.0, _LATE)
                    threading.Timer(late, victim.kill).start()
        return self._answer(request)
