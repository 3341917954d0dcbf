"""Lines in doubt: the person is shown what Walmart shows, and decides; only then they are sent."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
)
from pytestqt.qtbot import QtBot

from cancel_desk.practice.faults import Fault
from cancel_desk.runs.deciding import Doubt, Sight
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.results import Result
from cancel_desk.ui.dialogs.doubts_dialog import MOST, DoubtsDialog
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.widgets.theme import colours, style_sheet
from ui.fast_store import FastConnections
from ui.hands import click
from ui.person import LONG, Find, Hands

SAID = Outcome(State.UNKNOWN, Finding.PART_UNSURE)


def doubt(number: int = 1, *, missing: int = 2, decided: Finding | None = None) -> Doubt:
    line = RunLine(
        number, 0, "1796277093636", number, str(number), 2, "SELLER_CANCEL_OUT_OF_STOCK", "A&B",
        State.UNKNOWN, SAID, 0, 3,
    )  # fmt: skip
    return Doubt(line, Sight(3, 3, 0, 0), "2026-11-27T09:00:00Z", missing, decided)


def opened(qtbot: QtBot, *doubts: Doubt) -> DoubtsDialog:
    dialog = DoubtsDialog(doubts)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_nothing_is_chosen_for_the_person(qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubt(1), doubt(2))
    assert dialog.answers() == []
    assert not dialog.keep.isEnabled()
    click(dialog.cards[1].leave)
    assert [(each.line.id, again) for each, again in dialog.answers()] == [(2, False)]
    assert dialog.keep.isEnabled()


def test_what_was_decided_before_is_shown_and_is_no_new_answer(qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubt(1, decided=Finding.SEND_AGAIN), doubt(2))
    assert [card.doubt.line.id for card in dialog.cards] == [2, 1]
    assert dialog.cards[1].again.isChecked()
    assert not dialog.keep.isEnabled()


def test_what_can_not_be_sent_again_says_why(qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubt(missing=0))
    card = dialog.cards[0]
    assert not card.again.isEnabled()
    assert "fewer units are open" in card.again.text()


def test_many_lines_are_asked_about_bit_by_bit(qtbot: QtBot) -> None:
    dialog = opened(qtbot, *(doubt(n) for n in range(MOST + 1)))
    assert len(dialog.cards) == MOST


def lightness(button: QRadioButton) -> set[int]:
    """Return how light the pixels of a button's circle are."""
    option = QStyleOptionButton()
    option.initFrom(button)
    circle = button.style().subElementRect(
        QStyle.SubElement.SE_RadioButtonIndicator, option, button
    )
    seen = button.grab(circle).toImage()
    return {
        seen.pixelColor(x, y).lightness() for x in range(seen.width()) for y in range(seen.height())
    }


LIGHT = ("#ffffff", "#000000", "#f0f0f0")
DARK = ("#1e1f22", "#e6e6e6", "#2b2d30")


@pytest.fixture(params=[LIGHT, DARK])
def palette(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[QPalette]:
    """The program's palette, light or dark, until the test ends."""
    base, text, behind = request.param
    before = qapp.palette()
    made = QPalette(QColor(behind), QColor(behind))
    made.setColor(QPalette.ColorRole.Base, QColor(base))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        made.setColor(role, QColor(text))
    qapp.setPalette(made)
    yield made
    qapp.setPalette(before)


def test_answers_can_be_seen_in_light_and_dark(palette: QPalette, qtbot: QtBot) -> None:
    dialog = opened(qtbot, doubt())
    dialog.setStyleSheet(style_sheet(colours(palette)))
    card = dialog.cards[0]
    click(card.leave)
    for button in (card.leave, card.again):
        seen = lightness(button)
        assert max(seen) - min(seen) > 60, button.text()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    ground = dialog.grab().toImage().pixelColor
    under = area.mapTo(dialog, area.rect().bottomLeft())
    assert ground(under.x() + 2, under.y() - 2) == ground(2, 2)


def in_doubt(hands: Hands, connections: FastConnections) -> None:
    """Send the practice sheet; Walmart says yes to one line, but its order does not change."""
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].script([Fault.LINE_SKIPPED])
    click(dialog.send)
    hands.wait_for(Step.RESULTS)


def asked(hands: Hands, dialog: Find) -> DoubtsDialog:
    click(hands.pages.results.ways.decide)
    found: DoubtsDialog = dialog(DoubtsDialog)
    return found


def test_a_line_is_sent_again_only_after_the_person_said_so_and_chose_to_send(
    hands: Hands, connections: FastConnections, dialog: Find, qtbot: QtBot
) -> None:
    in_doubt(hands, connections)
    results, store = hands.pages.results, connections.stores[-1]
    assert results.ways.decide.text() == "Decide about 1 line…"
    sent = dict(store.tallies())
    decided = asked(hands, dialog)
    assert "Walmart showed:" in decided.cards[0].shown.text()
    # Of this one there was an answer: what is said must hold for it, too.
    assert not any("answer" in each.text() for each in decided.findChildren(QLabel))
    click(decided.cards[0].again)
    click(decided.keep)
    qtbot.waitUntil(lambda: results.ways.go_on.text() == "Send the 1 left", timeout=LONG)
    assert store.tallies() == sent
    click(results.ways.go_on)
    hands.wait_for(Step.SEND)
    hands.wait_for(Step.RESULTS)
    assert results.model.counts()[Result.CANCELLED] == 16
    assert all(tally.times == 1 for tally in store.tallies().values())
    assert not results.ways.decide.isVisible()


def test_a_line_that_is_left_needs_nothing_more(
    hands: Hands, connections: FastConnections, dialog: Find, qtbot: QtBot
) -> None:
    in_doubt(hands, connections)
    results = hands.pages.results
    said = "15 of 16 lines cancelled, 1 unknown; 8 rows were left out"
    assert results.verdict.text() == said
    decided = asked(hands, dialog)
    click(decided.cards[0].leave)
    click(decided.keep)
    qtbot.waitUntil(lambda: not results.ways.go_on.isVisible(), timeout=LONG)
    assert results.model.counts()[Result.UNKNOWN] == 1
    assert results.verdict.text() == said
    assert results.ways.decide.isVisible(), "they may still think otherwise"


def test_not_now_decides_nothing(hands: Hands, connections: FastConnections, dialog: Find) -> None:
    in_doubt(hands, connections)
    decided = asked(hands, dialog)
    click(decided.cards[0].again)
    click(decided.not_now)
    assert hands.pages.results.ways.go_on.text() == "Check the 1 unknown again"
