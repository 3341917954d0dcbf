"""The runs of this computer at a glance: interrupted ones to resume, others to look at again."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.results import Result
from cancel_desk.texts.lists import counted
from cancel_desk.texts.times import local_moment
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

SHOWN: Final = 4
_NOT_DONE = (Result.UNKNOWN, Result.NOT_SENT)


class RecentRuns(QFrame):
    """Up to four runs, unfinished ones first; hidden while there are none."""

    resume_chosen = Signal(str)  # the run's id
    results_chosen = Signal(str)
    all_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        title = QLabel(_("Recent"))
        title.setProperty("role", "headline")
        self.all_runs = ActionButton(
            _("All runs…"),
            keys="",
            tip=_("Find any run of this computer (Ctrl+Shift+H)"),
            role="link",
        )
        self.all_runs.clicked.connect(self.all_chosen)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self.all_runs)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.addLayout(top)
        column.addLayout(self._rows)
        self.hide()

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show the runs, the latest first."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it is gone at once, whenever Qt comes to delete it
                widget.deleteLater()
        known = [run for run in runs if run.counts is not None]
        shown = sorted(known, key=lambda run: not run.unfinished)[:SHOWN]
        for at, run in enumerate(shown):
            self._rows.addWidget(self._row(run, keys="Ctrl+R" if at == 0 else ""))
        self.setVisible(bool(shown))

    def _row(self, run: RunSummary, *, keys: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = QLabel(run_line(run))
        words.setProperty("role", "muted")
        row.addWidget(words)
        row.addWidget(self._button(run, keys))
        row.addStretch(1)
        return line

    def _button(self, run: RunSummary, keys: str) -> ActionButton:
        if run.unfinished:
            tip = _("Check what is unknown in this run and send what is left")
            button = ActionButton(_("Resume"), keys=keys, tip=tip, role="link")
            button.clicked.connect(partial(self._on_resume, run.id))
        else:
            tip = _("Show what became of each row")
            button = ActionButton(_("Open results"), keys=keys, tip=tip, role="link")
            button.clicked.connect(partial(self._on_results, run.id))
        button.setAccessibleName(f"{button.text()}: {run_line(run)}")
        return button

    def _on_resume(self, run_id: str) -> None:
        self.resume_chosen.emit(run_id)

    def _on_results(self, run_id: str) -> None:
        self.results_chosen.emit(run_id)


def run_line(run: RunSummary) -> str:
    """Return a run in one line: its file, its rows, its store, when, and what became of it."""
    counts: Counter[Result] = run.counts or Counter()
    rows = counts.total()
    left = sum(counts[result] for result in _NOT_DONE)
    parts = [
        Path(run.source).name,
        ngettext("{n} row", "{n} rows", rows).format(n=grouped(rows)),
        f"{run.store} ({run.environment})",
        local_moment(run.created),
    ]
    if run.unfinished:
        parts.append(ngettext("{n} not done", "{n} not done", left).format(n=left))
    else:
        parts += [
            counted(result, counts[result])
            for result in (Result.CANCELLED, Result.REFUSED)
            if counts[result]
        ]
    return " · ".join(parts)
