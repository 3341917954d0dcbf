"""One page of the guide on the screen: its text in the window's colours, its pictures at size."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.guide.guide_look import dress
from cancel_desk.ui.guide.guide_pages import INDEX, GuidePages
from cancel_desk.ui.widgets.theme import SPACE, colours, mixed

_PICTURE: Final = QTextDocument.ResourceType.ImageResource
_DARK_SUFFIX: Final = "-dark"
_WIDEST_TEXT: Final = 860  # pixels; longer lines are hard to follow


class GuideBrowser(QTextBrowser):
    """Shows pages and remembers the way through them; what is on the web opens elsewhere."""

    def __init__(self, pages: GuidePages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._pictures: set[QUrl] = set()
        self._here = QUrl()
        self._words = ""
        self.setOpenExternalLinks(True)
        self.setProperty("role", "guide")
        self.setAccessibleName(_("Page of the guide"))
        self.sourceChanged.connect(self._on_source_changed)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return Path(self._here.path()).stem

    def show_page(self, name: str) -> None:
        """Show a page from its beginning. Raises OSError."""
        self.setSource(QUrl.fromLocalFile(str(self._pages.path(name))))

    def take_pages(self, pages: GuidePages) -> None:
        """Show the same page in another language, from its beginning. Raises OSError."""
        self._pages = pages
        if not self._here.isEmpty():
            self.show_page(self.page)

    def doSetSource(
        self,
        url: QUrl | str,
        kind: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource,
    ) -> None:
        """Go where a link leads; a page that is missing in this language is there in English."""
        target = self._here.resolved(QUrl(url))
        if target.isLocalFile() and target.path().endswith(".md"):
            path = self._pages.path(Path(target.toLocalFile()).stem or INDEX)
            found = QUrl.fromLocalFile(str(path))
            found.setFragment(target.fragment())
            target = found
        super().doSetSource(target, kind)

    @Slot(QUrl)
    def _on_source_changed(self, url: QUrl) -> None:
        # While this is told, Qt still names the page before as the one that is shown.
        self._here = url
        dress(self.document(), colours(QGuiApplication.palette()))
        self.mark(self._words)
        if url.hasFragment():
            self.scrollToAnchor(url.fragment())

    # finding words

    def mark(self, words: str) -> int:
        """Mark words wherever they stand on the page; return how often they do."""
        self._words = words
        marks = []
        theme = colours(QGuiApplication.palette())
        found = self.document().find(words) if words else QTextCursor()
        while not found.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = found
            mark.format.setBackground(mixed(theme.card, QColor("#f2b01e"), 0.45))
            marks.append(mark)
            found = self.document().find(words, found)
        self.setExtraSelections(marks)
        return len(marks)

    def go_to_next(self, *, backwards: bool = False) -> bool:
        """Select the next place of the marked words; tell whether there was one."""
        flags = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        return self.find(self._words, flags)

    def go_to_edge(self, *, end: bool) -> None:
        """Look for words from the beginning of the page, or backwards from its end."""
        place = QTextCursor.MoveOperation.End if end else QTextCursor.MoveOperation.Start
        self.moveCursor(place)

    # pictures

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return what a page needs; pictures as wide as there is room for."""
        if kind == _PICTURE.value:
            self._pictures.add(QUrl(name))
            return self._picture(QUrl(name))
        return super().loadResource(kind, name)

    def _picture(self, url: QUrl) -> QImage:
        path = Path(url.toLocalFile())
        dark = path.parent / f"{path.stem}{_DARK_SUFFIX}{path.suffix}"
        base = QGuiApplication.palette().color(QPalette.ColorRole.Base)
        image = QImage(str(dark if base.lightness() < 128 and dark.exists() else path))
        if image.isNull():
            return image
        sharpness = self.devicePixelRatioF()
        width = min(self._room(), image.width())
        image = image.scaledToWidth(
            max(1, round(width * sharpness)), Qt.TransformationMode.SmoothTransformation
        )
        image.setDevicePixelRatio(sharpness)
        return image

    def _room(self) -> int:
        """Return how many pixels a picture may be wide."""
        return max(SPACE, self.viewport().width() - 6 * SPACE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines readable in a wide window, and pictures as wide as they can be."""
        aside = max(0, (self.width() - _WIDEST_TEXT) // 2)
        self.setViewportMargins(aside, 0, aside, 0)
        super().resizeEvent(event)
        document = self.document()
        for url in self._pictures:
            document.addResource(_PICTURE.value, url, self._picture(url))
        document.markContentsDirty(0, document.characterCount())

    def look_again(self) -> None:
        """Show the page in the colours and pictures of the palette as it is now."""
        self._pictures.clear()
        place = self.verticalScrollBar().value()
        self.reload()
        self.verticalScrollBar().setValue(place)
