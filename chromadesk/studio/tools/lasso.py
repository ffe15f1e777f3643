"""Lasso: fills what an outline goes round, drawn by hand, corner by corner, or both."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from chromadesk.editing import lasso
from chromadesk.editing.brush import Point
from chromadesk.editing.document import Document
from chromadesk.studio.canvas import outline
from chromadesk.studio.canvas.transform import Transform
from chromadesk.studio.tools.tool import Gesture, Stage, Tool
from chromadesk.studio.words import mark, tr

#: Screen pixels: a press that moves less is a click; a click this near to the first corner closes.
DRAG, NEAR = 4, 7


class LassoTool(Tool):
    """A drag is filled when it ends, unless Alt is down then; a click begins an outline of corners, or adds one.

    Between corners a drag adds a free-hand stretch. Enter, a double-click or a click on the first corner fills.
    """

    name = "lasso"
    title = mark("Lasso")
    key = "L"
    hint = mark(
        "Drag: free-hand    Click: corners    Enter, double-click or first corner: fill    "
        "Backspace: one corner back    Alt: go on with corners after a drag"
    )
    refines = True
    cursor = Qt.CursorShape.CrossCursor
    #: So few corners make an outline, or else this is said; whether a click on the first one closes it.
    least = 3
    too_few = mark("An outline needs three corners")
    closes = True

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._document: Document | None = None
        self._points: list[Point] = []
        #: How many points there were before each press: where Backspace goes back to.
        self._presses: list[int] = []
        self._down: Gesture | None = None
        self._dragged = False
        #: Where the line from the last corner ends: at the cursor.
        self._tip: Point | None = None
        self._near_first = False
        self._closed_by_click = False

    def press(self, gesture: Gesture) -> None:
        """Add a corner, or close on the first one."""
        document = self.stage.document
        if document is None or document.stroke is not None:
            return
        if not self._open():
            self._forget()
            self._document = document
        self._closed_by_click = self._closes(gesture)
        if self._closed_by_click:
            self._fill()
            return
        self._presses.append(len(self._points))
        self._move_tip(None)
        self._points.append(gesture.point)
        self._down, self._dragged = gesture, False
        self.stage.redraw(self._points[-2:])

    def move(self, gesture: Gesture) -> None:
        """Draw by hand."""
        if self._down is None or not self._open():
            return
        self._dragged = self._dragged or math.dist(gesture.screen, self._down.screen) >= DRAG * self.stage.ratio
        if self._dragged:
            self._points.append(gesture.point)
            self.stage.redraw(self._points[-2:])

    def release(self, gesture: Gesture) -> None:
        """Fill what was drawn in one drag; else go on with the next corner."""
        down, self._down = self._down, None
        if down is None or not self._open():
            return
        if self._dragged and len(self._presses) == 1 and not gesture.alt:
            self._fill()
        else:
            self._move_tip(gesture.point)
            self.stage.redraw(self._points[:1])

    def hover(self, gesture: Gesture) -> None:
        """Draw the line from the last corner along."""
        self._down = None  # the button went up over another tool
        if self._open():
            self._move_tip(gesture.point)
            near = self._closes(gesture)
            if near != self._near_first:
                self._near_first = near
                self.stage.redraw(self._points[:1])

    def double_click(self, gesture: Gesture) -> None:
        """Fill; the first of the two clicks has set the last corner (or closed already)."""
        if self._open():
            self.accept()
        elif not self._closed_by_click:
            self.press(gesture)
        self._closed_by_click = False

    def accept(self) -> None:
        """Enter: fill."""
        if not self._open() or self._down is not None:
            return
        if len(self._points) < self.least:
            self.stage.say(tr(self.too_few))
        else:
            self._fill()

    def back(self) -> None:
        """Backspace: take the last corner back, and what was drawn by hand from it."""
        if not self._open() or self._down is not None:
            return
        start, tip = self._presses.pop(), self._tip
        self._move_tip(None)
        self.stage.redraw(self._points[max(start - 1, 0) :])
        del self._points[start:]
        if self._points:
            self._move_tip(tip)
        else:
            self._forget()

    def cancel(self) -> None:
        """Esc: forget the outline."""
        self._forget()

    def paint(self, painter: QPainter, transform: Transform, ratio: float) -> None:
        """The outline so far."""
        if not self._open():
            return
        tip = [] if self._tip is None else [self._tip]
        outline.draw(painter, self._points + tip, transform, ratio)
        if self.closes and self._down is None:
            outline.draw_handle(painter, self._points[0], transform, ratio, filled=self._near_first)

    def _open(self) -> bool:
        """An outline of the photo shown has been begun."""
        return bool(self._points) and self._document is self.stage.document

    def _closes(self, gesture: Gesture) -> bool:
        if not self.closes or len(self._points) < self.least:
            return False
        x, y = gesture.point
        first_x, first_y = self._points[0]
        return math.hypot(x - first_x, y - first_y) * self.stage.scale <= NEAR * self.stage.ratio

    def _move_tip(self, tip: Point | None) -> None:
        for end in (self._tip, tip):
            if end is not None and self._points:
                self.stage.redraw([self._points[-1], end])
        self._tip = tip

    def _forget(self) -> None:
        tip = [] if self._tip is None else [self._tip]
        if self._points:
            self.stage.redraw(self._points + tip)
        self._points, self._presses, self._document = [], [], None
        self._down = self._tip = None
        self._dragged = self._near_first = False

    def _fill(self) -> None:
        document, points = self._document, self._points
        self._forget()
        assert document is not None
        self.drawn(document, points)

    def drawn(self, document: Document, points: list[Point]) -> None:
        """Make a step of what was drawn."""
        found = lasso.region(points, document.bounds)
        if found is None:
            self.stage.say(tr("The outline holds no pixel of the photo"))
            return
        stroke = self.stroke(document, "lasso")
        stroke.add(*found)
        self.finish(stroke)
