"""The fields of a store: its name, market and address, and the keys to it."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.accounts.account import (
    PRODUCTION_URL,
    SANDBOX_URL,
    Account,
    Environment,
    Market,
)
from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE
from cancel_desk.walmart.token import Credentials

PORTAL: Final = "https://developer.walmart.com"

_ADDRESSES = {Environment.LIVE: PRODUCTION_URL, Environment.SANDBOX: SANDBOX_URL}


class AccountForm(QWidget):
    """What is typed about one store; of a store that is known, the keys may stay as they are."""

    edited = Signal()

    def __init__(self, known: Account | None = None, *, keys_only: bool = False) -> None:
        """``keys_only``: nothing but the keys can be typed, and they must be."""
        super().__init__()
        self._known = known
        self._keys_only = keys_only
        self.name = QLineEdit(placeholderText=_("Your shop's name"))
        self.market = QComboBox()
        for market, label in _markets():
            self.market.addItem(label, market)
        self.environment = QComboBox()
        self.environment.addItem(_("Live store"), Environment.LIVE)
        self.environment.addItem(_("Walmart's sandbox"), Environment.SANDBOX)
        self.address = QLineEdit()
        self.client_id = QLineEdit()
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.portal = ActionButton(
            _("Open developer.walmart.com"),
            keys="Alt+O",
            tip=_("Open Walmart's developer portal in your browser"),
            role="link",
        )
        self._fill()
        self._lay_out()
        self._connect()

    def _fill(self) -> None:
        if self._known is None:
            self._on_environment()
            return
        self.name.setText(self._known.name)
        self.market.setCurrentIndex(self.market.findData(self._known.market))
        self.environment.setCurrentIndex(self.environment.findData(self._known.environment))
        self.address.setText(self._known.base_url)
        for field in (self.name, self.market, self.environment, self.address):
            field.setEnabled(not self._keys_only)
        if not self._keys_only:
            for key in (self.client_id, self.secret):
                key.setPlaceholderText(_("Leave empty to keep the keys as they are"))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, field in (
            (_("&Name"), self.name),
            (_("&Market"), self.market),
            (_("&Kind"), self.environment),
            (_("&Address"), self.address),
            (_("Client &ID"), self.client_id),
            (_("Client &secret"), self.secret),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + 4)
        column.addLayout(form)
        column.addWidget(self._guide())

    def _guide(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        words = QLabel(
            _(
                "Where the keys are: in Seller Center, open the API Integration page and choose "
                "API Key Management. Sign in there with your Seller Center account and copy your "
                "own client ID and client secret (the pair with the lock beside it)."
            ),
            wordWrap=True,
        )
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.addWidget(words)
        column.addWidget(self.portal, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _connect(self) -> None:
        self.environment.currentIndexChanged.connect(self._on_environment)
        self.market.currentIndexChanged.connect(self._on_edited)
        self.portal.clicked.connect(self._on_portal)
        for field in (self.name, self.address, self.client_id, self.secret):
            field.textChanged.connect(self._on_edited)

    @property
    def store(self) -> str:
        """What to call the store, also while it has no name yet."""
        return self.name.text().strip() or "Walmart"

    @property
    def complete(self) -> bool:
        """Whether nothing is left to fill in."""
        store = all(field.text().strip() for field in (self.name, self.address))
        keys = [bool(field.text().strip()) for field in (self.client_id, self.secret)]
        may_stay = self._known is not None and not self._keys_only
        return store and (all(keys) or (may_stay and not any(keys)))

    def account(self) -> Account:
        """Return the store as it is typed, good or not."""
        typed = Account(
            self.name.text().strip(),
            Market(self.market.currentData()),
            Environment(self.environment.currentData()),
            self.address.text().strip(),
        )
        if self._known is None:
            return typed
        return replace(typed, kept_in=self._known.kept_in, sellers=self._known.sellers)

    def credentials(self) -> Credentials:
        """Return the keys as they are typed."""
        return Credentials(self.client_id.text().strip(), self.secret.text().strip())

    @Slot()
    def _on_environment(self) -> None:
        self.address.setText(_ADDRESSES[Environment(self.environment.currentData())])

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    @Slot()
    def _on_portal(self) -> None:
        QDesktopServices.openUrl(QUrl(PORTAL))


def _markets() -> list[tuple[Market, str]]:
    return [
        (Market.US, _("United States (US)")),
        (Market.CA, _("Canada (CA)")),
        (Market.MX, _("Mexico (MX)")),
        (Market.CL, _("Chile (CL)")),
    ]
