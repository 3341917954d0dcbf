"""No page of the guide describes what the program does not do, and none leaves out what it does."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from catalogues import SOURCES, extracted
from typer.core import TyperGroup

from cancel_desk.accounts.variables import BASE_URL, CLIENT_ID, CLIENT_SECRET, MARKET
from cancel_desk.checks.issues import Code
from cancel_desk.checks.reasons import REASONS, ReasonCode
from cancel_desk.cli import app
from cancel_desk.cli.fault_options import _HELP as FAULTS
from cancel_desk.resources import resource
from cancel_desk.runs.results import Result
from cancel_desk.texts.issues import issue_title
from cancel_desk.texts.outcomes import result_word
from cancel_desk.texts.reasons import reason_consequence, reason_label
from cancel_desk.ui.dialogs.shortcuts_dialog import shortcuts_in
from cancel_desk.ui.guide.guide_pages import INDEX, GuidePages, anchors
from cancel_desk.ui.window import MainWindow

PAGES = GuidePages()
ROOT = SOURCES.parent
NAMES = [page.name for page in PAGES.listed()]
MARKETS = {"United States": "US", "Canada": "CA", "Mexico": "MX", "Chile": "CL"}
COUNTS = "Counts towards your cancellation rate."

# What stands as code and is neither of the program nor typed into it.
OTHER_CODE = {
    "like these",
    "1.79628E+12",  # what Excel makes of a number
    "2026-11-27",  # how a day is written
    r"%LOCALAPPDATA%\cancel-desk",
    "~/Library/Application Support/cancel-desk",
    "~/.local/share/cancel-desk",
    "HTTPS_PROXY",
}
# Keys that Qt itself gives a grid, or a guide to it.
GRID_KEYS = {"F2", "Enter", "Tab"}


class Command(NamedTuple):
    """A command of the parser: its words, and its options."""

    words: str
    options: frozenset[str]


@cache
def commands() -> tuple[Command, ...]:
    def walk(group: TyperGroup, before: str) -> Iterator[Command]:
        for name, each in group.commands.items():
            words = f"{before} {name}".strip()
            if isinstance(each, TyperGroup):
                yield from walk(each, words)
            else:
                yield Command(words, options_of(each.params))

    group = typer.main.get_command(app.build_app({}))
    assert isinstance(group, TyperGroup)
    return (Command("", options_of(group.params)), *walk(group, ""))


def options_of(params: object) -> frozenset[str]:
    assert isinstance(params, list)
    return frozenset(word for each in params for word in each.opts if word.startswith("--"))


@cache
def sentences() -> tuple[re.Pattern[str], ...]:
    """Return what the program may say: every sentence of its sources, any word for a blank."""
    found = set()
    for message in extracted(SOURCES):
        for text in message.id if isinstance(message.id, list | tuple) else (message.id,):
            plain = re.sub(r"&(?=\w)", "", str(text)).rstrip("…")
            parts = re.split(r"\{[^{}]*\}", plain)
            if len(re.findall(r"[^\W\d_]", "".join(parts))) > 2:
                found.add(".+?".join(re.escape(part) for part in parts))
                found.add(re.escape(plain.partition(" {")[0]))
    found.discard("")
    return tuple(re.compile(each, re.DOTALL) for each in found)


def is_said(words: str) -> bool:
    plain = words.rstrip("…")
    return any(each.fullmatch(plain) for each in sentences())


def prose(name: str) -> str:
    """Return a page without its blocks of commands."""
    return re.sub(r"^```.*?^```$", "", PAGES.text(name), flags=re.MULTILINE | re.DOTALL)


def joined(text: str) -> str:
    return " ".join(text.split())


def code(name: str) -> list[str]:
    return [joined(each) for each in re.findall(r"`([^`]+)`", prose(name))]


def rows(text: str) -> list[list[str]]:
    """Return the rows of all tables of a text, without their headers."""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line] for line in lines]
    rules = [at for at, line in enumerate(cells) if set(line[0]) == {"-"}]
    heads = {at - 1 for at in rules} | set(rules)
    return [line for at, line in enumerate(cells) if at not in heads]


@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_window_are_on_the_window(name: str) -> None:
    if name == INDEX:
        return
    for words in re.findall(r"\*\*(.+?)\*\*", prose(name), re.DOTALL):
        assert is_said(joined(words)), words


@pytest.mark.parametrize("name", NAMES)
def test_sentences_are_said_by_the_program(name: str) -> None:
    quoted = re.findall(r"^> (.+)$", prose(name), re.MULTILINE)
    assert quoted or name != "troubleshooting"
    for words in quoted:
        said = any(each.match(words) for each in sentences() if len(each.pattern) > 20)
        assert said, words


@pytest.mark.parametrize("name", NAMES)
def test_code_is_known_to_the_program(name: str, window: MainWindow) -> None:
    keys = {shortcut.keys for shortcut in shortcuts_in(window)} | GRID_KEYS
    options = {option for each in commands() for option in each.options}
    words = [each.words for each in commands() if each.words]
    values = {"env", "practice", "sku", "customer-order", "live", "sandbox", "production"}
    values |= {market.lower() for market in REASONS}
    variables = {CLIENT_ID, CLIENT_SECRET, MARKET, BASE_URL}
    suffixes = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".zip", ".html"}
    known = keys | options | values | variables | suffixes | OTHER_CODE | set(ReasonCode)
    for each in code(name):
        typed = each.removeprefix("cancel-desk").strip()
        of_command = any(typed == word or typed.startswith(f"{word} ") for word in words)
        used = set(re.findall(r"--[\w-]+", typed))
        fits = (
            each in known
            or of_command
            or typed in {"", "FILE", "COMMAND --help", "--help", "--self-test"}
        )
        assert fits, each
        assert used <= options | {"--help"}, each


@pytest.mark.parametrize("name", NAMES)
def test_links_and_pictures_lead_somewhere(name: str) -> None:
    here = PAGES.path(name).parent
    for target in re.findall(r"\]\(([^)]+)\)", PAGES.text(name)):
        if target.startswith("https://"):
            continue
        path, _, part = target.partition("#")
        file = (here / path).resolve() if path else PAGES.path(name)
        assert file.is_file(), target
        if part:
            assert part in set(anchors(file.read_text(encoding="utf-8"))), target


@pytest.mark.parametrize("name", ["README.md", "resources/guide/developing.md"])
def test_the_other_pages_name_what_there_is(name: str) -> None:
    """README and the page for developers: their links and pictures, and the files they name."""
    text = (ROOT / name).read_text(encoding="utf-8")
    here = (ROOT / name).parent
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)|src(?:set)?=\"([^\"]+)\"", text)
    for target in filter(None, (link or picture for link, picture in targets)):
        assert target.startswith("https://") or (here / target).exists(), target
    for path in re.findall(r"`([\w./-]+/[\w.-]+|\w+\.py)`", text):
        assert (ROOT / path).exists() or (ROOT / "gui/cancel_desk" / path).exists(), path
    for script in re.findall(r"(packaging/\w+\.py)", text):
        assert (ROOT / script).exists(), script


def test_every_picture_is_shown_and_has_its_dark_one() -> None:
    folder = resource("guide/pictures")
    pages = " ".join(map(PAGES.text, NAMES))
    shown = set(re.findall(r"pictures/([\w-]+)\.png", pages))
    light = {path.stem for path in folder.glob("*.png") if not path.stem.endswith("-dark")}
    assert shown == light
    assert {f"{name}-dark" for name in light} == {p.stem for p in folder.glob("*-dark.png")}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 3_000_000


def test_the_pictures_are_those_that_the_script_takes() -> None:
    script = (ROOT / "packaging" / "screenshots.py").read_text(encoding="utf-8")
    taken = set(re.findall(r'camera\.take\("([\w-]+)"', script))
    folder = resource("guide/pictures")
    assert taken == {p.stem for p in folder.glob("*.png") if not p.stem.endswith("-dark")}


def test_the_readme_leads_to_every_page() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in NAMES if name != INDEX} <= set(
        re.findall(r"\(resources/guide/en/([\w-]+)\.md\)", text)
    )
    asked_for = {"first-run", "keys", "fixing", "reasons", "results", "after-a-crash", "privacy"}
    assert asked_for | {"troubleshooting"} <= set(NAMES)


def test_every_page_is_listed_and_begins_with_its_title() -> None:
    folder = resource("guide/en")
    assert {path.stem for path in folder.glob("*.md")} == set(NAMES)
    for page in PAGES.listed():
        assert PAGES.text(page.name).startswith(f"# {page.title}\n")


def test_every_command_and_option_is_described() -> None:
    named = code("command-line")
    table = {row[0].strip("`") for row in rows(PAGES.text("command-line"))}
    for command in commands():
        if command.words:
            assert any(re.fullmatch(rf"{command.words}( [A-Z].*)?", row) for row in table), command
        faults = {f"--{each.replace('_', '-')}" for each in FAULTS}
        for option in command.options - faults - {"--help"}:
            assert option in named, option


def test_every_exit_status_is_the_one_that_is_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    described = {
        row[0].strip("`"): set(re.findall(r"\b[012]\b", row[2]))
        for row in rows(PAGES.text("command-line"))
        if len(row) == 3
    }
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    bad.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,because\n")
    for words, command, status in (
        (["check", str(good)], "check FILE", 0),
        (["check", str(bad)], "check FILE", 1),
        (["check", str(tmp_path)], "check FILE", 2),
        (["runs"], "runs", 0),
        (["template", str(tmp_path / "t.xlsx")], "template OUT", 0),
        (["accounts", "list"], "accounts list", 0),
        (["history", "keep", "30"], "history keep DAYS", 0),
        (["numbers"], "numbers MONTH", 0),
        (["support", str(tmp_path / "s.zip")], "support OUT.zip", 0),
    ):
        left = app.run(["--data-dir", str(tmp_path / "state"), *words], {})
        assert left == status, (words, capsys.readouterr())
        assert str(status) in described[command]
    # Wrong use, and what keeps a command from beginning, ends with 2 everywhere.
    assert app.run(["--data-dir", str(tmp_path / "state"), "check"], {}) == 2
    assert app.run(["--data-dir", str(tmp_path / "state"), "resume", "--results", "o.csv"], {}) == 2


def test_every_reason_is_described_as_it_is() -> None:
    sections = re.split(r"^## ", PAGES.text("reasons"), flags=re.MULTILINE)
    described = {section.partition("\n")[0]: rows(section) for section in sections}
    assert set(MARKETS.values()) == set(REASONS)
    for title, market in MARKETS.items():
        expected = [
            [
                f"**{reason_label(reason.code)}**",
                f"`{reason.code}`",
                ("counts. " * reason.counts_against_seller)
                + reason_consequence(reason.code).replace(COUNTS, "").strip(),
            ]
            for reason in REASONS[market]
        ]
        assert described[title] == [[cell.strip() for cell in row] for row in expected]


def test_every_problem_is_described() -> None:
    described = {row[0].strip("*") for row in rows(PAGES.text("fixing"))}
    assert described == {issue_title(code) for code in Code}


def test_every_result_is_described() -> None:
    described = [row[0].strip("*") for row in rows(PAGES.text("results"))]
    assert sorted(described) == sorted(result_word(result) for result in Result)
