"""The guide: opened where the person is, read beside the work, searched, and left again."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QImage, QPalette, QTextDocument
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.guide import guide_pages
from cancel_desk.ui.guide.guide_pages import INDEX, GuidePages
from cancel_desk.ui.guide.guide_window import GuideWindow
from cancel_desk.ui.window import MainWindow
from ui.hands import press, type_text
from ui.person import Find, Hands

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
PICTURE = QTextDocument.ResourceType.ImageResource


@pytest.fixture
def guide(qtbot: QtBot) -> GuideWindow:
    made = GuideWindow(GuidePages())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)  # the bot does it
    qtbot.addWidget(made)
    made.show_page(INDEX)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def opened(window: MainWindow, qtbot: QtBot) -> GuideWindow:
    qtbot.waitUntil(lambda: window.guide.window is not None)
    assert window.guide.window is not None
    return window.guide.window


def test_f1_opens_the_page_about_the_step(hands: Hands, qtbot: QtBot) -> None:
    hands.press_in_front(Key.Key_F1, NONE)
    guide = opened(hands.window, qtbot)
    assert guide.browser.page == "first-run"
    hands.try_practice()
    hands.press_in_front(Key.Key_F1, NONE)
    assert opened(hands.window, qtbot) is guide
    assert guide.browser.page == "fixing"


def test_f1_works_in_a_dialog_too(hands: Hands, dialog: Find, qtbot: QtBot) -> None:
    hands.window.header.add_account_chosen.emit()
    account: AccountDialog = dialog(AccountDialog)
    qtbot.waitUntil(account.isActiveWindow)
    press(account.form.name, Key.Key_F1)
    guide = opened(hands.window, qtbot)
    assert guide.browser.page == "keys"
    # The dialog is modal to the window, not to what is read beside it.
    qtbot.waitUntil(guide.isActiveWindow)
    press(guide.browser, Key.Key_Home, ALT)
    qtbot.waitUntil(lambda: guide.browser.page == INDEX)
    assert account.isVisible()
    account.reject()


def test_it_is_read_while_a_run_goes_on_and_closes_with_the_window(
    hands: Hands, qtbot: QtBot
) -> None:
    hands.try_practice()
    hands.send()
    hands.press_in_front(Key.Key_F1, NONE)
    guide = opened(hands.window, qtbot)
    assert guide.browser.page == "sending"
    assert not guide.isModal()
    qtbot.waitUntil(lambda: hands.session.sending is None, timeout=20_000)
    assert guide.isVisible()
    hands.window.close()
    qtbot.waitUntil(lambda: hands.window.guide.window is None)


def test_a_guide_that_is_missing_is_told(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Path:
        raise FileNotFoundError(2, "No such file", name)

    monkeypatch.setattr(guide_pages, "resource", missing)
    hands.window.guide.open_here()
    assert "This computer refused it" in hands.said()
    assert hands.window.guide.window is None


def test_links_lead_on_and_keys_lead_back(guide: GuideWindow, qtbot: QtBot) -> None:
    guide.browser.setSource(QUrl("privacy.md#a-report-for-support"))
    assert guide.browser.page == "privacy"
    assert guide.contents.currentItem().text() == "Privacy"
    assert guide.browser.verticalScrollBar().value() > 0
    press(guide.browser, Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: guide.browser.page == INDEX)
    assert guide.contents.currentItem().text() == "Guide to Cancel Desk"
    press(guide.browser, Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: guide.browser.page == "privacy")


def test_a_page_is_chosen_from_the_list_by_keys(guide: GuideWindow) -> None:
    guide.contents.setFocus()
    press(guide.contents, Key.Key_Down)
    press(guide.contents, Key.Key_Down)
    assert guide.browser.page == "keys"


class Browser(QObject):
    """What the system opens web pages with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_the_web_is_opened_in_the_browser(guide: GuideWindow) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "take")  # type: ignore[arg-type]
    guide.show_page("keys")
    try:
        guide.browser.find("developer.walmart.com")
        press(guide.browser, Key.Key_Return)
    finally:
        QDesktopServices.unsetUrlHandler("https")
    assert browser.opened == ["https://developer.walmart.com"]
    assert guide.browser.page == "keys"


def test_the_search_counts_marks_and_goes_on_over_pages(guide: GuideWindow) -> None:
    press(guide, Key.Key_F, CTRL)
    assert guide.search.hasFocus()
    type_text(guide.search, "lost")
    shown = [
        guide.contents.item(at).text()
        for at in range(guide.contents.count())
        if not guide.contents.item(at).isHidden()
    ]
    assert len(shown) > 1
    assert all(text.endswith(")") for text in shown)
    places = int(guide.count.text().split()[0])
    seen = set()
    for _ in range(places):
        press(guide.search, Key.Key_Return)
        cursor = guide.browser.textCursor()
        assert cursor.selectedText().casefold() == "lost"
        seen.add((guide.browser.page, cursor.position()))
    assert len(seen) == places


