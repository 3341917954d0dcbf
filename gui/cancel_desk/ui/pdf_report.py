"""The printable report of a run as a PDF file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from cancel_desk.sheet.output import replacing

PDF_FILES: Final = frozenset({".pdf"})
ROWS_A_PART: Final = 12
"""So many rows are laid out at once, in 20 ms or less: that long the window may have to wait."""
_MARGIN_MM: Final = 14.0
_DOTS_AN_INCH: Final = 96


def write_pdf(path: Path, title: str, parts: Iterable[str]) -> None:
    """Write pages of HTML one below the other, on A4; SheetError if the file can't be written.

    To be called off the window's thread, which goes on meanwhile.
    """
    with replacing(path, PDF_FILES) as trial:
        trial.write_bytes(_drawn(title, parts))


def _drawn(title: str, parts: Iterable[str]) -> bytes:
    # Documents start timers, which a thread can have only once it could run a loop of events.
    loop = QEventLoop()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Cancel Desk")
    writer.setResolution(_DOTS_AN_INCH)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    paper = _Paper(writer)
    for part in parts:
        paper.add(part)
    paper.end()
    del loop
    return bytes(buffer.data().data())


class _Paper:
    """Puts one part below the other, and those that no longer fit on a new page."""

    def __init__(self, writer: QPdfWriter) -> None:
        self._writer = writer
        self._painter = QPainter(writer)
        self._size = QSizeF(writer.width(), writer.height())
        self._used = 0.0  # of the height of this page

    def add(self, html: str) -> None:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.documentLayout().setPaintDevice(self._writer)
        document.setTextWidth(self._size.width())
        document.setHtml(html)
        height = document.size().height()
        if self._used and self._used + height > self._size.height():
            self._turn()
        if height > self._size.height():
            document.setPageSize(self._size)
            height = document.size().height()
        self._draw(document, height)

    def _draw(self, document: QTextDocument, height: float) -> None:
        page, width = self._size.height(), self._size.width()
        done = 0.0
        while height - done > page:
            self._draw_piece(document, QRectF(0, done, width, page))
            done += page
            self._turn()
        self._draw_piece(document, QRectF(0, done, width, height - done))
        self._used += height - done

    def _draw_piece(self, document: QTextDocument, piece: QRectF) -> None:
        self._painter.save()
        self._painter.translate(0, self._used - piece.top())
        document.drawContents(self._painter, piece)
        self._painter.restore()

    def _turn(self) -> None:
        self._writer.newPage()
        self._used = 0.0

    def end(self) -> None:
        self._painter.end()
