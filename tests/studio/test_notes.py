"""Notes on photos: taken in the filmstrip, seen in status bar and tool tip, found by the filter, kept on disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.studio.panels.photo_model import NOTED
from chromadesk.studio.panels.selection_line import SelectionLine
from chromadesk.studio.window import Window

ONE, TWO, THREE, FOUR, FIVE = (f"A/{number:02}.jpg" for number in range(1, 6))


def opened(qtbot: QtBot, window: Window, folder: Path) -> SelectionLine:
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    assert window.paint.photos.selection is not None
    return window.paint.photos.selection


def choose(window: Window, *rows: int) -> None:
    grid = window.paint.photos.view
    grid.selectionModel().clearSelection()
    for row in rows:
        grid.selectionModel().select(grid.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)


def ended(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.batch.words)
    window.session.flush()


def on_disk(folder: Path) -> list[str]:
    with Index.open(Dataset.open(folder)) as index:
        return [index.note(key) for key in (ONE, TWO, THREE, FOUR, FIVE)]


def take(qtbot: QtBot, window: Window, line: SelectionLine, text: str) -> None:
    {action.text(): action for action in line.menu().actions()}["Note…"].trigger()
    assert line.note.isVisible()
    line.note.selectAll()
    qtbot.keyClick(line.note, Qt.Key.Key_Delete)
    qtbot.keyClicks(line.note, text)
    qtbot.keyClick(line.note, Qt.Key.Key_Return)
    ended(qtbot, window)


def test_a_note_is_seen_and_changed_and_taken_off(qtbot: QtBot, window: Window, folder: Path) -> None:
    line, field = opened(qtbot, window, folder), window.status.fields["note"]
    assert field.isHidden()
    choose(window, 0)
    take(qtbot, window, line, "belt or bag?")
    assert field.text() == field.toolTip() == "belt or bag?"
    assert field.isVisible()
    model = window.paint.photos.model
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) == f"{ONE}, approved: belt or bag?"
    assert on_disk(folder) == ["belt or bag?", "", "", "", ""]
    assert window.session.status(ONE) == "approved"
    line.ask_note()
    assert line.note.text() == "belt or bag?"
    qtbot.keyClick(line.note, Qt.Key.Key_Escape)
    take(qtbot, window, line, "")
    assert field.isHidden()
    assert on_disk(folder) == [""] * 5


def test_a_long_note_leaves_the_window_its_width(qtbot: QtBot, window: Window, folder: Path) -> None:
    line, least = opened(qtbot, window, folder), window.minimumSizeHint().width()
    choose(window, 0)
    take(qtbot, window, line, "very long " * 30)
    assert len(on_disk(folder)[0]) == 199  # 200 letters, and no space at the end
    assert window.minimumSizeHint().width() <= max(least, 960)


def test_enter_alone_takes_no_notes_off(qtbot: QtBot, window: Window, folder: Path) -> None:
    line = opened(qtbot, window, folder)
    window.batch.note([ONE], "one")
    ended(qtbot, window)
    window.batch.note([TWO], "two")
    ended(qtbot, window)
    choose(window, 0, 1)
    line.ask_note()
    assert line.note.text() == ""
    qtbot.keyClick(line.note, Qt.Key.Key_Return)
    ended(qtbot, window)
    line._ask_why()
    qtbot.keyClick(line.note, Qt.Key.Key_Return)
    ended(qtbot, window)
    assert [window.session.status(key) for key in (ONE, TWO)] == ["excluded"] * 2
    assert on_disk(folder) == ["one", "two", "", "", ""]
    take(qtbot, window, line, "both")
    assert on_disk(folder)[:2] == ["both", "both"]
    window.batch.take_back([ONE])
    ended(qtbot, window)
    assert on_disk(folder)[0] == "both"


def test_the_filter_finds_notes(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    window.batch.note([TWO, FIVE], "look")
    ended(qtbot, window)
    photos = window.paint.photos
    entry = next(action for action in photos.state_menu.menu().actions() if action.text() == NOTED.capitalize())
    entry.trigger()
    assert [photos.model.key_at(row) for row in range(photos.model.rowCount())] == [TWO, FIVE]
    assert photos.state_menu.text() == "Noted ▾"


def test_commands_for_the_selected_photos_have_keys_and_are_found(
    qtbot: QtBot, window: Window, folder: Path, notices: list[tuple[str, str]]
) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_X, keys)
    assert notices == []  # nothing is open
    line = opened(qtbot, window, folder)
    window.paint.photos.view.selectionModel().clear()
    qtbot.keyClick(window, Qt.Key.Key_X, keys)
    assert "Select photos" in notices[-1][0]
    choose(window, 1, 2)
    qtbot.keyClick(window, Qt.Key.Key_X, keys)
    ended(qtbot, window)
    assert [window.session.status(key) for key in (ONE, TWO, THREE)] == ["approved", "excluded", "excluded"]
    qtbot.keyClick(window, Qt.Key.Key_B, keys)
    ended(qtbot, window)
    assert [window.session.status(key) for key in (TWO, THREE)] == ["edited"] * 2
    qtbot.keyClick(window, Qt.Key.Key_Return, keys)
    ended(qtbot, window)
    assert [window.session.status(key) for key in (TWO, THREE)] == ["approved"] * 2
    qtbot.keyClick(window, Qt.Key.Key_N, keys)
    assert line.note.isVisible()
    qtbot.keyClick(line.note, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_W, keys)
    qtbot.keyClicks(line.note, "two in one")
    qtbot.keyClick(line.note, Qt.Key.Key_Return)
    ended(qtbot, window)
    assert [window.session.status(key) for key in (TWO, THREE)] == ["excluded"] * 2
    assert on_disk(folder)[1:3] == ["two in one"] * 2
    finder = window.overlays.finder
    finder.toggle()
    qtbot.keyClicks(finder.field, "excl note")
    assert finder.list.item(0).text() == "Exclude the selected photos with a note"
    finder.field.clear()
    qtbot.keyClicks(finder.field, "export masks sel")
    assert finder.list.item(0).text() == "Export masks of the selected photos"
    finder.shut()
    window.show_workspace(1)
    assert not window.actions_table["exclude_selected"].isEnabled()


def test_the_keyboard_goes_back_to_the_canvas_after_a_note(qtbot: QtBot, window: Window, folder: Path) -> None:
    line, canvas = opened(qtbot, window, folder), window.paint.canvas
    choose(window, 0)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        canvas.setFocus()
        line.commands["exclude_why"]()
        assert line.note.hasFocus()
        qtbot.keyClick(line.note, key)
        ended(qtbot, window)
        assert line.note.isHidden()
        assert canvas.hasFocus()
