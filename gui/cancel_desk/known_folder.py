"""Where Windows keeps a user's own files, asked of the system itself and of no variable."""

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

_LOCAL_APP_DATA: Final = UUID("F1B32785-6FBA-4FCF-9D55-7B8E7F157091")  # KnownFolders.h
_DONT_VERIFY: Final = 0x4000  # it need not be there yet


def local_app_data(get_path: Callable[..., int], free: Callable[[Any], object]) -> Path:
    """Return the folder for what stays on this computer; OSError if the system doesn't tell.

    The functions are shell32's SHGetKnownFolderPath and ole32's CoTaskMemFree.
    """
    found = ctypes.c_wchar_p()
    wanted = (ctypes.c_byte * 16).from_buffer_copy(_LOCAL_APP_DATA.bytes_le)
    failed = get_path(ctypes.byref(wanted), _DONT_VERIFY, None, ctypes.byref(found))
    try:
        if failed or not found.value:
            raise OSError(f"no folder for local data: {failed & 0xFFFFFFFF:08X}")
        return Path(found.value)
    finally:
        free(found)
