"""What is asked before sending: the number of lines, a limit, a while to think, the first order."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cancel_desk.checks.plan import Candidate, Plan, PlannedLine, Store, make_plan
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.cli.confirming import confirm
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.wishes import SendWish
from cancel_desk.language import OWN_NAMES, Tongue, speak
from cli.terminal import FAST, Said, Terminal, keys_of, start
from journeys.selling import Wish, read_results, write_csv
from patience import PATIENCE
from standin.orders import Line, Order
from standin.walmart import StandIn

LIVE = Store("Northwind", "US", "LIVE", "https://marketplace.walmartapis.com")
WISH = SendWish(Path("out.xlsx"))
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def plan_of(orders: int, store: Store = LIVE) -> Plan:
    """Return a plan over so many orders of two lines."""
    lines = [PlannedLine(0, number, 1, ReasonCode.OUT_OF_STOCK) for number in ("1", "2")]
    return make_plan(
        store, [Candidate(at, str(1000000000000 + at), tuple(lines), ()) for at in range(orders)]
    )


class Person(Front):
    """Somebody at the terminal who gives one answer to everything."""

    def __init__(self, said: str) -> None:
        super().__init__(None, {})
        self.asked: list[str] = []
        self._said = said

    def answer(self, question: str) -> str:
        self.asked.append(question)
        return self._said


@pytest.mark.parametrize("number", ["1002", "1,002", "1.002", "\N{FULLWIDTH DIGIT ONE}002"])
def test_many_live_orders_are_confirmed_by_their_number(number: str) -> None:
    person = Person(number)
    confirm(person, plan_of(501), WISH)
    assert person.asked == [
        "Cancel 1,002 lines at Northwind (LIVE)? Type the number of lines, 1002, to send them:"
    ]


@pytest.mark.parametrize("said", ["y", "yes", "", "51", "101", "1020", "-102", "1.02", "102 no"])
def test_a_yes_is_not_enough_for_many_live_orders(said: str) -> None:
    with pytest.raises(Halt, match="Nothing was sent"):
        confirm(Person(said), plan_of(51), WISH)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "s"),
        ("es", "sí"),
        ("es", "Si"),
        ("es", "yes"),
        ("zh_CN", "\N{FULLWIDTH LATIN SMALL LETTER Y}"),
        ("zh_CN", "是"),
    ],
)
def test_a_yes_is_understood_as_people_of_the_language_type_it(language: str, said: str) -> None:
    speak(Tongue(language))
    confirm(Person(said), plan_of(2), WISH)


@pytest.mark.parametrize("language", OWN_NAMES)
@pytest.mark.parametrize("said", ["", "n", "no", "si no", "yy", "不是"])
def test_no_other_word_is_a_yes(language: str, said: str) -> None:
    speak(Tongue(language))
    with pytest.raises(Halt):
        confirm(Person(said), plan_of(2), WISH)


def test_a_yes_is_enough_for_few_or_in_the_sandbox() -> None:
    confirm(Person("y"), plan_of(50), WISH)
    confirm(Person("y"), plan_of(51, replace(LIVE, environment="SANDBOX")), WISH)


def test_yes_beforehand_needs_a_number_for_many_live_orders() -> None:
    nobody = Person("never asked")
    yes = replace(WISH, yes=True)
    with pytest.raises(Halt, match="for example --at-most 102"):
        confirm(nobody, plan_of(51), yes)
    confirm(nobody, plan_of(51), replace(yes, at_most=102))
    confirm(nobody, plan_of(51), replace(yes, at_most=5000))
    confirm(nobody, plan_of(50), yes)
    confirm(nobody, plan_of(51, replace(LIVE, environment="SANDBOX")), yes)
    assert nobody.asked == []


@pytest.mark.parametrize("store", [LIVE, replace(LIVE, environment="PRACTICE")])
@pytest.mark.parametrize("yes", [True, False])
def test_more_lines_than_agreed_to_are_not_sent(store: Store, *, yes: bool) -> None:
    person = Person("y")
    with pytest.raises(Halt, match="4 lines, more than the 3 that --at-most allows"):
        confirm(person, plan_of(2, store), replace(WISH, yes=yes, at_most=3))
    assert person.asked == []
    confirm(person, plan_of(2, store), replace(WISH, yes=yes, at_most=4))


ORDERS = 6


@pytest.fixture
def shop(terminal: Terminal) -> Iterator[StandIn]:
    """Orders of one line each, whose numbers rise."""
    orders = [Order(str(1577914061000 + at), str(at), [Line("1", "A", 1)]) for at in range(ORDERS)]
    with StandIn(orders, manners=FAST) as serving:
        terminal.environ = keys_of(serving.address)
        yield serving


@pytest.fixture
def words(shop: StandIn, tmp_path: Path) -> Sequence[str | Path]:
    """Send everything in the shop."""
    rows = [Wish(po, "1", "A", "1", "oos", {}) for po in shop.book.orders]
    sheet = write_csv(tmp_path / "orders.csv", rows)
    return ("send", sheet, "--account", "env", "--results", tmp_path / "out.xlsx", "--json")


def test_too_many_lines_on_a_schedule_send_nothing(
    terminal: Terminal, shop: StandIn, words: Sequence[str | Path]
) -> None:
    said = terminal.type(*words, "--yes", "--at-most", "5")
    assert (said.status, said.out) == (2, "")
    assert "6 lines, more than the 5 that --at-most allows, so nothing was sent." in said.told
    assert terminal.runs() == []
    assert shop.applied == {}
    assert terminal.type(*words, "--yes", "--at-most", "6").json["cancelled"] == ORDERS


def test_the_first_order_goes_alone_and_the_rest_after_a_yes(
    terminal: Terminal, shop: StandIn, words: Sequence[str | Path]
) -> None:
    said = terminal.answer([*words, "--first-alone"], "y", "y")
    assert said.status == 0
    assert "The first order, 1577914061000, was sent: Line 1: 1 unit cancelled" in said.told
    assert "Go on with the other 5 lines? [y/N]" in said.told
    assert len(shop.applied) == ORDERS


def test_a_no_after_the_first_order_leaves_the_rest(
    terminal: Terminal, shop: StandIn, words: Sequence[str | Path], tmp_path: Path
) -> None:
    said = terminal.answer([*words, "--first-alone", "--yes"], "n")
    assert said.status == 1
    assert said.json["cancelled"] == 1
    assert said.json["not_sent"] == ORDERS - 1
    assert list(shop.applied) == [("1577914061000", "1")]
    results = [row["Result"] for row in read_results(tmp_path / "out.xlsx")]
    assert results == ["Cancelled", *["Not sent"] * (ORDERS - 1)]
    resume = ("resume", said.json["run"], "--results", tmp_path / "all.xlsx", "--json")
    again = terminal.answer([*resume, "--first-alone"], "y", "y")
    assert "Go on with the other 4 lines?" in again.told
    assert again.json["cancelled"] == ORDERS
    assert all(len(calls) == 1 for calls in shop.applied.values())


def until(process: subprocess.Popen[str], words: str) -> str:
    """Read what a process tells until these words come."""
    assert process.stderr is not None
    told = ""
    while words not in told:
        sign = process.stderr.read(1)
        assert sign, told
        told += sign
    return told


def interrupted(
    terminal: Terminal, words: Sequence[str | Path], at: str, *, answers: str = ""
) -> Said:
    """Run a command, and press Ctrl+C when it tells something."""
    ours, theirs = os.openpty()
    argv = ["--data-dir", str(terminal.state), *map(str, words)]
    process = start(argv, terminal.environ, stdin=theirs)
    os.close(theirs)
    os.write(ours, answers.encode())
    told = until(process, at)
    process.send_signal(signal.SIGINT)
    out, rest = process.communicate(timeout=PATIENCE)
    os.close(ours)
    return Said(process.returncode, out, told + rest)


def test_ctrl_c_is_a_no_to_the_question_after_the_first_order(
    terminal: Terminal, shop: StandIn, words: Sequence[str | Path]
) -> None:
    said = interrupted(terminal, [*words, "--first-alone", "--yes"], "Go on with")
    assert said.status == 1
    assert said.json["not_sent"] == ORDERS - 1
    assert len(shop.applied) == 1


def test_ctrl_c_undoes_while_it_is_held(
    terminal: Terminal, shop: StandIn, words: Sequence[str | Path], tmp_path: Path
) -> None:
    said = interrupted(terminal, [*words, "--yes", "--hold", "3600"], "Ctrl+C undoes it.")
    assert (said.status, said.out) == (2, "")
    assert "Sending begins in 3600 s." in said.told
    assert said.told.endswith("Undone. Nothing was sent.")
    assert terminal.runs() == []
    assert shop.applied == {}
    assert not (tmp_path / "out.xlsx").exists()


class _Slept:
    """Tells of a sleep at the ``nth`` look."""

    def __init__(self, nth: int) -> None:
        self._left = nth

    def look(self) -> float:
        self._left -= 1
        return 3600.0 if self._left == 0 else 0.0


@pytest.mark.parametrize(("seconds", "nth"), [(3600.0, 1), (3600.0, 3), (0.0001, 1)])
def test_nothing_is_sent_where_the_computer_slept_in_the_hold(
    monkeypatch: pytest.MonkeyPatch, seconds: float, nth: int
) -> None:
    """Be it that the time is up by then: whoever said yes may not be there any more."""
    monkeypatch.setattr("cancel_desk.cli.confirming.SleepNotice", lambda: _Slept(nth))
    wish = replace(WISH, yes=True, hold=seconds)
    with pytest.raises(Halt, match="slept while the run was held back, so nothing was sent"):
        confirm(Person(""), plan_of(1), wish)


def test_after_the_hold_it_is_sent(
    terminal: Terminal, shop: StandIn, words: Sequence[str | Path]
) -> None:
    assert terminal.type(*words, "--yes", "--hold", "0.01").json["cancelled"] == ORDERS
    assert len(shop.applied) == ORDERS


def test_nobody_there_to_look_at_the_first_order(
    terminal: Terminal, shop: StandIn, words: Sequence[str | Path]
) -> None:
    process = terminal.start(*words, "--yes", "--first-alone")
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "Nobody is at this terminal to look at the first order" in " ".join(err.split())
    assert shop.ledger.calls.total() == 0
