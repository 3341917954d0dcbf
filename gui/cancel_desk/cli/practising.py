"""The command that runs the practice store until it is stopped."""

import threading

from cancel_desk.accounts.variables import BASE_URL, CLIENT_ID, CLIENT_SECRET
from cancel_desk.cli.attention import attend
from cancel_desk.cli.front import Front, readable
from cancel_desk.cli.halt import Halt
from cancel_desk.cli.wishes import PracticeWish
from cancel_desk.language import gettext as _
from cancel_desk.practice import tokens
from cancel_desk.practice.bucket import Limits
from cancel_desk.practice.catalogue import many_orders, sample_orders
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.sample import clean_rows, sample_rows, write_sheet
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore


def practise(front: Front, wish: PracticeWish, faults: Faults) -> int:
    """Print the address on stdout, then how to use the store; return when it is stopped."""
    store = PracticeStore(
        seed=wish.seed,
        stock=sample_orders if wish.orders is None else many_orders(wish.orders),
        state=wish.state,
        faults=faults,
        limits=Limits(cancel=wish.per_minute),
    )
    if wish.sample is not None:
        orders = store.orders()
        write_sheet(wish.sample, sample_rows(orders) if wish.orders is None else clean_rows(orders))
    server = PracticeServer(store, port=wish.port)
    try:
        server.start()
    except OSError as error:
        raise Halt(
            _("Port {port} can't be opened: {why}. Choose another one with --port.").format(
                port=wish.port, why=error.strerror or error
            )
        ) from error
    stopped = threading.Event()

    def serve() -> None:
        # Only now: whoever reads the address may stop the store at once.
        _introduce(front, server.address, wish)
        stopped.wait()

    try:
        attend(serve, stop=stopped.set)
    finally:
        server.stop()
    return 0


def _introduce(front: Front, address: str, wish: PracticeWish) -> None:
    front.show(readable(address))
    front.show(
        readable(
            "\n".join(
                [
                    f"{BASE_URL}={address}",
                    f"{CLIENT_ID}={tokens.CLIENT_ID}",
                    f"{CLIENT_SECRET}={tokens.CLIENT_SECRET}",
                ]
            )
        )
    )
    # A program that reads the address must not wait for a buffer to fill.
    front.report.file.flush()
    if wish.sample is not None:
        front.say(_("A sheet for this store: {path}").format(path=wish.sample))
    else:
        front.say(_("Add --sample OUT.xlsx to have a sheet for this store written."))
    front.say(_("With these three variables set, the account env is this store. Ctrl+C stops it."))
