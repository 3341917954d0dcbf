"""200 orders from a real file to a strict stand-in for Walmart and back into a true sheet."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from cancel_desk.sheet.result_rows import RESULT_COLUMNS
from journeys.selling import (
    ALL_AT_ONCE,
    SELLER_CENTER,
    Wish,
    begin,
    connect,
    hold_against,
    open_desk,
    read_results,
    send,
    wishes,
    write_csv,
    write_xlsx,
)
from standin.faults import Fault, seeded
from standin.orders import Looks, make_orders
from standin.walmart import Manners, StandIn

WriteSheet = Callable[[Path, Iterable[Wish]], Path]


@pytest.mark.parametrize(
    ("write", "name", "looks"),
    [
        (write_csv, "orders.csv", Looks()),
        (write_xlsx, "orders.xlsx", Looks(single=True, numbers=True, bare=True)),
    ],
)
def test_200_orders_without_a_fault(
    tmp_path: Path, write: WriteSheet, name: str, looks: Looks
) -> None:
    orders = make_orders(200, seed=1)
    rows = wishes(orders, seed=1)
    sheet = write(tmp_path / name, rows)
    desk = open_desk(tmp_path / "state")
    with StandIn(orders, manners=Manners(looks=looks)) as stand_in:
        connection = connect(stand_in.address)
        run = begin(desk, sheet, connection)
        send(desk, run, connection)
        desk.write_results(run, tmp_path / "results.xlsx")
        run.close()
        connection.close()
    results = read_results(tmp_path / "results.xlsx")
    truth = hold_against(rows, results, stand_in.applied)
    assert truth.wrong == []
    assert truth.words == {"Cancelled": len(rows) - 4, "Left out": 4}
    asked = {key: [units] for row in rows for key, units in row.asked.items()}
    assert stand_in.applied == asked
    assert len(asked) > 350
    assert stand_in.violations == []
    ids = stand_in.ledger.correlation_ids
    assert len(set(ids)) == len(ids) > 600
    for row, result in zip(rows, results, strict=True):
        assert (result["Correlation ID"] in ids) == bool(row.asked)
        assert result["Time"].endswith("Z") == bool(row.asked)
        assert row.po == result["PO#" if write is write_xlsx else "Purchase Order #"]
    own = list(results[0])[: -len(RESULT_COLUMNS)]
    if write is write_xlsx:
        assert own == list(SELLER_CENTER)
    else:
        assert [result["My notes"] for result in results] == [
            f"note {at}" for at in range(len(rows))
        ]


@pytest.mark.parametrize(("seed", "lag"), [(0, 0.0), (1, 0.3), (2, 0.05)])
def test_200_orders_with_every_fault_at_once(tmp_path: Path, seed: int, lag: float) -> None:
    orders = make_orders(200, seed)
    rows = wishes(orders, seed)
    sheet = write_csv(tmp_path / "orders.csv", rows)
    desk = open_desk(tmp_path / "state")
    plan = seeded(seed, rate=0.25, cancel=ALL_AT_ONCE)
    manners = Manners(slow=0.02, late=0.15, lag=lag)
    with StandIn(orders, plan=plan, manners=manners) as stand_in:
        connection = connect(stand_in.address)
        run = begin(desk, sheet, connection)
        for at in range(2):  # the second time as a person who resumes
            send(desk, run, connection)
            results = tmp_path / f"results-{at}.xlsx"
            desk.write_results(run, results)
            truth = hold_against(rows, read_results(results), stand_in.applied)
            assert truth.wrong == []
        run.close()
        connection.close()
    assert stand_in.violations == []
    assert set(truth.words) <= {"Cancelled", "Left out", "Refused", "Unknown", "Not sent"}
    assert truth.words["Cancelled"] > 200


def test_all_faults_occur_in_the_journey_above() -> None:
    happened = {
        seeded(seed, rate=0.25, cancel=ALL_AT_ONCE)("cancel", order.po, nth)
        for seed in range(3)
        for order in make_orders(200, seed)
        for nth in (1, 2)
    }
    assert happened == {*ALL_AT_ONCE, Fault.NONE}
