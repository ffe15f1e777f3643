"""A tool: drag a rectangle, and it is filled with the chosen class."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from chromadesk.editing.brush import Point
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box
from chromadesk.studio.canvas import outline
from chromadesk.studio.canvas.transform import Transform
from chromadesk.studio.tools.tool import Gesture, Stage, Tool


class RectangleTool(Tool):
    """One stroke a drag, so that undo, locks, the journal and *refine edges* hold for it as for the brush."""

    name = "rectangle"
    title = "Rectangle"
    key = "U"
    hint = "Drag: fill a rectangle"
    icon = str(Path(__file__).with_name("rectangle.svg"))
    cursor = Qt.CursorShape.CrossCursor
    refines = True

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._document: Document | None = None
        self._corners: list[Point] = []

    def press(self, gesture: Gesture) -> None:
        """Set the first corner."""
        document = self.stage.document
        if document is not None and document.stroke is None:
            self._document, self._corners = document, [gesture.point, gesture.point]

    def move(self, gesture: Gesture) -> None:
        """Draw the other one along."""
        if self._corners:
            before = self._outline()
            self._corners[1] = gesture.point
            self.stage.redraw(before + self._outline())

    def release(self, gesture: Gesture) -> None:
        """Fill."""
        self.move(gesture)
        document, corners = self._document, self._corners
        self.cancel()
        if not corners or document is None or document is not self.stage.document:
            return
        (left, right), (top, bottom) = (sorted(side) for side in zip(*corners, strict=True))
        box = Box(math.floor(top), math.floor(left), math.ceil(bottom), math.ceil(right)).intersection(document.bounds)
        if box.empty:
            self.stage.say("Outside the photo")
            return
        stroke = self.stroke(document, "lasso")  # what the history calls it: one of editing.patch.KINDS
        stroke.add(box, np.ones((box.height, box.width), bool))
        self.finish(stroke)

    def cancel(self) -> None:
        """Give up."""
        if self._corners:
            self.stage.redraw(self._outline())
        self._corners, self._document = [], None

    def paint(self, painter: QPainter, transform: Transform, ratio: float) -> None:
        """The rectangle so far."""
        outline.draw(painter, self._outline(), transform, ratio)

    def _outline(self) -> list[Point]:
        if not self._corners:
            return []
        (left, top), (right, bottom) = self._corners
        return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
