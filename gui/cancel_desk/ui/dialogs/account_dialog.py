"""Adding a store: its name, market and keys, tried out before they are kept."""

from collections.abc import Callable
from gettext import gettext as _

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
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
    checked_address,
    checked_name,
    honest,
)
from cancel_desk.connections import Connections
from cancel_desk.ui.background import Background
from cancel_desk.ui.buttons import ActionButton
from cancel_desk.ui.explain import explain
from cancel_desk.ui.notice import Notice
from cancel_desk.ui.theme import SPACE
from cancel_desk.walmart.client import TokenDetail, WalmartClient
from cancel_desk.walmart.token import Credentials

PORTAL = "https://developer.walmart.com"

_ADDRESSES = {Environment.LIVE: PRODUCTION_URL, Environment.SANDBOX: SANDBOX_URL}


class AccountDialog(QDialog):
    """Accepted once the account and its keys are kept; ``account`` is then the one kept."""

    def __init__(
        self, connections: Connections, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._connections = connections
        self._background = background
        self._busy = False
        self.account: Account | None = None
        self.setWindowTitle(_("Add a store"))
        self.setMinimumWidth(560)
        self._make_fields()
        self._make_buttons()
        self.notice = Notice()
        self._lay_out()
        self._on_environment()
        self._show_state()
        self._find_vault()

    def _make_fields(self) -> None:
        self.name = QLineEdit(placeholderText=_("Your shop's name"))
        self.market = QComboBox()
        for market, label in _markets():
            self.market.addItem(label, market)
        self.environment = QComboBox()
        self.environment.addItem(_("Live store"), Environment.LIVE)
        self.environment.addItem(_("Walmart's sandbox"), Environment.SANDBOX)
        self.environment.currentIndexChanged.connect(self._on_environment)
        self.address = QLineEdit()
        self.client_id = QLineEdit()
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.name, self.address, self.client_id, self.secret):
            field.textChanged.connect(self._on_edited)
        self.market.currentIndexChanged.connect(self._on_edited)
        self.kept_in = QLabel(wordWrap=True)
        self.kept_in.setProperty("role", "muted")
        self._tested = False

    def _make_buttons(self) -> None:
        self.test = ActionButton(
            _("Test connection"), keys="Alt+T", tip=_("Ask Walmart whether these keys work")
        )
        self.save = ActionButton(
            "",
            keys="Ctrl+S",
            tip=_("Keep the store, and its keys in this computer's keyring"),
            role="primary",
        )
        self.cancel = ActionButton(_("Close"), keys="", tip=_("Add nothing"))
        self.portal = ActionButton(
            _("Open developer.walmart.com"),
            keys="Alt+O",
            tip=_("Open Walmart's developer portal in your browser"),
            role="link",
        )
        self.test.clicked.connect(self._on_test)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.reject)
        self.portal.clicked.connect(self._on_portal)

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
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addLayout(form)
        column.addWidget(self._guide())
        column.addWidget(self.kept_in)
        column.addWidget(self.notice)
        row = QHBoxLayout()
        row.addWidget(self.test)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column.addLayout(row)

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

    def _find_vault(self) -> None:
        def found(name: str) -> None:
            self.kept_in.setText(
                _("The keys will be kept in: {store}. They are never written to a file.").format(
                    store=name
                )
            )

        self._background.start(
            lambda: self._connections.vault.store_name,
            found,
            lambda error: self.kept_in.setText(explain(error).sentence),
        )

    @property
    def _credentials(self) -> Credentials:
        return Credentials(self.client_id.text().strip(), self.secret.text().strip())

    def _wanted(self) -> Account:
        """Return the account as it is typed. AccountError."""
        return honest(
            Account(
                checked_name(self.name.text()),
                Market(self.market.currentData()),
                Environment(self.environment.currentData()),
                checked_address(self.address.text()),
            )
        )

    @Slot()
    def _on_environment(self) -> None:
        self.address.setText(_ADDRESSES[Environment(self.environment.currentData())])

    @Slot()
    def _on_edited(self) -> None:
        self._tested = False
        self._show_state()

    def _show_state(self) -> None:
        keys = self.client_id.text().strip() and self.secret.text().strip()
        complete = bool(keys and self.name.text().strip() and self.address.text().strip())
        self.test.setEnabled(complete and not self._busy)
        self.save.setEnabled(complete and not self._busy)
        self.save.set_label(_("Save") if self._tested else _("Save without a test"))

    def _start(self, work: Callable[[], None], done: Callable[[], None]) -> None:
        """Do work that may take long; the fields wait for it."""
        self._busy = True
        self._show_state()

        def ended() -> None:
            self._busy = False
            self._show_state()

        def failed(error: Exception) -> None:
            ended()
            store = self.name.text().strip() or "Walmart"
            self.notice.explain(explain(error, store=store))

        def succeeded(_none: None) -> None:
            ended()
            done()

        self._background.start(work, succeeded, failed)

    @Slot()
    def _on_test(self) -> None:
        credentials = self._credentials
        found: list[TokenDetail] = []
        try:
            endpoint = self._wanted().endpoint()
        except Exception as error:  # noqa: BLE001 - every AccountError has its sentence
            self.notice.explain(explain(error))
            return

        def ask() -> None:
            client = WalmartClient(endpoint, credentials)
            try:
                found.append(client.token_detail())
            finally:
                client.close()

        self.notice.tell(_("Asking Walmart…"))
        self._start(ask, lambda: self._show_detail(found[0]))

    def _show_detail(self, detail: TokenDetail) -> None:
        self._tested = detail.is_valid and detail.orders_scope in ("full_access", "")
        if self._tested:
            self.notice.tell(_("These keys work and may cancel orders."), tone="good")
        elif not detail.is_valid:
            self.notice.tell(
                _("Walmart says that these keys are not valid. Copy them again."), tone="bad"
            )
        else:
            self.notice.tell(
                _(
                    "These keys work, but may not cancel orders. In Walmart's developer portal, "
                    "give them full access to orders, then test again."
                ),
                tone="bad",
            )
        self._show_state()

    @Slot()
    def _on_save(self) -> None:
        credentials = self._credentials
        try:
            wanted = self._wanted()
        except Exception as error:  # noqa: BLE001 - every AccountError has its sentence
            self.notice.explain(explain(error))
            return

        def keep() -> None:
            kept = self._connections.book.add(wanted)
            try:
                self._connections.vault.save(kept.name, credentials)
            except BaseException:
                self._connections.book.remove(kept.name)
                raise
            self.account = kept

        self._start(keep, self.accept)

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
