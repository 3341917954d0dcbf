"""From a plan to the person's yes: what is confirmed begins, everything else sends nothing."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from cancel_desk.checks.plan import Plan
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.flows.results_doubt import no_answer_doubt, results_doubt
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell

PATIENCE_MS: Final = 3000


class Confirming(QObject):
    """Asks about each plan of the session, and begins those that are confirmed."""

    def __init__(self, shell: Shell, session: Session, *, patience_ms: int = PATIENCE_MS) -> None:
        """``patience_ms`` is how long the place for the results may take to answer."""
        super().__init__(shell)
        self._patience = patience_ms
        self._plan: Plan | None = None  # that is about to be asked about
        self._shell = shell
        self._session = session
        self._dialog: ConfirmDialog | None = None
        session.plan_made.connect(self._on_plan_made)
        session.released.connect(self._on_released)

    def withdraw(self) -> None:
        """Close the question, if there is one, and send nothing: the window closes."""
        self._plan = None
        if self._dialog is not None:
            self._dialog.reject()

    @Slot()
    def _on_released(self) -> None:
        self._plan = None

    @Slot(object)
    def _on_plan_made(self, plan: Plan) -> None:
        session = self._session
        review, connection = session.review, session.in_use.connection
        if review is None or connection is None:
            session.withdraw()
            return
        if not plan.lines:
            session.withdraw()
            self._shell.notice.tell(
                _("There is nothing to send: every row is left out. The problems say why."),
                tone="bad",
            )
            return
        self._plan = plan
        desk, source = session.desk, session.source
        session.background.start(
            lambda: results_doubt(desk, source, review),
            partial(self._ask, plan, review),
            session.fail,
        )
        QTimer.singleShot(self._patience, self, lambda: self._ask(plan, review, no_answer_doubt()))

    def _ask(self, plan: Plan, review: Review, doubt: str) -> None:
        """Ask about the plan, unless that was done; ``doubt`` is about saving its results."""
        if self._plan is not plan:
            return
        self._plan = None
        connection = self._session.in_use.connection
        if connection is None:
            self._session.withdraw()
            return
        self._dialog = dialog = ConfirmDialog(
            plan,
            review,
            self._session.settings,
            orders_a_minute=connection.client.cancel_pace.per_minute,
            doubt=doubt,
            parent=self._shell,
        )
        dialog.accepted.connect(self._on_accepted)
        dialog.rejected.connect(self._on_rejected)
        dialog.open()

    @Slot()
    def _on_accepted(self) -> None:
        if (dialog := self._take()) is not None:
            self._session.begin(dialog.plan, first_alone=dialog.first_alone)

    @Slot()
    def _on_rejected(self) -> None:
        if (dialog := self._take()) is None:
            return
        self._session.withdraw()
        if dialog.slept:
            self._shell.notice.tell(
                _(
                    "This computer slept while the run was held back, so nothing was sent. "
                    "Look at it again and confirm it anew."
                )
            )

    def _take(self) -> ConfirmDialog | None:
        """Return the dialog that has just ended; it is gone once its signals are through."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
        return dialog
