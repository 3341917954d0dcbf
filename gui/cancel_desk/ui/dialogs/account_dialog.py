"""Adding a store, changing it, or entering its keys again: tried out before it is kept."""

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cancel_desk.accounts.account import THIS_SESSION, Account
from cancel_desk.accounts.vault import VaultError, VaultProblem
from cancel_desk.desk import Desk
from cancel_desk.language import gettext as _
from cancel_desk.runs.run import Run
from cancel_desk.texts.account_changes import change_sentence, other_store_found_sentence
from cancel_desk.texts.connection import kept_sentence, trial_sentence
from cancel_desk.ui.dialogs.account_form import AccountForm
from cancel_desk.ui.dialogs.account_task import AccountTask, Tried, Typed
from cancel_desk.ui.explain import explain
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.notice import Notice
from cancel_desk.ui.widgets.theme import SPACE
from cancel_desk.unfinished import UnfinishedRun

_T = TypeVar("_T")

_NO_KEYRING: Final = frozenset(
    {VaultProblem.ABSENT, VaultProblem.REFUSED_STORE, VaultProblem.BAD_CHOICE}
)
"""Problems that no second attempt gets over."""


class AccountDialog(QDialog):
    """Accepted once the account and its keys are kept.

    ``account`` is then the one kept, and ``kept_words`` say where its keys are.
    """

    def __init__(
        self,
        desk: Desk,
        background: Background,
        parent: QWidget | None = None,
        *,
        known: Account | None = None,
        why: str = "",
        opened: Run | None = None,
    ) -> None:
        """``known`` is the account to change, None to add one; ``opened`` the run open here.

        ``why`` says why its keys are wanted again; then nothing but the keys can be changed.
        """
        super().__init__(parent)
        self._vault = desk.connections.vault
        self._background = background
        self._task = AccountTask(desk, known, opened)
        self._busy = self._keeping = self._over = False
        self._no_keyring = False
        self._where = ""
        self._passed: Typed | None = None
        self.account: Account | None = None
        self.kept_words = ""
        self.setWindowTitle(_title(known, keys_only=bool(why)))
        self.setMinimumWidth(560)
        self.form = AccountForm(known, keys_only=bool(why))
        self.notice = Notice()
        self._make_parts()
        self._make_buttons()
        self._lay_out()
        for signal in (self.form.edited, self.session_only.toggled, self.same_store.toggled):
            signal.connect(self._show_state)
        self._show_state()
        self._find_vault()
        if known is not None:
            self._background.start(self._task.look, self._on_looked, self._on_not_looked)
        if why:
            self.notice.tell(why, tone="bad")

    def _make_parts(self) -> None:
        self.kept_in = QLabel(wordWrap=True)
        self.kept_in.setProperty("role", "muted")
        self.session_only = QCheckBox(_("&Use for this session only"))
        self.session_only.setToolTip(
            _("Hold the keys in memory until the program ends, and ask for them the next time")
        )
        self.session_only.hide()
        self.same_store = QCheckBox(_("These are other keys of the sa&me store"))
        self.same_store.setToolTip(
            _("Take what was sent and confirmed with the keys before as this store's own")
        )
        self.same_store.hide()
        self.meaning = QLabel(wordWrap=True)
        self.meaning.hide()

    def _make_buttons(self) -> None:
        self.test = ActionButton(
            _("Test connection"), keys="Alt+T", tip=_("Ask Walmart whether these keys work")
        )
        self.untested = ActionButton(
            _("Save untested"), keys="", tip=_("Save without asking Walmart whether the keys work")
        )
        self.save = ActionButton(
            "",
            keys="Ctrl+S",
            tip=_("Ask Walmart whether these keys work, and save them if they do"),
            role="primary",
        )
        self.cancel = ActionButton(_("Close"), keys="", tip=_("Save nothing"))
        self.test.clicked.connect(self._on_test)
        self.untested.clicked.connect(self._on_untested)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        for part in (
            self.form,
            self.kept_in,
            self.session_only,
            self.same_store,
            self.meaning,
            self.notice,
        ):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.test)
        row.addStretch(1)
        for button in (self.cancel, self.untested, self.save):
            row.addWidget(button)
        column.addLayout(row)

    def event(self, event: QEvent) -> bool:
        """Stay as tall as the words need at this width; Qt alone would squeeze the fields."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            layout = self.layout()
            if layout is not None:
                self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
        return super().event(event)

    def done(self, result: int) -> None:
        """Close, unless keys are being kept at this moment: then how that ends is waited for."""
        if self._keeping:
            return
        self._over = True
        super().done(result)

    # where the keys go

    def _find_vault(self) -> None:
        vault = self._vault

        def say(sentence: str) -> None:
            self._where = sentence
            if not self._over:
                self._show_state()

        def not_found(error: Exception) -> None:
            say(explain(error).sentence)
            self._offer_session(error)

        self._background.start(
            lambda: kept_sentence(vault.store_name, chosen_by=vault.chosen_by), say, not_found
        )

    def _offer_session(self, error: Exception) -> None:
        """Where the keyring fails, let the person choose to go without; never choose for them."""
        if isinstance(error, VaultError) and not self._over:
            self._no_keyring = self._no_keyring or error.problem in _NO_KEYRING
            self.session_only.show()
            self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self._show_meaning()
        typed = self._typed()
        ready = self.form.complete and not self._busy
        session = self.session_only.isChecked()
        can_keep = session or not self._no_keyring or typed.new_keys is None
        can_keep = can_keep and self._task.is_change(typed)
        tested = self._passed == typed or not self._task.must_be_tried(typed)
        self.kept_in.setText(kept_sentence(THIS_SESSION) if session else self._where_kept(typed))
        self.form.setEnabled(not self._busy)
        self.session_only.setEnabled(not self._busy)
        self.same_store.setEnabled(not self._busy)
        self.cancel.setEnabled(not self._keeping)
        self.test.setEnabled(ready)
        self.save.setEnabled(ready and can_keep)
        # That keys are of the same store is not taken on trust alone.
        self.untested.setEnabled(ready and can_keep and not typed.same_store)
        self.untested.setVisible(not tested)
        self.save.set_label(_("Save") if tested else _("Test and save"))

    def _where_kept(self, typed: Typed) -> str:
        """Say where keys go, or where they are if they stay."""
        known = self._task.known
        stay = known is not None and typed.new_keys is None
        return kept_sentence(known.kept_in) if stay and known and known.kept_in else self._where

    def _show_meaning(self) -> None:
        """Say what the change means for unfinished runs, and ask whose other keys are."""
        known, typed = self._task.known, self._typed()
        if known is None:
            return
        other_keys = bool(self._task.others(typed))
        self.same_store.setVisible(other_keys)
        meaning = change_sentence(
            known,
            typed.account,
            len(self._task.runs),
            other_keys=other_keys,
            same_store=typed.same_store,
        )
        self.meaning.setText(meaning)
        self.meaning.setVisible(bool(meaning))

    def _typed(self) -> Typed:
        typed = Typed(self.form.account(), self.form.credentials())
        same_store = self.same_store.isChecked() and bool(self._task.others(typed))
        return typed._replace(same_store=same_store)

    def _on_looked(self, runs: tuple[UnfinishedRun, ...]) -> None:
        if not self._over:
            self._task.runs = runs
            self._show_state()

    def _on_not_looked(self, error: Exception) -> None:
        if not self._over:
            self.notice.explain(explain(error))

    # trying out and keeping

    def _start(self, work: Callable[[], _T], then: Callable[[_T], None]) -> None:
        """Do work that may take long; the fields wait for it."""
        focus = self.focusWidget()
        self._busy = True
        self._show_state()

        def ended() -> bool:
            self._busy = self._keeping = False
            if self._over:
                return False
            self._show_state()
            if focus is not None:
                focus.setFocus()
            return True

        def failed(error: Exception) -> None:
            if ended():
                self.notice.explain(explain(error, store=self.form.store))
                self._offer_session(error)

        def succeeded(found: _T) -> None:
            if ended():
                then(found)

        self._background.start(work, succeeded, failed)

    def _try(self, then: Callable[[Typed], None]) -> None:
        """Try the keys out; ``then`` is called only if they are good."""
        typed = self._typed()

        def show(tried: Tried) -> None:
            self._passed = typed if tried.passed else None
            tone = "good" if tried.passed else "bad"
            if tried.not_there:
                sentence = other_store_found_sentence(self.form.store, tried.not_there)
            else:
                sentence = trial_sentence(tried.trial, store=self.form.store)
            self.notice.tell(sentence, tone=tone)
            self._show_state()
            if tried.passed:
                then(typed)

        self.notice.tell(_("Asking Walmart…"))
        self._start(lambda: self._task.try_out(typed), show)

    def _keep(self, typed: Typed) -> None:
        """Write the account and its keys down, and close."""
        session = self.session_only.isChecked()

        def kept(found: tuple[Account, str]) -> None:
            self.account, self.kept_words = found
            self.accept()

        self._keeping = True
        self._start(lambda: self._task.keep(typed, this_session=session), kept)

    @Slot()
    def _on_test(self) -> None:
        self._try(lambda _typed: None)

    @Slot()
    def _on_save(self) -> None:
        typed = self._typed()
        if self._passed == typed or not self._task.must_be_tried(typed):
            self._keep(typed)
        else:
            self._try(self._keep)

    @Slot()
    def _on_untested(self) -> None:
        self._keep(self._typed())


def _title(known: Account | None, *, keys_only: bool) -> str:
    if known is None:
        return _("Add a store")
    title = _("Enter the keys of {name}") if keys_only else _("Edit {name}")
    return title.format(name=known.name)
