"""Keeping the computer from falling asleep by itself, on every system that can be asked to."""

import ctypes
import os
import shutil
import subprocess
import sys
from typing import Final, Protocol

_CONTINUOUS: Final = 0x80000000
_SYSTEM_REQUIRED: Final = 0x00000001


class Awake(Protocol):
    """What keeps a computer awake; what it can't do, it leaves undone without a word.

    To be used in one thread alone: Windows counts what keeps it awake by thread. Nothing of it
    outlives :meth:`close`, nor the process.
    """

    def keep_awake(self, why: str) -> None:
        """Keep the computer from falling asleep by itself; the screen may go dark."""

    def let_sleep(self) -> None:
        """Let it fall asleep again."""

    def close(self) -> None:
        """Take everything back."""


class ExecutionState:
    """Windows: the thread's execution state."""

    def keep_awake(self, why: str) -> None:  # noqa: ARG002 - Windows asks for no reason
        """Keep the system awake; the screen may go dark."""
        _set_execution_state(_CONTINUOUS | _SYSTEM_REQUIRED)

    def let_sleep(self) -> None:
        """Let it fall asleep again."""
        _set_execution_state(_CONTINUOUS)

    def close(self) -> None:
        """Let it fall asleep again."""
        self.let_sleep()


class Caffeinate:
    """macOS: the system's own ``caffeinate``."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def keep_awake(self, why: str) -> None:  # noqa: ARG002 - caffeinate gives no reason
        """Run it against idle sleep; it ends with this process at the latest."""
        program = shutil.which("caffeinate")
        if self._running is None and program is not None:
            self._running = subprocess.Popen([program, "-i", "-w", str(os.getpid())])  # noqa: S603

    def let_sleep(self) -> None:
        """End it."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait()
            self._running = None

    def close(self) -> None:
        """End it."""
        self.let_sleep()


def this_computer() -> Awake:
    """Return what keeps this computer awake."""
    if sys.platform == "win32":
        return ExecutionState()
    elif sys.platform == "darwin":  # noqa: RET505 - type checkers tell platforms apart like this
        return Caffeinate()
    else:
        from cancel_desk.desktop.freedesktop import FreeDesktop
        from cancel_desk.desktop.session_bus import SessionBus

        return FreeDesktop(SessionBus())


def _set_execution_state(state: int) -> None:
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint(state))
