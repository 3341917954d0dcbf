"""The practice store and the demonstration as commands."""

import csv
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cancel_desk.practice.sample import SAMPLE, Mistake
from cli.terminal import Terminal, ended, start
from journeys.selling import read_results

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")


def introduced(process: subprocess.Popen[str]) -> dict[str, str]:
    """Read what the practice store prints first; return its variables and its address."""
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    pairs = [process.stdout.readline().strip().split("=", 1) for _ in range(3)]
    return {"address": address, **dict(pairs)}


@pytest.fixture
def store(terminal: Terminal, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A practice store of a few orders; the terminal's account env is it."""
    words = ["practice", "--orders", "3", "--sample", str(tmp_path / "sheet.xlsx")]
    process = start(words, {})
    told = introduced(process)
    assert told.pop("address") == told["CANCEL_DESK_BASE_URL"]
    terminal.environ = told
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_its_orders_can_be_cancelled_until_it_is_stopped(
    terminal: Terminal, store: subprocess.Popen[str], tmp_path: Path, ending: int
) -> None:
    sheet, out = tmp_path / "sheet.xlsx", tmp_path / "out.csv"
    words = ("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    said = terminal.type(*words)
    assert said.status == 0
    assert said.json["cancelled"] == said.json["lines"] > 0
    store.send_signal(ending)
    last = ended(store)
    assert last.status == 0
    assert "Ctrl+C stops it." in last.told
    assert "Traceback" not in last.err


def test_faults_are_options(tmp_path: Path, terminal: Terminal) -> None:
    words = ["practice", "--error-before", "1", "--latency", "0.01", "--shape", "gateway"]
    words += ["--single-objects", "--view-only", "--on-reads", "--seed", "9"]
    process = start([*words, "--state", str(tmp_path / "state.jsonl")], {})
    introduced(process)
    process.send_signal(signal.SIGTERM)
    assert ended(process).status == 0
    assert (tmp_path / "state.jsonl").exists()
    too_much = terminal.type("practice", "--slow", "0.8", "--html-page", "0.8")
    assert too_much.status == 2
    assert "all of them together at most 1" in too_much.told
    other = terminal.type("practice", "--seed", "10", "--state", tmp_path / "state.jsonl")
    assert other.status == 2
    assert "belongs to a practice store with seed 9" in other.told


def test_a_port_that_is_taken(terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = terminal.type("practice", "--port", str(port))
    assert (said.status, said.out) == (2, "")
    assert f"Port {port} can't be opened" in said.told


def test_a_sheet_that_can_not_be_written(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.type("practice", "--sample", tmp_path / "nowhere" / "sheet.xlsx")
    assert (said.status, said.out) == (2, "")
    assert "sheet.xlsx”: No such file or directory." in said.told


def test_the_demonstration(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = "cancel-desk-demo-results.xlsx"
    said = ended(terminal.start("demo"))
    assert (said.status, said.err) == (0, "")
    wrong = {Mistake.CANCELLED: "Already cancelled", Mistake.NOT_ASKED: "Cancelled"}
    expected = [
        wrong.get(row.mistake, "Left out") if row.mistake else "Cancelled" for row in SAMPLE
    ]
    assert [row["Result"] for row in read_results(tmp_path / out)] == expected
    assert "16 cancelled, 8 left out, 1 already cancelled" in said.out
    assert f"Result sheet: {out}" in said.out
    assert not re.search(r"\bRun \d|resume", said.out), "it can't be opened afterwards"
    assert terminal.runs() == []


def test_the_demonstration_says_where_its_results_can_not_go(terminal: Terminal) -> None:
    said = terminal.type("demo", "--results", "nowhere/results.csv")
    assert said.status == 2
    assert "its folder does not exist" in said.told


def test_the_practice_account_needs_nothing(terminal: Terminal, tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    with orders.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("PO#", "Line#", "Reason"), ("1796277999001", "1", "oos")])
    said = terminal.type(
        "send", orders, "--account", "practice", "--results", tmp_path / "out.csv", "--json"
    )
    assert said.status == 2
    assert said.json["left_out"] == 1
    assert "Practice store (PRACTICE)" in said.told
