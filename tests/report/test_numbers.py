"""The numbers of a month, against the lines of its runs."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cancel_desk.report.numbers import month_lines, month_numbers, number_tables
from cancel_desk.runs.keeping import History
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.run import Run
from outcomes_run import STORE, run_with_all_outcomes

MAY = date(2026, 5, 1)


@pytest.fixture
def history(tmp_path: Path) -> History:
    (tmp_path / "runs").mkdir()
    return History(tmp_path / "runs", index=tmp_path / "index", setting=tmp_path / "setting")


def timed(run: Run, created: str, times: list[str]) -> list[RunLine]:
    """Have the run's lines end at these times, one after the other; return them."""
    run._journal.note(created=created)
    lines = run.lines()
    run._journal.record(
        {
            line.id: replace(line.outcome, time=times[at % len(times)])
            for at, line in enumerate(lines)
            if line.outcome
        }
    )
    found = run.lines()
    run.close()
    return found


def local(day: int, month: int = 5) -> str:
    """Return the noon of a day of this computer as UTC."""
    noon = datetime(2026, month, day, 12).astimezone()
    return noon.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_cancelled_lines_of_the_month_are_counted(history: History, tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    # Begun in April and resumed in May; in May; and in May with results of June alone.
    lines = timed(run_with_all_outcomes(folder), local(30, 4), [local(30, 4), local(1)])
    second = run_with_all_outcomes(folder, store=replace(STORE, name="Southwind"))
    lines += timed(second, local(3), [local(31)])
    lines += timed(run_with_all_outcomes(folder), local(31), [local(1, 6)])
    cancelled = [
        line
        for line in lines
        if line.state is State.CANCELLED
        and line.outcome
        and line.outcome.time in {local(1), local(31)}
    ]
    found = month_numbers(history, date(2026, 5, 17))
    assert found.month == MAY
    assert found.lines == len(cancelled) > 0
    assert found.units == sum(int(x.outcome.params["units"]) for x in cancelled if x.outcome)
    assert found.orders == len({line.po for line in cancelled})
    by_sku = dict(zip(found.by_sku["sku"], found.by_sku["lines"], strict=True))
    assert by_sku == Counter(line.sku for line in cancelled)
    assert found.by_sku["lines"].is_monotonic_decreasing
    for frame in (found.by_reason, found.by_sku, found.by_store):
        assert frame["lines"].sum() == found.lines
        assert frame["units"].sum() == found.units
        assert list(frame.columns)[1:] == ["lines", "units", "orders"]
    assert set(found.by_store["store"]) == {"Northwind Goods (LIVE)", "Southwind (LIVE)"}
    assert "Out of stock" in set(found.by_reason["reason"])
    assert found.unread == ()
    tables = number_tables(found)
    assert [table.headers[0] for table in tables] == ["Reason", "SKU", "Store"]
    assert sum(int(row[1]) for row in tables[1].rows) == found.lines


def test_a_month_without_cancels_has_empty_tables(history: History) -> None:
    found = month_numbers(history, MAY)
    assert (found.lines, found.units, found.orders) == (0, 0, 0)
    assert [len(table.rows) for table in number_tables(found)] == [0, 0, 0]


def test_practice_counts_only_where_it_is_asked_for(history: History, tmp_path: Path) -> None:
    store = replace(STORE, environment="PRACTICE")
    timed(run_with_all_outcomes(tmp_path / "runs", store=store), local(3), [local(3)])
    assert month_numbers(history, MAY).lines == 0
    assert month_numbers(history, MAY, environments=("PRACTICE",)).lines > 0


def test_runs_that_can_not_be_read_are_named(history: History, tmp_path: Path) -> None:
    (tmp_path / "runs" / "spoilt.run").write_text("no run")
    run = run_with_all_outcomes(tmp_path / "runs")
    found = month_numbers(history, MAY)
    assert set(found.unread) == {"spoilt", run.id}
    run.close()


def test_the_lines_of_a_month_are_counted_for_each_store(history: History, tmp_path: Path) -> None:
    stores = (replace(STORE, name="Zeta"), replace(STORE, name="alpha", environment="PRACTICE"))
    for store in (STORE, *stores):
        timed(run_with_all_outcomes(tmp_path / "runs", store=store), local(3), [local(3)])
    found = month_lines(history, MAY)
    assert found.stores == ("Northwind Goods (LIVE)", "Zeta (LIVE)", "alpha (PRACTICE)")
    each = {store: found.numbers(store=store) for store in found.stores}
    assert {len(numbers.by_store) for numbers in each.values()} == {1}
    live, practice = found.numbers(), found.numbers(environments=("PRACTICE",))
    assert live.lines == each["Northwind Goods (LIVE)"].lines + each["Zeta (LIVE)"].lines
    assert practice.by_sku.equals(each["alpha (PRACTICE)"].by_sku)
    assert found.numbers(store="Southwind (LIVE)").lines == 0
    assert month_lines(history, date(2026, 6, 1)).stores == ()


def test_a_run_that_is_open_here_counts(history: History, tmp_path: Path) -> None:
    first = run_with_all_outcomes(tmp_path / "runs")
    timed(first, local(3), [local(3)])
    timed(run_with_all_outcomes(tmp_path / "runs"), local(4), [local(4)])
    again = Run.reopen(first.path)
    assert month_lines(history, MAY).unread == (again.id,)
    here = month_lines(history, MAY, open_here=again)
    again.close()
    assert here.unread == ()
    assert here.numbers().by_sku.equals(month_lines(history, MAY).numbers().by_sku)
