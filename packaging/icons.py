"""Draws the program's icon in every size and kind that the systems want, from the one SVG."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Those that Windows picks from at 100 to 200 %."""
APPLE_KINDS = {
    "icp4": 16,
    "icp5": 32,
    "icp6": 64,
    "ic07": 128,
    "ic08": 256,
    "ic09": 512,
    "ic10": 1024,
    "ic11": 32,
    "ic12": 64,
    "ic13": 256,
    "ic14": 512,
}
"""The kinds of an .icns that hold a PNG, and their pixels; from ic10 on, for fine screens."""
_APPLE_MARGIN = 0.1
"""The part of its tile that an icon of macOS leaves free on each side."""


def draw_icons(svg: Path, folder: Path) -> list[Path]:
    """Write ``cancel-desk-<size>.png``, ``.ico`` and ``.icns`` to a folder; return their paths.

    Raises OSError if one can't be written.
    """
    # Where there is no screen, too.
    application = QGuiApplication.instance() or QGuiApplication(["", "-platform", "offscreen"])
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(svg))
    files = {f"cancel-desk-{size}.png": _drawn(renderer, size) for size in SIZES}
    files["cancel-desk.ico"] = _ico({size: _drawn(renderer, size) for size in WINDOWS_SIZES})
    files["cancel-desk.icns"] = _icns(
        {kind: _drawn(renderer, size, _APPLE_MARGIN) for kind, size in APPLE_KINDS.items()}
    )
    for name, content in files.items():
        (folder / name).write_bytes(content)
    del application
    return [folder / name for name in files]


def _drawn(renderer: QSvgRenderer, size: int, margin: float = 0.0) -> bytes:
    """Return the icon as a PNG; ``margin`` is the part of the size left free on each side."""
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    free = round(size * margin)
    renderer.render(painter, QRectF(free, free, size - 2 * free, size - 2 * free))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # its stub wants bytes for the kind
    return bytes(content.data())


def _ico(pictures: dict[int, bytes]) -> bytes:
    """Return an icon of Windows: a directory of pictures, then the pictures as they are."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    for size, picture in pictures.items():
        side = size % 256  # 256 is written as 0
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures.values())


def _icns(pictures: dict[str, bytes]) -> bytes:
    """Return an icon of macOS: each picture behind its kind and its length, both counted in."""
    body = b"".join(
        struct.pack(">4sI", kind.encode(), len(picture) + 8) + picture
        for kind, picture in pictures.items()
    )
    return struct.pack(">4sI", b"icns", len(body) + 8) + body
