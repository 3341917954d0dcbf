"""A whole job in the window with marked secrets and buyers: afterwards they are nowhere."""

import logging
import os
import secrets
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.dialogs.report_dialog import ReportDialog
from cancel_desk.ui.last_resort import LastResort
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from journeys.marks import (
    CLIENT_ID,
    CLIENT_SECRET,
    MARKS,
    TOKEN,
    MarkedStore,
    found_below,
    found_in,
)
from journeys.selling import wishes, write_xlsx
from memory_keyring import MemoryKeyring
from standin import walmart as standin
from standin.orders import make_orders
from ui.hands import button_in, click, type_text
from ui.person import Find

LONG = 30_000
ORDERS = 5


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Mark keys and tokens, and keep temporary files where they can be searched."""
    numbers = count(1)
    monkeypatch.setattr(standin, "CLIENT_ID", CLIENT_ID)
    monkeypatch.setattr(standin, "CLIENT_SECRET", CLIENT_SECRET)
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _size: f"{TOKEN}-{next(numbers)}")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


@pytest.fixture(autouse=True)
def last_resort(window: MainWindow, data_dir: Path) -> Iterator[None]:
    """What the program has beside a window that a test has not."""
    made = LastResort(data_dir, window.notice.explain)
    yield
    made.end()


@pytest.fixture
def store() -> Iterator[MarkedStore]:
    with MarkedStore(make_orders(ORDERS, seed=5)) as serving:
        yield serving


def shown(window: MainWindow) -> str:
    """Return everything that is written anywhere in the window, seen or not."""
    labels = (each.text() + each.toolTip() for each in window.findChildren(QLabel))
    texts = (each.toPlainText() for each in window.findChildren(QPlainTextEdit))
    return "\n".join((*labels, *texts))


def save_as(dialog: Find, path: Path) -> None:
    asking: QFileDialog = dialog(QFileDialog)
    asking.fileSelected.emit(str(path))
    asking.done(0)


def boom(*_: object, **__: object) -> None:
    """Fail as a bug of ours would, with everything in its words."""
    raise ZeroDivisionError(*MARKS) from ValueError(f"Bearer {TOKEN}")


def add_store(window: MainWindow, store: MarkedStore, dialog: Find, qtbot: QtBot) -> None:
    """Add it with a wrong secret first, then with the right one."""
    window.header.add_account_chosen.emit()
    adding: AccountDialog = dialog(AccountDialog)
    type_text(adding.form.name, "North")
    adding.form.address.setText(store.address)
    type_text(adding.form.client_id, CLIENT_ID)
    type_text(adding.form.secret, f"{CLIENT_SECRET}-not")
    click(adding.test)
    qtbot.waitUntil(lambda: "refused the client id" in adding.notice.sentence.text(), timeout=LONG)
    adding.form.secret.clear()
    type_text(adding.form.secret, CLIENT_SECRET)
    adding.form.secret.selectAll()
    adding.form.secret.copy()
    with qtbot.waitSignal(adding.accepted, timeout=LONG):
        click(adding.save)
    qtbot.waitUntil(lambda: window.session.in_use.account.name == "North", timeout=LONG)


def test_a_whole_job_in_the_window_leaves_no_secret_and_no_buyer(
    window: MainWindow,
    store: MarkedStore,
    dialog: Find,
    data_dir: Path,
    tmp_path: Path,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    qtbot: QtBot,
) -> None:
    caplog.set_level(logging.DEBUG)
    out = tmp_path / "out"
    out.mkdir()
    add_store(window, store, dialog, qtbot)
    assert CLIENT_SECRET in memory_keyring.kept.values()
    rows = wishes(list(store.book.orders.values()), seed=5, faulty=False)
    window.journey.open_file(write_xlsx(tmp_path / "orders.xlsx", rows))
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "order_reading", boom)
        click(button_in(window.pages.review, "Check with Walmart"))
        qtbot.waitUntil(lambda: "Something went wrong" in shown(window), timeout=LONG)
    click(button_in(window.pages.review, "Review and send"))
    confirming: ConfirmDialog = dialog(ConfirmDialog)
    store.shut = True
    click(confirming.send)
    qtbot.waitUntil(lambda: "let these keys" in shown(window), timeout=LONG)
    store.shut = False
    window.pages.send.stop_safely()
    qtbot.waitUntil(lambda: window.journey.step is Step.RESULTS, timeout=LONG)
    click(window.pages.results.ways.save)
    save_as(dialog, out / "out.xlsx")
    qtbot.waitUntil((out / "out.xlsx").exists, timeout=LONG)
    window.header.report_chosen.emit()
    click(dialog(ReportDialog).save)
    save_as(dialog, out / "report.zip")
    qtbot.waitUntil((out / "report.zip").exists, timeout=LONG)
    window.session.settings.sync()

    assert list((data_dir / "errors").iterdir())
    assert (data_dir / "window.ini").exists()
    assert found_below([data_dir, out, tmp_path / "tmp"]) == {}
    assert found_in(shown(window).encode()) == []
    assert found_in(QGuiApplication.clipboard().text().encode()) == []
    fields = [each for each in window.findChildren(QLineEdit) if found_in(each.text().encode())]
    assert fields == [], "closed dialogs keep nothing"
    logged = [record.getMessage() + repr(record.args) for record in caplog.records]
    assert found_in("\n".join(logged).encode()) == []
    if os.name == "posix":
        files = [path for path in data_dir.rglob("*") if path.is_file()]
        assert {path.suffix for path in files} >= {".run", ".json", ".txt", ".ini"}
        assert [path for path in files if path.stat().st_mode & 0o077] == []
