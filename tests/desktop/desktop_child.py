"""Run in a session of its own: pretended services on its bus, and acts of the desktop there.

``desktop_child.py SERVICE,SERVICE ACT...`` prints a line of JSON for each thing the services heard.
"""

import json
import sys
import threading
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from cancel_desk.desktop import session_bus
from cancel_desk.desktop.freedesktop import LAUNCHER, FreeDesktop
from cancel_desk.desktop.session_bus import SessionBus
from patience import PATIENCE

COOKIE = 4711
OURS = ("Inhibit", "Uninhibit", "UnInhibit", "Notify")


class Services:
    """Own some names on the bus and answer what is asked of them."""

    def __init__(self, names: list[str]) -> None:
        self._connection: DBusConnection = open_dbus_connection(bus="SESSION")
        for name in names:
            self._connection.send_and_get_reply(message_bus.RequestName(name))
        rule = MatchRule(type="signal", interface=LAUNCHER.interface)
        self._connection.send_and_get_reply(message_bus.AddMatch(rule))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            self._hear(self._connection.receive())

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        member = fields.get(HeaderFields.member)
        if message.header.message_type is MessageType.signal:
            if member == "Update":
                self._tell(member, message.body)
            return
        if member == "GetCapabilities":
            answer = new_method_return(message, "as", (["body", "body-markup"],))
        elif member in OURS:
            self._tell(f"{fields[HeaderFields.destination]} {member}", message.body)
            answer = new_method_return(message, "u", (COOKIE,))
        else:
            answer = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
        self._connection.send(answer)

    def _tell(self, what: str, body: tuple[Any, ...]) -> None:
        sys.stdout.write(json.dumps([what, *body]) + "\n")
        sys.stdout.flush()


def act(desktop: FreeDesktop, name: str) -> None:
    """Do one thing."""
    match name:
        case "half":
            desktop.show_progress(50, 100, paused=False)
        case "still half":
            desktop.show_progress(1001, 2000, paused=False)
        case "clear":
            desktop.clear_progress()
        case "awake":
            desktop.keep_awake("Sending")
        case "sleep":
            desktop.let_sleep()
        case "notify":
            desktop.notify("Nord (LIVE)", "5 < 6 lines & more")
        case "close":
            desktop.close()


def main() -> None:
    """Answer the test."""
    names, *acts = sys.argv[1:]
    session_bus._PATIENCE = PATIENCE  # type: ignore[misc]
    if names:
        Services(names.split(","))
    bus = SessionBus()
    desktop = FreeDesktop(bus)
    for name in acts:
        act(desktop, name)
    # Everything before it is done once the bus's thread has ended.
    bus.close()
    with open_dbus_connection(bus="SESSION") as last:
        # The services have heard all that came before this answer.
        if names:
            address = DBusAddress("/", names.split(",")[0], "org.example.Last")
            last.send_and_get_reply(new_method_call(address, "Anything"))


if __name__ == "__main__":
    main()
