"""The history brush and the reverts, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chromadesk.editing.brush import dab
from chromadesk.editing.stroke import Stroke
from chromadesk.masks import read_mask
from chromadesk.studio import commands
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.window import Window

LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier
FOUR = "A/04.jpg"


def paint(window: Window, class_id: int, where: tuple[float, float], diameter: int = 15) -> None:
    document = window.session.document
    assert document is not None
    stroke = Stroke(document, class_id)
    stroke.add(*dab(where, diameter))
    assert stroke.finish() is not None


@pytest.fixture
def unlabelled(qtbot: QtBot, window: Window, folder: Path, show: Callable) -> Window:
    """The window on a photo that has no mask."""
    assert window.session.open_dataset(folder)
    show(window.session, FOUR)
    window.paint.canvas.setFocus()
    return window


def test_without_a_proposal_it_says_so(qtbot: QtBot, canvas: Canvas, at: Callable[[float, float], QPoint]) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_Y)
    assert canvas.tool.name == "history"
    qtbot.mouseClick(canvas, LEFT, pos=at(50, 50))
    assert canvas.saying == "No proposal yet"
    canvas.state.set_source("saved")
    qtbot.mouseClick(canvas, LEFT, pos=at(50, 50))
    assert canvas.saying == "No saved mask yet"
    assert canvas.document is not None
    assert canvas.document.stroke is None


def test_it_paints_back_exactly_the_ring(qtbot: QtBot, canvas: Canvas, at: Callable[[float, float], QPoint]) -> None:
    document = canvas.document
    assert document is not None
    document.predict(np.full(document.size, 2, np.uint8))
    stroke = Stroke(document, 4)
    stroke.add(document.bounds, np.ones(document.size, bool))
    stroke.finish()
    qtbot.keyClick(canvas, Qt.Key.Key_Y)
    where = at(70, 90)
    qtbot.mouseClick(canvas, LEFT, ALT, pos=where)  # Alt picks no class here
    assert canvas.state.class_id == 3
    box, mask = dab(canvas.transform.to_photo(where.x(), where.y()), 40)
    wanted = np.full(document.size, 4, np.uint8)
    wanted[box.slices][mask] = 2
    assert np.array_equal(document.labels, wanted)
    assert np.array_equal(document.touched, wanted == 4)
    qtbot.mouseClick(canvas, LEFT, pos=where)
    assert canvas.saying == "Already as proposed"


def test_the_options_choose_what_comes_back(qtbot: QtBot, unlabelled: Window) -> None:
    window, options = unlabelled, unlabelled.paint.options.tool_options
    session, canvas = window.session, window.paint.canvas
    assert session.document is not None
    assert options.isHidden()
    size = session.document.size
    session.apply_prediction(FOUR, np.full(size, 2, np.uint8))
    paint(window, 1, (20.0, 20.0))
    with qtbot.waitSignal(session.photo_saved):
        session.save()
    paint(window, 4, (20.0, 20.0))
    qtbot.keyClick(canvas, Qt.Key.Key_Y)
    assert options.isVisible()
    assert options.sources["proposal"].isChecked()
    place = QPoint(*[round(value) for value in canvas.transform.to_screen(20, 20)])
    qtbot.mouseClick(options.sources["saved"], LEFT)
    qtbot.mouseClick(canvas, LEFT, pos=place)
    assert session.document.labels[20, 20] == 1
    assert session.document.touched[20, 20]
    qtbot.mouseClick(options.sources["proposal"], LEFT)
    qtbot.mouseClick(canvas, LEFT, pos=place)
    assert session.document.labels[20, 20] == 2
    assert not session.document.touched[20, 20]


def test_reverts_are_steps_that_can_be_undone(qtbot: QtBot, unlabelled: Window) -> None:
    window, session, canvas = unlabelled, unlabelled.session, unlabelled.paint.canvas
    document = session.document
    assert document is not None
    window.actions_table["revert_proposal"].trigger()
    assert canvas.saying == "No proposal yet"
    session.apply_prediction(FOUR, np.full(document.size, 2, np.uint8))
    paint(window, 1, (20.0, 20.0))
    with qtbot.waitSignal(session.photo_saved):
        session.save()
    paint(window, 4, (40.0, 40.0))
    before = document.labels.copy()
    for name, wanted in (("revert_saved", {1, 2}), ("revert_proposal", {2}), ("revert_first", {0})):
        window.actions_table[name].trigger()
        assert set(np.unique(document.labels)) == wanted
        assert window.paint.history.model.data(window.paint.history.view.currentIndex()) == "Revert"
        document.undo()
        assert np.array_equal(document.labels, before)
    window.tool_state.toggle_lock(4)
    window.actions_table["revert_first"].trigger()
    assert set(np.unique(document.labels)) == {0, 4}
    assert "of 256 MB" in window.paint.history.size_label.text()


def test_the_mask_before_the_last_save_comes_back_as_a_step(qtbot: QtBot, unlabelled: Window) -> None:
    window, session = unlabelled, unlabelled.session
    document, action = session.document, window.actions_table["revert_previous"]
    assert document is not None
    for class_id in (1, 2):
        assert not action.isEnabled()
        (reason,) = [each.reason for each in commands.actions(window) if each.name == "revert_previous"]
        assert "once a save has replaced" in reason
        paint(window, class_id, (20.0 * class_id, 20.0))
        with qtbot.waitSignal(session.photo_saved):
            session.save()
    assert action.isEnabled()
    action.trigger()
    qtbot.waitUntil(lambda: set(np.unique(document.labels)) == {0, 1})
    action.trigger()
    qtbot.waitUntil(lambda: window.paint.canvas.saying == "Already as before the last save")
    document.undo()
    assert set(np.unique(document.labels)) == {0, 1, 2}
    window.tool_state.toggle_lock(2)
    action.trigger()
    qtbot.waitUntil(lambda: "Already" in window.paint.canvas.saying)
    assert set(np.unique(document.labels)) == {0, 1, 2}


def test_in_the_place_of_a_broken_mask_the_one_before_is_offered(
    qtbot: QtBot, unlabelled: Window, folder: Path, show: Callable
) -> None:
    window, session = unlabelled, unlabelled.session
    for class_id in (1, 2):
        paint(window, class_id, (20.0 * class_id, 20.0))
        with qtbot.waitSignal(session.photo_saved):
            session.save()
    assert session.item is not None
    mask = session.item.mask
    show(session, "A/01.jpg")
    mask.write_bytes(b"damaged")
    show(session, FOUR)
    notice = window.notices.shown[-1]
    assert notice.level == "error"
    assert notice.answer is not None
    assert notice.answer.text() == "Bring back the mask before the last save"
    qtbot.mouseClick(notice.answer, LEFT)
    document = session.document
    assert document is not None
    qtbot.waitUntil(lambda: set(np.unique(document.labels)) == {0, 1})
    with qtbot.waitSignal(session.photo_saved):
        session.save()
    assert np.array_equal(read_mask(mask).labels, document.labels)
    (aside,) = (folder / ".chromadesk" / "conflicts").rglob("*-unreadable.png")
    assert aside.read_bytes() == b"damaged"
