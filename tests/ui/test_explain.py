"""Every error has a sentence; what nobody foresaw keeps its place and no values."""

from pathlib import Path

import pytest

from cancel_desk.accounts.account import AccountError, AccountProblem, checked_address
from cancel_desk.accounts.vault import VaultError, VaultProblem
from cancel_desk.checks.plan import Store
from cancel_desk.desk import OtherStore, PlanChanged
from cancel_desk.runs.journal import JournalError, RunInUse
from cancel_desk.runs.machine_lock import NoLockPlace, SentElsewhere
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.ui.explain import explain
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind

STORE = Store("Northwind", "US", "LIVE", "https://example.com")

FORESEEN: list[Exception] = [
    SheetError(SheetProblem.EMPTY_FILE),
    CallFailed(FailureKind.UNSENT, Cause.NO_CONNECTION, correlation_id="c-7"),
    AccountError(AccountProblem.NOT_FOUND, name="x"),
    VaultError(VaultProblem.LOCKED, store="KWallet"),
    OtherStore(STORE, STORE),
    PlanChanged(),
    RunInUse("x.run"),
    SentElsewhere(20.0),
    NoLockPlace("read-only file system"),
    JournalError("disk I/O error"),
    OSError(28, "No space left on device"),
]


@pytest.mark.parametrize("error", FORESEEN, ids=lambda error: type(error).__name__)
def test_what_can_happen_is_said_without_jargon(error: Exception) -> None:
    found = explain(error, store="Northwind")
    assert found.sentence.endswith(".")
    assert type(error).__name__ not in found.sentence
    assert "Traceback" not in found.details


def test_the_store_is_named_and_the_details_are_folded_away() -> None:
    found = explain(FORESEEN[1], store="Northwind")
    assert "Northwind can't be reached" in found.sentence
    assert "c-7" in found.details
    assert "c-7" not in found.sentence


def test_a_bug_keeps_its_kind_and_place_and_no_values() -> None:
    secret = "s3cret-of-a-buyer"
    try:
        checked_address(secret)
    except AccountError as error:
        bug = KeyError(secret)
        bug.__cause__ = error
    found = explain(bug)
    assert secret not in found.sentence + found.details
    assert "KeyError" in found.details
    assert "cancel_desk.accounts.account:" in found.details
    assert " checked_address" in found.details
    assert __file__ not in found.details


def test_a_bug_is_kept_for_a_report_and_what_was_foreseen_is_not(tmp_path: Path) -> None:
    explain(FORESEEN[0], root=tmp_path)
    assert not list(tmp_path.iterdir())
    found = explain(KeyError("of a buyer"), root=tmp_path)
    (kept,) = (tmp_path / "errors").iterdir()
    assert kept.read_text(encoding="utf-8") == f"{found.details}\n"
    assert "buyer" not in found.details
