"""The board page in the real window: colours come, are named, moved, taken off, and leave as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chromadesk.colour import board as on_disk
from chromadesk.colour.board import Pin
from chromadesk.colour.formats import table
from chromadesk.studio.colours import carrying
from chromadesk.studio.colours.board_page import BoardPage
from chromadesk.studio.window import COLOURS, Window
from tests.swatches import of_rgb

NAMES = ("red", "green", "blue", "grey")
PINS = [
    Pin(of_rgb(rgb, title=name), photos=("A/01.jpg", "A/gone.jpg"), region="clothes")
    for name, rgb in zip(NAMES, [(200, 0, 0), (0, 160, 0), (0, 0, 200), (90, 90, 90)], strict=True)
]


@pytest.fixture
def page(qtbot: QtBot, window: Window, folder: Path, show) -> BoardPage:
    assert window.session.open_dataset(folder)
    show(window.session, "A/02.jpg")
    window.show_workspace(COLOURS)
    window.colours.tabs.show_tab("Board")
    page = window.colours.board_page
    qtbot.waitUntil(lambda: page.boards._state is not None)
    return page


def told(page: BoardPage) -> list[str]:
    return [card.name.text() for card in page.grid.cards]


def test_an_empty_page_leads_on(qtbot: QtBot, page: BoardPage) -> None:
    assert page.empty.isVisible()
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert not page.empty.isVisible()
    assert page.title.text() == "Board"
    assert page.title.selectedText() == "Board"
    page.title.clear()
    qtbot.keyClicks(page.title, "Spring")
    qtbot.keyClick(page.title, Qt.Key.Key_Return)
    assert page.boards.current == "Spring"
    assert page.list.item(0).text() == "Spring  ·  0"


def test_the_keyboard_moves_and_removes_and_ctrl_z_brings_back(qtbot: QtBot, window: Window, page: BoardPage) -> None:
    for pin in PINS:
        window.colours.pin(pin)
    window.activateWindow()
    assert told(page) == list(NAMES)
    page.grid.cards[0].setFocus()
    qtbot.keyClick(page.grid.cards[0], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert told(page) == ["green", "red", "blue", "grey"]
    assert page.grid.cards[1].hasFocus()
    qtbot.keyClick(page.grid.cards[1], Qt.Key.Key_Right)
    assert page.grid.cards[2].hasFocus()
    qtbot.keyClick(page.grid.cards[2], Qt.Key.Key_Delete)
    assert told(page) == ["green", "red", "grey"]
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert told(page) == list(NAMES)
    assert page.undo_button.isEnabled()


def test_names_and_notes_are_kept(qtbot: QtBot, window: Window, page: BoardPage) -> None:
    window.colours.pin(Pin(of_rgb((250, 120, 10))))
    (card,) = page.grid.cards
    assert card.name.placeholderText() == "Orange"
    qtbot.keyClicks(card.name, "Signal")
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    qtbot.keyClicks(card.note, "trims only")
    qtbot.keyClick(card.note, Qt.Key.Key_Return)
    qtbot.keyClicks(page.note, "for men")
    qtbot.keyClick(page.note, Qt.Key.Key_Return)
    board = page.boards.board
    assert board is not None
    assert (board.pins[0].swatch.title, board.pins[0].note, board.note) == ("Signal", "trims only", "for men")


def dropped(target: QWidget, data: QMimeData, at: QPoint) -> None:
    """As Qt tells a widget of something that is carried over it and let go there."""
    action, button, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(at, action, data, button, held))
    QApplication.sendEvent(target, QDragMoveEvent(at, action, data, button, held))
    QApplication.sendEvent(target, QDropEvent(QPointF(at), action, data, button, held))


def test_colours_are_dropped_and_dragged_to_their_places(window: Window, page: BoardPage) -> None:
    for pin in PINS[:3]:
        window.colours.pin(pin)
    second = page.grid.cards[1].geometry()
    dropped(page.grid, carrying.packed(PINS[3]), second.topLeft() + QPoint(-4, 40))
    assert told(page) == ["red", "grey", "green", "blue"]
    dropped(page.grid, page.grid.cards[0].packed(), page.grid.cards[3].geometry().topRight())
    assert told(page) == ["grey", "green", "blue", "red"]
    other = QMimeData()
    other.setText("#112233")
    dropped(page.grid, other, QPoint())
    assert len(page.grid.cards) == 4


def test_a_colour_is_carried_over_the_name_of_the_page(window: Window, page: BoardPage) -> None:
    tabs = window.colours.tabs
    tabs.show_tab("Collection")
    dropped(tabs.button("Board"), carrying.packed(PINS[0]), QPoint(2, 2))
    assert tabs.shown == "Board"
    assert told(page) == ["red"]


def test_its_photos_are_shown_and_opened(qtbot: QtBot, window: Window, page: BoardPage) -> None:
    window.colours.pin(PINS[0])
    page.grid.cards[0].setFocus()
    qtbot.keyClick(page.grid.cards[0], Qt.Key.Key_Return)
    assert page.strip.isVisible()
    assert [photo[0] for photo in page.strip.model.photos] == ["A/01.jpg"]
    page.strip.view.clicked.emit(page.strip.model.index(0))
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/01.jpg")
    assert window.workspaces.currentWidget() is window.paint


def test_a_colour_of_the_photo_goes_to_the_board(window: Window, page: BoardPage) -> None:
    window.colours.photo_page.to_board.emit(PINS[0].swatch, "A/02.jpg", "clothes")
    board = page.boards.board
    assert board is not None
    assert board.pins == (Pin(PINS[0].swatch, photos=("A/02.jpg",), region="clothes"),)


@pytest.mark.parametrize("suffix", [".ase", ".pdf"])
def test_a_board_leaves_as_a_file(
    qtbot: QtBot, window: Window, page: BoardPage, tmp_path: Path, notices: list[tuple[str, str]], suffix: str
) -> None:
    for pin in [*PINS, Pin(of_rgb((250, 120, 10)))]:
        window.colours.pin(pin)
    path = tmp_path / f"board{suffix}"
    page.write(path)
    qtbot.waitUntil(lambda: bool(notices))
    assert notices == [(f"Saved board{suffix}.", "info")]
    if suffix == ".ase":
        assert [swatch.title for swatch in table.read(path).swatches] == [*NAMES, "Orange"]
    else:
        assert path.read_bytes().startswith(b"%PDF")
        assert b"/DCTDecode" in path.read_bytes()


def test_what_is_being_typed_is_kept_when_another_board_is_clicked(
    qtbot: QtBot, window: Window, page: BoardPage
) -> None:
    for title in ("Autumn", "Spring"):
        page.boards.new(title)
    window.activateWindow()
    for field, text in ((page.note, "for men"), (page.title, "Zest")):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
        other = page.list.item(0 if page.list.currentRow() else 1)
        wanted = other.data(Qt.ItemDataRole.UserRole)
        place = page.list.visualItemRect(other).center()
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert page.boards.current == wanted
        assert page.list.currentItem().data(Qt.ItemDataRole.UserRole) == wanted
    assert {name: board.note for name, board in page.boards.all.items()} == {"Spring": "for men", "Zest": ""}


def test_a_board_keeps_its_title_when_none_is_given(qtbot: QtBot, window: Window, page: BoardPage) -> None:
    page.boards.new("Spring")
    window.activateWindow()
    page.title.setFocus()
    page.title.clear()
    qtbot.keyClick(page.title, Qt.Key.Key_Return)
    assert page.title.text() == "Spring"


def test_what_is_being_typed_is_kept_when_the_window_closes(qtbot: QtBot, window: Window, page: BoardPage) -> None:
    window.colours.pin(PINS[0])
    window.activateWindow()
    page.grid.cards[0].note.setFocus()
    qtbot.keyClicks(page.grid.cards[0].note, "trims only")
    assert page.boards._state is not None
    window.close()
    assert on_disk.read(page.boards._state, page.boards.current).pins[0].note == "trims only"
