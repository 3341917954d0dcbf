"""Runs that were killed, stopped or left, and what becomes of them afterwards."""

import fcntl
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cancel_desk.desk import Desk
from cancel_desk.runs.journal import Journal, open_exclusively
from cli.terminal import PROGRAM, Said, Terminal, after_cancels, ended, keys_of
from journeys.selling import Truth, Wish, hold_against, read_results, wishes, write_xlsx
from patience import PATIENCE
from standin.faults import Counted, Fault, no_faults
from standin.orders import make_orders
from standin.walmart import Manners, StandIn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")

# Of calls that were about to leave when the program was killed, nobody can know that they did not:
# where a part of a line was asked for, it stays in doubt until the person decides.
_ONE_BY_ONE = """
from cancel_desk.__main__ import main
from cancel_desk.runs import runner
runner.MOST_WORKERS = 1
main()
"""


@dataclass
class Job:
    """A sheet of a few orders and a stand-in that takes its time."""

    terminal: Terminal
    stand_in: StandIn
    rows: list[Wish]
    sheet: Path
    out: Path

    def send(self, *, at: int, act: int, one_by_one: bool = False) -> Said:
        """Send in another process that gets the signal ``act`` after ``at`` lines."""
        process = self.start(one_by_one=one_by_one)
        after_cancels(self.stand_in, at, lambda: process.send_signal(act))
        return ended(process)

    def start(self, *, one_by_one: bool = False) -> subprocess.Popen[str]:
        """Start sending, on request with never more than one call under way."""
        words = ("send", self.sheet, "--account", "env", "--results", self.out, "--yes", "--json")
        program = ("-c", _ONE_BY_ONE) if one_by_one else PROGRAM
        return self.terminal.start(*words, program=program)

    def resume(self, *words: str) -> Said:
        return self.terminal.type("resume", *words, "--results", self.out, "--yes", "--json")

    def truth(self) -> Truth:
        return hold_against(self.rows, read_results(self.out), self.stand_in.applied)

    def all_cancelled_once(self) -> bool:
        asked = {key: [units] for row in self.rows for key, units in row.asked.items()}
        return self.stand_in.applied == asked


@pytest.fixture(params=[9])
def job(terminal: Terminal, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Job]:
    orders = make_orders(request.param, seed=5)
    rows = wishes(orders, seed=5, faulty=False)
    manners = Manners(capacity=60, per_minute=600_000, latency=0.03)
    with StandIn(orders, manners=manners) as stand_in:
        terminal.environ = keys_of(stand_in.address)
        sheet = write_xlsx(tmp_path / "orders.xlsx", rows)
        yield Job(terminal, stand_in, rows, sheet, tmp_path / "out.xlsx")


small = pytest.mark.parametrize("job", [3], indirect=True)
"""So few orders that no call has to wait for its turn."""
large = pytest.mark.parametrize("job", [40], indirect=True)
"""So many that some are left, however late the program hears on a busy machine that it is to stop.
"""


@pytest.mark.parametrize("at", [1, 8])
def test_a_killed_send_is_resumed_without_a_double(job: Job, at: int) -> None:
    said = job.send(at=at, act=signal.SIGKILL, one_by_one=True)
    assert said.status == -signal.SIGKILL
    assert said.out == ""
    assert not job.out.exists()
    (run,) = job.terminal.runs()
    assert run["unfinished"]
    assert run["counts"]["unknown"] >= 1
    known = job.terminal.type("results", run["id"], job.out)
    assert known.status == 0
    assert job.truth().wrong == []
    resumed = job.resume()
    assert resumed.status == 0
    assert resumed.json["run"] == run["id"]
    assert resumed.json["cancelled"] == len(job.rows)
    assert "lines to look up first" in resumed.told
    assert job.truth().wrong == []
    assert job.all_cancelled_once()
    assert job.stand_in.violations == []


def test_lines_of_a_killed_run_are_not_sent_by_another_before_it_is_resumed(job: Job) -> None:
    """Walmart might refuse a second call for a line that the first one cancelled."""
    job.send(at=8, act=signal.SIGKILL, one_by_one=True)
    (killed,) = job.terminal.runs()
    job.stand_in.book._lag = 3600.0
    ended(job.start())
    held = [row for row in read_results(job.out) if "and no answer came" in row["What it means"]]
    assert len(held) == killed["counts"]["unknown"]
    assert all(killed["id"] in row["What it means"] for row in held)
    assert {row["Result"] for row in held} == {"Left out"}
    assert job.truth().twice == []
    job.stand_in.book._lag = 0.0
    assert job.resume(killed["id"]).json["unknown"] == 0
    assert job.truth().words["Unknown"] == 0
    ended(job.start())
    assert job.all_cancelled_once()


