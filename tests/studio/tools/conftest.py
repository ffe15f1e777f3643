"""A canvas with a document on it, and the hand that works on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.editing.document import Document
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.tools.state import ToolState

SIZE = (200, 150)


@pytest.fixture
def canvas(dressed: QApplication, qtbot: QtBot) -> Canvas:
    """A canvas that has the keyboard; its photo is 150 x 200."""
    state = ToolState()
    made = Canvas(state)
    state.setParent(made)
    made.resize(500, 460)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    pixels = np.random.default_rng(0).integers(0, 255, (*SIZE, 3), np.uint8)
    made.show_document(Document(Path("a.jpg"), np.zeros(SIZE, np.uint8)), PhotoLayer(pixels, []))
    made.setFocus()
    return made


@pytest.fixture
def at(canvas: Canvas) -> Callable[[float, float], QPoint]:
    """The canvas position of a place on the photo."""

    def place(x: float, y: float) -> QPoint:
        screen = canvas.transform.to_screen(x, y)
        return QPoint(round(screen[0]), round(screen[1]))

    return place
