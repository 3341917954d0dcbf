"""What survives a store that is killed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cancel_desk.practice.catalogue import many_orders
from cancel_desk.practice.journal import Tally
from cancel_desk.practice.rules import AskedLine
from cancel_desk.practice.state import StateError
from cancel_desk.practice.store import PracticeStore

if TYPE_CHECKING:
    from pathlib import Path

    from practice.conftest import Clock

REASON = "SELLER_CANCEL_OUT_OF_STOCK"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "practice.jsonl"


def cancel_some(store: PracticeStore) -> None:
    first, _, third, fourth, *_ = [order.purchase_order_id for order in store.orders()]
    store.cancel(first, (AskedLine("1", 1, REASON), AskedLine("2", 2, REASON)))
    store.cancel(fourth, (AskedLine("1", 1, REASON),))
    store.cancel(fourth, (AskedLine("1", 1, REASON),))
    store.cancel(third, (AskedLine("1", 3, REASON),))


def test_the_same_seed_gives_the_same_orders(clock: Clock) -> None:
    first, second = PracticeStore(clock=clock), PracticeStore(clock=clock)
    assert first.orders() == second.orders()
    assert PracticeStore(seed=8, clock=clock).orders() != first.orders()


def test_another_day_gives_the_same_numbers(clock: Clock) -> None:
    first = PracticeStore(clock=clock)
    clock.now += 30 * 86_400
    later = PracticeStore(clock=clock)
    assert [each.lines[0].sku for each in later.orders()] == [
        each.lines[0].sku for each in first.orders()
    ]
    assert [each.purchase_order_id for each in later.orders()] == [
        each.purchase_order_id for each in first.orders()
    ]
    assert later.orders()[0].order_date - first.orders()[0].order_date == 30 * 86_400_000


def test_a_store_goes_on_where_it_was_killed(state: Path, clock: Clock) -> None:
    before = PracticeStore(state=state, clock=clock)
    cancel_some(before)
    clock.now += 5 * 86_400
    after = PracticeStore(state=state, clock=clock)
    assert after.orders() == before.orders()
    assert after.tallies() == before.tallies()
    fourth = after.orders()[3].purchase_order_id
    assert after.tally(fourth, "1") == Tally(2, 2)
    after.cancel(fourth, (AskedLine("1", 1, REASON),))
    assert PracticeStore(state=state, clock=clock).orders() == after.orders()


def test_without_a_file_nothing_is_kept(clock: Clock) -> None:
    cancel_some(PracticeStore(clock=clock))
    assert PracticeStore(clock=clock).tallies() == {}


def test_a_torn_last_line_is_cut_off(state: Path, clock: Clock) -> None:
    cancel_some(PracticeStore(state=state, clock=clock))
    whole = state.read_bytes()
    cut = whole.rstrip(b"\n").rfind(b"\n") + 1
    for end in range(cut + 1, len(whole)):
        state.write_bytes(whole[:end])
        store = PracticeStore(state=state, clock=clock)
        third = store.orders()[2].purchase_order_id
        assert store.tally(third, "1") == Tally()
        assert len(store.tallies()) == 3
    store.cancel(third, (AskedLine("1", 3, REASON),))
    assert PracticeStore(state=state, clock=clock).tally(third, "1") == Tally(3, 1)


def test_a_torn_first_line_begins_anew(state: Path, clock: Clock) -> None:
    state.write_bytes(b'{"seed":')
    assert PracticeStore(state=state, clock=clock).tallies() == {}
    assert state.read_bytes().count(b"\n") == 1


@pytest.mark.parametrize(
    "content", [b"PO#,Line#\n", b'{"seed":7}\n', b"[1]\n", b"\xff\xfe\n", b'{"seed":7,"day":"x"}\n']
)
def test_another_file_is_refused(state: Path, clock: Clock, content: bytes) -> None:
    state.write_bytes(content)
    with pytest.raises(StateError, match="is not the state of a practice store"):
        PracticeStore(state=state, clock=clock)
    assert state.read_bytes() == content


def test_another_seed_or_stock_is_refused(state: Path, clock: Clock) -> None:
    cancel_some(PracticeStore(state=state, clock=clock))
    with pytest.raises(StateError, match="seed 7, not 8"):
        PracticeStore(seed=8, state=state, clock=clock)
    with pytest.raises(StateError, match="don't fit"):
        PracticeStore(stock=many_orders(3), state=state, clock=clock)


def test_a_line_the_order_lacks_is_refused(state: Path, clock: Clock) -> None:
    store = PracticeStore(state=state, clock=clock)
    po = store.orders()[0].purchase_order_id
    with state.open("a") as file:
        file.write(f'{{"po":"{po}","lines":[["99",1,"{REASON}"]],"at":1}}\n')
    with pytest.raises(StateError, match="don't fit"):
        PracticeStore(state=state, clock=clock)


KILLED = """
import os, sys
from pathlib import Path
from cancel_desk.practice.rules import AskedLine
from cancel_desk.practice.store import PracticeStore
store = PracticeStore(state=Path(sys.argv[1]))
store.cancel(store.orders()[2].purchase_order_id, (AskedLine("1", 2, sys.argv[2]),))
os._exit(9)
"""


def test_a_cancel_is_on_disk_when_the_program_dies(state: Path) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(state), REASON], check=False)
    assert died.returncode == 9
    store = PracticeStore(state=state)
    assert store.tally(store.orders()[2].purchase_order_id, "1") == Tally(2, 1)
