"""Fixtures for the command line: a terminal, and a stand-in for Walmart to send to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.terminal import FAST, Terminal, keys_of
from standin.orders import make_orders
from standin.walmart import StandIn


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path)


@pytest.fixture
def stand_in(terminal: Terminal) -> Iterator[StandIn]:
    """A stand-in with a few orders; the terminal's account env is its store."""
    with StandIn(make_orders(4, seed=3), manners=FAST) as serving:
        terminal.environ = keys_of(serving.address)
        yield serving
