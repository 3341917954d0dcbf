"""A run with every outcome there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cancel_desk.runs.run import Run
from outcomes_run import run_with_all_outcomes


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    folder = tmp_path / "runs"
    folder.mkdir()
    made = run_with_all_outcomes(folder)
    yield made
    made.close()
