"""What goes wrong ends in one clear sentence, exit status 2, and nothing else."""

from pathlib import Path

import pytest

from cancel_desk.desk import Desk
from cli.terminal import Terminal
from standin.walmart import StandIn

# What a password-protected workbook begins with, as far as the header goes.
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PROTECTED = COMPOUND + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
GOOD = b"PO#,Line#,Reason\n1796277083022,1,oos\n"

FILES = [
    ("missing.xlsx", None, "There is no such file"),
    ("empty.xlsx", b"", "The file is empty."),
    ("empty.csv", b"", "The file is empty."),
    ("broken.xlsx", b"PK\x03\x04" + bytes(300), "The file is damaged"),
    ("protected.xlsx", PROTECTED, "protected with a password"),
    ("page.xls", b"<html><body><table></table></body></html>", "web page"),
    ("letter.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(200), "not a spreadsheet"),
    ("headless.csv", b"Name,City\nAda,London\n", "No column with purchase order numbers"),
    ("bare.csv", b"PO#,Line#,Reason\n", "no rows below them"),
    ("two.csv", b"PO#,PO Number,Line#\n1,2,3\n", "Several columns could be"),
]


@pytest.mark.parametrize(("name", "content", "words"), FILES, ids=[name for name, *_ in FILES])
def test_a_sheet_that_can_not_be_used(
    terminal: Terminal,
    stand_in: StandIn,
    tmp_path: Path,
    name: str,
    content: bytes | None,
    words: str,
) -> None:
    path, out = tmp_path / name, tmp_path / "out.csv"
    if content is not None:
        path.write_bytes(content)
    checked = terminal.type("check", path, "--json")
    sent = terminal.type("send", path, "--account", "env", "--results", out, "--yes", "--json")
    for said in (checked, sent):
        assert (said.status, said.out) == (2, "")
        assert words in said.told
        assert "Traceback" not in said.err
        assert len(said.err.splitlines()) == 1
    assert stand_in.ledger.calls.total() == 0
    assert terminal.runs() == []
    assert not out.exists()
    if content is not None:
        assert path.read_bytes() == content


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_bytes(GOOD)
    return path


@pytest.mark.parametrize(
    ("environ", "account", "words"),
    [
        ({}, "nobody", "There is no account nobody."),
        ({}, "env", "needs CANCEL_DESK_CLIENT_ID, CANCEL_DESK_CLIENT_SECRET to be set"),
        ({"CANCEL_DESK_BASE_URL": "http://example.com"}, "env", "is not encrypted"),
        ({"CANCEL_DESK_BASE_URL": "ftp://example.com"}, "env", "is not a web address"),
        ({"CANCEL_DESK_MARKET": "FR"}, "env", "FR is not a market of Walmart's."),
    ],
)
def test_an_account_that_can_not_be_used(
    terminal: Terminal,
    tmp_path: Path,
    good: Path,
    environ: dict[str, str],
    account: str,
    words: str,
) -> None:
    keys = {"CANCEL_DESK_CLIENT_ID": "id", "CANCEL_DESK_CLIENT_SECRET": "hush"}
    terminal.environ = keys | environ if environ else {}
    out = tmp_path / "out.csv"
    said = terminal.type("send", good, "--account", account, "--results", out, "--yes", "--json")
    assert (said.status, said.out) == (2, "")
    assert words in said.told
    assert "hush" not in said.err
    assert len(said.err.splitlines()) == 1


def test_a_state_folder_that_can_not_be_made(terminal: Terminal, tmp_path: Path) -> None:
    terminal.state = tmp_path / "file" / "state"
    terminal.state.parent.write_text("a file where a folder should be")
    said = terminal.type("runs", "--json")
    assert (said.status, said.out) == (2, "")
    assert "can't keep its records in" in said.told
    assert "--data-dir" in said.told


def boom(*_: object, **__: object) -> None:
    """Fail as only a bug of ours would, with a secret in its words."""
    raise ZeroDivisionError("hush-hush")


def test_a_bug_is_written_down_without_secrets(
    terminal: Terminal, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "review", boom)
    said = terminal.type("check", good, "--json")
    assert (said.status, said.out) == (2, "")
    assert "did not foresee (ZeroDivisionError)" in said.told
    assert "Traceback" not in said.err
    (details,) = (terminal.state / "errors").iterdir()
    assert details.name in said.err
    text = details.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "cancel_desk.cli.reviewing:" in text
    assert "hush-hush" not in text + said.err


def test_a_bug_is_told_even_where_it_can_not_be_written_down(
    terminal: Terminal, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.state.mkdir()
    (terminal.state / "errors").write_text("no folder")
    monkeypatch.setattr(Desk, "review", boom)
    said = terminal.type("check", good)
    assert said.status == 2
    assert "did not foresee (ZeroDivisionError)" in said.told


def interrupt(*_: object, **__: object) -> None:
    """Be interrupted between two steps."""
    raise KeyboardInterrupt


def test_ctrl_c_between_the_steps(
    terminal: Terminal, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "review", interrupt)
    said = terminal.type("check", good, "--json")
    assert (said.status, said.out) == (2, "")
    assert said.told == "Stopped. Nothing was sent."
