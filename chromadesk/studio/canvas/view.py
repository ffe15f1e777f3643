"""The canvas: photo, mask and cursor, and the pointer on its way to the tool in hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from chromadesk.editing.brush import Point
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box
from chromadesk.studio import theme
from chromadesk.studio.canvas import cursor
from chromadesk.studio.canvas.keys import CanvasKeys
from chromadesk.studio.canvas.mask_layer import REACH, MaskLayer
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.saying import Saying
from chromadesk.studio.canvas.transform import STEP
from chromadesk.studio.canvas.viewport import Viewport
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.tools.tool import Gesture, Tool


class Canvas(Viewport):
    """Shows one document. It is the ``Stage`` of the tools; ``transform`` counts in device pixels."""

    def __init__(self, state: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 200)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Canvas")
        self._state = state
        self._document: Document | None = None
        self.photo_layer: PhotoLayer | None = None
        self.mask_layer: MaskLayer | None = None
        self.tools: dict[str, Tool] = {tool.name: tool(self) for tool in TOOLS}
        self.keys = CanvasKeys(self)
        self._painted_ring = QRect()
        self._drawing = False
        self._panning: Point | None = None
        self._saying = Saying(self)
        state.changed.connect(self._state_changed)
        self._state_changed()

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document | None:
        """The document shown."""
        return self._document

    @property
    def state(self) -> ToolState:
        """Class, size and locks in force."""
        return self._state

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self.tools[self._state.tool]

    def show_document(self, document: Document | None, photo: PhotoLayer | None) -> None:
        """Show another document (or nothing), fitted."""
        if self._document is not None and self._document_changed in self._document.changed:
            self._document.changed.remove(self._document_changed)
        self._document, self.photo_layer = document, photo
        self.photo_size = document.size if document is not None else None
        self.mask_layer = None
        self._drawing = False
        if document is not None:
            self.mask_layer = MaskLayer(document.labels)
            self.mask_layer.show_classes(self._state.hidden)
            document.changed.append(self._document_changed)
        self._saying.clear_away()
        self.fit()
        self._update_cursor()

    def say(self, text: str) -> None:
        """Show a short sentence at the cursor for a moment."""
        x, y = self.pointer or (0.0, 0.0)
        ratio = self.ratio
        # Beside the ring, clear of its dot.
        away = 16 + (self._state.size * self.transform.scale * 0.36 if self.tool.ring else 0) / ratio
        self.setAccessibleDescription(text)
        self._saying.say(text, QPoint(round(x / ratio + away), round(y / ratio + away + 4)))

    @property
    def saying(self) -> str:
        """The sentence at the cursor; empty when there is none."""
        return self._saying.text()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.ratio
        if self.photo_layer is None or self.mask_layer is None:
            painter.fillRect(event.rect(), QColor(theme.CANVAS))
            return
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        height, width = self._view
        self.photo_layer.draw(painter, self.transform, QSize(width, height), QColor(theme.CANVAS))
        if self._state.overlay:
            for rectangle in _rectangles(event.region()):
                self.mask_layer.draw(painter, self.transform, _device(rectangle, ratio))
        if self._ring_shown() and self.pointer is not None:
            class_id = self.tool.painted_class()
            cursor.draw(
                painter,
                self.transform.to_photo(*self.pointer),
                self._state.size,
                self.transform,
                class_id,
                class_id in self._state.locked,
                ratio,
            )
        painter.restore()

    # -- pointer ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._moved_to(event.position())
        if self._document is None:
            return
        if event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton and self.keys.space
        ):
            self._begin_pan()
        elif event.button() == Qt.MouseButton.LeftButton and not self._drawing:
            self._drawing = True
            self.tool.press(self._gesture(event))
            self._update_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._moved_to(event.position())
        assert self.pointer is not None
        if self._panning is not None or (self._drawing and self.keys.space):
            if self._panning is None:
                self._begin_pan()
            assert self._panning is not None
            dx, dy = self.pointer[0] - self._panning[0], self.pointer[1] - self._panning[1]
            self._panning = self.pointer
            self.pan_by(dx, dy)
        elif self._drawing:
            self.tool.move(self._gesture(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._moved_to(event.position())
        if event.button() == Qt.MouseButton.MiddleButton or (self._panning is not None and not self._drawing):
            self._panning = None
        elif event.button() == Qt.MouseButton.LeftButton and self._drawing:
            self._drawing = False
            self._panning = None
            self.tool.release(self._gesture(event))
        self._update_cursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._document is None:
            return
        self._moved_to(event.position())
        assert self.pointer is not None
        pixels, ratio = event.pixelDelta(), self.ratio
        if not pixels.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase:
            self.pan_by(pixels.x() * ratio, pixels.y() * ratio)  # a trackpad
        elif event.angleDelta().y():
            self.zoom_at(STEP ** (event.angleDelta().y() / 120), self.pointer)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            ratio = self.ratio
            self.zoom_at(1 + event.value(), (event.position().x() * ratio, event.position().y() * ratio))
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer = None
        self._update_ring()

    # -- keyboard --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.keys.release(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.keys.forget()
        super().focusOutEvent(event)

    def space_changed(self) -> None:
        """Space went down or up: pan while it is down, paint on from where the pointer is afterwards."""
        if not self.keys.space and self._panning is not None:
            self._panning = None
        if self._drawing:
            self.tool.interrupt()
        self._update_cursor()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _begin_pan(self) -> None:
        self._panning = self.pointer
        if self._drawing:
            self.tool.interrupt()
        self._update_cursor()

    def _gesture(self, event: QMouseEvent) -> Gesture:
        assert self.pointer is not None
        held = event.modifiers()
        return Gesture(
            self.transform.to_photo(*self.pointer),
            self.pointer,
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
        )

    def _moved_to(self, position: QPointF) -> None:
        ratio = self.ratio
        self.pointer = position.x() * ratio, position.y() * ratio
        self._update_ring()

    def _document_changed(self, box: Box) -> None:
        if self.mask_layer is None:
            return
        self.mask_layer.changed(box)
        ratio = self.ratio
        left, top = self.transform.to_screen(box.left, box.top)
        right, bottom = self.transform.to_screen(box.right, box.bottom)
        # When zoomed out a screen pixel speaks for several photo pixels, so the outline reaches a little farther.
        place = QRectF(left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio).toAlignedRect()
        self.update(place.adjusted(-REACH - 2, -REACH - 2, REACH + 2, REACH + 2))

    def _state_changed(self) -> None:
        if self.mask_layer is not None:
            self.mask_layer.show_classes(self._state.hidden)
        self._update_cursor()
        self.update()

    def _ring_shown(self) -> bool:
        return self.pointer is not None and self.tool.ring and self._panning is None and not self.keys.space

    def _update_ring(self) -> None:
        place = QRect()
        if self._ring_shown() and self.pointer is not None and self._document is not None:
            ratio = self.ratio
            there = cursor.bounds(self.transform.to_photo(*self.pointer), self._state.size, self.transform, ratio)
            place = QRectF(
                there.x() / ratio, there.y() / ratio, there.width() / ratio, there.height() / ratio
            ).toAlignedRect()
        self.update(self._painted_ring)
        self.update(place)
        self._painted_ring = place

    def _update_cursor(self) -> None:
        if self._document is None:
            self.setCursor(Qt.CursorShape.ArrowCursor)
        elif self._panning is not None or (self.tool.name == "hand" and self._drawing):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self.keys.space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.BlankCursor if self.tool.ring else self.tool.cursor)
        self._update_ring()


def _device(rectangle: QRect, ratio: float) -> QRect:
    """The device pixels a rectangle of logical ones covers."""
    return QRectF(
        rectangle.x() * ratio, rectangle.y() * ratio, rectangle.width() * ratio, rectangle.height() * ratio
    ).toAlignedRect()


def _rectangles(region: QRegion) -> Iterator[QRect]:
    """The rectangles of a region (PySide6's types do not know that it can be iterated)."""
    yield from cast("Iterable[QRect]", region)
