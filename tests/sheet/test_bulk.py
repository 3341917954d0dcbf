"""Making many objects without looking for cycles, which goes on as before afterwards."""

import contextlib
import gc
from collections.abc import Iterator

import pytest

from cancel_desk.sheet.bulk import made_in_bulk, made_of
from cancel_desk.sheet.rows import Row


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    if was_on:
        gc.enable()
    else:
        gc.disable()


@pytest.mark.parametrize("on", [True, False])
def test_collection_rests_meanwhile_and_is_then_as_before(on: bool) -> None:
    if on:
        gc.enable()
    else:
        gc.disable()
    with contextlib.suppress(ZeroDivisionError), made_in_bulk():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled() is on


def test_what_is_made_of_fields_is_as_if_made_singly() -> None:
    fields = [(1, 2, ("a", "b"), ()), (2, None, (), ())]
    made = list(made_of(Row, iter(fields)))
    assert made == [Row(*each) for each in fields]
    assert {type(each) for each in made} == {Row}
    assert made[0].cells == ("a", "b")
