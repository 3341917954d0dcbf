"""A whole job with marked secrets and buyers: afterwards they are nowhere to be found."""

import base64
import gc
import io
import json
import logging
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from cancel_desk.desk import Desk
from cancel_desk.desk import open_desk as open_usual_desk
from cancel_desk.walmart.transport import Call, Reply, Transport
from cli.terminal import Said, Terminal, after_cancels, ended, start
from journeys.marks import (
    CLIENT_ID,
    CLIENT_SECRET,
    MARKS,
    TOKEN,
    MarkedStore,
    found_below,
    found_in,
)
from journeys.selling import ALL_AT_ONCE, PATIENCE, read_results, wishes, write_csv, write_xlsx
from memory_keyring import MemoryKeyring
from standin import walmart as standin
from standin.faults import seeded
from standin.orders import make_orders
from standin.walmart import Manners

SEED = 11
ORDERS = 24


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Mark keys and tokens, hurry, and keep temporary files where they can be searched."""
    numbers = count(1)
    monkeypatch.setattr(standin, "CLIENT_ID", CLIENT_ID)
    monkeypatch.setattr(standin, "CLIENT_SECRET", CLIENT_SECRET)
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _size: f"{TOKEN}-{next(numbers)}")
    monkeypatch.setattr("cancel_desk.desk.Patience", lambda: PATIENCE)
    monkeypatch.setattr("cancel_desk.walmart.client._PAUSES", (0.01,) * 6)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path)


@pytest.fixture
def store() -> Iterator[MarkedStore]:
    plan = seeded(SEED, rate=0.15, cancel=ALL_AT_ONCE)
    manners = Manners(slow=0.01, late=0.05, capacity=60, per_minute=600_000)
    with MarkedStore(make_orders(ORDERS, seed=SEED), plan=plan, manners=manners) as serving:
        yield serving


class Job:
    """What is typed in one sitting, and everything that was said."""

    def __init__(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        self._terminal = terminal
        self._monkeypatch = monkeypatch
        self.said: list[Said] = []

    def type(self, *words: str | Path, keys: str = "") -> Said:
        """Type a command, with these lines on stdin."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        self.said.append(self._terminal.type(*words))
        return self.said[-1]


