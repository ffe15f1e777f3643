"""Magnetic brush and scribble assist in the real window, with a real pointer on a photo of two tones."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chromadesk.editing import magnetic, scribble
from chromadesk.editing.brush import stroke
from chromadesk.studio.window import Window

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SIZE = (120, 80)
BOOT = np.s_[60:100, 20:50]


@pytest.fixture
def opened(qtbot: QtBot, window: Window, tmp_path: Path) -> Window:
    """A brown boot on pale ground, no mask, no model."""
    pixels = np.full((*SIZE, 3), (185, 180, 170), np.uint8)
    pixels[BOOT] = (90, 50, 40)
    (tmp_path / "set" / "A").mkdir(parents=True)
    for name in ("01", "02"):
        Image.fromarray(pixels).save(tmp_path / "set" / "A" / f"{name}.png")
    assert window.session.open_dataset(tmp_path / "set")
    window.session.active.path = None
    qtbot.waitUntil(lambda: window.session.document is not None)
    return window


def drag(qtbot: QtBot, window: Window, *places: tuple[float, float]) -> list[tuple[float, float]]:
    """Press, move and release; the photo points the pointer was really at."""
    canvas = window.paint.canvas
    at = [QPoint(*(round(value) for value in canvas.transform.to_screen(x, y))) for x, y in places]
    qtbot.mousePress(canvas, LEFT, pos=at[0])
    for place in at[1:]:
        qtbot.mouseMove(canvas, place)
    qtbot.mouseRelease(canvas, LEFT, pos=at[-1])
    return [canvas.transform.to_photo(place.x(), place.y()) for place in at]


def labels(window: Window) -> np.ndarray:
    assert window.session.document is not None
    return window.session.document.labels


def boot() -> np.ndarray:
    made = np.zeros(SIZE, bool)
    made[BOOT] = True
    return made


def test_a_magnetic_dab_is_the_engines_and_one_step(qtbot: QtBot, opened: Window) -> None:
    qtbot.keyClick(opened.paint.canvas, Qt.Key.Key_M)
    qtbot.keyClick(opened.paint.canvas, Qt.Key.Key_1)
    (point,) = drag(qtbot, opened, (35, 80))
    document = opened.session.document
    assert document is not None
    photo = opened.paint.canvas.photo
    assert photo is not None
    box, mask = magnetic.dab(photo, np.zeros(SIZE, np.uint8), point, 40)
    wanted = np.zeros(SIZE, np.uint8)
    wanted[box.slices][mask] = 1
    assert np.array_equal(labels(opened), wanted)
    assert not wanted[~boot()].any()
    assert [patch.kind for patch in document.history.done] == ["magnetic"]
    qtbot.keyClick(opened.paint.canvas, Qt.Key.Key_Z, CTRL)
    assert not labels(opened).any()


def test_a_magnetic_drag_covers_the_boot_and_honours_locks(qtbot: QtBot, opened: Window) -> None:
    document = opened.session.document
    assert document is not None
    before = np.zeros(SIZE, np.uint8)
    before[60:70, 20:50] = 2
    document.predict(before)
    opened.tool_state.toggle_lock(2)
    opened.tool_state.set_tool("magnetic")
    opened.tool_state.set_class(1)
    drag(qtbot, opened, (28, 84), (36, 84), (44, 84), (44, 78), (28, 78))
    assert (labels(opened)[60:70, 20:50] == 2).all()
    assert np.count_nonzero(labels(opened) == 1) > 0.8 * 30 * 30
    assert not (labels(opened) == 1)[~boot()].any()
    assert len(document.history.done) == 2


def test_a_scribble_flips_the_boot_in_one_step(qtbot: QtBot, opened: Window) -> None:
    document = opened.session.document
    assert document is not None
    before = np.where(boot(), np.uint8(3), np.uint8(0))
    document.predict(before)
    qtbot.keyClick(opened.paint.canvas, Qt.Key.Key_S)
    qtbot.keyClick(opened.paint.canvas, Qt.Key.Key_1)
    assert opened.tool_state.size == 8
    drag(qtbot, opened, (35, 70), (34, 80), (35, 90))
    wrong = (labels(opened) == 1) != boot()
    assert np.count_nonzero(wrong) <= 0.06 * boot().sum()
    assert (labels(opened)[65:95, 25:45] == 1).all()
    assert [patch.kind for patch in document.history.done] == ["prediction", "scribble"]
    assert document.touched[80, 22]
    qtbot.keyClick(opened.paint.canvas, Qt.Key.Key_Z, CTRL)
    assert np.array_equal(labels(opened), before)
    assert not document.touched.any()


def test_a_scribble_leaves_locked_classes_and_earlier_scribbles(qtbot: QtBot, opened: Window) -> None:
    document = opened.session.document
    assert document is not None
    before = np.where(boot(), np.uint8(3), np.uint8(0))
    before[60:75, 20:50] = 4
    document.predict(before)
    state = opened.tool_state
    state.set_tool("scribble")
    state.set_class(2)
    points = drag(qtbot, opened, (24, 93), (30, 93))
    kept = np.zeros(SIZE, bool)
    box, mask = stroke(points, 8)
    kept[box.slices] = mask
    state.toggle_lock(4)
    state.set_class(1)
    drag(qtbot, opened, (40, 80), (40, 90))
    assert (labels(opened)[60:75, 20:50] == 4).all()
    assert (labels(opened)[kept & boot()] == 2).all()
    assert labels(opened)[85, 40] == 1
    state.toggle_lock(1)
    drag(qtbot, opened, (30, 20), (35, 20))
    assert opened.paint.canvas.saying == "Accessories is locked"
    assert (labels(opened)[:50] != 1).all()


def test_escape_takes_a_scribble_back_before_it_spreads(qtbot: QtBot, opened: Window) -> None:
    canvas = opened.paint.canvas
    opened.tool_state.set_tool("scribble")
    at = QPoint(*(round(value) for value in canvas.transform.to_screen(35, 80)))
    qtbot.mousePress(canvas, LEFT, pos=at)
    assert labels(opened).any()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(canvas, LEFT, pos=at)
    assert not labels(opened).any()
    assert opened.session.document is not None
    assert opened.session.document.history.done == []


def test_scribble_and_brush_have_sizes_of_their_own(opened: Window) -> None:
    state = opened.tool_state
    state.set_size(60)
    state.set_tool("scribble")
    assert state.size == opened.paint.options.size_field.value() == 8
    state.set_size(5)
    state.set_tool("eraser")
    assert state.size == 60
    state.set_tool("scribble")
    assert state.size == 5


def test_sensitivity_shows_with_the_magnetic_brush_and_counts(qtbot: QtBot, opened: Window) -> None:
    options = opened.paint.options.smart
    assert not options.sensitivity.isVisible()
    opened.tool_state.set_tool("magnetic")
    assert options.sensitivity.isVisible()
    assert options.sensitivity.value() == magnetic.USUAL
    options.sensitivity.setValue(magnetic.LEAST)
    assert opened.tool_state.sensitivity == magnetic.LEAST
    opened.tool_state.set_class(1)
    opened.tool_state.set_size(70)
    drag(qtbot, opened, (35, 80))
    assert (labels(opened) == 1)[~boot()].any()  # hardly anything stops it now


def test_scores_are_fetched_for_the_scribble_and_leave_the_mask_alone(
    qtbot: QtBot, opened: Window, tiny_weights: Path, tmp_path: Path
) -> None:
    canvas = opened.paint.canvas
    assert canvas.chances is None
    weights = tmp_path / "model.safetensors"
    shutil.copy(tiny_weights, weights)
    opened.session.active.use(weights)
    opened.tool_state.set_tool("scribble")
    qtbot.waitUntil(lambda: canvas.chances is not None, timeout=120_000)
    chances = canvas.chances
    assert chances is not None
    assert chances.shape[0] == 5
    assert np.abs(chances.astype(int).sum(axis=0) - 255).max() <= 3
    assert not labels(opened).any()
    opened.tool_state.set_class(1)
    points = drag(qtbot, opened, (35, 70), (35, 90))
    box, mask = scribble.decide(canvas.photo, np.zeros(SIZE, np.uint8), stroke(points, 8), 1, chances)
    wanted = np.zeros(SIZE, np.uint8)
    wanted[box.slices][mask] = 1
    # The scribble stands in the mask already when its surroundings are decided.
    assert np.count_nonzero(labels(opened) != wanted) < 0.02 * labels(opened).size
    opened.session.open_photo("A/02.png")
    qtbot.waitUntil(lambda: opened.session.item is not None and opened.session.item.key == "A/02.png")
    qtbot.waitUntil(lambda: canvas.chances is not None, timeout=120_000)


def test_r_refines_what_brush_strokes_leave(qtbot: QtBot, opened: Window) -> None:
    options, canvas = opened.paint.options.smart, opened.paint.canvas
    assert options.refine.isVisible()
    opened.tool_state.set_class(1)
    opened.tool_state.set_size(27)
    path = [(31, 73), (39, 73), (39, 87), (31, 87), (31, 73)]  # two pixels too wide, at either side
    drag(qtbot, opened, *path)
    plain = labels(opened).copy()
    qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(canvas, Qt.Key.Key_R)
    assert options.refine.isChecked()
    drag(qtbot, opened, *path)
    off, left = (np.count_nonzero(((each == 1) != boot())[73:87]) for each in (plain, labels(opened)))
    assert off >= 4 * 14
    assert left == 0
    document = opened.session.document
    assert document is not None
    assert [patch.kind for patch in document.history.done] == ["brush"]
    qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert not labels(opened).any()
    opened.tool_state.set_tool("magnetic")
    assert not options.refine.isVisible()
