"""Sending a sheet from the command line to a strict stand-in for Walmart."""

import csv
import os
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from cancel_desk.checks.plan import Store
from cancel_desk.cli.front import Front
from cancel_desk.cli.progress import SendingProgress
from cancel_desk.cli.sending import expected_time
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk, PlanChanged
from cancel_desk.folders import lock_places
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import JournalError
from cancel_desk.runs.run import Run
from cancel_desk.runs.runner import RunEnd
from cancel_desk.runs.store_lock import StoreLock
from cancel_desk.runs.watching import Watcher
from cancel_desk.sheet.result_rows import RESULT_COLUMNS
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.token import Credentials
from cli.terminal import FAST, Said, Terminal, after_cancels, keys_of
from journeys.selling import Wish, hold_against, read_results, wishes, write_csv, write_xlsx
from patience import PATIENCE
from standin.orders import make_orders
from standin.walmart import CLIENT_ID, CLIENT_SECRET, StandIn


def clean_sheet(folder: Path, stand_in: StandIn) -> Path:
    """Write a sheet that asks for everything open at the stand-in."""
    rows = [
        Wish(order.po, line.number, line.sku, str(line.open), "oos", {})
        for order in stand_in.book.orders.values()
        for line in order.lines
        if line.open
    ]
    return write_csv(folder / "orders.csv", rows)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_what_was_done_counts_even_where_nobody_reads(
    stream: str, terminal: Terminal, tmp_path: Path, stand_in: StandIn
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    process = terminal.start("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    getattr(process, stream).close()
    with process:
        assert process.wait(PATIENCE) == 0
    assert {row["Result"] for row in read_results(out)} == {"Cancelled"}


def test_200_orders_from_a_workbook(terminal: Terminal, tmp_path: Path) -> None:
    orders = make_orders(200, seed=1)
    rows = wishes(orders, seed=1)
    sheet, out = write_xlsx(tmp_path / "orders.xlsx", rows), tmp_path / "out.xlsx"
    with StandIn(orders, manners=FAST) as stand_in:
        terminal.environ = keys_of(stand_in.address)
        said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    truth = hold_against(rows, read_results(out), stand_in.applied)
    assert truth.wrong == []
    asked = {key: [units] for row in rows for key, units in row.asked.items()}
    assert stand_in.applied == asked
    assert stand_in.violations == []
    ids = stand_in.ledger.correlation_ids
    assert len(set(ids)) == len(ids)
    assert said.status == 1
    seconds, run = said.json.pop("seconds"), said.json.pop("run")
    assert seconds > 0
    assert (terminal.state / "runs" / f"{run}.run").exists()


COUNTS = ("cancelled", "refused", "unknown", "left_out", "not_sent", "already_cancelled")


def counts(said: Said) -> dict[str, int]:
    """Return the results that occur in a sent object; fails if a name is missing."""
    assert set(said.json) == {"run", "lines", "seconds", *COUNTS}
    found = {name: said.json[name] for name in COUNTS if said.json[name]}
    assert sum(found.values()) == said.json["lines"]
    return found


def test_every_row_cancelled_is_0_and_so_is_every_row_already_cancelled(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet = clean_sheet(tmp_path, stand_in)
    words = ("send", sheet, "--account", "env", "--yes", "--json", "--results")
    first = terminal.type(*words, tmp_path / "first.csv")
    assert first.status == 0
    assert counts(first) == {"cancelled": len(stand_in.applied)}
    second = terminal.type(*words, tmp_path / "second.csv")
    assert second.status == 0
    assert counts(second) == {"already_cancelled": len(stand_in.applied)}
    assert "already cancelled at Walmart" in second.told
    assert all(len(calls) == 1 for calls in stand_in.applied.values())


def test_a_result_sheet_with_nothing_left_says_so(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    words = ("--account", "env", "--yes", "--json")
    assert terminal.type("send", sheet, "--results", out, *words).status == 0
    again = terminal.type("send", out, "--results", tmp_path / "again.xlsx", *words)
    assert (again.status, again.out) == (2, "")
    assert "Every row of this result sheet is done" in again.told
    assert all(len(calls) == 1 for calls in stand_in.applied.values())


def test_another_spelling_of_the_address_cancels_no_part_again(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    stand_in.book._lag = 600.0  # what was cancelled is known here alone
    orders = stand_in.book.orders.values()
    parts = [(order.po, line) for order in orders for line in order.lines if line.open > 2]
    rows = [Wish(po, line.number, line.sku, "1", "oos", {}) for po, line in parts]
    words = ("send", write_csv(tmp_path / "parts.csv", rows), "--account", "env", "--yes", "--json")
    assert terminal.type(*words, "--results", tmp_path / "first.csv").status == 0
    port = stand_in.address.rpartition(":")[2]
    for number, begins in enumerate(
        ("http://localhost:", "http://LOCALHOST:", "HTTP://127.0.0.1:", "http://127.0.0.1:0")
    ):
        for ends in ("", "/"):
            terminal.environ = keys_of(f"{begins}{port}{ends}")
            out = tmp_path / f"again {number}{len(ends)}.xlsx"
            assert terminal.type(*words, "--results", out).status != 0
            told = {row["What it means"] for row in read_results(out)}
            assert all(each.startswith("You already cancelled 1") for each in told)
    assert stand_in.applied == {(po, line.number): [1] for po, line in parts} != {}


def test_the_result_sheet_has_the_persons_columns_and_ours(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.csv"
    terminal.type("send", sheet, "--account", "env", "--results", out, "--yes")
    with sheet.open(encoding="utf-8") as before, out.open(encoding="utf-8-sig") as after:
        given, written = list(csv.reader(before)), list(csv.reader(after))
    assert written[0] == [*given[0], *RESULT_COLUMNS]
    assert [row[: len(given[0])] for row in written] == given
    assert {row[len(given[0])] for row in written[1:]} == {"Cancelled"}


def test_some_left_out_is_1(terminal: Terminal, stand_in: StandIn, tmp_path: Path) -> None:
    order = next(iter(stand_in.book.orders.values()))
    line = order.lines[0]
    rows = [
        Wish(order.po, line.number, "", "", "oos", {}),
        Wish("9999999999999", "1", "", "1", "oos", {}),
        Wish(order.po, "88", "", "1", "oos", {}),
    ]
    sheet = write_csv(tmp_path / "orders.csv", rows)
    out = tmp_path / "out.xlsx"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert said.status == 1
    assert counts(said) == {"cancelled": 1, "left_out": 2}
    assert "3 This store has no order 9999999999999." in said.told
    assert "4 The order has no line 88" in said.told
    assert "2 The quantity is blank: every unit still open on the line will be" in said.told
    assert "1 line in 1 order" in said.told
    assert "Cancels can't be undone." in said.told
    assert "Out of stock" in said.told
    assert "env (SANDBOX)" in said.told


def test_nothing_to_send_is_2_and_still_writes_the_result_sheet(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet = write_csv(tmp_path / "orders.csv", [Wish("9999999999999", "1", "", "1", "oos", {})])
    out = tmp_path / "out.xlsx"
    # No --yes: there is nothing to agree to.
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--json")
    assert said.status == 2
    assert counts(said) == {"left_out": 1}
    assert "No row can be sent." in said.told
    assert [row["Result"] for row in read_results(out)] == ["Left out"]


def test_a_reason_for_the_rows_that_have_none(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    order, *_ = stand_in.book.orders.values()
    sheet = write_csv(
        tmp_path / "orders.csv", [Wish(order.po, order.lines[0].number, "", "", "", {})]
    )
    out = tmp_path / "out.xlsx"
    words = ("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    said = terminal.type(*words, "--reason", "SELLER_CANCEL_PRICING_ERROR")
    assert counts(said) == {"cancelled": 1}
    assert "Pricing error" in said.told
    unknown = terminal.type(*words, "--reason", "BOREDOM")
    assert unknown.status == 2
    assert unknown.out == ""
    assert "“BOREDOM” is not a reason Walmart accepts in market US." in unknown.told


def test_nobody_there_to_ask_sends_nothing(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        said = terminal.type("send", sheet, "--account", "env", "--results", out)
    assert said.status == 2
    assert "Add --yes" in said.told
    assert stand_in.applied == {}
    assert terminal.runs() == []
    assert not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "status"), [("n", 2), ("", 2), ("y", 0)])
def test_the_question_is_answered(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path, answer: str, status: int
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.csv"
    words = ("send", sheet, "--account", "env", "--results", out, "--json")
    said = terminal.answer(words, answer)
    assert said.status == status
    lines = len([x for order in stand_in.book.orders.values() for x in order.lines])
    assert f"Cancel {lines} lines at env (SANDBOX)? [y/N]" in said.err
    assert len(stand_in.applied) == (lines if answer == "y" else 0)
    assert bool(said.out) == out.exists() == (answer == "y")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.pdf", "Choose a name that ends in .csv, .htm, .html or .xlsx."),
        ("missing/out.xlsx", "its folder does not exist"),
        ("orders.csv", "which is never replaced"),
    ],
)
def test_a_result_sheet_that_can_not_be_written_is_told_before_sending(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path, name: str, words: str
) -> None:
    sheet = clean_sheet(tmp_path, stand_in)
    before = sheet.read_bytes()
    said = terminal.type(
        "send", sheet, "--account", "env", "--results", tmp_path / name, "--yes", "--json"
    )
    assert (said.status, said.out) == (2, "")
    assert words in said.told
    assert stand_in.ledger.calls.total() == 0
    assert sheet.read_bytes() == before


def test_a_result_sheet_lost_in_the_end_can_be_written_again(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "later" / "out.csv"
    out.parent.mkdir()
    after_cancels(stand_in, 1, out.parent.rmdir)
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert said.status == 1
    assert counts(said) == {"cancelled": len(stand_in.applied)}
    run = said.json["run"]
    assert f"results {run} '{tmp_path / 'orders results.xlsx'}'" in said.told
    again = terminal.type("results", run, tmp_path / "again.xlsx")
    assert (again.status, again.out) == (0, "")
    assert {row["Result"] for row in read_results(tmp_path / "again.xlsx")} == {"Cancelled"}


def test_a_result_sheet_that_was_not_written_is_not_named_as_one(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "later" / "out.csv"
    out.parent.mkdir()
    after_cancels(stand_in, 1, out.parent.rmdir)
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes")
    assert said.status == 1
    assert "No result sheet was written." in said.told
    assert "Result sheet: " not in said.told


def test_refused_keys_send_nothing(terminal: Terminal, stand_in: StandIn, tmp_path: Path) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.csv"
    terminal.environ["CANCEL_DESK_CLIENT_SECRET"] = "not-the-secret"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert (said.status, said.out) == (2, "")
    assert "env refused the client id or secret, so nothing was sent." in said.told
    assert "not-the-secret" not in said.err
    assert stand_in.applied == {}
    assert terminal.runs() == []


def test_an_unreachable_address_sends_nothing(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.csv"
    terminal.environ["CANCEL_DESK_BASE_URL"] = "http://127.0.0.1:9"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert (said.status, said.out) == (2, "")
    assert "env can't be reached" in said.told
    assert "Nothing was sent." in said.told
    assert CLIENT_SECRET not in said.err
    assert terminal.runs() == []


FAILURE = CallFailed(FailureKind.FORBIDDEN, Cause.HTTP, status=403)


@pytest.mark.parametrize(
    ("end", "pauses", "words"),
    [
        (RunEnd(stopped=True), True, "The store doesn't let these keys do this"),
        (RunEnd(stopped=True, failure=FAILURE), False, "The store doesn't let these keys do this"),
        (RunEnd(stopped=True, journal_error=JournalError("disk full")), False, "(disk full)"),
    ],
)
def test_a_run_that_can_not_go_on_says_why_and_can_be_resumed(
    terminal: Terminal,
    stand_in: StandIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: RunEnd,
    pauses: bool,
    words: str,
) -> None:
    gates: list[Gate] = []

    def send(
        _desk: Desk, _run: Run, _to: Connection, gate: Gate, watcher: Watcher, **_: object
    ) -> RunEnd:
        gates.append(gate)
        if pauses:
            watcher.paused(FAILURE)
        return end

    monkeypatch.setattr(Desk, "send", send)
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert said.status == 2
    assert set(counts(said)) == {"not_sent"}
    assert words.replace("The store", "env") in said.told
    assert f"resume {said.json['run']} --results" in said.told
    assert [gate.stopped for gate in gates] == [pauses]
    assert {row["Result"] for row in read_results(out)} == {"Not sent"}


def test_ctrl_c_just_before_the_first_call(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_progress: SendingProgress) -> SendingProgress:
        raise KeyboardInterrupt

    monkeypatch.setattr(SendingProgress, "__enter__", interrupted)
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert said.status == 2
    assert set(counts(said)) == {"not_sent"}
    assert "Stopped." in said.told
    assert {row["Result"] for row in read_results(out)} == {"Not sent"}
    assert stand_in.applied == {}


class _Company:
    """What a front is kept company by while it sends: noted in order."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    def keep_awake(self, why: str) -> None:
        self.noted.append(why)

    def let_sleep(self) -> None:
        self.noted.append("may sleep")

    def close(self) -> None:
        self.noted.append("done")

    def ring(self) -> None:
        self.noted.append("bell")


@pytest.mark.parametrize("long", [True, False])
def test_the_computer_stays_awake_and_the_end_of_a_long_run_is_told(
    terminal: Terminal,
    stand_in: StandIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    long: bool,
) -> None:
    company = _Company()
    monkeypatch.setattr("cancel_desk.cli.sending.this_computer", lambda: company)
    monkeypatch.setattr("cancel_desk.cli.sending._WORTH_A_BELL", 0.0 if long else 3600.0)
    monkeypatch.setattr(Front, "ring", lambda _front: company.ring())
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    terminal.type("send", sheet, "--account", "env", "--results", out, "--yes")
    told = ["Cancels are being sent to Walmart", "done"]
    assert company.noted == [*told, *(["bell"] if long else [])]


def test_a_sleep_while_sending_is_told(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([7200.0])

    class Slept:
        def look(self) -> float:
            return next(looks, 0.0)

    monkeypatch.setattr("cancel_desk.cli.sending.SleepNotice", Slept)
    stand_in.manners = replace(stand_in.manners, latency=0.2)
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes")
    assert said.status == 0
    assert "This computer slept for about 2 hours. The run stood still meanwhile" in said.told


def test_the_bell_rings_at_a_terminal_alone() -> None:
    for terminal in (True, False):
        heard = StringIO()
        Front(None, {}, messages=Console(file=heard, force_terminal=terminal)).ring()
        assert heard.getvalue() == ("\a" if terminal else "")


def test_two_runs_of_one_store_are_not_sent_at_once(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path
) -> None:
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    assert terminal.runs() == []
    seller = Credentials(CLIENT_ID, CLIENT_SECRET).seller
    store = Store("env", "US", "SANDBOX", stand_in.address, seller)
    with StoreLock(terminal.state / "runs", store, places=lock_places()):
        said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert (said.status, said.out) == (2, "")
    assert "sending for this store" in said.told
    assert stand_in.applied == {}
    (run,) = terminal.runs()
    assert run["unfinished"]
    assert {row["Result"] for row in read_results(out)} == {"Not sent"}


def test_the_sheet_changed_behind_the_confirmation(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin(*_: object) -> Run:
        raise PlanChanged

    monkeypatch.setattr(Desk, "begin", begin)
    sheet, out = clean_sheet(tmp_path, stand_in), tmp_path / "out.xlsx"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert (said.status, said.out) == (2, "")
    assert "changed after you confirmed" in said.told
    assert stand_in.applied == {}


@pytest.mark.parametrize(
    ("requests", "words"),
    [(1, "a few seconds"), (60, "about 60 seconds"), (570, "about 10 minutes")],
)
def test_the_time_that_is_expected(requests: int, words: str) -> None:
    assert expected_time(requests, 57.0) == f"It takes {words} at 57 calls a minute."
