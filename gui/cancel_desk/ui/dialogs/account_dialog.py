"""Adding a store, or entering its keys again: they are tried out before they are kept."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cancel_desk.accounts.account import THIS_SESSION, Account
from cancel_desk.accounts.trial import Trial, try_keys
from cancel_desk.accounts.vault import VaultError, VaultProblem
from cancel_desk.connections import Connections
from cancel_desk.language import gettext as _
from cancel_desk.texts.connection import kept_sentence, trial_sentence
from cancel_desk.ui.background import Background
from cancel_desk.ui.buttons import ActionButton
from cancel_desk.ui.dialogs.account_form import AccountForm
from cancel_desk.ui.explain import explain
from cancel_desk.ui.notice import Notice
from cancel_desk.ui.theme import SPACE
from cancel_desk.walmart.token import Credentials

_T = TypeVar("_T")

_NO_KEYRING: Final = frozenset(
    {VaultProblem.ABSENT, VaultProblem.REFUSED_STORE, VaultProblem.BAD_CHOICE}
)
"""Problems that no second attempt gets over."""


class _Typed(NamedTuple):
    """A store and its keys as they were typed at one moment."""

    account: Account
    credentials: Credentials


class AccountDialog(QDialog):
    """Accepted once the account and its keys are kept.

    ``account`` is then the one kept, and ``kept_words`` say where its keys are.
    """

    def __init__(
        self,
        connections: Connections,
        background: Background,
        parent: QWidget | None = None,
        *,
        known: Account | None = None,
        why: str = "",
    ) -> None:
        """``known`` is the account whose keys are wanted again, and ``why``; None to add one."""
        super().__init__(parent)
        self._connections = connections
        self._background = background
        self._known = known
        self._busy = self._keeping = self._over = False
        self._no_keyring = False
        self._where = ""
        self._passed: _Typed | None = None
        self.account: Account | None = None
        self.kept_words = ""
        self.setWindowTitle(
            _("Enter the keys of {name}").format(name=known.name) if known else _("Add a store")
        )
        self.setMinimumWidth(560)
        self.form = AccountForm(known)
        self.notice = Notice()
        self.kept_in = QLabel(wordWrap=True)
        self.kept_in.setProperty("role", "muted")
        self.session_only = QCheckBox(_("&Use for this session only"))
        self.session_only.setToolTip(
            _("Hold the keys in memory until the program ends, and ask for them the next time")
        )
        self.session_only.hide()
        self._make_buttons()
        self._lay_out()
        self.form.edited.connect(self._show_state)
        self.session_only.toggled.connect(self._show_state)
        self._show_state()
        self._find_vault()
        if why:
            self.notice.tell(why, tone="bad")

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
        for part in (self.form, self.kept_in, self.session_only, self.notice):
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
        vault = self._connections.vault

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
        ready = self.form.complete and not self._busy
        session = self.session_only.isChecked()
        can_keep = session or not self._no_keyring
        tested = self._passed == self._typed()
        self.kept_in.setText(kept_sentence(THIS_SESSION) if session else self._where)
        self.form.setEnabled(not self._busy)
        self.session_only.setEnabled(not self._busy)
        self.cancel.setEnabled(not self._keeping)
        self.test.setEnabled(ready)
        self.save.setEnabled(ready and can_keep)
        self.untested.setEnabled(ready and can_keep)
        self.untested.setVisible(not tested)
        self.save.set_label(_("Save") if tested else _("Test and save"))

    def _typed(self) -> _Typed:
        return _Typed(self.form.account(), self.form.credentials())

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

    def _try(self, then: Callable[[_Typed], None]) -> None:
        """Try the keys out; ``then`` is called only if they are good."""
        typed = self._typed()

        def work() -> Trial:
            account = self._known or self._connections.book.admit(typed.account)
            return try_keys(account, typed.credentials)

        def show(trial: Trial) -> None:
            self._passed = typed if trial.passed else None
            tone = "good" if trial.passed else "bad"
            self.notice.tell(trial_sentence(trial, store=self.form.store), tone=tone)
            self._show_state()
            if trial.passed:
                then(typed)

        self.notice.tell(_("Asking Walmart…"))
        self._start(work, show)

    def _keep(self, typed: _Typed) -> None:
        """Write the account and its keys down, and close."""
        register, vault = self._connections.register, self._connections.vault
        session = self.session_only.isChecked()

        def work() -> tuple[Account, str]:
            if self._known is None:
                kept = register.add(typed.account, typed.credentials, this_session=session)
            else:
                name = self._known.name
                kept = register.replace_keys(name, typed.credentials, this_session=session)
            chosen_by = "" if kept.kept_in == THIS_SESSION else vault.chosen_by
            return kept, kept_sentence(kept.kept_in, chosen_by=chosen_by)

        def kept(found: tuple[Account, str]) -> None:
            self.account, self.kept_words = found
            self.accept()

        self._keeping = True
        self._start(work, kept)

    @Slot()
    def _on_test(self) -> None:
        self._try(lambda _typed: None)

    @Slot()
    def _on_save(self) -> None:
        if self._passed == self._typed():
            self._keep(self._typed())
        else:
            self._try(self._keep)

    @Slot()
    def _on_untested(self) -> None:
        self._keep(self._typed())
