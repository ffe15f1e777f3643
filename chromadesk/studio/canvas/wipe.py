"""Before and after: left of a line the mask as it was, right of it the mask as it is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from chromadesk.editing.patch import Plane
from chromadesk.editing.pyramid import LabelPyramid
from chromadesk.studio import theme
from chromadesk.studio.canvas.mask_layer import MaskLayer
from chromadesk.studio.canvas.transform import Transform
from chromadesk.studio.words import tr

#: Logical pixels on either side of the line from which it can be dragged, and the radius of its handle.
NEAR, HANDLE = 6, 9
_HALO, _WHITE = QColor(0, 0, 0, 153), QColor(255, 255, 255)
_LABEL = QColor(30, 30, 30, 216)


class Wipe:
    """``labels``, uint8 (H, W) and called ``name``, is what is compared with; the line stands at ``share`` of the
    photo's width, 0 to 1.
    """

    def __init__(self, name: str, labels: Plane, share: float = 0.5) -> None:
        self.name = name
        self.share = share
        self.layer = MaskLayer(LabelPyramid(np.ascontiguousarray(labels)))
        self._width = labels.shape[1]

    def at(self, transform: Transform) -> float:
        """Where the line is, in device pixels from the left."""
        return transform.to_screen(self.share * self._width, 0)[0]

    def move(self, x: float, transform: Transform) -> None:
        """Put the line at ``x``, device pixels from the left, or as near as the photo allows."""
        self.share = min(max(transform.to_photo(x, 0)[0] / self._width, 0.0), 1.0)

    def parts(self, place: QRect, transform: Transform) -> tuple[QRect, QRect]:
        """What of ``place`` (device pixels) lies left and right of the line; either may be empty."""
        line = round(self.at(transform))
        left, right = QRect(place), QRect(place)
        left.setRight(min(place.right(), line - 1))
        right.setLeft(max(place.left(), line))
        # One whose edges have passed each other is turned round by Qt, and would be drawn between them.
        return (left if left.isValid() else QRect()), (right if right.isValid() else QRect())

    def draw(self, painter: QPainter, transform: Transform, size: tuple[int, int], ratio: float) -> None:
        """The line, its handle, and the name of either side; the canvas has ``size`` (height, width) device pixels."""
        height, width = size
        x = self.at(transform)
        painter.save()
        line = QLineF(x, 0, x, height)
        for colour, wide in ((_HALO, 3), (_WHITE, 1)):
            painter.setPen(QPen(colour, wide * ratio))
            painter.drawLine(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(x, height / 2)
        painter.setPen(QPen(_HALO, 3 * ratio))
        painter.setBrush(_WHITE)
        painter.drawEllipse(middle, HANDLE * ratio, HANDLE * ratio)
        painter.setPen(QPen(QColor(theme.ON_ACCENT), 1.5 * ratio, c=Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = middle + QPointF(side * 5.5 * ratio, 0)
            for up in (-1, 1):
                painter.drawLine(QLineF(tip, tip + QPointF(-side * 3, up * 3) * ratio))
        for words, edge in ((self.name, x - 8 * ratio), (tr("Now"), x + 8 * ratio)):
            self._say(painter, words, edge, before=edge < x, width=width, ratio=ratio)
        painter.restore()

    def _say(self, painter: QPainter, words: str, edge: float, *, before: bool, width: int, ratio: float) -> None:
        font = painter.font()
        font.setPixelSize(round(theme.META * ratio))
        painter.setFont(font)
        wide = QFontMetricsF(font).horizontalAdvance(words) + 16 * ratio
        box = QRectF(edge - wide if before else edge, 16 * ratio, wide, 20 * ratio)
        if box.left() < 0 or box.right() > width:
            return  # the line has left no room for it
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_LABEL)
        painter.drawRoundedRect(box, theme.RADIUS * ratio, theme.RADIUS * ratio)
        painter.setPen(QColor(theme.TEXT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
