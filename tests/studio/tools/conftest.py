"""A canvas with a document on it, and the hand that works on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint

from chromadesk.studio.canvas.view import Canvas

SIZE = (200, 150)


@pytest.fixture
def at(canvas: Canvas) -> Callable[[float, float], QPoint]:
    """The canvas position of a place on the photo."""

    def place(x: float, y: float) -> QPoint:
        screen = canvas.transform.to_screen(x, y)
        return QPoint(round(screen[0]), round(screen[1]))

    return place
