"""The guide's window: the real pages, by key, link and search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument, QTextFormat
from pytestqt.qtbot import QtBot

from chromadesk.manual import pages
from chromadesk.studio.manual import Manual
from chromadesk.studio.window import Window

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def manual(window: Window) -> Manual:
    """The guide, shown."""
    window.overlays.manual.toggle()
    return window.overlays.manual


def listed(manual: Manual) -> list[str]:
    names = (manual.contents.item(row).data(Qt.ItemDataRole.UserRole) for row in range(manual.contents.count()))
    return [name for name in names if name]


def pictures(manual: Manual) -> list[str]:
    """The names of the pictures in the page that is shown."""
    found, block = [], manual.page.document().begin()
    while block.isValid():
        each = block.begin()
        while not each.atEnd():
            looks = each.fragment().charFormat()
            if looks.objectType() == QTextFormat.ObjectTypes.ImageObject.value:
                found.append(looks.toImageFormat().name())
            each += 1
        block = block.next()
    return found


def test_a_key_opens_and_closes_it(qtbot: QtBot, window: Window) -> None:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_F1, held)
    manual = window.overlays.manual
    assert manual.isVisible()
    assert manual.isWindow()
    assert manual.page.toPlainText().startswith("ChromaDesk\n")
    qtbot.keyClick(manual.page, Qt.Key.Key_Escape)
    assert not manual.isVisible()
    assert window.isVisible()


def test_the_welcome_page_leads_to_it(window: Window) -> None:
    window.paint.empty.guide.click()
    assert window.overlays.manual.isVisible()


def test_it_fits_a_small_screen(manual: Manual) -> None:
    assert manual.minimumSizeHint().width() <= 960


def test_it_lists_every_page_and_shows_the_one_that_is_chosen(qtbot: QtBot, manual: Manual) -> None:
    assert listed(manual) == list(pages.NAMES)
    row = next(row for row in range(manual.contents.count()) if manual.contents.item(row).text() == "Models")
    qtbot.mouseClick(
        manual.contents.viewport(),
        LEFT,
        NONE,
        manual.contents.visualItemRect(manual.contents.item(row)).center(),
    )
    assert manual.page.source().fileName() == "models.md"
    assert "What its errors cost in colours" in manual.page.toPlainText()


def test_its_pictures_are_there_and_fit(manual: Manual) -> None:
    for name in pages.NAMES:
        manual.open_page(name)
        shown = pictures(manual)
        assert len(shown) == pages.text(name).count("![")
        for picture in shown:
            image: QImage = manual.page.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture))
            assert 0 < image.width() / image.devicePixelRatio() <= 672, picture
        assert manual.page.horizontalScrollBar().maximum() == 0, name


def test_a_link_leads_to_its_heading_and_back_again(manual: Manual) -> None:
    manual.open_page("forecasters")
    manual.page.anchorClicked.emit(QUrl("models.md#model-cards"))
    assert manual.page.source().toString() == "guide:/docs/models.md#model-cards"
    assert manual.page.verticalScrollBar().value() > 0
    assert manual.contents.currentItem().text() == "Models"
    assert manual.back.isEnabled()
    manual.back.click()
    assert manual.page.source().fileName() == "forecasters.md"
    assert manual.contents.currentItem().text() == "For forecasters"


class Browser(QObject):
    """Stands where the person's browser is registered with Qt."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.asked.append(url.toString())


def test_a_link_to_the_web_goes_to_the_browser(manual: Manual) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    manual.page.anchorClicked.emit(QUrl("https://example.org/"))
    QDesktopServices.unsetUrlHandler("https")
    assert browser.asked == ["https://example.org/"]
    assert manual.page.source().fileName() == "index.md"


def test_the_search_keeps_the_pages_that_hold_the_words(qtbot: QtBot, manual: Manual) -> None:
    qtbot.keyClicks(manual.search, "GREY point")
    assert "forecasters" in listed(manual)
    assert "install" not in listed(manual)
    lit = [each.cursor.selectedText().lower() for each in manual.page.extraSelections()]
    assert {"grey", "point"} == set(lit)
    first = manual.page.textCursor().position()
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.page.textCursor().position() > first
    manual.search.setText("xylophone")
    assert manual.nothing.isVisible()
    assert listed(manual) == []
    manual.search.clear()
    assert listed(manual) == list(pages.NAMES)
    assert manual.page.extraSelections() == []


def test_keys_search_and_go_back(qtbot: QtBot, manual: Manual) -> None:
    manual.open_page("formats")
    qtbot.keyClick(manual.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert manual.focusWidget() is manual.search
    qtbot.keyClick(manual.search, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert manual.page.source().fileName() == "index.md"
    qtbot.keyClick(manual.page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert manual.page.source().fileName() == "formats.md"
    qtbot.keyClick(manual.search, Qt.Key.Key_Down)
    assert manual.focusWidget() is manual.contents


def test_it_closes_with_the_studio(manual: Manual, window: Window) -> None:
    window.leave()
    assert not manual.isVisible()
