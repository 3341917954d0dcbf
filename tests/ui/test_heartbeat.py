"""The window's thread stays free while a run is sent as fast as a practice store takes it.

What counts is the thread's own work in each turn of its loop: how long the machine keeps it from
working says nothing of the program. `tests/benchmarks/window.py` measures both, over 5,000 orders.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from cancel_desk.practice.catalogue import SEED, many_orders
from cancel_desk.practice.sample import clean_rows, write_sheet
from cancel_desk.runs.results import Result
from cancel_desk.ui.widgets.steps import Step
from ui.fast_store import FastConnections
from ui.hands import click
from ui.heartbeat import Heart, assert_never_kept_waiting
from ui.person import Hands

ORDERS = 150
STOCK = many_orders(ORDERS, lines=(1, 1))


@pytest.fixture
def connections(connections: FastConnections) -> FastConnections:
    """The window's stores, with more orders."""
    connections._stock = STOCK
    return connections


def test_no_turn_of_the_window_takes_long_while_it_sends(
    connections: FastConnections, hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = clean_rows(STOCK(SEED, datetime.now(UTC).date()))
    numbers = count()

    def send() -> Iterator[float]:
        path = tmp_path / f"{next(numbers)}.xlsx"
        write_sheet(path, rows)
        hands.session.start_over()
        hands.session.choose_account(hands.session.in_use.account)
        hands.window.begin(path)
        hands.wait_for(Step.REVIEW)
        click(hands.ask_to_send().send)
        hands.wait_for(Step.SEND)
        heart = Heart()
        qtbot.waitUntil(lambda: hands.window.journey.step is Step.RESULTS)
        heart.stop()
        assert hands.pages.results.model.counts()[Result.CANCELLED] == ORDERS
        assert len(heart.turns) > 20
        yield max(turn.work for turn in heart.turns)

    assert_never_kept_waiting(send)


def test_rows_are_scrolled_by_half_a_page_not_one_by_one(
    connections: FastConnections, hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    """Every scrolling paints every row anew."""
    write_sheet(tmp_path / "orders.xlsx", clean_rows(STOCK(SEED, datetime.now(UTC).date())))
    hands.window.begin(tmp_path / "orders.xlsx")
    hands.wait_for(Step.REVIEW)
    dialog = hands.ask_to_send()
    scrolled: list[int] = []
    table: QTableView = hands.pages.send.table
    bar = table.verticalScrollBar()

    def note(value: int) -> None:
        if value < bar.maximum():  # where the rows end changes with the height of the table
            scrolled.append(value)

    bar.valueChanged.connect(note)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    hands.wait_for(Step.RESULTS)
    rows_a_page = table.viewport().height() // table.rowHeight(0)
    assert scrolled
    assert scrolled == sorted(scrolled)
    assert len(scrolled) <= ORDERS / (rows_a_page / 2 - 1) + 2
