"""A file on a drive that is gone, as the system shows one: whoever asks for it waits for ever."""

import os
from pathlib import Path

import pytest


class UnansweredPath(type(Path())):  # type: ignore[misc]  # the class of paths on this system
    """A path that answers nobody: asked for its size, it waits until its process is killed."""

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        del follow_symlinks
        os.open(self.with_suffix(".fifo"), os.O_RDONLY)  # nobody ever opens it for writing
        raise AssertionError


def unanswered_path(folder: Path) -> Path:
    """Return such a path; the test is skipped where the system has no named pipes to wait for."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(folder / "orders.fifo")
    return UnansweredPath(folder / "orders.xlsx")
