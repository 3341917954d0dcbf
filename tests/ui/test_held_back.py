"""A row whose line an interrupted run has sent: held back, and the way on from there."""

from pytestqt.qtbot import QtBot

from cancel_desk.checks.issues import Code
from cancel_desk.runs.judge import Seen
from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.ui.widgets.steps import Step
from ui.fast_store import FastConnections
from ui.hands import button_in, click, sees
from ui.person import LONG, Hands


def interrupted_run(hands: Hands) -> Run:
    """Begin a run of the sheet under review, and leave it as a kill in its first call does."""
    session = hands.session
    review, connection = session.review, session.in_use.connection
    assert review is not None
    assert connection is not None
    run = session.desk.begin(review, review.plan(connection.store), connection)
    first = run.lines()[0]
    run._journal.claim({first.id: Seen(0, first.units)}, po=first.po, correlation_id="c-1")
    run.close()
    return run


def held(hands: Hands) -> list[str]:
    """The runs that the rows under review wait for."""
    review = hands.session.review
    assert review is not None
    return [
        issue.params["run"]
        for row in review.table.rows
        for issue in review.issues(row.id)
        if issue.code is Code.SENT_UNSETTLED
    ]


def test_the_other_run_is_resumed_and_the_sheet_goes_on(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    click(dialog.back)
    run = interrupted_run(hands)
    again = hands.ask_to_send()
    assert held(hands) == [run.id]
    assert len(again.plan.lines) == len(dialog.plan.lines) - 1
    click(again.back)
    steps, recent = hands.window.header.steps, hands.pages.imports.recent
    click(steps[Step.IMPORT])
    qtbot.waitUntil(lambda: sees(recent, "Resume"), timeout=LONG)
    click(button_in(recent, "Resume"))
    hands.wait_for(Step.RESULTS)
    assert hands.pages.results.model.counts()[Result.CANCELLED] == 16
    assert {tally.times for tally in connections.stores[-1].tallies().values()} == {1}
    click(steps[Step.REVIEW])
    hands.wait_for(Step.REVIEW)
    click(hands.pages.review.footer.check)
    review = hands.session.review
    assert review is not None
    qtbot.waitUntil(lambda: review.tally().ready == 0, timeout=LONG)
    assert held(hands) == []
