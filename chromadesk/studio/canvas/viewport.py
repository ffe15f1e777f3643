"""Where the photo lies in the canvas's window: fit, pan and zoom."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from chromadesk.editing.brush import Point
from chromadesk.studio.canvas.transform import STEP, Transform

#: Screen pixels kept free around a photo that is fitted.
MARGIN = 16


class Viewport(QWidget):
    """A widget that looks at a photo; ``transform`` and ``pointer`` count in device pixels."""

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.transform = Transform()
        #: Height and width of the photo; None while there is none.
        self.photo_size: tuple[int, int] | None = None
        #: Where the pointer is; None while it is elsewhere.
        self.pointer: Point | None = None
        self._fitted = True

    @property
    def ratio(self) -> float:
        """Device pixels to a logical one."""
        return self.devicePixelRatioF()

    def fit(self) -> None:
        """The whole photo, as large as it can be."""
        self._fitted = True
        if self.photo_size is not None:
            self.transform.fit(self.photo_size, self.extent, MARGIN * self.ratio)
        self._view_moved()

    def actual_size(self) -> None:
        """One photo pixel on one screen pixel, about the middle of the view."""
        if self.photo_size is not None:
            height, width = self.extent
            self.zoom_at(1 / self.transform.scale, (width / 2, height / 2))

    def zoom_step(self, direction: int) -> None:
        """One step closer (1) or farther (-1), about the cursor or the middle."""
        height, width = self.extent
        inside = self.pointer is not None and self.underMouse()
        self.zoom_at(STEP**direction, self.pointer if inside and self.pointer else (width / 2, height / 2))

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the photo by device pixels."""
        if self.photo_size is not None:
            self._fitted = False
            self.transform.pan(dx, dy, self.photo_size, self.extent)
            self._view_moved()

    def zoom_at(self, factor: float, screen: Point) -> None:
        """Zoom about a device pixel, which stays where it is."""
        if self.photo_size is None:
            return
        self._fitted = False
        whole = Transform()
        whole.fit(self.photo_size, self.extent)
        self.transform.zoom(factor, *screen, smallest=min(whole.scale, 1.0) / 4)
        self.transform.pan(0, 0, self.photo_size, self.extent)
        self._view_moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._fitted:
            self.fit()
        elif self.photo_size is not None:
            self.transform.pan(0, 0, self.photo_size, self.extent)
            self._view_moved()

    def _view_moved(self) -> None:
        self.update()
        self.view_changed.emit()

    @property
    def extent(self) -> tuple[int, int]:
        """Height and width of the widget in device pixels."""
        return round(self.height() * self.ratio), round(self.width() * self.ratio)
