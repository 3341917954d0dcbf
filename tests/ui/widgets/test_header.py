"""The header shows whose orders are touched, however long the name is and narrow the window."""

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import (
    LONGEST_NAME,
    PRODUCTION_URL,
    Account,
    Environment,
    Market,
)
from cancel_desk.ui.window import MainWindow


@pytest.mark.parametrize("width", [800, 1024, 1600])
@pytest.mark.parametrize("name", ["W" * LONGEST_NAME, "Northwind Goods and Sons", "A & B"])
def test_name_market_and_badge_are_seen(
    name: str, width: int, window: MainWindow, qtbot: QtBot
) -> None:
    header = window.header
    account = Account(name, Market.CA, Environment.LIVE, PRODUCTION_URL)
    header.show_account(account, [account])
    window.resize(width, 640)
    qtbot.waitUntil(lambda: header.width() == width)
    assert header.badge.text() == "LIVE"
    button = header.account_button
    assert button.text().endswith(" · CA ▾")
    # Nothing of it is cut off.
    qtbot.waitUntil(lambda: button.width() >= button.minimumSizeHint().width())
    assert header.help_button.mapTo(header, QPoint(header.help_button.width(), 0)).x() <= width
    if name == "A & B" or width == 1600:
        shown = button.text().replace("&&", "&")
        assert shown.startswith(name) or (len(name) == LONGEST_NAME and "…" in shown)
    for words in (button.accessibleName(), button.toolTip()):
        assert f"Store: {name} · CA, LIVE" in words


def test_why_the_store_cant_be_changed_is_said(window: MainWindow) -> None:
    header = window.header
    header.lock_account("Not now")
    assert "Not now" in header.account_button.toolTip()
    assert not header.account_button.isEnabled()
    header.lock_account("")
    assert "Choose the store" in header.account_button.toolTip()
    assert header.account_button.isEnabled()
