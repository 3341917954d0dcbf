"""Orders that are read faster than they can be shown are told a few at a time, and all of them."""

from collections.abc import Callable, Iterable

import pytest
from pytestqt.qtbot import QtBot

from builders import order
from cancel_desk.checks.live import Look
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.order_check import AT_ONCE, OrderCheck

POS = [str(1796277000000 + n) for n in range(3 * AT_ONCE + 1)]


class AtOnce:
    """A reading that has all orders there at once, and then maybe fails."""

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    def order_reading(self, _connection: object) -> "AtOnce":
        return self

    def read(self, pos: Iterable[str], told: Callable[[str, Look], None]) -> dict[str, Look]:
        for po in pos:
            told(po, order(po=po))
        if self._error is not None:
            raise self._error
        return {}


@pytest.mark.parametrize("error", [None, OSError("no network")])
def test_every_order_is_told_before_the_end_and_few_in_one_turn(
    qtbot: QtBot, error: Exception | None
) -> None:
    background = Background()
    check = OrderCheck(AtOnce(error), None, background)  # type: ignore[arg-type]
    told: list[list[str]] = []
    ends: list[object] = []
    check.looked.connect(lambda looks: told.append(list(looks)))
    check.finished.connect(lambda: ends.append(None))
    check.failed.connect(ends.append)
    check.start(POS)
    qtbot.waitUntil(lambda: bool(ends))
    assert [po for part in told for po in part] == POS
    assert max(map(len, told)) == AT_ONCE
    assert ends == [error]
    background.close()
