"""The icon, drawn in every size and kind that the systems want."""

import struct
from pathlib import Path

import pytest
from icons import APPLE_KINDS, SIZES, WINDOWS_SIZES, draw_icons
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

SVG = Path(__file__).parents[2] / "resources" / "icon.svg"


@pytest.mark.parametrize("size", SIZES)
def test_the_icon_is_drawn_in_every_size(icons: Path, size: int) -> None:
    image = QImage(str(icons / f"cancel-desk-{size}.png"))
    assert (image.width(), image.height()) == (size, size)
    assert image.pixelColor(0, 0).alpha() < 64
    assert image.pixelColor(size // 2, size // 2).alpha() == 255


def test_the_smallest_icon_is_sharp(icons: Path) -> None:
    """The tile reaches the edges, the sheet's lines are whole pixels, and the cross is white."""
    image = QImage(str(icons / "cancel-desk-16.png"))
    rows = [image.pixelColor(5, y) for y in range(2, 10)]
    sheet, line = QColor("#ffffff"), QColor("#9db4ee")
    assert rows == [sheet, sheet, line, sheet, line, sheet, line, sheet]
    assert image.pixelColor(8, 0) == image.pixelColor(0, 8) == QColor("#2457d6")
    assert image.pixelColor(11, 11) == sheet
    assert image.pixelColor(11, 8).red() > 2 * image.pixelColor(11, 8).blue()


def pictures_of_ico(content: bytes) -> dict[int, bytes]:
    """Return the pictures of a Windows icon by the width its directory gives."""
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (reserved, kind) == (0, 1)
    found = {}
    for index in range(count):
        width, _height, *_, size, at = struct.unpack_from("<BBBBHHII", content, 6 + 16 * index)
        found[width or 256] = content[at : at + size]
    return found


def pictures_of_icns(content: bytes) -> dict[str, bytes]:
    """Return the pictures of a macOS icon by their kinds."""
    magic, whole = struct.unpack_from(">4sI", content)
    assert (magic, whole) == (b"icns", len(content))
    found, at = {}, 8
    while at < whole:
        kind, size = struct.unpack_from(">4sI", content, at)
        found[kind.decode()] = content[at + 8 : at + size]
        at += size
    return found


def test_the_icon_of_windows_holds_every_size(icons: Path) -> None:
    path = icons / "cancel-desk.ico"
    found = pictures_of_ico(path.read_bytes())
    assert tuple(found) == WINDOWS_SIZES
    assert [QImage.fromData(each).width() for each in found.values()] == list(WINDOWS_SIZES)
    assert QImage(str(path)).width() in WINDOWS_SIZES  # Qt reads it too


def test_the_icon_of_macos_holds_every_kind_with_a_margin(icons: Path) -> None:
    found = pictures_of_icns((icons / "cancel-desk.icns").read_bytes())
    assert list(found) == list(APPLE_KINDS)
    for kind, size in APPLE_KINDS.items():
        image = QImage.fromData(found[kind])
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, 0).alpha() == 0
        assert image.pixelColor(size // 2, size // 2).alpha() == 255


def test_an_icon_that_cannot_be_written_is_no_silent_matter(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "cancel-desk-16.png").mkdir()
    with pytest.raises(OSError, match=r"cancel-desk-16\.png"):
        draw_icons(SVG, tmp_path)
