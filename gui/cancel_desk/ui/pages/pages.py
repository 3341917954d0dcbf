"""The pages of the window, one for each step."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from cancel_desk.ui.pages.import_page import ImportPage
from cancel_desk.ui.pages.results_page import ResultsPage
from cancel_desk.ui.pages.review_page import ReviewPage
from cancel_desk.ui.pages.send_page import SendPage
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.widgets.theme import Colours


@dataclass(frozen=True, slots=True)
class Pages:
    """The page of each step."""

    imports: ImportPage
    review: ReviewPage
    send: SendPage
    results: ResultsPage

    def of(self, step: Step) -> QWidget:
        """Return the page of a step."""
        return {
            Step.IMPORT: self.imports,
            Step.REVIEW: self.review,
            Step.SEND: self.send,
            Step.RESULTS: self.results,
        }[step]


def make_pages(theme: Colours) -> Pages:
    """Return a new page for each step."""
    return Pages(ImportPage(), ReviewPage(), SendPage(theme), ResultsPage(theme))
