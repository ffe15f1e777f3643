"""What a hand does to colours, in the real window: it stands, it is on disk, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from chromadesk.colour import kept as kept_colours
from chromadesk.studio.colours import card_menu
from chromadesk.studio.colours.card_menu import Target
from chromadesk.studio.colours.section import Section
from chromadesk.studio.colours.swatch_card import SwatchCard
from chromadesk.studio.window import Window


def section(window: Window, region: str = "clothes") -> Section:
    return next(each for each in window.colours.photo_page.sections if each.region == region)


def names(window: Window) -> list[str]:
    return [card.name for card in section(window).cards]


@pytest.fixture
def settle(qtbot: QtBot, bands: Window) -> Callable[[], None]:
    """Wait until what was decided is shown."""

    def run() -> None:
        qtbot.waitUntil(lambda: bands.live.settled)
        qtbot.wait(20)

    return run


def test_arranged_by_keys_and_taken_back(qtbot: QtBot, bands: Window, settle: Callable[[], None]) -> None:
    page, first = bands.colours.photo_page, names(bands)
    bands.activateWindow()
    section(bands).cards[0].setFocus()
    qtbot.keyClick(section(bands).cards[0], Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle()
    assert names(bands) == [first[1], first[0], first[2]]
    holder = QApplication.focusWidget()
    assert isinstance(holder, SwatchCard)
    assert holder is section(bands).cards[1]  # the keyboard went with it
    qtbot.keyClick(holder, Qt.Key.Key_L)
    settle()
    assert section(bands).cards[1].swatch.origin == "locked"
    qtbot.keyClick(section(bands).cards[2], Qt.Key.Key_Delete)
    settle()
    assert names(bands) == [first[1], first[0]]
    qtbot.keyClick(bands, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.line.text() == "Undone: remove a colour"
    assert names(bands) == [first[1], first[0], first[2]]
    for _ in range(2):
        bands.undo()
        settle()
    assert names(bands) == first
    assert bands.live.kept == kept_colours.Kept()
    bands.undo()
    assert page.line.text() == "Nothing to undo"
    bands.redo()
    settle()
    assert names(bands) == [first[1], first[0], first[2]]


def test_merged_split_and_reset(qtbot: QtBot, bands: Window, settle: Callable[[], None]) -> None:
    hand = bands.colours.photo_page.hand
    hand.merge("clothes", 0, 1)
    settle()
    assert len(section(bands).cards) == 2
    assert section(bands).cards[0].swatch.share == pytest.approx(2 / 3, abs=0.02)
    hand.split("clothes", 0)
    settle()
    assert len(section(bands).cards) == 3
    hand.split("clothes", 2)
    assert bands.colours.photo_page.line.text() == "All its pixels are of one colour."
    hand.reset("clothes")
    settle()
    assert bands.live.kept.anchors == {}


def test_dropped_between_it_moves_dropped_onto_it_merges(
    qtbot: QtBot, bands: Window, settle: Callable[[], None]
) -> None:
    first, cards = names(bands), section(bands).cards

    def drag(card: SwatchCard, to: SwatchCard, share: float) -> None:
        start, end = QPoint(44, 30), card.mapFrom(to.window(), to.mapTo(to.window(), QPoint(round(88 * share), 30)))
        qtbot.mousePress(card, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(card, start + QPoint(30, 0))
        qtbot.mouseMove(card, end)
        qtbot.mouseRelease(card, Qt.MouseButton.LeftButton, pos=end)

    drag(cards[2], cards[0], 0.1)
    settle()
    assert names(bands) == [first[2], first[0], first[1]]
    cards = section(bands).cards
    drag(cards[0], cards[1], 0.5)
    settle()
    assert len(section(bands).cards) == 2


def test_a_name_is_typed_on_the_card(qtbot: QtBot, bands: Window, settle: Callable[[], None]) -> None:
    card = section(bands).cards[0]
    card.edit_name()
    field = card.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "Lipstick")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert names(bands)[0] == "Lipstick"
    assert bands.session.dataset is not None
    on_disk = kept_colours.path_of(bands.session.dataset.state, "A/01.png")
    qtbot.waitUntil(on_disk.exists)
    assert kept_colours.read(on_disk).anchors["clothes"][0].title == "Lipstick"


def test_the_menu_offers_what_can_be_done(bands: Window) -> None:
    page, row = bands.colours.photo_page, section(bands)
    wanted: list[tuple[object, str, str]] = []
    page.to_board.connect(lambda *said: wanted.append(said))
    at = Target(page.hand, "clothes", row.cards, 0, lambda: row.to_board.emit(row.cards[0].swatch, "clothes"))
    menu = card_menu.build(at, row.arranged)
    there = {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}
    assert not there["Move left"].isEnabled()
    assert not there["Back to the colours found"].isEnabled()
    there["Add to board"].trigger()
    assert wanted == [(row.cards[0].swatch, "A/01.png", "clothes")]


def test_grey_point(qtbot: QtBot, bands: Window, settle: Callable[[], None]) -> None:
    page = bands.colours.photo_page
    page.head.grey.click()
    page.picking.click(80, 100)  # red
    assert "clearly coloured" in page.line.text()
    assert bands.live.kept.grey is None
    page.picking.click(210, 100)
    settle()
    assert bands.live.kept.grey is not None
    assert page.picking.mode == ""
    assert page.photo.grey_at == (210, 100)
    assert "grey point set" in page.trust.text()
    assert page.head.clear.isVisible()
    page.head.clear.click()
    settle()
    assert "no grey point set" in page.trust.text()
    assert page.photo.grey_at is None


def test_picked_from_the_photo(qtbot: QtBot, bands: Window, settle: Callable[[], None]) -> None:
    page = bands.colours.photo_page
    qtbot.keyClick(page.photo, Qt.Key.Key_I)
    assert page.head.pick.isChecked()
    page.picking.click(150, 100)
    settle()
    swatch = section(bands).cards[-1].swatch
    assert swatch.origin == "picked"
    assert np.abs(np.array(swatch.rgb) - (30, 60, 150)).max() <= 1
    qtbot.keyClick(page.photo, Qt.Key.Key_Escape)
    assert not page.head.pick.isChecked()


def test_garments_get_rows_of_their_own(qtbot: QtBot, bands: Window, settle: Callable[[], None]) -> None:
    page = bands.colours.photo_page
    for name, row in (("Jumper", 90), ("Skirt", 210)):
        if page.picking.mode != "garment":
            section(bands).split_wanted.emit(3)
        page.picking.click(row, 100)
        field = page.photo.findChildren(QLineEdit, "garment")[-1]
        qtbot.keyClicks(field, name)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        settle()
    assert {"Jumper", "Skirt"} <= {each.region for each in page.sections}
    page.picking.click(5, 5)
    assert "That is no clothes" in page.line.text()
    page.picking.cancel()
    assert section(bands, "Skirt").cards[0].swatch.rgb == (190, 190, 190)
    assert not page.hand.rename_garment("Skirt", "Jumper")
    assert page.hand.rename_garment("Skirt", "Trousers")
    settle()
    assert section(bands, "Trousers").cards
    page.hand.join_garment("Trousers")
    settle()
    assert "Trousers" not in bands.live.found


def test_edits_made_at_once_after_each_other_all_count(qtbot: QtBot, bands: Window, settle: Callable[[], None]) -> None:
    hand, first = bands.colours.photo_page.hand, names(bands)
    bands.activateWindow()
    section(bands).cards[0].setFocus()
    for _ in range(2):  # the keyboard goes with the swatch from one key to the next
        holder = QApplication.focusWidget()
        assert isinstance(holder, SwatchCard)
        qtbot.keyClick(holder, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert names(bands) == [first[1], first[2], first[0]]
    hand.lock("clothes", 2)
    hand.name("clothes", 0, "Ink")
    hand.merge("clothes", 1, 2)
    assert len(section(bands).cards) == 2
    settle()
    assert names(bands)[0] == "Ink"
    assert [swatch.share for swatch in bands.live.swatches("clothes")] == pytest.approx([1 / 3, 2 / 3], abs=0.02)
    for _ in range(5):
        hand.undo()
    assert names(bands) == first
    assert bands.live.kept == kept_colours.Kept()


def test_edits_made_while_colours_are_read_count(bands: Window, settle: Callable[[], None]) -> None:
    live, hand, first = bands.live, bands.colours.photo_page.hand, names(bands)
    live.use(replace(live.settings, border=5))
    assert not live.settled
    hand.move("clothes", 0, 2)
    assert hand.set_grey((210, 100), (0.5, 0.52, 0.56))
    assert hand.add_garment("Skirt", 3, (210, 100))
    assert not live.settled
    hand.name("clothes", 2, "Ink")
    assert hand.rename_garment("Skirt", "Kilt")
    settle()
    assert "Kilt" in [row.region for row in bands.colours.photo_page.sections]
    assert [anchor.title for anchor in live.kept.anchors["clothes"]] == ["", "", "Ink"]
    assert live.kept.grey is not None
    for _ in range(5):
        hand.undo()
    settle()
    assert names(bands) == first
    assert live.kept == kept_colours.Kept()


def test_what_is_said_below_the_photo_has_room(bands: Window) -> None:
    page = bands.colours.photo_page
    bands.resize(1024, 640)
    page.say("Click a garment of this class and name it; then another. " * 3)
    QApplication.processEvents()
    assert page.line.height() >= page.line.heightForWidth(page.line.width())
