"""The coarse mask of a large photo is seen and nothing more: the document gets the fine one, under what was painted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chromadesk.editing.document import Document
from chromadesk.studio.window import Window
from tests.studio.conftest import SIZE

KEY = "A/04.jpg"
COARSE = np.full((SIZE[0] // 4, SIZE[1] // 4), 2, np.uint8)
FINE = np.full(SIZE, 3, np.uint8)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sketched(window: Window, folder: Path, show: Callable[..., None]) -> Window:
    """A window that shows the coarse mask of a photo without any other."""
    assert window.session.open_dataset(folder)
    show(window.session, KEY)
    asked(window)
    assert window.coarse.shown
    return window


def asked(window: Window, everything: bool = False) -> None:
    """The child has been asked, and has answered coarsely."""
    session, predictor = window.session, window.predictor
    assert session.item is not None
    session.predict(everything)  # without a model nobody is asked
    predictor._asked[session.item.photo] = session.item.key
    predictor._segmenter.sketched.emit(session.item.photo, COARSE)


def answered(window: Window, labels: np.ndarray = FINE) -> None:
    assert window.session.item is not None
    window.predictor._segmenter.predicted.emit(window.session.item.photo, labels)


def document(window: Window) -> Document:
    assert window.session.document is not None
    return window.session.document


def middle(window: Window, dx: int = 0) -> QPoint:
    return window.paint.canvas.rect().center() + QPoint(dx, 0)


def paint(window: Window, class_id: int = 4) -> np.ndarray:
    """A dab; the pixels it touched."""
    window.tool_state.set_class(class_id)
    window.tool_state.set_size(20)
    QTest.mouseClick(window.paint.canvas, LEFT, pos=middle(window))
    return document(window).touched.copy()


def colour(window: Window, at: QPoint) -> tuple[int, ...]:
    return window.paint.canvas.grab().toImage().pixelColor(at).getRgb()


def test_it_is_seen_and_no_step(sketched: Window) -> None:
    bare = colour(sketched, middle(sketched))
    sketched.paint.canvas.show_coarse(None)
    assert colour(sketched, middle(sketched)) != bare
    asked(sketched)
    assert colour(sketched, middle(sketched)) == bare
    assert not document(sketched).labels.any()
    assert not document(sketched).history.done
    answered(sketched)
    assert not sketched.coarse.shown
    assert (document(sketched).labels == 3).all()
    assert [patch.kind for patch in document(sketched).history.done] == ["prediction"]
    sketched.undo()
    assert not document(sketched).labels.any()


def test_what_is_painted_meanwhile_is_seen_and_stays(sketched: Window) -> None:
    before = colour(sketched, middle(sketched))
    touched = paint(sketched)
    assert touched.any()
    assert colour(sketched, middle(sketched)) != before
    assert sketched.coarse.shown
    answered(sketched)
    assert (document(sketched).labels == np.where(touched, 4, 3)).all()
    assert [patch.kind for patch in document(sketched).history.done] == ["brush", "prediction"]


def test_in_mid_stroke_the_fine_one_waits_and_the_coarse_one_stays(sketched: Window) -> None:
    canvas = sketched.paint.canvas
    sketched.tool_state.set_class(4)
    QTest.mousePress(canvas, LEFT, pos=middle(sketched))
    answered(sketched)
    assert sketched.coarse.shown
    QTest.mouseMove(canvas, middle(sketched, 10))
    QTest.mouseRelease(canvas, LEFT, pos=middle(sketched, 10))
    assert not sketched.coarse.shown
    labels, touched = document(sketched).labels, document(sketched).touched
    assert touched.any()
    assert (labels == np.where(touched, 4, 3)).all()


def test_it_goes_when_nothing_changes_or_nothing_comes(sketched: Window, notices: list) -> None:
    answered(sketched, np.zeros(SIZE, np.uint8))  # no step
    assert not sketched.coarse.shown
    asked(sketched)
    assert sketched.session.item is not None
    sketched.predictor._segmenter.failed.emit(sketched.session.item.photo, "It broke.")
    assert not sketched.coarse.shown
    assert ("It broke.", "error") in notices


def test_another_photo_has_none_of_it(sketched: Window, show: Callable[..., None]) -> None:
    photo = sketched.session.item.photo if sketched.session.item else Path()
    show(sketched.session, "A/05.jpg")
    assert not sketched.coarse.shown
    sketched.predictor._segmenter.sketched.emit(photo, COARSE)
    assert not sketched.coarse.shown


def test_what_goes_by_the_mask_waits(sketched: Window) -> None:
    canvas, state = sketched.paint.canvas, sketched.tool_state
    for tool, locked in (("fill", []), ("magnetic", []), ("brush", [3])):
        state.set_tool(tool)
        for class_id in locked:
            state.toggle_lock(class_id)
        QTest.mouseClick(canvas, LEFT, pos=middle(sketched))
        assert not document(sketched).history.done
        assert "finer" in canvas.saying
    for action in ("approve", "smooth"):
        sketched.actions_table[action].trigger()
        assert sketched.session.status(KEY) == "new"
        assert canvas.preview is None
        assert not sketched.paint.cleaning.active
    state.set_tool("hand")
    assert not canvas.refuses_paint()


def test_everything_anew_leaves_what_was_painted_since(sketched: Window) -> None:
    answered(sketched)
    old = paint(sketched, 1)
    asked(sketched, everything=True)
    assert not sketched.coarse.shown  # it could not tell the old stroke from a new one
    sketched.tool_state.set_class(4)
    QTest.mouseClick(sketched.paint.canvas, LEFT, pos=middle(sketched, 40))
    new = document(sketched).labels == 4
    assert new.any()
    answered(sketched, np.full(SIZE, 2, np.uint8))
    assert old.any()
    assert (document(sketched).labels == np.where(new, 4, 2)).all()
    assert (document(sketched).touched == new).all()


@pytest.mark.slow
def test_a_large_photo_is_coarse_first(qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (8, 6, 3), np.uint8)
    Image.fromarray(pixels).resize((1800, 2400)).save(folder / "A" / "06.jpg")
    assert window.session.open_dataset(folder)
    window.session.active.path = tiny_weights
    seen: list[tuple[bool, bool]] = []
    window.predictor.sketched.connect(lambda *_: seen.append((window.coarse.shown, document(window).labels.any())))
    window.session.open_photo("A/06.jpg")
    qtbot.waitUntil(lambda: window.session.status("A/06.jpg") == "proposed", timeout=120_000)
    assert len(seen) == 1
    assert not seen[0][1]
    assert not window.coarse.shown
