"""What the tests of packing share."""

from pathlib import Path

import pytest
from icons import draw_icons
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]


@pytest.fixture
def icons(tmp_path: Path, qtbot: QtBot) -> Path:
    """Return a folder with the icons as they are drawn for every system."""
    draw_icons(ROOT / "resources" / "icon.svg", tmp_path / "icons")
    return tmp_path / "icons"
