"""The printable report of a run as a PDF file."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from cancel_desk.report.web_page import PageParts
from cancel_desk.sheet.output import replacing

PDF_FILES: Final = frozenset({".pdf"})
ROWS_A_PART: Final = 6
"""So many rows are laid out at once, for less than 20 ms: so long the window may wait for it."""
_MARGIN_MM: Final = 14.0
_DOTS_AN_INCH: Final = 96


def write_pdf(path: Path, title: str, page: PageParts) -> None:
    """Write a page of HTML on sheets of A4; SheetError if the file can't be written.

    To be called off the window's thread, which goes on meanwhile.
    """
    with replacing(path, PDF_FILES) as trial:
        trial.write_bytes(_drawn(title, page))


def _drawn(title: str, page: PageParts) -> bytes:
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
    paper.add(page.overview)
    for at, rows in enumerate(page.rows):
        paper.add(rows, head=page.head, again=at == 0)
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

    def add(self, html: str, *, head: str = "", again: bool = False) -> None:
        """Put a part on the paper; ``head`` goes above it on a new sheet, or ``again`` here."""
        document = self._document(html)
        above = self._document(head)
        height = document.size().height()
        needed = height + above.size().height() if again else height
        if self._used and self._used + needed > self._size.height():
            self._turn()
        if head and (again or not self._used):
            self._draw(above, self._size.height())
        room = self._size.height() - self._used
        if height > room:  # more than one sheet holds
            document.setPageSize(QSizeF(self._size.width(), room))
        self._draw(document, room)

    def _document(self, html: str) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.documentLayout().setPaintDevice(self._writer)
        document.setTextWidth(self._size.width())
        document.setHtml(html)
        return document

    def _draw(self, document: QTextDocument, page: float) -> None:
        """Draw a document in pieces of the height ``page``."""
        width = self._size.width()
        height, done = document.size().height(), 0.0
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
