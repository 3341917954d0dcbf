"""Workers that join in while a run is sent, where one after the other would be too slow."""

import threading
from collections.abc import Callable

from builders import order, order_line
from cancel_desk.runs.crew import Crew
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import State
from cancel_desk.runs.runner import MOST_WORKERS
from cancel_desk.walmart.elapsed import Clocks
from cancel_desk.walmart.pace import TokenBucket
from patience import PATIENCE
from pretended_store import PretendedStore
from runs_bench import RunBench

POS = [str(1796277000000 + n) for n in range(3)]


def test_all_members_are_awaited_and_no_more_than_the_most() -> None:
    done: list[str] = []

    def work() -> None:
        crew.add()
        done.append(threading.current_thread().name)

    crew = Crew(work, most=4)
    crew.work(1)
    assert sorted(done) == ["send-0", "send-1", "send-2", "send-3"]


class Slow:
    """A run whose clock says that every order takes long; it notes who sends."""

    def __init__(self, bench: RunBench) -> None:
        now = iter(range(10**9))
        bench.gate = Gate(Clocks(lambda: float(next(now))))
        bench.create(*((po, "1", 1) for po in POS))
        self.bench = bench
        self.shop = PretendedStore(*(order(order_line(), po=po) for po in POS))
        self.shop.before_cancel = self.note
        self.senders: set[str] = set()
        self.meet: Callable[[], object] = lambda: None

    def note(self) -> None:
        self.senders.add(threading.current_thread().name)
        if len(self.shop.calls):
            self.meet()


def test_another_one_joins_where_orders_take_long_and_allowance_is_left(bench: RunBench) -> None:
    slow = Slow(bench)
    slow.meet = lambda: together.wait(PATIENCE)
    together = threading.Barrier(2)  # the last two calls are made at the same time
    bench.run(slow.shop)
    assert slow.senders >= {"send-0", "send-1"}
    assert {line.state for line in bench.lines()} == {State.CANCELLED}
    assert bench.workers == 1 < MOST_WORKERS


def test_nobody_joins_where_the_allowance_is_used_up(bench: RunBench) -> None:
    slow = Slow(bench)
    slow.shop.cancel_pace = TokenBucket(60 * 4, 1)
    bench.run(slow.shop)
    assert slow.senders == {"send-0"}


def test_nobody_joins_where_orders_are_quick(bench: RunBench) -> None:
    slow = Slow(bench)
    bench.gate = Gate(Clocks(lambda: 0.0))
    bench.run(slow.shop)
    assert slow.senders == {"send-0"}
