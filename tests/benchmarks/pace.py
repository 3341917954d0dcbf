"""How close sending comes to the least time that Walmart's allowance permits."""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))

import requests

from cancel_desk.checks.plan import PlannedLine, Request
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.outcome import State
from cancel_desk.runs.runner import Runner
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.orders import CancelLine, cancel_body
from cancel_desk.walmart.token import Credentials
from journeys.selling import Onlooker
from standin.orders import Line, Order
from standin.walmart import CLIENT_ID, CLIENT_SECRET, Manners, StandIn

REASON = ReasonCode.OUT_OF_STOCK
FIRST_PO = 1796277000000


class Task(NamedTuple):
    """So many orders of one line against a bucket; ``latency`` in seconds."""

    orders: int
    per_minute: float
    capacity: int
    latency: float

    @property
    def least(self) -> float:
        """Seconds that nobody can go below who reads an order and then cancels it."""
        refills = max(0, self.orders - self.capacity)
        return refills * 60 / self.per_minute + 2 * self.latency


class Measured(NamedTuple):
    """What one way of sending took, and how many calls it was refused for the pace."""

    seconds: float
    refused: int


def stand_in(task: Task) -> StandIn:
    """Return a store for a task, not yet open."""
    orders = [
        Order(str(FIRST_PO + at), str(at), [Line("1", "NW-MUG-12", 1)]) for at in range(task.orders)
    ]
    manners = Manners(latency=task.latency, capacity=task.capacity, per_minute=task.per_minute)
    return StandIn(orders, manners=manners)


def ours(task: Task) -> Measured:
    """Send as the program does."""
    pos = [str(FIRST_PO + at) for at in range(task.orders)]
    wanted = [Request(po, (PlannedLine(at, "1", 1, REASON),)) for at, po in enumerate(pos)]
    with stand_in(task) as store, tempfile.TemporaryDirectory() as folder:
        rows = [SheetRow(at, at, ("x",)) for at in range(task.orders)]
        journal = Journal.create(Path(folder) / "pace.run", facts={}, rows=rows, requests=wanted)
        endpoint = Endpoint(store.address, cancels_per_minute=task.per_minute)
        client = WalmartClient(endpoint, Credentials(CLIENT_ID, CLIENT_SECRET))
        client.refresh_token()  # as it is there from looking the orders up
        gate = Gate()
        began = time.perf_counter()
        Runner(journal, client, gate, Onlooker(gate)).run()
        seconds = time.perf_counter() - began
        states = {line.state for line in journal.lines()}
        refused = sum(n for (_, _, status), n in store.ledger.calls.items() if status == 429)
        client.close()
        journal.close()
    if states != {State.CANCELLED}:
        sys.exit(f"not every line was cancelled: {sorted(states)}")
    return Measured(seconds, refused)


def a_sellers_script(task: Task) -> Measured:
    """One call after the other, with a sleep between that keeps below the limit."""
    import pandas as pd

    sheet = pd.DataFrame({"PO#": [str(FIRST_PO + at) for at in range(task.orders)]})
    body = cancel_body([CancelLine("1", REASON, 1)])
    refused = 0
    with stand_in(task) as store, requests.Session() as session:
        headers = {"WM_SVC.NAME": "Walmart Marketplace", "Accept": "application/json"}
        token = session.post(
            f"{store.address}/v3/token",
            auth=(CLIENT_ID, CLIENT_SECRET),
            data={"grant_type": "client_credentials"},
            headers=headers | {"WM_QOS.CORRELATION_ID": str(uuid4())},
            timeout=60,
        ).json()["access_token"]
        began = time.perf_counter()
        for po in sheet["PO#"]:
            mine = {"WM_SEC.ACCESS_TOKEN": token, "WM_QOS.CORRELATION_ID": str(uuid4())}
            address = f"{store.address}/v3/orders/{po}/cancel"
            reply = session.post(address, json=body, headers=headers | mine, timeout=60)
            refused += reply.status_code == 429
            time.sleep(60 / task.per_minute)
        return Measured(time.perf_counter() - began, refused)


def main() -> None:
    """Print a row for each latency."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=600)
    parser.add_argument("--per-minute", type=float, default=120.0)
    parser.add_argument("--capacity", type=int, default=60)
    parser.add_argument("--latency", type=float, nargs="+", default=[0.05, 0.5, 1.0, 2.0])
    parser.add_argument("--script", action="store_true", help="measure a seller's script as well")
    asked = parser.parse_args()
    print("latency   least   ours  of the least  refused   script")  # noqa: T201
    for latency in asked.latency:
        task = Task(asked.orders, asked.per_minute, asked.capacity, latency)
        mine = ours(task)
        theirs = f"{a_sellers_script(task).seconds:7.1f}" if asked.script else "      -"
        share = task.least / mine.seconds
        row = f"{latency:7.2f} {task.least:7.1f} {mine.seconds:6.1f} {share:13.1%}"
        print(f"{row} {mine.refused:8} {theirs}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
