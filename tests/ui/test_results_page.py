"""The page of results over a run with every outcome: each is counted, shown, and said in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.texts.lists import counts_words
from cancel_desk.texts.outcomes import reason_text, result_word
from cancel_desk.texts.times import local_moment
from cancel_desk.ui.models.columns import LAST, RESULT
from cancel_desk.ui.pages.results_page import ResultsPage
from cancel_desk.ui.session.sending import SendingEnd
from cancel_desk.ui.widgets.result_colours import result_fill
from cancel_desk.ui.widgets.theme import colours
from outcomes_run import STORE, run_with_all_outcomes
from ui.hands import click


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    made = run_with_all_outcomes(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(run: Run, qtbot: QtBot) -> ResultsPage:
    made = ResultsPage(colours(QGuiApplication.palette()))
    qtbot.addWidget(made)
    made.resize(1024, 560)
    made.show_end(SendingEnd(run.results()), run)
    made.show()
    return made


def test_it_says_how_the_run_went_when_and_where(page: ResultsPage, run: Run) -> None:
    assert page.verdict.text() == "6 of 19 lines cancelled, 2 unknown; 5 rows were left out"
    assert page.verdict.accessibleName() == page.verdict.text()
    told = (local_moment(run.facts["created"]), STORE.name, "US", "LIVE")
    assert page.about.text() == page.about.toolTip() == " · ".join(told)


def test_the_bar_and_the_chips_count_every_result(page: ResultsPage, run: Run) -> None:
    counts = run.counts()
    assert len(counts) == len(Result)  # it is a run with all there is
    assert page.bar.accessibleName() == counts_words(counts)
    picture = page.bar.grab().toImage()
    painted = {picture.pixelColor(x, 7).name() for x in range(picture.width())}
    theme = colours(QGuiApplication.palette())
    assert {result_fill(theme, result).name() for result in Result} <= painted
    for result, chip in page.chips.items():
        number = counts[result] if result else counts.total()
        assert chip.isVisible()
        assert chip.text().replace("&", "").endswith(f" {number}")


def test_a_chip_shows_its_rows_with_result_and_why(page: ResultsPage, run: Run) -> None:
    for result in Result:
        click(page.chips[result])
        wanted = [each for each in run.results() if each.result is result]
        model = page.model
        assert model.rowCount() == len(wanted)
        for at, each in enumerate(wanted):
            assert model.index(at, RESULT).data() == result_word(result)
            assert model.index(at, LAST).data() == reason_text(each)
    click(page.chips[None])
    assert page.model.rowCount() == len(run.results())


def test_a_result_that_no_row_has_has_no_chip(page: ResultsPage, run: Run) -> None:
    cancelled = [each for each in run.results() if each.result is Result.CANCELLED]
    page.show_end(SendingEnd(cancelled), run)
    seen = {result for result, chip in page.chips.items() if chip.isVisible()}
    assert seen == {None, Result.CANCELLED}
