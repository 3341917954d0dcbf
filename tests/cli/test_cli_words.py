"""The words of the command line: a contract that scripts rely on."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cancel_desk import __version__
from cancel_desk.cli.app import run
from cancel_desk.cli.window import window_wish
from cancel_desk.desk import Desk
from cancel_desk.ui import app as window
from cli.terminal import Terminal, ended, start

COMMANDS = {
    "check": ("--sheet", "--reason", "--account", "--offline", "--json"),
    "send": ("--account", "--results", "--sheet", "--reason", "--yes", "--json"),
    "resume": ("--account", "--results", "--yes", "--json"),
    "runs": ("--find", "--since", "--until", "--json"),
    "results": ("--left", "--restock"),
    "numbers": ("--out", "--environment", "--json"),
    "template": ("--market",),
    "practice": ("--port", "--state", "--seed", "--orders", "--per-minute", "--sample"),
    "demo": ("--results",),
    "support": (),
    "accounts": ("list", "add", "test", "keys", "rename", "remove"),
    "history": ("delete", "export", "import", "keep"),
}


def test_the_commands_are_exactly_these(terminal: Terminal) -> None:
    said = terminal.type("--help")
    assert said.status == 0
    listed = re.findall(r"^│ ([a-z]+) ", said.out, re.MULTILINE)
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_its_options(terminal: Terminal, command: str) -> None:
    said = terminal.type(command, "--help")
    assert said.status == 0
    for option in COMMANDS[command]:
        assert re.search(rf"{option}\b", said.out)


def test_the_version() -> None:
    process = start(["--version"], {})
    said = ended(process)
    assert (said.status, said.out, said.err) == (0, f"cancel-desk {__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [
        ("send",),
        ("send", "orders.csv", "--results", "out.csv"),
        ("send", "orders.csv", "--account", "practice"),
        ("check",),
        ("check", "orders.csv", "--nonsense"),
        ("results", "only-one"),
        ("resume",),
        ("nonsense",),
        ("chek", "orders.csv"),
        ("--nonsense",),
        ("practice", "--slow", "2"),
        ("practice", "--port", "99999"),
    ],
)
def test_wrong_use_is_2(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.type(*words)
    assert (said.status, said.out) == (2, "")
    assert "Error" in said.err


def test_no_secret_can_be_given_in_the_command(terminal: Terminal) -> None:
    for command in COMMANDS:
        said = terminal.type(command, "--help")
        words = said.out.replace("--password-stdin", "")  # a switch: the word comes from stdin
        assert not re.search(r"--\S*(secret|key|password|token)", words)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """What windows were opened with; none really opens."""
    files: list[Path | None] = []

    def note(open_desk: Callable[[], Desk], _root: Path, file: Path | None) -> int:
        open_desk()
        files.append(file)
        return 0

    monkeypatch.setattr(window, "run", note)
    return files


def test_without_a_command_the_window_opens(
    terminal: Terminal, opened: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("check").write_text("a sheet with the name of a command", encoding="utf-8")
    words: tuple[tuple[str, ...], ...] = ((), ("orders.xlsx",), ("./check",))
    assert [terminal.type(*each).status for each in words] == [0, 0, 0]
    assert opened == [None, Path("orders.xlsx"), Path("./check")]
    assert (terminal.state / "runs").is_dir()


def test_the_state_folder_is_the_usual_one_unless_named(
    opened: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cancel_desk.cli.window.default_root", lambda: tmp_path / "usual")
    assert run([], {}) == 0
    assert (tmp_path / "usual" / "runs").is_dir()


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ([], None),
        (["orders.xlsx"], "orders.xlsx"),
        (["folder of mine/März.csv"], "folder of mine/März.csv"),
        (["C:\\Users\\me\\orders.xls"], "C:\\Users\\me\\orders.xls"),
    ],
)
def test_words_that_plainly_want_the_window_need_no_command_line(
    words: list[str], file: str | None, opened: list[Path | None], terminal: Terminal
) -> None:
    wanted = file and Path(file)
    assert window_wish(words) == (None, wanted)
    assert window_wish(["--data-dir", "of mine", *words]) == (Path("of mine"), wanted)
    # The command line takes them for the same.
    assert terminal.type(*words).status == 0
    assert opened == [wanted]


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "orders.xlsx"],
        ["orders.xlsx", "more.xlsx"],
        ["--version"],
        ["--help"],
        ["-x.csv"],
        ["--data-dir"],
        ["--data-dir=x.y"],
        ["accounts", "list"],
    ],
)
def test_all_other_words_are_left_to_the_command_line(words: list[str]) -> None:
    assert window_wish(words) is None


def test_no_command_looks_like_a_file() -> None:
    assert not [command for command in COMMANDS if window_wish([command])]


def test_the_template_takes_no_files_place(terminal: Terminal, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("mine")
    said = terminal.type("template", own)
    assert said.status == 2
    assert "exists already" in said.err
    assert own.read_text() == "mine"


def test_the_template(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.type("template", tmp_path / "template.xlsx")
    assert (said.status, said.out) == (0, "")
    checked = terminal.type("check", tmp_path / "template.xlsx")
    assert "The template's example (row 2) was left out." in checked.told
    assert "has column names but no rows" in checked.told
    wrong = terminal.type("template", tmp_path / "template.txt")
    assert wrong.status == 2
    assert "ends in .csv or .xlsx" in wrong.told


def test_the_template_offers_the_reasons_of_the_market(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    assert terminal.type("template", path, "--market", "ca").status == 0
    told = {cell.value for row in load_workbook(path)["About"].iter_rows() for cell in row}
    assert "CANCEL_BY_SELLER" in told
    assert "SELLER_CANCEL_OUT_OF_STOCK" not in told


@pytest.mark.skipif(os.name != "posix", reason="about pipes as POSIX has them")
@pytest.mark.parametrize(
    "words", [["--help"], ["send", "--help"], ["runs", "--json"], ["--version"]]
)
def test_a_reader_that_goes_away_is_no_news(terminal: Terminal, words: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [sys.executable, "-m", "cancel_desk", "--data-dir", terminal.state, *words],
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr.strip()) == (1, "")
