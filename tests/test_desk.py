"""The use cases both fronts call, against the practice store over real HTTP."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.accounts.account import AccountError
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk, OtherStore, PlanChanged, _same_store, open_desk
from cancel_desk.folders import lock_places
from cancel_desk.practice.sample import write_sample
from cancel_desk.runs.earlier import OpenElsewhere
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import RunInUse
from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.runs.store_lock import StoreLock
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from runs_bench import Notes


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "state", {})


@pytest.fixture
def connection(desk: Desk) -> Iterator[Connection]:
    opened = desk.connections.connect("practice")
    yield opened
    opened.close()


@pytest.fixture
def review(desk: Desk, connection: Connection, tmp_path: Path) -> Review:
    """The sample sheet, held against the practice store's orders."""
    write_sample(tmp_path / "sample.xlsx")
    found = desk.review(desk.read(tmp_path / "sample.xlsx"), "US")
    found.add_looks(desk.order_reading(connection).read(found.orders_wanted()))
    return found


@pytest.fixture
def run(desk: Desk, connection: Connection, review: Review) -> Iterator[Run]:
    begun = desk.begin(review, review.plan(connection.store), connection)
    yield begun
    begun.close()


def test_the_state_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    open_desk(tmp_path / "a" / "state", {})
    for folder in ("state", "state/runs", "state/practice"):
        assert (tmp_path / "a" / folder).stat().st_mode & 0o077 == 0


def test_the_sample_goes_from_sheet_to_result(
    desk: Desk, connection: Connection, run: Run, tmp_path: Path
) -> None:
    end = desk.send(run, connection, Gate(), Notes())
    assert not end.stopped
    assert run.counts() == {
        Result.CANCELLED: 16,
        Result.LEFT_OUT: 8,
        Result.ALREADY_CANCELLED: 1,
    }
    assert not Path.home().exists(), "practising leaves nothing outside its folder"
    out = tmp_path / "out.csv"
    desk.write_results(run, out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][-6:] == [
        "Result",
        "What it means",
        "Walmart's words",
        "Units cancelled",
        "Time",
        "Correlation ID",
    ]
    assert len(rows) == 26
    assert [row[-6] for row in rows[1:]].count("Cancelled") == 16
    assert all(row[-5] for row in rows[1:])
    assert all((row[-3] > "0") == (row[-6] == "Cancelled") for row in rows[1:])


def test_an_edit_after_the_confirmation_is_asked_about_again(
    desk: Desk, connection: Connection, review: Review
) -> None:
    confirmed = review.plan(connection.store)
    row = next(line.row_id for line in confirmed.lines)
    at = review.table.columns[Column.REASON]
    review.apply(SetCells((CellText(row, at, "fraud"),)))
    with pytest.raises(PlanChanged):
        desk.begin(review, confirmed, connection)
    assert not desk.runs()


def test_a_plan_for_one_store_is_not_begun_at_another(
    desk: Desk, connection: Connection, review: Review
) -> None:
    confirmed = review.plan(connection.store)
    other = desk.connections.connect("practice")
    with pytest.raises(PlanChanged):
        desk.begin(review, confirmed, other)
    other.close()


def test_a_run_is_resumed_at_the_same_practice_store(
    desk: Desk, connection: Connection, run: Run
) -> None:
    gate = Gate()
    gate.stop()
    assert desk.send(run, connection, gate, Notes()).stopped
    run.close()
    (left,) = [each for each in desk.runs() if each.unfinished]
    again = desk.reopen(left.id)
    store = desk.connect_for(again)
    assert store.practice_state == connection.practice_state
    assert store.store.address != connection.store.address
    desk.send(again, store, Gate(), Notes())
    assert again.counts()[Result.CANCELLED] == 16
    store.close()
    again.close()
    assert not any(each.unfinished for each in desk.runs())


def test_a_run_is_not_sent_to_another_store(tmp_path: Path, desk: Desk, run: Run) -> None:
    keys = {"CANCEL_DESK_CLIENT_ID": "id", "CANCEL_DESK_CLIENT_SECRET": "secret"}
    live = open_desk(tmp_path / "state", keys)
    other = live.connect_for(run, "env")
    assert other.store.environment == "LIVE"
    with pytest.raises(OtherStore):
        live.send(run, other, Gate(), Notes())
    other.close()