def test_no_unit_is_reported_as_cancelled_by_two_runs(job: Job) -> None:
    """Sent again within the lag and killed, the second run finds the first one's work done."""
    first = ended(job.start()).json
    told = read_results(job.out)
    job.stand_in.book._lag = 3600.0
    second: list[subprocess.Popen[str]] = []

    def kills(operation: str, _po: str, _nth: int) -> Fault:
        if operation != "cancel":
            return Fault.NONE
        second[0].kill()
        return Fault.CLOSED_BEFORE

    job.stand_in._faults = Counted(kills)
    second.append(job.start())
    assert ended(second[0]).status == -signal.SIGKILL
    in_doubt = job.terminal.runs()[0]["counts"]["unknown"]
    assert in_doubt > 0
    job.stand_in._faults = Counted(no_faults)
    job.stand_in.book._lag = 0.0
    resumed = job.resume()
    assert resumed.json["run"] != first["run"]
    assert (resumed.json["cancelled"], resumed.json["unknown"]) == (0, 0)
    again = read_results(job.out)
    assert sum(row["Result"] == "Already cancelled" for row in again) >= in_doubt
    units = sum(int(row["Units cancelled"] or 0) for row in [*told, *again])
    assert units == sum(map(sum, job.stand_in.applied.values()))
    assert job.all_cancelled_once()


