"""The canvas: photo, mask and cursor, and the pointer on its way to the tool in hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from chromadesk.editing.brush import Point
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box
from chromadesk.studio.canvas import cursor, outline, painting
from chromadesk.studio.canvas.coarse_layer import CoarseLayer
from chromadesk.studio.canvas.keys import CanvasKeys
from chromadesk.studio.canvas.mask_layer import MaskLayer
from chromadesk.studio.canvas.pen import Pen
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.preview import Preview
from chromadesk.studio.canvas.saying import Saying
from chromadesk.studio.canvas.transform import STEP
from chromadesk.studio.canvas.veil import Veil
from chromadesk.studio.canvas.viewport import Viewport
from chromadesk.studio.canvas.wipe import Wipe
from chromadesk.studio.outside import said
from chromadesk.studio.tools.box import BLIND, LOOKING, made
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.tools.tool import Gesture, Tool
from chromadesk.studio.words import capitalised, tr


class Canvas(Viewport):
    """Shows one document. It is the ``Stage`` of the tools; ``transform`` counts in device pixels."""

    def __init__(self, state: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)  # a pen that hovers counts as seen
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 200)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Canvas"))
        self._state = state
        self._document: Document | None = None
        self.photo_layer: PhotoLayer | None = None
        self.mask_layer: MaskLayer | None = None
        self.preview: Preview | None = None
        #: A proposal that is still to become finer, in place of the mask.
        self.coarse: CoarseLayer | None = None
        self.wipe: Wipe | None = None
        #: What lights up a swatch's pixels while the palette is pointed at.
        self.veil: Veil | None = None
        self._grip = False
        #: A click chooses something; it paints nothing.
        self.picking = False
        #: Why nothing may be painted now, in a few words; empty when anything may.
        self.refusal: Callable[[], str] = str
        #: Where the class scores of the open photo are to be had.
        self.find_chances: Callable[[], npt.NDArray[np.uint8] | None] = lambda: None
        self.tools: dict[str, Tool] = made(self)
        self.keys = CanvasKeys(self)
        self.pen = Pen(state)
        self._painted_ring = QRect()
        self._drawing = False
        self._panning: Point | None = None
        self._saying = Saying(self)
        state.changed.connect(self._state_changed)
        self.installEventFilter(self)
        self._state_changed()

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document | None:
        """The document shown."""
        return self._document

    @property
    def photo(self) -> npt.NDArray[np.uint8] | None:
        """The photo shown, (H, W, 3)."""
        return self.photo_layer.pixels if self.photo_layer is not None else None

    @property
    def chances(self) -> npt.NDArray[np.uint8] | None:
        """Its class scores, (5, h, w), 255 for certain."""
        return self.find_chances()

    @property
    def state(self) -> ToolState:
        """Class, size and locks in force."""
        return self._state

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self.tools[self._state.tool]

    @property
    def scale(self) -> float:
        """Device pixels to a photo pixel."""
        return self.transform.scale

    def show_document(self, document: Document | None, photo: PhotoLayer | None) -> None:
        """Show another document (or nothing), fitted."""
        if self._document is not None and self._document_changed in self._document.changed:
            self._document.changed.remove(self._document_changed)
        self._document, self.photo_layer = document, photo
        self.photo_size = document.size if document is not None else None
        self.mask_layer = None
        self._drawing = False
        self.preview = self.coarse = self.wipe = self.veil = None
        self._grip = False
        if document is not None:
            self.mask_layer = MaskLayer(document.pyramid)
            self.mask_layer.show(self._state.hidden, self._state.fill)
            document.changed.append(self._document_changed)
        self._saying.clear_away()
        self.fit()
        self._update_cursor()

    def show_preview(self, preview: Preview | None) -> None:
        """Show a proposal in place of the mask, or the mask again."""
        self.preview = preview
        self._state_changed()

    def show_coarse(self, coarse: CoarseLayer | None) -> None:
        """Show a coarse proposal in place of the mask, or the mask again."""
        if coarse is not self.coarse:
            self.coarse = coarse
            self._state_changed()

    def show_wipe(self, wipe: Wipe | None) -> None:
        """Show another mask left of a line, or take the line away."""
        self.wipe = wipe
        self._grip = self._grip and wipe is not None
        self._state_changed()

    def show_veil(self, veil: Veil | None) -> None:
        """Let the pixels that ``veil`` leaves clear stand out, or all be seen again."""
        if veil is not self.veil:
            self.veil = veil
            self.update()

    def move_wipe(self, x: float) -> None:
        """Put the line of the wipe at ``x``, device pixels from the left."""
        if self.wipe is not None:
            self.wipe.move(x, self.transform)
            self.update()

    def show_grip(self, near: bool) -> None:
        """Show by the cursor whether the line of the wipe can be taken."""
        if near != self._grip:
            self._grip = near
            self._update_cursor()

    def say(self, text: str) -> None:
        """Show a short sentence at the cursor for a moment."""
        ratio = self.ratio
        x, y = self.pointer or (self.width() * ratio / 2, self.height() * ratio / 2)
        # Beside the ring, clear of its dot.
        away = 16 + (self._state.size * self.transform.scale * 0.36 if self.tool.ring else 0) / ratio
        self.setAccessibleDescription(text)
        self._saying.say(said(text), QPoint(round(x / ratio + away), round(y / ratio + away + 4)))

    def refuses_paint(self) -> bool:
        """The tool in hand would change the mask, and nothing may: which is said at the cursor."""
        if self.tool.name in LOOKING or self.picking:
            return False
        reason = self.refusal()
        if reason:
            self.say(capitalised(reason))
        blind = self.tool.name in BLIND and not self._state.locked and self._state.over is None
        return bool(reason) or (not blind and self.is_coarse())

    def is_coarse(self) -> bool:
        """The mask seen is not yet the document's, and what goes by it has to wait: which is said at the cursor."""
        if self.coarse is not None:
            self.say(tr("The mask is still becoming finer"))
        return self.coarse is not None

    def redraw(self, points: Sequence[Point]) -> None:
        """Repaint around ``points`` on the photo: what the tool draws there changed."""
        self.update(outline.bounds(points, self.transform, self.ratio))

    @property
    def saying(self) -> str:
        """The sentence at the cursor; empty when there is none."""
        return self._saying.text()

    @property
    def ring_shown(self) -> bool:
        """The stamp stands for the pointer."""
        return self._rings and self.pointer is not None and self._panning is None and not self.keys.space

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even when an error keeps it alive
            painting.paint(self, painter, event.region())

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
            if self.refuses_paint():
                return
            self._drawing = True
            doubled = event.type() == QEvent.Type.MouseButtonDblClick
            (self.tool.double_click if doubled else self.tool.press)(self._gesture(event))
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
        elif self._document is not None:
            self.tool.hover(self._gesture(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._moved_to(event.position())
        if event.button() == Qt.MouseButton.MiddleButton or (self._panning is not None and not self._drawing):
            self._panning = None
        elif event.button() == Qt.MouseButton.LeftButton and self._drawing:
            self._drawing = False
            self._panning = None
            self.tool.release(self._gesture(event))
            self.pen.lifted()
        self._update_cursor()

    def tabletEvent(self, event: QTabletEvent) -> None:
        self.pen.told(event)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not in event(): an error in a handler that an overridden event() calls ends the process (PySide6 6.11).
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            ratio = self.ratio
            self.zoom_at(1 + event.value(), (event.position().x() * ratio, event.position().y() * ratio))
            return True
        return super().eventFilter(watched, event)

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
            pressure=self.pen.pressure,
        )

    def _moved_to(self, position: QPointF) -> None:
        ratio = self.ratio
        self.pointer = position.x() * ratio, position.y() * ratio
        self._update_ring()

    def _document_changed(self, box: Box) -> None:
        if self.mask_layer is None:
            return
        place, ratio = self.mask_layer.changed(box), self.ratio
        if self.coarse is not None:
            place = place.united(self.coarse.changed(box))
        self.update(
            QRectF(place.x() / ratio, place.y() / ratio, place.width() / ratio, place.height() / ratio).toAlignedRect()
        )

    def _state_changed(self) -> None:
        if self.mask_layer is not None:
            self.mask_layer.show(self._state.hidden, self._state.fill)
        over = [each.layer for each in (self.preview, self.wipe) if each is not None]
        for layer in (*over, *([self.coarse] if self.coarse is not None else [])):
            layer.show(self._state.hidden, self._state.fill)
        self._update_cursor()
        self.update()

    def _view_moved(self) -> None:
        super()._view_moved()
        self._update_ring()  # as large on the screen as it is now, or a part stays behind when the pointer goes

    @property
    def _rings(self) -> bool:
        """The cursor is the stamp's ring."""
        return self.tool.ring and not self.picking and not self._grip

    def _update_ring(self) -> None:
        place = QRect()
        if self.ring_shown and self.pointer is not None and self._document is not None:
            ratio = self.ratio
            size = self._state.pressed_size(self.pen.pressure)
            there = cursor.bounds(self.transform.to_photo(*self.pointer), size, self.transform, ratio)
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
            picks = Qt.CursorShape.PointingHandCursor if self.picking else self.tool.cursor
            picks = Qt.CursorShape.SplitHCursor if self._grip else picks
            self.setCursor(Qt.CursorShape.BlankCursor if self._rings else picks)
        self._update_ring()
