"""The report for support: it tells what helps, and nothing that is nobody's business."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import closing
from importlib import metadata
from pathlib import Path

import pytest

from cancel_desk import __version__
from cancel_desk.accounts.account import PRODUCTION_URL, Account, Environment, Market
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk, open_desk
from cancel_desk.practice.sample import write_sample
from cancel_desk.runs.journal import JournalError
from cancel_desk.support import Part, collect, redacted, save, shown
from cancel_desk.walmart.token import Credentials
from cli.terminal import FAST, Terminal, keys_of
from journeys.selling import PATIENCE, Wish, write_csv
from standin.faults import Fault
from standin.orders import make_orders
from standin.walmart import StandIn


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path / "state", {})


@pytest.fixture
def connection(desk: Desk) -> Iterator[Connection]:
    with closing(desk.connections.connect("practice")) as opened:
        yield opened


def texts(parts: tuple[Part, ...]) -> dict[str, str]:
    return {part.name: part.text for part in parts}


def test_what_is_in_it(desk: Desk, connection: Connection, tmp_path: Path) -> None:
    write_sample(tmp_path / "sample-of-jane.xlsx")
    review = desk.review(desk.read(tmp_path / "sample-of-jane.xlsx"), "US")
    review.add_looks(desk.order_reading(connection).read(review.orders_wanted()))
    account = Account("North", Market.CA, Environment.LIVE, PRODUCTION_URL)
    desk.connections.register.add(account, Credentials("marked-id", "marked-secret"))
    (desk.folders.root / "window.ini").write_text(
        "[General]\naccount=North\nfolder=/home/jane/private\ngeometry=@ByteArray(xyz)\n"
    )
    (desk.folders.root / "errors").mkdir()
    (desk.folders.root / "errors" / "2026-01-02.txt").write_text("ZeroDivisionError\n  a.py:3 f\n")
    with closing(desk.begin(review, review.plan(connection.store), connection)):
        in_use = texts(collect(desk))["runs.txt"]
    assert "in use" in in_use
    found = texts(collect(desk))
    assert list(found) == [
        "about.txt",
        "accounts.txt",
        "settings.txt",
        "runs.txt",
        "errors/2026-01-02.txt",
    ]
    assert f"Cancel Desk: {__version__}" in found["about.txt"]
    assert "Keyring: memory keyring MemoryKeyring" in found["about.txt"]
    assert f"North: CA, LIVE, {PRODUCTION_URL}, memory keyring" in found["accounts.txt"]
    assert found["settings.txt"] == "[General]\naccount=North"
    assert "16 not_sent" in found["runs.txt"]
    assert "unfinished" in found["runs.txt"]
    whole = shown(collect(desk))
    for private in ("marked", "jane", "private", *review.table.headers):
        assert private not in whole


def test_keys_at_hand_are_hidden_wherever_they_stand(tmp_path: Path) -> None:
    """The program has taken those of the terminal out of its own environment by then."""
    environ = {"CANCEL_DESK_CLIENT_ID": "marked-id ", "CANCEL_DESK_CLIENT_SECRET": "marked-one"}
    desk = open_desk(tmp_path / "state", environ)
    account = Account("North", Market.US, Environment.LIVE, PRODUCTION_URL)
    keys = Credentials("held-id", "held-secret")
    desk.connections.register.add(account, keys, this_session=True)
    (desk.folders.root / "window.ini").write_text("a=marked-id\nb=marked-one\nc=held-secret\n")
    assert texts(collect(desk))["settings.txt"] == "a=[hidden]\nb=[hidden]\nc=[hidden]"


def test_lines_that_did_not_go_well_are_told_with_what_support_asks_for(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cancel_desk.desk.Patience", lambda: PATIENCE)
    orders = make_orders(3, seed=3)
    rows = [Wish(x.po, x.lines[0].number, "", "", "oos", {}) for x in orders]
    sheet = write_csv(tmp_path / "orders.csv", rows)

    def refuse_one(operation: str, po: str, _nth: int) -> Fault:
        return Fault.ERRORS_INSIDE if (operation, po) == ("cancel", orders[0].po) else Fault.NONE

    with StandIn(orders, manners=FAST, plan=refuse_one) as store:
        terminal.environ = keys_of(store.address)
        words = ("send", sheet, "--account", "env", "--results", tmp_path / "o.csv", "--yes")
        assert terminal.type(*words).status == 1
        said = terminal.type("support", tmp_path / "report.zip")
        ids = store.ledger.correlation_ids
    assert said.status == 0
    (line,) = [each for each in said.out.splitlines() if f"PO {orders[0].po}" in each]
    assert "The lines can't be cancelled" in line
    assert any(each in line for each in ids)
    assert orders[1].po not in said.out
    assert "note 0" not in said.out
    assert terminal.environ["CANCEL_DESK_CLIENT_SECRET"] not in said.out
    assert "Nothing was sent to anybody." in said.told
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        for name in archive.namelist():
            for each in archive.read(name).decode().splitlines():
                assert each in said.out


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path)


def test_nothing_is_overwritten_and_it_is_a_zip(terminal: Terminal, tmp_path: Path) -> None:
    taken = tmp_path / "report.zip"
    taken.write_text("mine")
    for name, words in (("report.zip", "there already"), ("report.txt", ".zip file")):
        said = terminal.type("support", tmp_path / name)
        assert (said.status, said.out) == (2, "")
        assert words in said.told
    assert taken.read_text() == "mine"
    with pytest.raises(FileExistsError):
        save((), taken)


def test_it_is_for_its_owner_alone_and_whole_or_not_there(tmp_path: Path) -> None:
    save((Part("a.txt", "ä"),), tmp_path / "a.zip")
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600
    with pytest.raises(UnicodeEncodeError):
        save((Part("a.txt", "\udc80"),), tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_what_is_broken_is_told_and_stops_nothing(desk: Desk) -> None:
    desk.folders.accounts.write_text("{")
    (desk.folders.runs / "2026-01-01-000000-aaaa.run").write_text("no run")
    (desk.folders.root / "window.ini").mkdir()
    import keyring
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    found = texts(collect(desk))
    assert found["accounts.txt"] == "can't be read: book_broken"
    assert "Keyring: none: absent" in found["about.txt"]
    assert "can't be read" in found["settings.txt"]
    assert found["runs.txt"] == "2026-01-01-000000-aaaa: can't be read"


def test_what_can_not_be_told_is_said_so(
    desk: Desk, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sample(tmp_path / "sample.xlsx")
    review = desk.review(desk.read(tmp_path / "sample.xlsx"), "US")
    review.add_looks(desk.order_reading(connection).read(review.orders_wanted()))
    desk.begin(review, review.plan(connection.store), connection).close()

    def gone(*_: object) -> None:
        raise JournalError("disk is gone")

    def unknown(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(desk, "reopen", gone)
    monkeypatch.setattr(metadata, "version", unknown)
    found = texts(collect(desk))
    assert "can't be opened: disk is gone" in found["runs.txt"]
    assert "requests: not known" in found["about.txt"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("by jane@example.com", "by [e-mail]"),
        ("call 650-555-0199", "call [phone]"),
        ("Bearer abcdefgh1234", "[hidden]"),
        ("a hush-hush b", "a [hidden] b"),
        ("PO 1796277083022 line 1", "PO 1796277083022 line 1"),
        ("0f8b7c6e-1111-4222-8333-444455556666", "0f8b7c6e-1111-4222-8333-444455556666"),
        ("t " + "aB3" * 20 + "==", "t [hidden]"),
    ],
)
def test_redaction(text: str, left: str) -> None:
    assert redacted(text, ["hush-hush"]) == left


def test_the_home_folder_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/jane")
    assert redacted("/home/jane/x.csv", []) == "~/x.csv"
    monkeypatch.setenv("HOME", "/")
    assert redacted("/x", []) == "/x"
