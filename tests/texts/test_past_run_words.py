"""Words about runs of the past."""

from collections import Counter
from pathlib import Path

from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.results import Result
from cancel_desk.texts.past_runs import (
    deletion_words,
    going_on_words,
    standing_words,
)

STILL_TOLD = "you are still told “you already cancelled this line”"


def run(*, unfinished: bool = False, imported: bool = False, **counts: int) -> RunSummary:
    return RunSummary(
        "2026-11-27-103800-ab12",
        Path("x.run"),
        created="2026-11-27T10:38:00Z",
        store="Northwind Goods",
        environment="LIVE",
        counts=Counter({Result(name): number for name, number in counts.items()}),
        unfinished=unfinished,
        imported=imported,
    )


def test_how_a_run_stands_is_said_by_what_is_gravest() -> None:
    assert standing_words(run(cancelled=3)) == "Finished"
    assert standing_words(run(not_sent=2, unfinished=True)) == "Unfinished"
    assert standing_words(run(not_sent=2, unknown=1, unfinished=True)) == "1 unknown"
    assert standing_words(RunSummary("a", Path("a"), in_use=True)) == "In use"
    assert standing_words(RunSummary("a", Path("a"), unreadable=True)) == "Can't be read"


def test_before_a_deletion_it_is_said_what_stays_known() -> None:
    words = deletion_words(run(cancelled=12))
    assert words.question == "Delete the run of 12 rows at Northwind Goods (LIVE)?"
    assert STILL_TOLD in words.meaning
    assert "for good" in words.meaning


def test_an_unfinished_run_is_asked_about_more_strongly() -> None:
    words = deletion_words(run(cancelled=1, unknown=2, not_sent=3, unfinished=True))
    assert words.question.startswith("This run is not finished. Delete")
    assert words.meaning.startswith("Of 2 rows nobody knows yet whether Walmart cancelled them")
    assert "3 rows were not sent: their orders go on and have to be shipped" in words.meaning
    assert STILL_TOLD in words.meaning


def test_of_an_unreadable_run_it_is_said_that_the_guard_goes_with_it() -> None:
    words = deletion_words(RunSummary("a", Path("a"), unreadable=True))
    assert "can't be read" in words.question
    assert "What it sent is lost with it" in words.meaning
    assert STILL_TOLD not in words.meaning


def test_before_going_on_it_is_said_what_would_happen() -> None:
    words = going_on_words(run(unknown=2, not_sent=3, unfinished=True))
    assert words.question == "Go on with the run of Nov 27, 2026 at Northwind Goods (LIVE)?"
    assert words.meaning.startswith("2 rows whose fate is unknown are looked up first. 3 rows")
    assert words.meaning.endswith("Cancels can't be undone.")
    assert "another computer" not in words.meaning
    elsewhere = going_on_words(run(not_sent=1, unfinished=True, imported=True))
    assert "Go on with it here only if nobody goes on with it there" in elsewhere.meaning
