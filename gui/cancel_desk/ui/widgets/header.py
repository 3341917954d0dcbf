"""The header: the four steps on the left, the store with its badge and the menus on the right."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from cancel_desk.accounts.account import ENV_NAME, Account, Environment
from cancel_desk.language import OWN_NAMES
from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.badge import Badge
from cancel_desk.ui.widgets.buttons import ActionButton, with_keys
from cancel_desk.ui.widgets.steps import Step, step_name
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, SPACE

_NARROWEST_NAME: Final = 80
"""Pixels of a store's name that are shown at least."""


class Header(QFrame):
    """Always there; says where the person is, and whose orders they are about to touch."""

    step_chosen = Signal(object)  # Step
    account_chosen = Signal(object)  # Account
    add_account_chosen = Signal()
    edit_account_chosen = Signal()
    remove_account_chosen = Signal()
    history_chosen = Signal()
    numbers_chosen = Signal()
    welcome_chosen = Signal()
    guide_chosen = Signal()
    shortcuts_chosen = Signal()
    report_chosen = Signal()
    updates_chosen = Signal()
    about_chosen = Signal()
    quit_chosen = Signal()
    language_chosen = Signal(str)  # its code; "" for that of the system

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.steps = {step: self._step_button(step) for step in Step}
        self._account: Account | None = None
        self._store = self._locked_because = ""
        self.badge = Badge()
        self.account_menu = QMenu(self)
        self.account_button = ActionButton(
            "", keys="Alt+A", tip=_("Choose the store, add, edit or remove one"), role="menu"
        )
        self.account_button.setMenu(self.account_menu)
        self.help_button = ActionButton(
            "☰", keys="Alt+M", tip=_("History, help and keyboard shortcuts"), role="menu"
        )
        self.help_button.setAccessibleName(_("Menu"))
        self.help_button.setMenu(self._help_menu())
        self._lay_out()

    def _lay_out(self) -> None:
        brand = QLabel("Cancel Desk")
        brand.setProperty("role", "brand")
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, SPACE - 2, SPACE, SPACE - 2)
        row.setSpacing(SPACE)
        row.addWidget(brand)
        row.addSpacing(SPACE)
        for button in self.steps.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.badge)
        row.addWidget(self.account_button)
        row.addWidget(self.help_button)

    def _step_button(self, step: Step) -> ActionButton:
        button = ActionButton(
            step_name(step),
            keys=f"Alt+{step.value}",
            tip=_("Go to step {n}: {name}").format(n=step.value, name=step_name(step)),
            role="step",
        )
        button.clicked.connect(partial(self._on_step, step))
        return button

    def _on_step(self, step: Step) -> None:
        self.step_chosen.emit(step)

    def _help_menu(self) -> QMenu:
        menu = QMenu(self)
        history = QAction(_("History of all runs…"), self)
        history.setShortcut(QKeySequence("Ctrl+Shift+H"))
        history.triggered.connect(self.history_chosen)
        numbers = QAction(_("Numbers of a month…"), self)
        numbers.setShortcut(QKeySequence("Ctrl+Shift+M"))
        numbers.triggered.connect(self.numbers_chosen)
        welcome = QAction(_("Welcome"), self)
        welcome.triggered.connect(self.welcome_chosen)
        guide = QAction(_("Guide"), self)
        guide.setShortcut(QKeySequence.StandardKey.HelpContents)
        guide.triggered.connect(self.guide_chosen)
        shortcuts = QAction(_("Keyboard shortcuts"), self)
        shortcuts.setShortcut(QKeySequence("Ctrl+F1"))
        shortcuts.triggered.connect(self.shortcuts_chosen)
        report = QAction(_("Save a report for support…"), self)
        report.triggered.connect(self.report_chosen)
        updates = QAction(_("Check for updates…"), self)
        updates.triggered.connect(self.updates_chosen)
        about = QAction(_("About Cancel Desk"), self)
        about.triggered.connect(self.about_chosen)
        leave = QAction(_("Quit"), self)
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.triggered.connect(self.quit_chosen)
        about_it = (welcome, guide, shortcuts, report, updates, about)
        for action in (history, numbers, *about_it, leave):
            action.setToolTip(with_keys(action.text(), action.shortcut()))
            menu.addAction(action)
        # Their shortcuts work while the menu is closed.
        self.addActions([history, guide, shortcuts, leave])
        self.languages = QMenu(_("Language"), menu)
        menu.insertMenu(leave, self.languages)
        return menu

    def show_languages(self, chosen: str, system: str) -> None:
        """Offer the languages; ``chosen`` is the code of one, or "" for the system's."""
        self.languages.clear()
        group = QActionGroup(self.languages)
        names = {"": _("System ({language})").format(language=OWN_NAMES[system]), **OWN_NAMES}
        for code, name in names.items():
            action = self.languages.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == chosen)
            action.setActionGroup(group)
            action.triggered.connect(partial(self._on_language, code))

    def _on_language(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.language_chosen.emit(code)

    def show_step(self, here: Step, *, open_steps: Collection[Step]) -> None:
        """Show where the person is, and the steps they may go to."""
        for step, button in self.steps.items():
            stage = "here" if step is here else "done" if step < here else "ahead"
            mark = "✓" if stage == "done" else str(step.value)
            button.set_label(f"{mark} {step_name(step)}")
            button.setEnabled(step is here or step in open_steps)
            button.setProperty("stage", stage)
            button.style().unpolish(button)
            button.style().polish(button)

    def show_account(self, account: Account, accounts: Sequence[Account]) -> None:
        """Show the store in use and offer the others."""
        self.badge.show_environment(account.environment)
        self._account = account
        self._store = _("Store: {store}, {badge}").format(
            store=f"{account.name} · {account.market}", badge=account.environment
        )
        self._fit_name()
        self._show_tip()
        self.account_menu.clear()
        choice = QActionGroup(self.account_menu)
        for each in accounts:
            action = self.account_menu.addAction(_account_label(each))
            action.setCheckable(True)
            action.setChecked(each.name == account.name)
            action.setActionGroup(choice)
            action.triggered.connect(partial(self._on_account, each))
        self.account_menu.addSeparator()
        self.account_menu.addAction(_("Add a store…"), self.add_account_chosen.emit)
        if account.environment is not Environment.PRACTICE and account.name != ENV_NAME:
            text = _("Edit {name}…").format(name=_plain(account.name))
            self.account_menu.addAction(text, self.edit_account_chosen.emit)
            text = _("Remove {name}…").format(name=_plain(account.name))
            self.account_menu.addAction(text, self.remove_account_chosen.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the store's name as there is room for."""
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        """Shorten the store's name in its middle: market and badge are to be seen in any case."""
        if self._account is None:
            return
        market, metrics = self._account.market, self.account_button.fontMetrics()
        self.account_button.set_label(f" · {market} ▾")
        room = max(_NARROWEST_NAME, self.width() - self.minimumSizeHint().width())
        name = metrics.elidedText(self._account.name, Qt.TextElideMode.ElideMiddle, room)
        self.account_button.set_label(f"{name} · {market} ▾")
        self.account_button.setAccessibleName(self._store)

    def _on_account(self, account: Account) -> None:
        self.account_chosen.emit(account)

    def lock_account(self, why: str) -> None:
        """Let the account not be changed; ``why`` is empty to let it again."""
        self.account_button.setEnabled(not why)
        self._locked_because = why
        self._show_tip()

    def _show_tip(self) -> None:
        tip = self._locked_because or _("Choose the store, add, edit or remove one")
        if self._store:
            tip = _("{store}. {tip}").format(store=self._store, tip=tip)
        self.account_button.set_tip(tip)


def _plain(name: str) -> str:
    return name.replace("&", "&&")


def _account_label(account: Account) -> str:
    return f"{_plain(account.name)} · {account.market} · {account.environment}"
