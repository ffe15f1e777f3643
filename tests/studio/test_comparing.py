"""Before and after, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chromadesk.studio.session import Session
from chromadesk.studio.window import Window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def painted(qtbot: QtBot, window: Window, folder: Path, show: Callable[[Session, str], None]) -> Window:
    """A saved mask, all clothes by proposal, of which a person made the middle hair."""
    assert window.session.open_dataset(folder)
    show(window.session, "A/02.jpg")
    document = window.session.document
    assert document is not None
    document.predict(np.full(document.size, 3, np.uint8), everything=True)
    window.tool_state.set_class(4)
    stroke = window.paint.canvas.tools["brush"].stroke(document, "brush")
    stroke.add(document.bounds, np.ones(document.size, bool))
    stroke.finish()
    return window


def colour(window: Window, share: float) -> tuple[int, int, int]:
    """What the canvas shows at so much of the photo's width, a quarter from its top."""
    canvas = window.paint.canvas
    height, width = canvas.photo_size or (0, 0)
    x, y = canvas.transform.to_screen(width * share, height * 0.25)
    picture: QImage = canvas.grab().toImage()
    return picture.pixelColor(QPoint(round(x), round(y))).getRgb()[:3]


def test_left_of_the_line_is_the_proposal(qtbot: QtBot, painted: Window) -> None:
    now = colour(painted, 0.3)
    painted.actions_table["compare"].trigger()
    canvas = painted.paint.canvas
    qtbot.waitUntil(lambda: canvas.wipe is not None)
    was = colour(painted, 0.3)
    assert was != now
    assert colour(painted, 0.7) == now or max(np.abs(np.subtract(colour(painted, 0.7), now))) < 40  # noise of the photo
    line = QPoint(round(canvas.wipe.at(canvas.transform)), 60)
    qtbot.mouseMove(canvas, line)
    assert canvas.cursor().shape() == Qt.CursorShape.SplitHCursor
    steps = painted.session.document.history.done
    count = len(steps)
    qtbot.mousePress(canvas, LEFT, pos=line)
    goal = QPoint(round(canvas.transform.to_screen(0.2 * canvas.photo_size[1], 0)[0]), 60)
    qtbot.mouseMove(canvas, goal)
    qtbot.mouseRelease(canvas, LEFT, pos=goal)
    assert canvas.wipe.share == pytest.approx(0.2, abs=0.02)
    assert colour(painted, 0.3) == now
    assert len(steps) == count  # the drag painted nothing
    painted.actions_table["compare"].trigger()
    assert canvas.wipe is None
    assert colour(painted, 0.1) != was


def test_a_photo_without_a_proposal_says_so(
    qtbot: QtBot, window: Window, folder: Path, show: Callable[[Session, str], None]
) -> None:
    assert window.session.open_dataset(folder)
    show(window.session, "A/01.jpg")
    window.comparing.choose("proposal")
    assert window.paint.canvas.saying == "No proposal yet"
    assert window.paint.canvas.wipe is None
    window.comparing.choose("saved")
    qtbot.waitUntil(lambda: window.paint.canvas.wipe is not None)
    assert window.paint.canvas.wipe.name == "Saved"


def test_a_new_proposal_takes_the_place_of_the_old_one(qtbot: QtBot, painted: Window) -> None:
    canvas, document = painted.paint.canvas, painted.session.document
    painted.comparing.choose("proposal")
    qtbot.waitUntil(lambda: canvas.wipe is not None)
    before = canvas.wipe
    document.predict(np.full(document.size, 2, np.uint8), everything=True)
    qtbot.waitUntil(lambda: canvas.wipe is not before)
    assert (canvas.wipe.layer.pyramid.level(0) == 2).all()


def test_another_model_is_compared_with(qtbot: QtBot, painted: Window, tiny_weights: Path) -> None:
    canvas = painted.paint.canvas
    painted.comparing.choose(tiny_weights)
    qtbot.waitUntil(lambda: canvas.wipe is not None, timeout=60_000)
    assert canvas.wipe.name == "tiny"
    assert canvas.document.labels.min() == 4  # what was painted stands
    painted.session.open_photo("A/03.jpg")
    qtbot.waitUntil(lambda: painted.session.item.key == "A/03.jpg")
    assert painted.comparing.against is None
