"""The guide in a window of its own, to be read while the program goes on with its work."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext, spoken_tongue
from cancel_desk.ui.guide.guide_browser import GuideBrowser
from cancel_desk.ui.guide.guide_pages import INDEX, GuidePages
from cancel_desk.ui.widgets.buttons import ActionButton, with_keys
from cancel_desk.ui.widgets.theme import SPACE, colours, style_sheet

_NAME = Qt.ItemDataRole.UserRole


class GuideWindow(QWidget):
    """The list of pages, the page itself, and a search through all of them."""

    def __init__(self, pages: GuidePages) -> None:
        """Show nothing yet; hand a page to ``show_page``. Raises OSError."""
        super().__init__()
        self._pages = pages
        self._listed = pages.listed()
        self._texts: dict[str, str] = {}
        self._colours = colours(QGuiApplication.palette())
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Guide to Cancel Desk"))
        self.resize(980, 720)
        self.browser = GuideBrowser(pages)
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("Pages of the guide"))
        self.contents.setProperty("role", "guide")
        self.search = QLineEdit(placeholderText=_("Search the guide"))
        self.search.setProperty("role", "field")
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(with_keys(_("Search the guide"), QKeySequence("Ctrl+F")))
        self.search.setAccessibleName(_("Search the guide"))
        self.foreign = QLabel(wordWrap=True)
        self.foreign.setProperty("role", "muted")
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.setStyleSheet(style_sheet(self._colours))
        self._list_pages()
        self._say_its_language()

    def _make_buttons(self) -> None:
        self.back = ActionButton("←", keys="Alt+Left", tip=_("Back to the page before"))
        self.forward = ActionButton("→", keys="Alt+Right", tip=_("Forward again"))
        self.home = ActionButton(
            _("Contents"), keys="Alt+Home", tip=_("Show what the guide is about")
        )
        self.before = ActionButton("↑", keys="Shift+F3", tip=_("Go to the place before"))
        self.after = ActionButton("↓", keys="F3", tip=_("Go to the next place"))
        names = (_("Back"), _("Forward"), _("Place before"), _("Next place"))
        buttons = (self.back, self.forward, self.before, self.after)
        for button, name in zip(buttons, names, strict=True):
            button.setAccessibleName(name)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for button in (self.back, self.forward, self.home):
            row.addWidget(button)
        row.addSpacing(2 * SPACE)
        row.addWidget(self.search, 1)
        for widget in (self.before, self.after, self.count):
            row.addWidget(widget)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.addWidget(self.contents)
        middle.addWidget(self.browser)
        middle.setStretchFactor(1, 1)
        middle.setSizes([230, 750])
        middle.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self.foreign)
        column.addWidget(middle, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.browser.backward)
        self.forward.clicked.connect(self.browser.forward)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.browser.forwardAvailable.connect(self.forward.setEnabled)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        self.home.clicked.connect(self._on_home)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_after)
        self.contents.currentItemChanged.connect(self._on_chosen)
        self.browser.sourceChanged.connect(self._on_page_shown)
        for keys, does in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._on_find),
            (QKeySequence("Esc"), self._on_escape),
            (QKeySequence("Ctrl+W"), self.close),
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), self.browser.zoomIn),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), self.browser.zoomOut),
        ):
            QShortcut(keys, self).activated.connect(does)

    def show_page(self, name: str) -> None:
        """Show a page, and bring the window to the front. Raises OSError."""
        self.browser.show_page(name)
        self.show()
        self.activateWindow()
        self.browser.setFocus()

    def take_pages(self, pages: GuidePages) -> None:
        """Show the same page of the guide in another language. Raises OSError."""
        self._pages = pages
        self._listed = pages.listed()
        self._texts = {}
        self._list_pages()
        self._say_its_language()
        self.browser.take_pages(pages)

    def _say_its_language(self) -> None:
        """Say so where the guide is in another language than the program."""
        self.foreign.setText(
            _(
                "The guide is in English only, and calls buttons by their English names. They "
                "stand in the same places."
            )
        )
        self.foreign.setVisible(self._pages.language != spoken_tongue().language)

    # the list of pages

    def _list_pages(self) -> None:
        """Show every page by its title, with how often it has the words that are searched."""
        words = self.search.text()
        if self.contents.count() == 0:
            for page in self._listed:
                item = QListWidgetItem(page.title, self.contents)
                item.setData(_NAME, page.name)
        total = 0
        for page, item in zip(self._listed, self._items(), strict=True):
            found = self._text(page.name).count(words.casefold()) if words else 0
            total += found
            item.setText(f"{page.title} ({found})" if found else page.title)
            item.setHidden(bool(words) and not found)
        places = ngettext("{n} place", "{n} places", total).format(n=total)
        self.count.setText((places if total else _("Not found")) if words else "")
        self.before.setEnabled(total > 0)
        self.after.setEnabled(total > 0)

    def _items(self) -> Iterator[QListWidgetItem]:
        for at in range(self.contents.count()):
            yield self.contents.item(at)

    def _text(self, name: str) -> str:
        """Return the words of a page as they are read, in small letters."""
        if name not in self._texts:
            document = QTextDocument()
            document.setMarkdown(self._pages.text(name))
            self._texts[name] = document.toPlainText().casefold()
        return self._texts[name]

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_NAME) != self.browser.page:
            self.browser.show_page(item.data(_NAME))

    @Slot()
    def _on_page_shown(self) -> None:
        for item in self._items():
            if item.data(_NAME) == self.browser.page:
                self.contents.setCurrentItem(item)

    @Slot()
    def _on_home(self) -> None:
        self.browser.show_page(INDEX)

    # searching

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _on_search(self, words: str) -> None:
        self._list_pages()
        self.browser.mark(words)
        self.browser.go_to_edge(end=False)
        self.browser.go_to_next()

    @Slot()
    def _on_after(self) -> None:
        self._go(backwards=False)

    @Slot()
    def _on_before(self) -> None:
        self._go(backwards=True)

    def _go(self, *, backwards: bool) -> None:
        """Go to the next place of the words, on the next page that has them if need be."""
        if not self.search.text() or self.browser.go_to_next(backwards=backwards):
            return
        names = [item.data(_NAME) for item in self._items() if not item.isHidden()]
        if not names:
            return
        if self.browser.page in names:
            step = -1 if backwards else 1
            at = (names.index(self.browser.page) + step) % len(names)
        else:
            at = 0
        if names[at] != self.browser.page:
            self.browser.show_page(names[at])
        self.browser.go_to_edge(end=backwards)
        self.browser.go_to_next(backwards=backwards)

    @Slot()
    def _on_escape(self) -> None:
        """Give up the search, or close."""
        if self.search.text():
            self.search.clear()
            self.browser.setFocus()
        else:
            self.close()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system when it changes between light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            found = colours(QGuiApplication.palette())
            if found != self._colours:
                self._colours = found
                self.setStyleSheet(style_sheet(found))
                self.browser.look_again()
        super().changeEvent(event)