@pytest.mark.parametrize(
    ("environment", "same"), [("PRACTICE", True), ("SANDBOX", True), ("LIVE", False)]
)
def test_another_port_of_this_computer_is_another_live_store(environment: str, same: bool) -> None:
    """There a proxy or tunnel may listen for each of several stores."""
    confirmed = Store("a", "US", environment, "http://127.0.0.1:8001", "seller")
    given = replace(confirmed, name="b", address="http://localhost:8002")
    assert _same_store(confirmed, given) is same
    assert _same_store(confirmed, replace(given, address="http://localhost:8001"))


def test_a_second_run_of_one_store_waits_its_turn(
    desk: Desk, connection: Connection, run: Run
) -> None:
    with (
        StoreLock(desk.folders.runs, connection.store, places=lock_places()),
        pytest.raises(RunInUse),
    ):
        desk.send(run, connection, Gate(), Notes())
    assert run.counts()[Result.NOT_SENT] == 16


def test_the_practice_store_never_leaves_this_computer(tmp_path: Path) -> None:
    addressed = open_desk(
        tmp_path / "state", {"CANCEL_DESK_BASE_URL": "https://marketplace.walmartapis.com"}
    )
    for name in ("practice", "Practice store", "PRACTICE"):
        opened = addressed.connections.connect(name)
        assert opened.store.address.startswith("http://127.0.0.1:")
        assert opened.store.environment == "PRACTICE"
        opened.close()


def test_accounts_are_practice_env_and_those_in_the_book(tmp_path: Path) -> None:
    keys = {"CANCEL_DESK_CLIENT_ID": "id", "CANCEL_DESK_CLIENT_SECRET": "secret"}
    assert [x.name for x in open_desk(tmp_path, {}).connections.accounts()] == ["Practice store"]
    found = open_desk(tmp_path, keys).connections.accounts()
    assert [account.name for account in found] == ["Practice store", "env"]


def test_an_unknown_account_is_an_error(desk: Desk) -> None:
    for name in ("Nobody", "env"):
        with pytest.raises(AccountError):
            desk.connections.connect(name)


def test_no_run_file_is_readable_by_others(desk: Desk, connection: Connection, run: Run) -> None:
    gate = Gate()
    gate.stop()
    desk.send(run, connection, gate, Notes())
    files = list(desk.folders.runs.iterdir())
    assert len(files) >= 2
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def test_the_same_part_of_a_line_is_not_cancelled_by_a_second_run(
    desk: Desk, connection: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "part.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277097457,1,1,OOS\n")

    def reviewed() -> Review:
        found = desk.review(desk.read(path), "US")
        found.add_looks(desk.order_reading(connection).read(found.orders_wanted()))
        desk.remember_earlier(found, connection)
        return found

    review = reviewed()
    run = desk.begin(review, review.plan(connection.store), connection)
    desk.send(run, connection, Gate(), Notes())
    assert run.counts() == {Result.CANCELLED: 1}
    run.close()
    again = reviewed()
    codes = {issue.code for issue in again.issues(1) if issue.level is Level.ERROR}
    assert codes == {Code.SENT_EARLIER}
    assert again.plan(connection.store).lines == ()
    other = desk.connections.connect("practice", practice_state=connection.practice_state)
    assert other.client.order("1796277097457").lines[0].cancelled == 1
    other.close()


def test_a_part_is_not_cancelled_again_while_another_window_shows_its_run(
    desk: Desk, connection: Connection, tmp_path: Path
) -> None:
    """Its file is locked as long as its results are looked at, by the window that sent it."""
    path = tmp_path / "part.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277097457,1,1,OOS\n")
    review = desk.review(desk.read(path), "US")
    review.add_looks(desk.order_reading(connection).read(review.orders_wanted()))
    desk.remember_earlier(review, connection)
    waiting = desk.begin(review, review.plan(connection.store), connection)
    waiting.close()
    with closing(desk.begin(review, review.plan(connection.store), connection)) as shown:
        desk.send(shown, connection, Gate(), Notes())
        assert shown.counts() == {Result.CANCELLED: 1}
        elsewhere = Desk(desk.folders, desk.connections)
        with pytest.raises(OpenElsewhere, match=shown.id):
            elsewhere.remember_earlier(review, connection)
        with closing(elsewhere.reopen(waiting.id)) as run:
            with pytest.raises(OpenElsewhere, match=shown.id):
                elsewhere.send(run, connection, Gate(), Notes())
            assert run.counts() == {Result.NOT_SENT: 1}
    with closing(desk.reopen(waiting.id)) as run:
        desk.send(run, connection, Gate(), Notes())
        assert run.counts() == {Result.LEFT_OUT: 1}
    assert connection.client.order("1796277097457").lines[0].cancelled == 1
