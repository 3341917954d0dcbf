"""What can be done with a run of the past, as buttons that say why they can't be used."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.keeping import FOR_EVER
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_DAYS: Final = (FOR_EVER, 30, 90, 365, 730)


class RunActions(QWidget):
    """The buttons for the run that is chosen, and those for all runs."""

    kept_chosen = Signal(int)  # days, or FOR_EVER

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sending = False
        self._make_buttons()
        self.kept = QComboBox()
        self.kept.setAccessibleName(_("For how long finished runs are kept"))
        self.kept.setToolTip(
            _("Unfinished runs and those with unknown rows always stay, however old they are")
        )
        self.kept.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kept.activated.connect(self._on_kept)
        self._lay_out()

    def _make_buttons(self) -> None:
        self.open_results = ActionButton(
            _("Open results"), keys="Return", tip=_("Show what became of each row"), role="primary"
        )
        self.go_on = ActionButton(
            _("Go on…"), keys="Ctrl+R", tip=_("Look up what is unknown and send what is left")
        )
        self.save = ActionButton(
            _("Save result sheet…"), keys="Ctrl+S", tip=_("Save the result sheet again")
        )
        self.hand_over = ActionButton(
            _("Hand over…"), keys="Ctrl+E", tip=_("Save the run as a file for another computer")
        )
        self.delete = ActionButton(
            _("Delete…"), keys="Del", tip=_("Delete the run from this computer, after a question")
        )
        self.take_in = ActionButton(
            _("Take in a run…"), keys="Ctrl+I", tip=_("Open the file of a run of another computer")
        )
        self.close_history = ActionButton(_("Close"), keys="", tip=_("Close the history (Esc)"))
        self._tips = {
            button: button.accessibleDescription()
            for button in (self.open_results, self.go_on, self.save, self.hand_over, self.delete)
        }

    def _lay_out(self) -> None:
        of_one = QHBoxLayout()
        of_all = QHBoxLayout()
        for row in (of_one, of_all):
            row.setSpacing(SPACE)
        for button in (self.open_results, self.go_on, self.save, self.hand_over, self.delete):
            of_one.addWidget(button)
        of_one.addStretch(1)
        words = QLabel(_("&Keep finished runs"))
        words.setBuddy(self.kept)
        of_all.addWidget(words)
        of_all.addWidget(self.kept)
        of_all.addStretch(1)
        of_all.addWidget(self.take_in)
        of_all.addWidget(self.close_history)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE + 2)
        grid.addLayout(of_one, 0, 0)
        grid.addLayout(of_all, 1, 0)

    def show_kept(self, days: int) -> None:
        """Show for how many days finished runs are kept."""
        self.kept.clear()
        for each in sorted({*_DAYS, days}):
            self.kept.addItem(_kept_words(each), each)
        self.kept.setCurrentIndex(self.kept.findData(days))

    def show_run(self, run: RunSummary | None, *, here: bool) -> None:
        """Let be done what can be done with a run; the tooltips of the others say why not."""
        self.go_on.setVisible(run is None or run.unfinished)
        for button, tip in self._tips.items():
            why = self._why_not(button, run, here=here)
            button.setEnabled(not why)
            button.set_tip(why or tip)

    def _why_not(self, button: ActionButton, run: RunSummary | None, *, here: bool) -> str:
        """Return why a button can't be used now; "" if it can."""
        if run is None:
            return _("Choose a run first")
        delete, go_on = button is self.delete, button is self.go_on
        whys = (
            (
                self.sending and (go_on or button is self.open_results),
                _("A run is being sent; wait until it has ended, or stop it"),
            ),
            (here and delete, _("This run is open in the window; start over there first")),
            (run.in_use, _("Another window or program is working on this run")),
            (run.unreadable and not delete, _("The file of this run can't be read")),
            (go_on and not run.unfinished, _("This run is finished")),
        )
        return next((words for true, words in whys if true), "")

    def _on_kept(self, at: int) -> None:
        self.kept_chosen.emit(self.kept.itemData(at))


def _kept_words(days: int) -> str:
    if days == FOR_EVER:
        return _("for ever")
    if days % 365 == 0:
        years = days // 365
        return ngettext("for {n} year", "for {n} years", years).format(n=years)
    return ngettext("for {n} day", "for {n} days", days).format(n=grouped(days))
