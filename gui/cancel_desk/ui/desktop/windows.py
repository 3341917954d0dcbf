"""Windows: the bar on the taskbar's button, and the messages of its tray."""

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from cancel_desk.desktop.awake import ExecutionState
from cancel_desk.ui.desktop.tray_message import TrayMessage

_NO_PROGRESS, _NORMAL, _PAUSED = 0, 2, 8


class WindowsDesktop(ExecutionState):
    """A Desktop; see :class:`cancel_desk.ui.desktop.desktop.Desktop`.

    To be used in the window's thread alone: Windows counts what keeps it awake by thread.
    """

    def __init__(self, window_handle: Callable[[], int]) -> None:
        self._handle = window_handle
        self._message = TrayMessage()
        self._button = TaskbarButton()

    def show_progress(self, done: int, total: int, *, paused: bool) -> None:
        """Show a bar on the taskbar's button; yellow while paused."""
        self._button.set_state(self._handle(), _PAUSED if paused else _NORMAL)
        self._button.set_value(self._handle(), done, max(1, total))

    def clear_progress(self) -> None:
        """Show no bar."""
        self._button.set_state(self._handle(), _NO_PROGRESS)

    def notify(self, title: str, text: str) -> None:
        """Show it as other programs do."""
        self._message.show(title, text)

    def close(self) -> None:
        """Take everything back."""
        self.clear_progress()
        super().close()
        self._message.close()


class TaskbarButton:
    """COM's ITaskbarList3; where it can't be had, nothing is shown.

    Its functions are called by their place in the table, as shobjidl_core.h orders them: three of
    IUnknown, five of ITaskbarList, one of ITaskbarList2, then SetProgressValue, SetProgressState.
    """

    _CLASS: Final = UUID("56FDF344-FD6D-11D0-958A-006097C9A090")
    _INTERFACE: Final = UUID("EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF")
    _INITIALISE, _SET_VALUE, _SET_STATE = 3, 9, 10
    _IN_PROCESS: Final = 1

    def __init__(self) -> None:
        self._list = ctypes.c_void_p()
        if sys.platform == "win32":
            made = ctypes.windll.ole32.CoCreateInstance(
                _guid(self._CLASS),
                None,
                self._IN_PROCESS,
                _guid(self._INTERFACE),
                ctypes.byref(self._list),
            )
            if made != 0 or self._call(self._INITIALISE, ()) != 0:
                self._list = ctypes.c_void_p()

    def set_value(self, window: int, done: int, total: int) -> None:
        """Fill the bar by so much."""
        kinds = (ctypes.c_void_p, ctypes.c_ulonglong, ctypes.c_ulonglong)
        self._call(self._SET_VALUE, kinds, window, done, total)

    def set_state(self, window: int, state: int) -> None:
        """Show the bar in this state, or none."""
        self._call(self._SET_STATE, (ctypes.c_void_p, ctypes.c_int), window, state)

    def _call(self, place: int, kinds: tuple[Any, ...], *values: int) -> int:
        if sys.platform == "win32" and self._list:
            table = ctypes.cast(self._list, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))
            function = ctypes.WINFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *kinds)
            return int(function(table.contents[place] or 0)(self._list, *values))
        return 0


def _guid(value: UUID) -> Any:
    return ctypes.byref((ctypes.c_byte * 16).from_buffer_copy(value.bytes_le))
