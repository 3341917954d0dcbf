"""A practice store that takes orders as fast as they come."""

import contextlib
from pathlib import Path

from cancel_desk.accounts.account import practice_account
from cancel_desk.accounts.book import AccountBook
from cancel_desk.accounts.vault import Vault
from cancel_desk.checks.plan import Store
from cancel_desk.connections import Connection, Connections
from cancel_desk.folders import Folders
from cancel_desk.practice.bucket import Limits
from cancel_desk.practice.catalogue import Stock, sample_orders
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.token import Credentials

FAST = 6000.0
"""Cancels a minute of the store in these tests."""


class FastConnections(Connections):
    """Practice stores that allow 6000 cancels a minute, and are kept at hand."""

    def __init__(
        self, folders: Folders, *, stock: Stock = sample_orders, per_minute: float = FAST
    ) -> None:
        super().__init__(folders, AccountBook(folders.accounts), Vault(), {})
        self.folders = folders
        self.stores: list[PracticeStore] = []
        self._stock = stock
        self._per_minute = per_minute

    def connect(self, name: str, *, practice_state: Path | None = None) -> Connection:
        if self.account(name).name != practice_account("").name:
            return super().connect(name, practice_state=practice_state)
        state = practice_state or self.folders.practice / f"{len(self.stores)}.jsonl"
        limits = Limits(cancel=self._per_minute, read=2 * FAST)
        self.stores.append(PracticeStore(state=state, limits=limits, stock=self._stock))
        ends = contextlib.ExitStack()
        server = ends.enter_context(PracticeServer(self.stores[-1]))
        account = practice_account(server.address)
        endpoint = account.endpoint(cancels_per_minute=self._per_minute)
        client = WalmartClient(endpoint, Credentials(CLIENT_ID, CLIENT_SECRET))
        ends.callback(client.close)
        store = Store(account.name, account.market, account.environment, endpoint.base_url)
        return Connection(account.name, store, client, state, ends)
