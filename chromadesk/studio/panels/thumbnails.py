"""Thumbnails, read off the GUI thread, the latest asked for first, and kept while they fit."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from chromadesk.errors import ChromaDeskError
from chromadesk.images import read_thumbnail
from chromadesk.studio.background import Background

#: Kept pixmaps; at 160 x 240 about 150 KB each.
KEPT = 600
#: Requests that wait; those scrolled past long ago are dropped and asked for again when they come back.
WAITING = 200


class Thumbnails(QObject):
    """``get`` answers at once with a pixmap or None; ``ready`` says when to ask again."""

    ready = Signal(str)

    def __init__(self, edge: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edge = edge
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[str, Path] = OrderedDict()
        self._reading: str | None = None
        self._background = Background(self)

    def get(self, key: str, photo: Path) -> QPixmap | None:
        """The thumbnail of ``photo``; None while it is being read, and for one that cannot be."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._waiting[key] = photo
        self._waiting.move_to_end(key)
        if len(self._waiting) > WAITING:
            self._waiting.popitem(last=False)
        self._next()
        return None

    def failed(self, key: str) -> bool:
        """The photo was tried and cannot be read."""
        return key in self._kept and self._kept[key] is None

    def clear(self) -> None:
        """Another data set: forget what waits and what is kept."""
        self._waiting.clear()
        self._kept.clear()
        self._reading = None

    def close(self) -> None:
        """End the thread."""
        self._waiting.clear()
        self._background.finish(drop=True)

    def _next(self) -> None:
        if self._reading is not None or not self._waiting:
            return
        key, photo = self._waiting.popitem(last=True)
        self._reading = key
        edge = self._edge
        self._background.run(
            lambda: read_thumbnail(photo, edge),
            lambda pixels: self._arrived(key, _pixmap(pixels)),
            lambda error: self._refused(key, error),
        )

    def _refused(self, key: str, error: ChromaDeskError) -> None:
        # The filmstrip shows a placeholder; opening the photo says in words what is wrong with it.
        self._arrived(key, None)

    def _arrived(self, key: str, pixmap: QPixmap | None) -> None:
        if key == self._reading:
            self._reading = None
            self._kept[key] = pixmap
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            self.ready.emit(key)
        self._next()


def _pixmap(pixels: npt.NDArray[np.uint8]) -> QPixmap:
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    return QPixmap.fromImage(QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888))
