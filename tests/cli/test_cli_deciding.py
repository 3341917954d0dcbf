"""What is asked at the terminal about a part of a line whose call was lost."""

from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.cli.front import Front
from cancel_desk.cli.past_runs import resume
from cancel_desk.cli.sending import carry_out
from cancel_desk.cli.wishes import SendWish
from cancel_desk.connections import Connection
from cancel_desk.runs.run import Run
from journeys.selling import (
    Wish,
    begin,
    connect,
    hold_against,
    open_desk,
    read_results,
    write_csv,
)
from standin.faults import Fault, written
from standin.orders import Line, Order
from standin.walmart import StandIn

PO = "1577914061094"
ROWS = [Wish(PO, "1", "A", "2", "oos", {(PO, "1"): 2})]


class Person(Front):
    """Somebody who types these answers, or nobody at all; no run of theirs waits for long."""

    attended = True

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__(folder, {})
        self._address = address
        self.desk = open_desk(folder)
        self.desk.connect_for = self.connected  # type: ignore[method-assign]
        self.answers: deque[str] = deque()
        self.told = ""

    def connected(self, run: Run, account: str | None = None) -> Connection:  # noqa: ARG002
        return connect(self._address)

    def say(self, sentence: str) -> None:
        self.told += sentence + "\n"

    def answer(self, question: str) -> str:
        self.told += question + "\n"
        return self.answers.popleft()


class Job:
    """A part of a line whose first call is lost before Walmart sees it."""

    def __init__(self, stand_in: StandIn, folder: Path) -> None:
        self.stand_in = stand_in
        self.person = Person(folder / "state", stand_in.address)
        self.wish = SendWish(folder / "out.xlsx")
        self._sheet = write_csv(folder / "orders.csv", ROWS)

    def send(self, *answers: str) -> int:
        self.person.answers.extend(answers)
        with (
            closing(connect(self.stand_in.address)) as connection,
            closing(begin(self.person.desk, self._sheet, connection)) as run,
        ):
            return carry_out(self.person, run, self.wish, connection)

    def resume(self, *answers: str) -> int:
        self.person.told = ""
        self.person.answers.extend(answers)
        return resume(self.person, None, self.wish, account=None)

    def result(self) -> str:
        (row,) = read_results(self.wish.results)
        assert hold_against(ROWS, [row], self.stand_in.applied).wrong == []
        assert not self.person.answers
        return row["Result"]


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Job]:
    plan = written({("cancel", PO): [Fault.FAILED_BEFORE]})
    with StandIn([Order(PO, "1", [Line("1", "A", 3)])], plan=plan) as stand_in:
        yield Job(stand_in, tmp_path)


def test_what_the_person_sees_and_wants_sent_again_is_sent_once(job: Job) -> None:
    assert job.send("send") == 0
    assert "3 ordered, 3 open, 0 cancelled, 0 shipped" in job.person.told
    assert "send: Send these 2 units again" in job.person.told
    assert job.result() == "Cancelled"
    assert job.stand_in.applied == {(PO, "1"): [2]}


def test_what_is_left_stays_unknown_and_needs_nothing_more(job: Job) -> None:
    assert job.send("leave") == 1
    assert "This run is not finished" not in job.person.told
    assert job.result() == "Unknown"
    assert job.stand_in.applied == {}


@pytest.mark.parametrize("said", ["", "y", "sen", "send 2"])
def test_anything_else_decides_nothing_and_resume_asks_again(job: Job, said: str) -> None:
    assert job.send(said) == 1
    assert "This run is not finished" in job.person.told
    assert job.result() == "Unknown"
    assert job.stand_in.applied == {}
    assert job.resume("y", "SEND") == 0
    assert job.result() == "Cancelled"
    assert job.stand_in.applied == {(PO, "1"): [2]}


def test_ctrl_c_leaves_the_others_undecided(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_question: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(job.person, "answer", interrupted)
    assert job.send() == 1
    assert "left undecided" in job.person.told
    assert job.result() == "Unknown"


def test_yes_beforehand_decides_nothing(job: Job) -> None:
    job.wish = replace(job.wish, yes=True)
    job.send()
    assert job.resume() == 1
    assert "Walmart showed" not in job.person.told
    assert job.result() == "Unknown"
    assert job.stand_in.applied == {}


def test_nobody_at_the_terminal_decides_nothing(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Person, "attended", False)
    assert job.send() == 1
    assert "Walmart showed" not in job.person.told
    assert job.result() == "Unknown"
