"""Thumbnails, read off the GUI thread, the latest asked for first, and kept while they fit."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background
from chromadesk.studio.panels.thumbnail_cache import ThumbnailCache

#: Kept pixmaps; of 73 x 110 pixels 32 KB each, four times that on a screen of scale 2.
KEPT = 600
#: Requests that wait, about two windows full; those scrolled past are dropped and asked for again when they come back.
WAITING = 64
#: The longer edge of those on disk, enough for a screen of scale 2.
_EDGE = 220


class Thumbnails(QObject):
    """``get`` answers at once with a pixmap or None; ``ready`` says when to ask again."""

    ready = Signal(str)

    def __init__(self, size: QSize, parent: QWidget) -> None:
        """Thumbnails that fit into ``size`` on the screen of ``parent``."""
        super().__init__(parent)
        self._size, self._widget = size, parent
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[str, Path] = OrderedDict()
        self._reading: str | None = None
        self._cache = ThumbnailCache()
        self._background = Background(self)

    def get(self, key: str, photo: Path) -> QPixmap | None:
        """The thumbnail of ``photo``; None while it is being read, and for one that cannot be."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key == self._reading:
            return None
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
        self._cache.close()

    def _next(self) -> None:
        if self._reading is not None or not self._waiting:
            return
        key, photo = self._waiting.popitem(last=True)
        self._reading = key
        ratio = self._widget.devicePixelRatioF()
        width, height = round(self._size.width() * ratio), round(self._size.height() * ratio)

        def arrived(image: QImage) -> None:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            self._arrived(key, pixmap)

        self._background.run(lambda: self._read(photo, width, height), arrived, lambda error: self._refused(key, error))

    def _read(self, photo: Path, width: int, height: int) -> QImage:
        """In the thread: the thumbnail of ``photo`` within ``width`` x ``height`` pixels. Raises ImageError."""
        import cv2  # kept out of the window's start

        from chromadesk.images import read_thumbnail

        pixels = self._cache.get(photo)
        if pixels is None:
            pixels = read_thumbnail(photo, _EDGE)
            self._cache.put(photo, pixels)
        scale = min(width / pixels.shape[1], height / pixels.shape[0])
        size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
        fitted = np.ascontiguousarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
        return QImage(fitted.data, *size, size[0] * 3, QImage.Format.Format_RGB888).copy()

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
