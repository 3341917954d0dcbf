"""The printable report of a run as a PDF file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from cancel_desk.report.web_page import PageParts
from cancel_desk.sheet.output import replacing
from cancel_desk.ui.in_turns import Slices

PDF_FILES: Final = frozenset({".pdf"})
ROWS_A_PART: Final = 6
"""So many rows are laid out at once, for 5 ms: so long the window waits for it."""
_MARGIN_MM: Final = 14.0
_DOTS_AN_INCH: Final = 96


def pdf_drawing(path: Path, title: str, page: PageParts) -> Slices[Callable[[], None]]:
    """Draw a page of HTML on sheets of A4; return what writes them as a file, or raises SheetError.

    The drawing is work of the window's thread, the writing is none.
    """
    return partial(_write, path, (yield from _drawn(title, page)))


def _write(path: Path, content: bytes) -> None:
    with replacing(path, PDF_FILES) as trial:
        trial.write_bytes(content)


def _drawn(title: str, page: PageParts) -> Slices[bytes]:
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
    paper = _Paper(writer, page.head)
    try:
        yield from paper.put(page)
    finally:  # also where it is broken off: nothing may be painted on when it goes
        paper.end()
    return bytes(buffer.data().data())


class _Paper:
    """Puts one part below the other, and those that no longer fit on a new page."""

    def __init__(self, writer: QPdfWriter, head: str) -> None:
        """``head`` goes above the rows, on each sheet anew; "" for none."""
        self._writer = writer
        self._painter = QPainter(writer)
        self._size = QSizeF(writer.width(), writer.height())
        self._used = 0.0  # of the height of this page
        self._head = self._document(head) if head else None

    def put(self, page: PageParts) -> Slices[None]:
        """Put a whole page of HTML on as many sheets as it needs."""
        self._add(page.overview)
        yield
        for at, rows in enumerate(page.rows):
            self._add(rows, above=self._head, again=at == 0)
            yield

    def _add(self, html: str, *, above: QTextDocument | None = None, again: bool = False) -> None:
        """Put a part on the paper; ``above`` goes over it on a new sheet, or ``again`` here."""
        document = self._document(html)
        height = document.size().height()
        needed = height + above.size().height() if above and again else height
        if self._used and self._used + needed > self._size.height():
            self._turn()
        if above and (again or not self._used):
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
        """Draw no more; the file is complete."""
        self._painter.end()
