"""Files that the system hands to the program that runs already, as macOS does."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from cancel_desk.practice.sample import write_sample
from cancel_desk.ui.application import Application
from cancel_desk.ui.widgets.steps import Step
from ui.person import Find, Hands


def test_a_file_that_is_handed_over_is_opened(
    hands: Hands, qapp: Application, tmp_path: Path
) -> None:
    path = tmp_path / "Bestellungen für 订单 März.xlsx"
    write_sample(path)
    qapp.file_handed.connect(hands.window.take)
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(path)))
    hands.wait_for(Step.REVIEW)
    assert hands.session.source == path


def test_a_file_is_not_opened_under_a_question(hands: Hands, tmp_path: Path, dialog: Find) -> None:
    """What the person is about to confirm stays what they see."""
    hands.try_practice()
    review = hands.session.review
    asked = hands.ask_to_send()
    hands.window.take(tmp_path / "other.xlsx")
    assert "other.xlsx was not opened" in hands.said()
    assert hands.session.review is review
    assert asked.isVisible()
    asked.reject()


def test_other_events_are_no_files(qapp: Application, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(qapp.file_handed):
        QCoreApplication.sendEvent(qapp, QEvent(QEvent.Type.User))
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(""))
