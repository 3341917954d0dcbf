"""A run that is killed at random moments and resumed: nothing twice, nothing untrue."""

from pathlib import Path

from journeys.killing import kill_and_resume


def test_killed_and_resumed_until_done(tmp_path: Path) -> None:
    killed = kill_and_resume(tmp_path, orders=200, kills=15, seed=5, faults=0.15)
    assert killed.truth.wrong == []
    assert killed.log.violations == []
    assert killed.kills >= 10
    assert killed.under_way > 0
    assert killed.truth.words["Cancelled"] > 200
