"""What every tool is: a name, a key, a hint, and what it does with the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from chromadesk.editing.brush import Point
from chromadesk.editing.document import Document
from chromadesk.editing.snapping import snap
from chromadesk.editing.stroke import Stroke
from chromadesk.studio.canvas.transform import Transform
from chromadesk.studio.tools.state import ToolState


@dataclass(frozen=True)
class Gesture:
    """Where the pointer is: on the photo, and on the canvas in device pixels; and what is pressed beside it."""

    point: Point
    screen: Point
    shift: bool = False
    alt: bool = False
    #: How hard the pen presses, 0 to 1; a mouse always does fully.
    pressure: float = 1.0


class Stage(Protocol):
    """What a tool may ask of the canvas."""

    @property
    def document(self) -> Document | None:
        """The open document."""

    @property
    def state(self) -> ToolState:
        """Class, size and locks in force."""

    @property
    def ratio(self) -> float:
        """Device pixels to a logical one."""

    @property
    def scale(self) -> float:
        """Device pixels to a photo pixel."""

    def redraw(self, points: Sequence[Point]) -> None:
        """Repaint the canvas around ``points`` on the photo, where what the tool paints changed."""

    @property
    def photo(self) -> npt.NDArray[np.uint8] | None:
        """The open photo, (H, W, 3)."""

    @property
    def chances(self) -> npt.NDArray[np.uint8] | None:
        """The network's class scores of the open photo, (5, h, w), 255 for certain; None while there are none."""

    def say(self, text: str) -> None:
        """Show a short sentence at the cursor."""

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the photo by device pixels."""

    def zoom_at(self, factor: float, screen: Point) -> None:
        """Zoom about a device pixel."""


class Tool:
    """Base: does nothing. ``ring`` tools show the stamp as their cursor, the others ``cursor``; ``sized`` ones have a
    size; ``paints`` says that it lays down the chosen class, ``obeys`` that the locks hold for it.

    What ``refines`` ones paint moves to the photo's edges when that is switched on. ``icon`` is the path of an SVG, for
    a tool whose picture is not called as it is.
    """

    name = ""
    title = ""
    key = ""
    hint = ""
    icon = ""
    ring = False
    sized = False
    paints = True
    obeys = True
    refines = False
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def press(self, gesture: Gesture) -> None:
        """The left button (or the pen) goes down."""

    def move(self, gesture: Gesture) -> None:
        """The pointer moves while it is down."""

    def release(self, gesture: Gesture) -> None:
        """It goes up."""

    def double_click(self, gesture: Gesture) -> None:
        """The button goes down a second time in quick succession."""
        self.press(gesture)

    def hover(self, gesture: Gesture) -> None:
        """The pointer moves while no button is down."""

    def accept(self) -> None:
        """Enter: finish what has begun."""

    def back(self) -> None:
        """Backspace: take back the last part of what has begun."""

    def paint(self, painter: QPainter, transform: Transform, ratio: float) -> None:
        """Draw what has begun, in device pixels, over the photo and its mask (see ``Stage.redraw``)."""

    def cancel(self) -> None:
        """Esc: give up what has begun."""

    def interrupt(self) -> None:
        """The pointer went elsewhere (a pan in mid-stroke); do not join what comes next to what was."""

    def painted_class(self) -> int:
        """The class the tool lays down."""
        return self.stage.state.class_id

    def stroke(self, document: Document, kind: str) -> Stroke:
        """A stroke of the painted class under the locks in force."""
        state = self.stage.state
        return Stroke(document, self.painted_class(), state.locked, kind, state.over)

    def finish(self, stroke: Stroke) -> None:
        """End a stroke, at the photo's edges if that is asked for; one that changed nothing says why."""
        photo = self.stage.photo
        if self.refines and self.stage.state.refine and photo is not None:
            snap(stroke, photo)
        stroke.finish()
        reason = stroke.why_nothing()
        if reason is not None:
            self.stage.say(reason)


def pick_class(stage: Stage, gesture: Gesture) -> None:
    """Alt: take the class under the cursor."""
    document = stage.document
    column, row = int(gesture.point[0] // 1), int(gesture.point[1] // 1)
    if document is not None and 0 <= row < document.size[0] and 0 <= column < document.size[1]:
        stage.state.set_class(int(document.labels[row, column]))
