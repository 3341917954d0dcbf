"""Runs of a few lines against a store in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from runs_bench import RunBench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[RunBench]:
    made = RunBench(tmp_path / "a.run")
    yield made
    made.close()
