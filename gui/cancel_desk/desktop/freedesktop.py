"""Linux desktops: LauncherEntry, Notifications, and the inhibitions that desktops offer."""

import html
from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from cancel_desk.desktop.session_bus import Bus, Place, SessionBus

APPLICATION: Final = "cancel-desk"
"""The name of the desktop entry, without its ending."""

LAUNCHER: Final = Place(
    "", f"/{APPLICATION.replace('-', '_')}", "com.canonical.Unity.LauncherEntry"
)
NOTIFICATIONS: Final = Place(
    "org.freedesktop.Notifications",
    "/org/freedesktop/Notifications",
    "org.freedesktop.Notifications",
)
_SUSPENDING: Final = 4  # of GNOME's flags: the session may not be suspended by itself
_SERVER_DECIDES: Final = -1  # how long a notification stays


class Inhibition(NamedTuple):
    """A service that keeps a session awake, and how it is asked to."""

    place: Place
    signature: str
    values: Callable[[str], tuple[object, ...]]
    release: str


INHIBITIONS: Final = (
    Inhibition(
        Place("org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager"),
        "susu",
        lambda why: (APPLICATION, 0, why, _SUSPENDING),
        "Uninhibit",
    ),
    Inhibition(
        Place(
            "org.freedesktop.PowerManagement",
            "/org/freedesktop/PowerManagement/Inhibit",
            "org.freedesktop.PowerManagement.Inhibit",
        ),
        "ss",
        lambda why: (APPLICATION, why),
        "UnInhibit",
    ),
    Inhibition(
        Place(
            "org.freedesktop.ScreenSaver",
            "/org/freedesktop/ScreenSaver",
            "org.freedesktop.ScreenSaver",
        ),
        "ss",
        lambda why: (APPLICATION, why),
        "UnInhibit",
    ),
)
"""The first that a desktop has is used. Each ends by itself when our connection does."""


class FreeDesktop:
    """A Desktop over the session bus; see :class:`cancel_desk.ui.desktop.desktop.Desktop`."""

    def __init__(self, bus: SessionBus) -> None:
        self._bus = bus
        self._percent: tuple[int, bool] | None = None
        self._release: Callable[[Bus], object] | None = None  # of the bus's thread

    def show_progress(self, done: int, total: int, *, paused: bool) -> None:
        """Show a bar on the icon in the dock or panel, where that listens."""
        percent = (100 * done // max(1, total), paused)
        if percent != self._percent:
            self._percent = percent
            self._update({"progress": ("d", percent[0] / 100), "progress-visible": ("b", True)})

    def clear_progress(self) -> None:
        """Show no bar."""
        if self._percent is not None:
            self._percent = None
            self._update({"progress": ("d", 0.0), "progress-visible": ("b", False)})

    def keep_awake(self, why: str) -> None:
        """Ask the first service that there is."""

        def inhibit(bus: Bus) -> None:
            if self._release is None:
                self._release = _inhibit(bus, why)

        self._bus.do(inhibit)

    def let_sleep(self) -> None:
        """Give back what it answered."""

        def release(bus: Bus) -> None:
            give_back, self._release = self._release, None
            if give_back is not None:
                give_back(bus)

        self._bus.do(release)

    def notify(self, title: str, text: str) -> None:
        """Show it as other programs do; it needs no icon of its own in the tray."""
        self._bus.do(lambda bus: _notify(bus, title, text))

    def close(self) -> None:
        """Take everything back."""
        self.clear_progress()
        self.let_sleep()
        self._bus.close()

    def _update(self, properties: dict[str, tuple[str, object]]) -> None:
        uri = f"application://{APPLICATION}.desktop"
        self._bus.do(lambda bus: bus.tell(LAUNCHER, "Update", "sa{sv}", uri, properties))


def _inhibit(bus: Bus, why: str) -> Callable[[Bus], object] | None:
    """Return what ends the inhibition; None where no service keeps the session awake."""
    from jeepney.wrappers import DBusErrorResponse

    for place, signature, values, release in INHIBITIONS:
        try:
            (cookie,) = bus.call(place, "Inhibit", signature, *values(why))
        except DBusErrorResponse:
            continue
        return partial(_give_back, place=place, release=release, cookie=cookie)
    return None


def _give_back(bus: Bus, *, place: Place, release: str, cookie: int) -> None:
    bus.call(place, release, "u", cookie)


def _notify(bus: Bus, title: str, text: str) -> None:
    (able,) = bus.call(NOTIFICATIONS, "GetCapabilities")
    body = html.escape(text, quote=False) if "body-markup" in able else text
    hints = {"desktop-entry": ("s", APPLICATION)}
    bus.call(
        NOTIFICATIONS,
        "Notify",
        "susssasa{sv}i",
        "Cancel Desk",
        0,
        APPLICATION,
        title,
        body,
        [],
        hints,
        _SERVER_DECIDES,
    )