@large
@pytest.mark.parametrize("act", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_after_the_calls_under_way(job: Job, act: int) -> None:
    said = job.send(at=8, act=act)
    assert said.status == 1
    assert said.json["cancelled"] >= 8
    assert said.json["not_sent"] > 0
    assert said.json["unknown"] == 0
    assert "Stopping: the calls under way are still awaited." in said.told
    run = said.json["run"]
    assert f"resume {run} --results" in said.told
    truth = job.truth()
    assert truth.wrong == []
    assert truth.words["Not sent"] == said.json["not_sent"]
    resumed = job.resume(run)
    assert resumed.status == 0
    assert job.all_cancelled_once()


@large
@pytest.mark.skipif(sys.platform != "linux", reason="takes a terminal as Linux gives it")
def test_a_terminal_that_closes_stops_after_the_calls_under_way(job: Job) -> None:
    """It takes with it all that could be read or answered there; the run ends as it should."""
    ours, theirs = os.openpty()
    words = ("send", job.sheet, "--account", "env", "--results", job.out, "--yes")
    process = subprocess.Popen(
        [sys.executable, "-m", "cancel_desk", "--data-dir", job.terminal.state, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, **job.terminal.environ},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
    )
    os.close(theirs)
    after_cancels(job.stand_in, 8, lambda: os.close(ours))
    assert process.wait(timeout=PATIENCE) == 1
    truth = job.truth()
    assert truth.wrong == []
    assert truth.words["Unknown"] == 0
    assert truth.words["Cancelled"] >= 8
    assert truth.words["Not sent"] > 0
    assert job.resume().status == 0
    assert job.all_cancelled_once()


def test_a_second_ctrl_c_leaves_at_once(job: Job) -> None:
    process = job.start(one_by_one=True)

    def press_twice() -> None:
        # Two signals of one kind might arrive as one.
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        # The call is not answered before the program is gone.
        process.wait(timeout=PATIENCE)

    after_cancels(job.stand_in, 5, press_twice)
    said = ended(process)
    assert said.status == 1
    assert said.json["unknown"] >= 1
    assert "Left at once." in said.told
    assert job.truth().wrong == []
    left = [row for row in read_results(job.out) if row["Result"] == "Unknown"]
    assert left
    assert all("what came of it was not recorded" in row["What it means"] for row in left)
    assert job.resume().status == 0
    assert job.all_cancelled_once()


@small
def test_a_finished_run_only_writes_its_results(job: Job) -> None:
    sent = ended(job.start())
    calls = job.stand_in.ledger.calls.total()
    job.out.unlink()
    before = job.sheet.read_bytes()
    for words in (("resume", sent.json["run"], "--results"), ("results", sent.json["run"])):
        said = job.terminal.type(*words, job.sheet)
        assert said.status == 2
        assert "which is never replaced" in said.told
        assert job.sheet.read_bytes() == before
    said = job.resume(sent.json["run"])
    assert said.status == sent.status == 0
    assert said.json["cancelled"] == sent.json["cancelled"]
    assert "nothing is sent" in said.told
    assert job.truth().wrong == []
    assert job.stand_in.ledger.calls.total() == calls


@small
def test_a_stop_that_comes_when_all_is_sent_promises_nothing_more(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Desk.send
    monkeypatch.setattr(
        Desk, "send", lambda *args, **how: replace(send(*args, **how), stopped=True)
    )
    words = ("send", job.sheet, "--account", "env", "--results", job.out, "--yes", "--json")
    said = job.terminal.type(*words)
    assert said.json["cancelled"] == len(job.rows)
    assert "Stopped as you asked, but by then nothing was left to send." in said.told
    assert "can be resumed" not in said.told


@small
def test_a_run_in_use_is_left_alone(job: Job) -> None:
    sent = ended(job.start())
    run = sent.json["run"]
    held = open_exclusively(job.terminal.state / "runs" / f"{run}.run")
    listed = job.terminal.type("runs")
    said = job.resume(run)
    held.close()
    assert "in use" in listed.out
    assert (said.status, said.out) == (2, "")
    assert "Another copy of Cancel Desk" in said.told


@large
def test_nothing_is_resumed_at_another_store(job: Job, tmp_path: Path) -> None:
    job.send(at=5, act=signal.SIGINT)
    with StandIn(make_orders(1, seed=1)) as other:
        job.terminal.environ = {**keys_of(other.address), "CANCEL_DESK_MARKET": "CA"}
        said = job.resume()
        assert (said.status, said.out) == (2, "")
        assert "This run was confirmed for env (SANDBOX)" in said.told
        assert other.ledger.calls.total() == 0
    assert job.out.exists()


@large
def test_a_run_that_is_not_confirmed_again_stays_as_it_is(job: Job) -> None:
    job.send(at=5, act=signal.SIGINT)
    calls = job.stand_in.ledger.calls.total()
    said = job.terminal.type("resume", "--results", job.out)
    assert said.status == 2
    assert job.stand_in.ledger.calls.total() == calls
    (run,) = job.terminal.runs()
    assert run["unfinished"]


def test_there_must_be_something_to_resume(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.type("resume", "--results", tmp_path / "out.xlsx")
    assert (said.status, said.out) == (2, "")
    assert "nothing to resume" in said.told
    for words in (("resume", "no-such", "--results"), ("results", "no-such")):
        said = terminal.type(*words, tmp_path / "out.xlsx")
        assert (said.status, said.out) == (2, "")
        assert "There is no run no-such on this computer." in said.told
        assert f"“cancel-desk --data-dir {terminal.state} runs”" in said.told


def test_a_file_that_is_no_run(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.runs() == []
    (terminal.state / "runs" / "broken.run").write_text("this is no database, and never was one")
    assert [(each["id"], each["unreadable"]) for each in terminal.runs()] == [("broken", True)]
    said = terminal.type("results", "broken", tmp_path / "out.xlsx")
    assert (said.status, said.out) == (2, "")
    assert "can't be used" in said.told


@small
def test_the_list_of_runs(job: Job) -> None:
    empty = job.terminal.type("runs")
    assert (empty.status, empty.out) == (0, "")
    assert "no runs" in empty.told
    sent = ended(job.start())
    (run,) = job.terminal.runs()
    assert run["id"] == sent.json["run"]
    assert run["counts"]["cancelled"] == len(job.rows)
    assert (run["unfinished"], run["in_use"]) == (False, False)
    assert run["source"].endswith("orders.xlsx")
    table = job.terminal.type("runs")
    assert table.status == 0
    assert run["id"] in table.out
    assert "finished" in table.out


@small
def test_the_run_that_is_open_elsewhere_is_not_called_finished(job: Job, tmp_path: Path) -> None:
    sent = ended(job.start())
    with closing(Journal.open(job.terminal.state / "runs" / f"{sent.json['run']}.run")):
        said = job.terminal.type("resume", "--results", tmp_path / "out.csv", "--yes")
    assert (said.status, said.out) == (2, "")
    assert "Another copy of Cancel Desk is working on this run" in said.told