@pytest.fixture
def job(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Job:
    return Job(terminal, monkeypatch)


def keys(secret: str = CLIENT_SECRET) -> str:
    return f"{CLIENT_ID}\n{secret}\n"


def boom(*_: object, **__: object) -> None:
    """Fail as a bug of ours would, with everything in its words."""
    raise ZeroDivisionError(*MARKS) from ValueError(f"Bearer {TOKEN}")


def test_a_whole_job_leaves_no_secret_and_no_buyer(
    job: Job,
    store: MarkedStore,
    tmp_path: Path,
    terminal: Terminal,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = wishes(list(store.book.orders.values()), seed=SEED)
    sheet, out = write_xlsx(tmp_path / "orders.xlsx", rows), tmp_path / "out"
    out.mkdir()
    account = ("--account", "North")
    at = ("--address", store.address)

    assert job.type("accounts", "add", "North", *at, keys=keys("wrong")).status == 1
    assert job.type("accounts", "add", "North", *at, keys=keys()).status == 0
    assert job.type("accounts", "test", "North").status == 0
    job.type("accounts", "list")
    assert job.type("check", sheet, *account).status == 1

    after_cancels(store, 10, lambda: setattr(store, "shut", True))
    shut = job.type("send", sheet, *account, "--results", out / "first.xlsx", "--yes")
    assert store.shut
    assert "These keys" in shut.told or "let these keys" in shut.told
    store.shut = False
    job.type("resume", "--results", out / "second.xlsx", "--yes", "--json")
    words = [row["Result"] for row in read_results(out / "second.xlsx")]
    assert words.count("Cancelled") > 20
    (run,) = terminal.runs()
    assert job.type("results", run["id"], out / "again.csv").status == 0
    job.type("runs")

    with monkeypatch.context() as patch:
        patch.setattr(Desk, "review", boom)
        bug = job.type("check", sheet, *account)
    assert "did not foresee (ZeroDivisionError)" in bug.told
    assert job.type("send", tmp_path / "none.csv", *account, "--results", out / "x.csv").status == 2
    with monkeypatch.context() as patch:
        patch.setattr(memory_keyring, "get_password", boom)
        assert job.type("accounts", "test", "North").status == 2
    assert job.type("support", out / "report.zip").status == 0
    memory_keyring.kept.clear()
    assert job.type("accounts", "test", "North", keys=keys("wrong")).status == 1

    assert list((terminal.state / "errors").iterdir())
    assert found_below([terminal.state, out, tmp_path / "tmp"]) == {}
    for said in job.said:
        assert found_in(f"{said.out}\n{said.err}".encode()) == []
    logged = [record.getMessage() + repr(record.args) for record in caplog.records]
    assert found_in("\n".join(logged).encode()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files private by other means")
def test_what_is_written_is_for_its_owner_alone(
    job: Job,
    store: MarkedStore,
    tmp_path: Path,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = wishes(list(store.book.orders.values())[:3], seed=SEED, faulty=False)
    sheet = write_csv(tmp_path / "orders.csv", rows)
    job.type("accounts", "add", "North", "--address", store.address, keys=keys())
    words = ("send", sheet, "--account", "North", "--results", tmp_path / "o.csv", "--yes")
    assert job.type(*words).status in {0, 1}
    monkeypatch.setattr(Desk, "review", boom)
    assert job.type("check", sheet).status == 2
    files = [path for path in terminal.state.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".run", ".json", ".txt"}
    assert [path for path in files if path.stat().st_mode & 0o077] == []


def test_no_object_shows_what_it_holds(
    store: MarkedStore,
    tmp_path: Path,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every object of the program that is alive in the middle of its work."""
    kept: list[Call | Reply] = []
    send = Transport.send

    def sending(self: Transport, call: Call) -> Reply:
        reply = send(self, call)
        kept.extend((call, reply))
        return reply

    monkeypatch.setattr(Transport, "send", sending)
    environ = {
        "CANCEL_DESK_BASE_URL": store.address,
        "CANCEL_DESK_CLIENT_ID": CLIENT_ID,
        "CANCEL_DESK_CLIENT_SECRET": CLIENT_SECRET,
    }
    desk = open_usual_desk(tmp_path / "state", environ)
    account = desk.connections.account("env")
    held = desk.connections.keys(account)
    desk.connections.register.add(replace(account, name="North"), held, this_session=True)
    with closing(desk.connections.connect("North")) as connection:
        orders = [connection.client.order(po) for po in list(store.book.orders)[:3]]
        assert any(found_in(each.body) for each in kept if isinstance(each, Reply))
        # There is no window here: what is left of one belongs to a test before this one, and may
        # be half gone. tests/ui/test_window_leaks_nothing.py looks at windows.
        ours = [
            each
            for each in gc.get_objects()
            if (module := str(type(each).__module__)).startswith("cancel_desk.")
            and not module.startswith("cancel_desk.ui.")
        ]
        shown = [f"{each!r} {each}" for each in (*ours, *kept, *orders, held)]
        assert any("Credentials" in each for each in shown)
        assert any("WalmartClient" in each for each in shown)
        assert found_in("\n".join(shown).encode()) == []
    assert memory_keyring.kept == {}


SPY = """
import json, os, sys
with open(os.path.join(os.environ["SPY_FOLDER"], f"{os.getpid()}.json"), "w") as file:
    json.dump([sys.orig_argv, dict(os.environ)], file)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there spawned processes are no Python")
def test_the_reader_is_given_no_secret(terminal: Terminal, tmp_path: Path) -> None:
    """Every Python that is started writes down its arguments and environment."""
    spy, notes = tmp_path / "spy", tmp_path / "notes"
    spy.mkdir()
    notes.mkdir()
    (spy / "sitecustomize.py").write_text(SPY)
    sheet = write_csv(tmp_path / "orders.csv", wishes(make_orders(2, seed=1), seed=1))
    environ = {
        "CANCEL_DESK_CLIENT_ID": CLIENT_ID,
        "CANCEL_DESK_CLIENT_SECRET": CLIENT_SECRET,
        "PYTHONPATH": str(spy),
        "SPY_FOLDER": str(notes),
    }
    process = start(["--data-dir", str(terminal.state), "check", str(sheet)], environ)
    assert ended(process).status == 1
    own = notes / f"{process.pid}.json"
    assert found_in(own.read_bytes()), "it was told them this way"
    others = [path for path in notes.iterdir() if path != own]
    assert others, "sheets are read by a process of their own"
    assert found_below([notes]).keys() == {str(own)}
    assert CLIENT_SECRET not in json.dumps(json.loads(own.read_text())[0])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core files by itself")
def test_no_core_file_is_written() -> None:
    code = (
        "import resource, sys\n"
        "from cancel_desk import __main__\n"
        "from cancel_desk.cli import app\n"
        "app.run = lambda *_: print(resource.getrlimit(resource.RLIMIT_CORE)[0]) or 0\n"
        "__main__.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "runs"], check=True, capture_output=True, text=True
    )
    assert done.stdout == "0\n"


@pytest.mark.parametrize("mark", MARKS)
def test_the_search_finds_what_is_there(mark: str, tmp_path: Path) -> None:
    """It would be no proof otherwise."""
    import zipfile
    from urllib.parse import quote

    raw = mark.encode()
    for content in (
        raw,
        base64.b64encode(b"someone:" + raw + b"\n"),
        base64.urlsafe_b64encode(b"x" + raw + b"ab"),
        base64.b64encode(b"xy" + raw),
        quote(mark, safe="").encode(),
        raw.hex().encode(),
        json.dumps({"a": mark}).encode(),
    ):
        assert any(mark in each for each in found_in(b"before " + content + b" after"))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{mark}</t>")
    assert list(found_below([tmp_path])) == [str(tmp_path / "a.xlsx")]
