"""Listing a store's open orders at the terminal, for what a sheet doesn't say itself."""

import threading

from rich.progress import Progress, TextColumn

from cancel_desk.cli.attention import attend
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.connections import Connection
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.texts.connection import call_failed_sentence
from cancel_desk.walmart.failures import CallFailed
from cancel_desk.walmart.open_orders import ListingStopped, list_open_orders
from cancel_desk.walmart.orders import Order


def open_orders_of(front: Front, connection: Connection) -> tuple[Order, ...]:
    """Return the open orders of a store; Halt if it can't be asked or is stopped."""
    stopped = threading.Event()
    with Progress(
        TextColumn("{task.description}"),
        TextColumn("{task.fields[count]}"),
        console=front.messages,
        transient=True,
        disable=not front.messages.is_terminal,
    ) as bar:
        task = bar.add_task(_("Listing the open orders"), total=None, count="")

        def count(orders: int) -> None:
            bar.update(task, count=grouped(orders))

        try:
            return attend(
                lambda: list_open_orders(connection.client, progress=count, stopped=stopped.is_set),
                stop=stopped.set,
            )
        except CallFailed as failure:
            raise Halt(call_failed_sentence(failure, store=connection.store.name)) from failure
        except ListingStopped:
            raise Halt(_("Stopped while the open orders were listed. Nothing was sent.")) from None
