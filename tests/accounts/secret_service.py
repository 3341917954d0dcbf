"""A Secret Service of a test's own: GNOME Keyring on a message bus that ends with the test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from patience import PATIENCE

TESTS = Path(__file__).parents[1]
NEEDED = ("dbus-run-session", "dbus-send", "gnome-keyring-daemon")
missing = [each for each in NEEDED if shutil.which(each) is None]

needs_secret_service = pytest.mark.skipif(
    bool(missing),
    reason=f"needs Debian's packages dbus and gnome-keyring: no {' and no '.join(missing)}",
)

_KEPT = ("PATH", "TMPDIR", "LANG", "COVERAGE_PROCESS_START")
# A bus that starts no program by itself. It would start a second keyring, a locked one, for whoever
# asks before the first is on the bus, which on a busy machine is long after that has been started.
_BUS = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
# The daemon reads the password up to the end of its input, and is on the bus once it has tried it.
# Without one it stays locked, and there is no screen on which it could ask.
_SCRIPT = """
if [ -n "${KEYRING_PASSWORD+set}" ]; then
    if [ -n "$KEYRING_PASSWORD" ]; then
        printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets
    else
        gnome-keyring-daemon --components=secrets </dev/null
    fi >/dev/null
    unset KEYRING_PASSWORD
    until dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \\
            org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true; do
        sleep 0.05
    done
fi
exec "$@"
"""


def in_session(
    home: Path, words: Sequence[str], *, password: str | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run Python with these words in a session of its own and return how it ended.

    The keyring lies below ``home`` and is unlocked with ``password``; a blank one leaves it locked,
    and without any there is no keyring. ``more`` are environment variables.
    """
    home.mkdir(exist_ok=True)
    bus = home / "bus.conf"
    bus.write_text(_BUS.lstrip())
    environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environ |= {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": str(TESTS),
        **more,
    }
    if password is not None:
        environ["KEYRING_PASSWORD"] = password
    return subprocess.run(
        [
            shutil.which("dbus-run-session") or "",
            f"--config-file={bus}",
            "--",
            "sh",
            "-c",
            _SCRIPT,
            "sh",
            sys.executable,
            *words,
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=environ,
    )
