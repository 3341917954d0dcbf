"""A Secret Service of a test's own: GNOME Keyring on a message bus that ends with the test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
NEEDED = ("dbus-run-session", "dbus-send", "gnome-keyring-daemon")
missing = [each for each in NEEDED if shutil.which(each) is None]

needs_secret_service = pytest.mark.skipif(
    bool(missing),
    reason=f"needs Debian's packages dbus and gnome-keyring: no {' and no '.join(missing)}",
)

_KEPT = ("PATH", "TMPDIR", "LANG", "COVERAGE_PROCESS_START")
# The daemon reads the password up to the end of its input. Without one it stays locked, and there
# is no screen on which it could ask. It is on the bus only a while after it says that it started;
# who asks before that is given a second, locked one by the bus.
_SCRIPT = """
if [ -n "$KEYRING_PASSWORD" ]; then
    printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    for _ in $(seq 100); do
        dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \\
            org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets |
            grep -q true && break
        sleep 0.05
    done
fi
unset KEYRING_PASSWORD
exec "$@"
"""


def in_session(
    home: Path, words: Sequence[str], *, password: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run Python with these words in a session of its own and return how it ended.

    The keyring lies below ``home`` and is unlocked with ``password``; none leaves it locked.
    ``more`` are environment variables.
    """
    home.mkdir(exist_ok=True)
    environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environ |= {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": str(TESTS),
        "KEYRING_PASSWORD": password,
        **more,
    }
    return subprocess.run(
        [
            shutil.which("dbus-run-session") or "",
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
        timeout=60,
        env=environ,
    )
