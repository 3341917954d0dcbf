"""Each fault by itself: what the result says of a whole line and of a part of one is true."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from journeys.selling import (
    Wish,
    begin,
    connect,
    hold_against,
    open_desk,
    read_results,
    send,
    write_csv,
)
from standin.faults import CANCEL_FAULTS, Fault, written
from standin.orders import Line, Order
from standin.walmart import Manners, StandIn

WHOLE, PART = "1577914061094", "2801556051627"
_CANCELLED, _UNKNOWN, _REFUSED = "Cancelled", "Unknown", "Refused"
_LOST_BEFORE = frozenset(
    {
        Fault.FAILED_BEFORE,
        Fault.CLOSED_BEFORE,
        Fault.RESET_BEFORE,
        Fault.TRUNCATED_BEFORE,
        Fault.HTML_BEFORE,
    }
)
_TAKEN = frozenset({Fault.EMPTY_BEFORE, Fault.ACCEPTED_BEFORE, Fault.ACCEPTED_LATE})


def expected(fault: Fault) -> Sequence[str]:
    """Return the words for the whole line and for the part."""
    if fault in _LOST_BEFORE or fault is Fault.APPLIED_LATE:
        return (_CANCELLED, _UNKNOWN)  # only the whole line is sent again
    if fault in _TAKEN or fault is Fault.ONE_UNCHANGED:
        return (_UNKNOWN, _UNKNOWN)
    if fault is Fault.ERRORS_INSIDE:
        return (_REFUSED, _REFUSED)
    return (_CANCELLED, _CANCELLED)


@pytest.mark.parametrize(
    "fault", [fault for fault in CANCEL_FAULTS if fault is not Fault.THROTTLED_SILENT]
)
def test_a_whole_line_and_a_part(tmp_path: Path, fault: Fault) -> None:
    orders = [
        Order(WHOLE, "1", [Line("1", "A", 3)]),
        Order(PART, "2", [Line("4", "B", 3)]),
    ]
    rows = [
        Wish(WHOLE, "1", "A", "3", "oos", {(WHOLE, "1"): 3}),
        Wish(PART, "4", "B", "2", "oos", {(PART, "4"): 2}),
    ]
    plan = written({("cancel", po): [fault] for po in (WHOLE, PART)})
    desk = open_desk(tmp_path / "state")
    with StandIn(orders, plan=plan, manners=Manners(slow=0.02, late=60.0)) as stand_in:
        connection = connect(stand_in.address)
        run = begin(desk, write_csv(tmp_path / "orders.csv", rows), connection)
        send(desk, run, connection)
        desk.write_results(run, tmp_path / "results.xlsx")
        run.close()
        connection.close()
    results = read_results(tmp_path / "results.xlsx")
    assert hold_against(rows, results, stand_in.applied).wrong == []
    assert [result["Result"] for result in results] == list(expected(fault))
    assert stand_in.violations == []
