"""Where the state folder is unless it is named."""

from pathlib import Path

import pytest
from platformdirs import user_data_path

from cancel_desk.folders import default_root


@pytest.mark.parametrize("data", [None, "", "relative", "~/mine", "/var/data", "/var/data/"])
@pytest.mark.parametrize("home", [None, "", "relative", "/home/ana", "/"])
def test_it_is_the_place_that_the_system_has_for_such_state(
    data: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("XDG_DATA_HOME", data), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    found = default_root()
    assert found == user_data_path("cancel-desk", appauthor=False)
    assert found.is_absolute()
    assert found.name == "cancel-desk"
    assert found != Path.cwd() / "cancel-desk"
