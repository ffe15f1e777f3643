"""One foreign photo, small, as its labels would become classes; where the label in hand lies stands out."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chromadesk.channels import Pixels
from chromadesk.classes import PALETTE
from chromadesk.dataset.mapping import NEAREST, UNDECIDED, ClassMap, Label
from chromadesk.dataset.survey import Look
from chromadesk.studio import theme
from chromadesk.studio.words import tr

#: The longest edge that is read, px.
EDGE = 720
#: How strongly classes lie over the photo, and how much is left of what is not the label in hand.
_FILL, _DIMMED = 0.55, 0.35
_STRIPE, _STRIPED = 5, 0.4
_ACCENT = (76, 141, 255)


class Preview(QWidget):
    """Shows a ``Look``, or a sentence where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Preview"))
        self._picture = QImage()
        self._sentence = ""

    def sizeHint(self) -> QSize:
        return QSize(300, 400)

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a photo."""
        self._picture, self._sentence = QImage(), sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def show_look(self, look: Look, mapping: ClassMap, label: Label | None) -> None:
        """Show a photo through a map; ``label`` stands out."""
        pixels = painted(look, mapping, label)
        height, width = pixels.shape[:2]
        self._picture = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._sentence = ""
        self.setAccessibleDescription(look.name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.CANVAS)
            if self._picture.isNull():
                painter.setPen(theme.DIM)
                room = self.rect().adjusted(16, 16, -16, -16)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._picture)


def painted(look: Look, mapping: ClassMap, label: Label | None) -> Pixels:
    """(h, w, 3) uint8: classes over the photo; stripes where nobody has decided; what is ignored stays the photo."""
    classes = look.classes(mapping)
    photo = look.photo.astype(np.float32)
    colours = PALETTE[np.where(classes < len(PALETTE), classes, 0)].astype(np.float32)
    result = np.where((classes > 0)[..., None], photo + _FILL * (colours - photo), photo)
    slanted = np.add.outer(np.arange(classes.shape[0]), np.arange(classes.shape[1]))
    stripes = np.where(slanted // _STRIPE % 2 == 0, 235.0, 40.0)[..., None]
    result = np.where((classes == UNDECIDED)[..., None], photo + _STRIPED * (stripes - photo), result)
    result = np.where((classes == NEAREST)[..., None], photo, result)
    if label is not None:
        lies = look.lies(label)
        if lies.any() and not lies.all():
            result = np.where(lies[..., None], result, _DIMMED * result)
            edge = cv2.dilate(lies.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & ~lies
            result[edge] = _ACCENT
    return np.ascontiguousarray(result.clip(0, 255).astype(np.uint8))
