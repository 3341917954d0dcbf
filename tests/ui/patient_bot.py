"""pytest-qt's own hands, with more patience than its five seconds."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from patience import PATIENCE

_PATIENCE_MS: Final = int(1000 * PATIENCE)


class PatientBot(QtBot):
    """Waits for what must come; a shorter time that a test names is not taken for an end."""

    def waitUntil(
        self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS
    ) -> None:
        """Wait until something is so, or ``timeout`` milliseconds."""
        super().waitUntil(callback, timeout=max(timeout, _PATIENCE_MS))

    def waitSignal(
        self,
        signal: Any,
        *,
        timeout: int = _PATIENCE_MS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        """Wait for a signal at the end of the block, or ``timeout`` milliseconds."""
        patience = timeout if raising is False else max(timeout, _PATIENCE_MS)
        return super().waitSignal(
            signal, timeout=patience, raising=raising, check_params_cb=check_params_cb
        )

    def waitExposed(self, widget: QWidget, *, timeout: int = _PATIENCE_MS) -> Any:
        """Wait for a window to be seen at the end of the block, or ``timeout`` milliseconds."""
        return super().waitExposed(widget, timeout=timeout)
