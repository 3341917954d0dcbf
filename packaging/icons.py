"""Draws the program's icon in every size and kind that the systems want, from the one SVG."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_LARGEST = 256  # what an .ico can hold


def draw_icons(svg: Path, folder: Path) -> list[Path]:
    """Write ``cancel-desk-<size>.png``, ``.ico`` and ``.icns`` to a folder; return their paths.

    Raises OSError if one can't be written.
    """
    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(svg))
    written = [_saved(_drawn(renderer, size), folder / f"cancel-desk-{size}.png") for size in SIZES]
    large = _drawn(renderer, _LARGEST)
    written += [_saved(large, folder / f"cancel-desk.{kind}") for kind in ("ico", "icns")]
    del application
    return written


def _drawn(renderer: QSvgRenderer, size: int) -> QImage:
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _saved(image: QImage, path: Path) -> Path:
    if not image.save(str(path)):
        raise OSError(f"{path} could not be written")
    return path
