"""The person's message bus on Linux, spoken to from a thread of its own."""

import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

_PATIENCE: Final = 3.0  # seconds for one answer
_CLOSING: Final = 1.0


class Place(NamedTuple):
    """Where a service is on the bus, and the interface it is asked by."""

    name: str
    path: str
    interface: str


class Bus:
    """An open connection; used by the bus's own thread alone."""

    def __init__(self, connection: "DBusConnection") -> None:
        self._connection = connection

    def call(self, place: Place, method: str, signature: str = "", *values: object) -> Any:
        """Return what a service answers: a tuple of values.

        DBusErrorResponse where it has no such service or refuses, TimeoutError, OSError.
        """
        from jeepney import DBusAddress, new_method_call
        from jeepney.wrappers import unwrap_msg

        address = DBusAddress(place.path, place.name, place.interface)
        asked = new_method_call(address, method, signature or None, values)
        return unwrap_msg(self._connection.send_and_get_reply(asked, timeout=_PATIENCE))

    def tell(self, place: Place, signal: str, signature: str, *values: object) -> None:
        """Send a signal to whoever listens; OSError."""
        from jeepney import DBusAddress, new_signal

        emitter = DBusAddress(place.path, interface=place.interface)
        self._connection.send(new_signal(emitter, signal, signature, values))


class SessionBus:
    """Does work with the bus in order, in one thread; without a bus it does none.

    The connection stays open in between: what services hold for us ends with it.
    """

    def __init__(self) -> None:
        self._work: SimpleQueue[Callable[[Bus], object] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def do(self, work: Callable[[Bus], object]) -> None:
        """Have ``work`` done; whatever a service refuses is left undone."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="session bus", daemon=True)
            self._thread.start()
        self._work.put(work)

    def close(self) -> None:
        """Do what is still to be done, then close the connection; waits a second at most."""
        if self._thread is not None:
            self._work.put(None)
            self._thread.join(_CLOSING)

    def _run(self) -> None:
        # Whoever has no bus, or one that breaks, can send all the same.
        with suppress(Exception):
            from jeepney.io.blocking import open_dbus_connection

            with open_dbus_connection(bus="SESSION") as connection:
                self._serve(Bus(connection))

    def _serve(self, bus: Bus) -> None:
        from jeepney.wrappers import DBusErrorResponse

        while (work := self._work.get()) is not None:
            with suppress(DBusErrorResponse, TimeoutError):
                work(bus)
