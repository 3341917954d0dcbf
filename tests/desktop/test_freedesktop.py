"""What Linux desktops are asked, over a real message bus with pretended services."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from accounts.secret_service import in_session
from cancel_desk.desktop.freedesktop import FreeDesktop
from cancel_desk.desktop.session_bus import SessionBus

pytestmark = [
    pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs Debian's dbus"),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such desktops"),
]

CHILD = Path(__file__).parent / "desktop_child.py"
GNOME = "org.gnome.SessionManager"
POWER = "org.freedesktop.PowerManagement"
SCREEN = "org.freedesktop.ScreenSaver"
NOTES = "org.freedesktop.Notifications"
COOKIE = 4711


def heard(home: Path, names: str, *acts: str) -> list[list[Any]]:
    """Return what services of these names heard of some acts."""
    done = in_session(home, [str(CHILD), names, *acts])
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_progress_is_told_once_for_each_percent(tmp_path: Path) -> None:
    told = heard(tmp_path / "home", NOTES, "half", "still half", "clear", "clear")
    uri = "application://cancel-desk.desktop"
    assert told == [
        ["Update", uri, {"progress": ["d", 0.5], "progress-visible": ["b", True]}],
        ["Update", uri, {"progress": ["d", 0.0], "progress-visible": ["b", False]}],
    ]


def test_a_notification_is_shown_with_its_text_as_it_is(tmp_path: Path) -> None:
    ((what, *told),) = heard(tmp_path / "home", NOTES, "notify")
    assert what == f"{NOTES} Notify"
    assert told[3:5] == ["Nord (LIVE)", "5 &lt; 6 lines &amp; more"]
    assert told[6] == {"desktop-entry": ["s", "cancel-desk"]}


@pytest.mark.parametrize(
    ("names", "asked", "values", "released"),
    [
        (f"{GNOME},{SCREEN}", GNOME, ["cancel-desk", 0, "Sending", 4], "Uninhibit"),
        (f"{SCREEN},{POWER}", POWER, ["cancel-desk", "Sending"], "UnInhibit"),
        (SCREEN, SCREEN, ["cancel-desk", "Sending"], "UnInhibit"),
    ],
)
def test_the_first_service_there_is_keeps_the_computer_awake(
    names: str, asked: str, values: list[Any], released: str, tmp_path: Path
) -> None:
    told = heard(tmp_path / "home", names, "awake", "awake", "sleep", "sleep")
    assert told == [[f"{asked} Inhibit", *values], [f"{asked} {released}", COOKIE]]


def test_closing_takes_everything_back(tmp_path: Path) -> None:
    told = heard(tmp_path / "home", f"{SCREEN},{NOTES}", "half", "awake", "close")
    assert [what for what, *_ in told] == [
        *("Update", f"{SCREEN} Inhibit", "Update", f"{SCREEN} UnInhibit"),
    ]


def test_a_desktop_without_services_is_left_in_peace(tmp_path: Path) -> None:
    assert heard(tmp_path / "home", "", "awake", "notify", "half", "sleep", "close") == []


def test_who_has_no_bus_waits_for_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    desktop = FreeDesktop(SessionBus())
    desktop.keep_awake("Sending")
    desktop.show_progress(1, 2, paused=False)
    desktop.notify("Nord", "done")
    desktop.close()
