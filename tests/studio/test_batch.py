"""Commands for several photos: what they change on disk, what they leave alone, progress, and stopping."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import store
from chromadesk.masks import read_mask
from chromadesk.studio.panels.selection_line import SelectionLine
from chromadesk.studio.window import Window

PATIENCE = 120_000
ONE, TWO, THREE, FOUR, FIVE = (f"A/{number:02}.jpg" for number in range(1, 6))
ALL = [ONE, TWO, THREE, FOUR, FIVE]
SIZE = (120, 80)


@pytest.fixture
def proposed(folder: Path) -> Path:
    """04 has a proposal, all clothes, in its journal; 02 is edited; 05 is new."""
    dataset = Dataset.open(folder)
    opened = store.open_document(dataset[FOUR], dataset.state)
    opened.document.predict(np.full(SIZE, 3, np.uint8))
    opened.close()
    with Index.open(dataset) as index:
        index.set_status(FOUR, "proposed")
        index.set_status(TWO, "edited")
    return folder


def opened(qtbot: QtBot, window: Window, folder: Path) -> SelectionLine:
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.session.active.path = None
    assert window.paint.photos.selection is not None
    return window.paint.photos.selection


def ended(qtbot: QtBot, window: Window, timeout: int = 10_000) -> None:
    qtbot.waitUntil(lambda: not window.batch.words, timeout=timeout)
    window.session.flush()


def on_disk(folder: Path) -> dict[str, str]:
    with Index.open(Dataset.open(folder)) as index:
        return dict(index.statuses())


def test_approving_writes_what_was_proposed_and_passes_over_what_is_new(
    qtbot: QtBot, window: Window, proposed: Path, notices: list[tuple[str, str]]
) -> None:
    opened(qtbot, window, proposed)
    window.batch.approve(ALL)
    assert window.batch.words == "Approving 1 of 2"
    ended(qtbot, window)
    assert notices[-1] == ("2 photos approved; 3 have no mask yet or were approved before.", "info")
    assert on_disk(proposed) == dict(zip(ALL, ["approved"] * 4 + ["new"], strict=True))
    assert (read_mask(proposed / "B" / "04.png", SIZE).labels == 3).all()
    assert not (proposed / "B" / "05.png").exists()
    assert window.session.status(FOUR) == "approved"
    assert window.top.progress.text() == "2 today"
    assert "4 of 5 photos approved" in window.top.progress.toolTip()


def test_the_open_photo_is_approved_with_its_strokes(qtbot: QtBot, window: Window, folder: Path, show) -> None:
    opened(qtbot, window, folder)
    show(window.session, FIVE)
    document = window.session.document
    assert document is not None
    document.edit("brush", document.bounds, np.full(SIZE, 4, np.uint8), np.ones(SIZE, bool))
    window.batch.approve([FIVE])
    ended(qtbot, window)
    qtbot.waitUntil(lambda: not document.dirty)
    assert (read_mask(folder / "B" / "05.png", SIZE).labels == 4).all()
    assert on_disk(folder)[FIVE] == "approved"
    assert window.session.item is not None
    assert window.session.item.key == FIVE


def test_excluding_keeps_the_note_and_can_be_taken_back(qtbot: QtBot, window: Window, proposed: Path) -> None:
    opened(qtbot, window, proposed)
    window.batch.exclude([THREE, FOUR, FIVE], "two people")
    ended(qtbot, window)
    assert [on_disk(proposed)[key] for key in (THREE, FOUR, FIVE)] == ["excluded"] * 3
    assert window.session.index is not None
    assert window.session.index.note(FOUR) == "two people"
    tip = window.paint.photos.model.index(3).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "A/04.jpg, excluded: two people"
    window.batch.take_back(ALL)
    ended(qtbot, window)
    assert on_disk(proposed) == dict(zip(ALL, ["edited", "edited", "edited", "proposed", "new"], strict=True))


def test_masks_are_exported_and_none_is_replaced_in_place(
    qtbot: QtBot, window: Window, proposed: Path, tmp_path: Path, notices: list[tuple[str, str]]
) -> None:
    opened(qtbot, window, proposed)
    out = tmp_path / "out"
    assert window.batch.export_folder == proposed.parent
    window.batch.export(ALL, out)
    assert window.batch.export_folder == out  # where the next one begins
    ended(qtbot, window)
    assert sorted(path.name for path in out.iterdir()) == ["01.png", "02.png", "03.png", "04.png"]
    assert (read_mask(out / "04.png", SIZE).labels == 3).all()
    assert notices[-1] == ("4 photos exported; 1 has no mask yet.", "info")
    before = (proposed / "B" / "01.png").stat().st_mtime_ns
    window.batch.export([ONE], proposed / "B")
    ended(qtbot, window)
    assert notices[-1][1] == "error"
    assert "choose another folder" in notices[-1][0]
    assert (proposed / "B" / "01.png").stat().st_mtime_ns == before


def test_stopping_leaves_the_rest_as_it_was(
    qtbot: QtBot, window: Window, folder: Path, notices: list[tuple[str, str]]
) -> None:
    line = opened(qtbot, window, folder)
    window.batch.exclude(ALL)
    assert line.isVisible()
    assert line.line.text() == "Excluding 1 of 5"
    window.batch.exclude([ONE])
    assert "Wait until" in notices[-1][0]
    line.cancel.click()
    assert not window.batch.words
    assert "then stopped" in notices[-1][0]
    window.session.flush()
    QApplication.processEvents()
    assert list(on_disk(folder).values()).count("excluded") == 1


def test_a_photo_that_cannot_be_read_stops_no_other(
    qtbot: QtBot, window: Window, proposed: Path, notices: list[tuple[str, str]]
) -> None:
    (proposed / "A" / "02.jpg").write_bytes(b"no picture")
    opened(qtbot, window, proposed)
    window.batch.approve(ALL)
    ended(qtbot, window)
    assert notices[-1][1] == "error"
    assert notices[-1][0].startswith("1 photo approved")
    assert "02.jpg" in notices[-1][0]
    assert on_disk(proposed)[TWO] == "edited"
    assert on_disk(proposed)[FOUR] == "approved"


def test_predicting_many_leaves_alone_what_a_person_decided(
    qtbot: QtBot, window: Window, proposed: Path, tiny_weights: Path, notices: list[tuple[str, str]]
) -> None:
    opened(qtbot, window, proposed)
    before = (proposed / "B" / "02.png").read_bytes()
    window.batch.predict(ALL)
    assert "No model" in notices[-1][0]
    window.session.active.path = tiny_weights
    window.batch.predict(ALL)
    assert window.batch.words == "Predicting 1 of 2"
    ended(qtbot, window, PATIENCE)
    assert notices[-1] == ("2 photos predicted; 3 were edited, approved or excluded.", "info")
    assert on_disk(proposed)[FIVE] == "proposed"
    assert (proposed / "B" / "02.png").read_bytes() == before
    assert not (proposed / "B" / "05.png").exists()  # a bare proposal never reaches B
    dataset = Dataset.open(proposed)
    again = store.open_document(dataset[FIVE], dataset.state)
    assert [patch.kind for patch in again.document.history.done] == ["prediction"]
    again.close()
    assert window.session.doubts.get(FIVE) is not None


def test_the_menu_acts_on_what_is_selected(qtbot: QtBot, window: Window, proposed: Path) -> None:
    line = opened(qtbot, window, proposed)
    assert line.isHidden()
    grid = window.paint.photos.view
    for row in (3, 4):
        grid.selectionModel().select(grid.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    assert line.isVisible()
    assert line.line.text() == "3 selected"
    assert line.keys() == [ONE, FOUR, FIVE]
    qtbot.mouseClick(
        grid.viewport(), Qt.MouseButton.RightButton, pos=grid.visualRect(grid.model().index(3, 0)).center()
    )
    assert line.keys() == [ONE, FOUR, FIVE]
    line._asked(QPoint(20, 20))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    actions = {action.text(): action for action in line.menu().actions()}
    actions["Exclude with a note…"].trigger()
    assert line.note.isVisible()
    qtbot.keyClicks(line.note, "blurred")
    qtbot.keyClick(line.note, Qt.Key.Key_Return)
    ended(qtbot, window)
    assert line.note.isHidden()
    assert window.session.index is not None
    assert [window.session.index.note(key) for key in (ONE, FOUR, FIVE)] == ["blurred"] * 3
    line._ask_why()
    qtbot.keyClick(line.note, Qt.Key.Key_Escape)
    assert line.note.isHidden()