def test_words_that_are_nowhere_are_said_to_be_so(guide: GuideWindow) -> None:
    guide.search.setFocus()
    type_text(guide.search, "xyzzy")
    assert guide.count.text() == "Not found"
    assert not guide.after.isEnabled()
    press(guide.search, Key.Key_Return)
    press(guide.search, Key.Key_Escape)
    assert guide.search.text() == ""
    assert guide.isVisible()
    press(guide.browser, Key.Key_Escape)
    assert not guide.isVisible()


def test_the_keys_that_close_a_window_close_it(guide: GuideWindow) -> None:
    guide.browser.setFocus()
    press(guide.browser, Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert not guide.isVisible()


def test_dark_is_followed_and_the_place_is_kept(guide: GuideWindow, qapp: QApplication) -> None:
    guide.show_page("troubleshooting")
    guide.browser.verticalScrollBar().setValue(300)
    before = qapp.palette()
    dark = QPalette(before)
    dark.setColor(QPalette.ColorRole.Base, QColor("#1e1f22"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#e6e6e6"))
    light_style = guide.styleSheet()
    try:
        qapp.setPalette(dark)
        QApplication.sendEvent(guide, QEvent(QEvent.Type.PaletteChange))
        assert guide.styleSheet() != light_style
        assert guide.browser.page == "troubleshooting"
        assert guide.browser.verticalScrollBar().value() == 300
    finally:
        qapp.setPalette(before)
    QApplication.sendEvent(guide, QEvent(QEvent.Type.PaletteChange))
    assert guide.styleSheet() == light_style


def test_pictures_are_as_wide_as_there_is_room_for(guide: GuideWindow, tmp_path: Path) -> None:
    wide, narrow = QUrl.fromLocalFile(str(tmp_path / "wide.png")), QUrl("narrow.png")
    image = QImage(3000, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(wide.toLocalFile())
    shown = guide.browser.loadResource(PICTURE.value, wide)
    assert isinstance(shown, QImage)
    width = shown.deviceIndependentSize().width()
    assert guide.browser.viewport().width() * 0.8 < width < guide.browser.viewport().width()
    assert guide.browser.loadResource(PICTURE.value, narrow).isNull()
    guide.resize(700, 500)
    QApplication.processEvents()
    again = guide.browser.document().resource(PICTURE.value, wide)
    assert again.deviceIndependentSize().width() < width


def test_a_page_that_is_not_translated_is_there_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for language, name, text in (
        ("en", INDEX, "# Guide\n\n- [One](one.md)\n- [Two](two.md)\n"),
        ("en", "one", "# One\n"),
        ("en", "two", "# Two\n"),
        ("es", INDEX, "# Guía\n\n- [Uno](one.md)\n- [Two](two.md)\n"),
        ("es", "one", "# Uno\n\n[Two](two.md)\n"),
    ):
        path = tmp_path / "guide" / language / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def there(name: str) -> Path:
        if not (tmp_path / name).exists():
            raise FileNotFoundError(name)
        return tmp_path / name

    monkeypatch.setattr(guide_pages, "resource", there)
    guide = GuideWindow(GuidePages("es"))
    qtbot.addWidget(guide)
    guide.show_page("one")
    assert [page.title for page in GuidePages("es").listed()] == ["Guía", "Uno", "Two"]
    assert guide.browser.toPlainText().startswith("Uno")
    guide.browser.setSource(QUrl("two.md"))
    assert guide.browser.toPlainText() == "Two"
    with pytest.raises(FileNotFoundError):
        GuidePages("es").path("three")


def test_it_says_so_where_it_is_in_another_language_than_the_window(
    hands: Hands, qtbot: QtBot
) -> None:
    hands.press_in_front(Key.Key_F1, NONE)
    guide = opened(hands.window, qtbot)
    assert not guide.foreign.isVisible()
    hands.window.header.language_chosen.emit("es")
    assert guide.foreign.isVisible()
    assert guide.foreign.text().startswith("La guía está solo en inglés")
    assert guide.browser.page == "first-run"  # where the person was reading
    hands.window.header.language_chosen.emit("en")
    assert not guide.foreign.isVisible()


def test_every_dialog_has_its_page() -> None:
    from importlib import import_module
    from pkgutil import iter_modules

    import cancel_desk.ui.dialogs as room
    from cancel_desk.ui.guide.guide_places import OF_DIALOGS

    names = [f"{room.__name__}.{each.name}" for each in iter_modules(room.__path__)]
    dialogs = {
        name
        for module in map(import_module, names)
        for name, each in vars(module).items()
        if isinstance(each, type)
        and issubclass(each, QDialog)
        and each.__module__ == module.__name__
    }
    assert set(OF_DIALOGS) == dialogs
    listed = {page.name for page in GuidePages().listed()}
    assert set(OF_DIALOGS.values()) <= listed
