"""Reading many orders side by side."""

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.checks.live import Look, NotRead
from cancel_desk.runs.order_reading import OrderReading
from cancel_desk.walmart.failures import CallFailed, FailureKind
from pretended_store import PretendedStore, failed

MANY = [str(1796277000000 + n) for n in range(50)]


def reading(shop: PretendedStore) -> OrderReading:
    return OrderReading(shop, lambda failure: f"because {failure.status}")


def test_found_missing_and_unreadable_orders_are_told_apart() -> None:
    found = order(order_line())
    shop = PretendedStore(found)
    assert reading(shop).read([PO, OTHER_PO]) == {PO: found, OTHER_PO: None}
    shop.read_failures.append(failed(FailureKind.UNKNOWN, status=500))
    assert reading(shop).read([PO]) == {PO: NotRead("because 500")}


def test_each_order_is_told_as_it_comes() -> None:
    shop = PretendedStore(*(order(order_line(), po=po) for po in MANY))
    told: dict[str, Look] = {}
    assert reading(shop).read(MANY, told.__setitem__) == told
    assert set(told) == set(MANY)


def test_a_stop_leaves_the_others_out() -> None:
    shop = PretendedStore(*(order(order_line(), po=po) for po in MANY))
    reader = reading(shop)
    looks = reader.read(MANY, lambda _po, _look: reader.stop())
    assert 0 < len(looks) < len(MANY)


@pytest.mark.parametrize("kind", [FailureKind.CREDENTIALS, FailureKind.FORBIDDEN])
def test_where_no_reading_can_succeed_it_ends_at_once(kind: FailureKind) -> None:
    shop = PretendedStore()
    shop.read_failures.extend([failed(kind, status=403)] * 100)
    with pytest.raises(CallFailed):
        reading(shop).read(MANY)
    assert len(shop.read_failures) > 80


def test_refused_keys_are_told_before_any_order_is_read() -> None:
    shop = PretendedStore(order(order_line()))
    shop.refresh_failure = failed(FailureKind.CREDENTIALS, status=400)
    told: dict[str, Look] = {}
    with pytest.raises(CallFailed):
        reading(shop).read([PO], told.__setitem__)
    assert told == {}


def test_too_many_failures_in_a_row_end_it() -> None:
    shop = PretendedStore()
    shop.read_failures.extend([failed(FailureKind.UNSENT)] * 100)
    with pytest.raises(CallFailed):
        reading(shop).read(MANY)


def test_single_failures_between_good_readings_do_not() -> None:
    shop = PretendedStore(*(order(order_line(), po=po) for po in MANY))
    shop.read_failures.extend([failed(FailureKind.UNKNOWN), None] * 25)
    looks = reading(shop).read(MANY)
    assert sum(isinstance(look, NotRead) for look in looks.values()) == 25
