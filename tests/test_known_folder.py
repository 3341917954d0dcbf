"""Asking Windows for a folder, over a stand-in for its functions."""

from typing import Any
from uuid import UUID

import pytest

from cancel_desk.known_folder import local_app_data


class Shell:
    """Answers as SHGetKnownFolderPath does, and counts what it gave and took back."""

    def __init__(self, path: str | None, result: int = 0) -> None:
        self.path = path
        self.result = result
        self.asked: list[tuple[UUID, int, object]] = []
        self.freed: list[str | None] = []

    def get_path(self, folder: Any, flags: int, user: object, found: Any) -> int:
        self.asked.append((UUID(bytes_le=bytes(folder._obj)), flags, user))
        found._obj.value = self.path
        return self.result

    def free(self, found: Any) -> None:
        self.freed.append(found.value)


def test_the_folder_of_whoever_runs_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USERPROFILE", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, "elsewhere")
    shell = Shell(r"C:\Users\Jo\AppData\Local")
    assert str(local_app_data(shell.get_path, shell.free)) == r"C:\Users\Jo\AppData\Local"
    assert shell.asked == [(UUID("F1B32785-6FBA-4FCF-9D55-7B8E7F157091"), 0x4000, None)]
    assert shell.freed == [r"C:\Users\Jo\AppData\Local"]


@pytest.mark.parametrize(("path", "result"), [(None, -2147024894), (None, 0), ("", 0)])
def test_a_system_that_does_not_tell(path: str | None, result: int) -> None:
    shell = Shell(path, result)
    with pytest.raises(OSError, match="no folder"):
        local_app_data(shell.get_path, shell.free)
    assert len(shell.freed) == 1
