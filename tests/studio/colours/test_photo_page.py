"""The Colours workspace in the real window: cards by class, copying, the photo beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.studio.canvas.saying import Saying
from chromadesk.studio.window import COLOURS, Window


@pytest.fixture
def shown(qtbot: QtBot, window: Window, folder: Path, show) -> Window:
    assert window.session.open_dataset(folder)
    show(window.session, "A/02.jpg")
    window.show_workspace(COLOURS)
    qtbot.waitUntil(lambda: bool(window.colours.photo_page.cards))
    return window


def test_classes_in_the_order_of_the_paper(shown: Window) -> None:
    assert [section.class_id for section in shown.colours.photo_page.sections] == [4, 3, 2, 1, 0]
    for card in shown.colours.photo_page.cards:
        assert (card.width(), card.height()) == (88, 112)
        assert card.visibleRegion().boundingRect().width() in (0, 88)
    assert shown.colours.photo_page.photo.width() > 400
    assert shown.colours.photo_page.photo.photo_size == (120, 80)


def test_a_click_or_enter_copies_and_says_so(qtbot: QtBot, shown: Window) -> None:
    first, second = shown.colours.photo_page.cards[:2]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == first.swatch.hex
    (saying,) = [found for found in shown.findChildren(Saying) if found.text()]
    assert saying.text() == f"Copied {first.swatch.hex}"
    assert shown.notices.shown == []
    qtbot.mouseRelease(second, Qt.MouseButton.LeftButton, pos=QPoint(-20, 5))  # let go elsewhere
    assert QApplication.clipboard().text() == first.swatch.hex
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == second.swatch.hex
    assert second.name in second.accessibleName()


def test_a_class_under_pointer_or_keyboard_stands_out(shown: Window) -> None:
    photo, section = shown.colours.photo_page.photo, shown.colours.photo_page.sections[1]
    plain = photo.grab().toImage()
    place = QPoint(2, 2).toPointF()
    QApplication.sendEvent(section, QEnterEvent(place, place, place))
    veiled = photo.grab().toImage()
    assert veiled != plain
    QApplication.sendEvent(section, QEvent(QEvent.Type.Leave))
    assert photo.grab().toImage() == plain
    QApplication.sendEvent(section.cards[0], QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert photo.grab().toImage() not in (plain, veiled)  # only what is of this colour


def test_unchanged_colours_keep_their_cards(shown: Window) -> None:
    cards = list(shown.colours.photo_page.cards)
    shown.live.changed.emit()
    assert shown.colours.photo_page.cards == cards


def test_another_photo_another_picture(qtbot: QtBot, shown: Window, show) -> None:
    before, cards = shown.colours.photo_page.photo.grab().toImage(), shown.colours.photo_page.cards
    show(shown.session, "A/03.jpg")
    qtbot.waitUntil(lambda: shown.colours.photo_page.cards is not cards)
    assert shown.colours.photo_page.photo.grab().toImage() != before
