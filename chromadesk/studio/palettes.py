"""The colours of the open photo's classes, found off the GUI thread while the mask is painted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.classes import class_shares
from chromadesk.colour.palette import Swatch, palettes
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background
from chromadesk.studio.session import Session

COLOURS = 5
#: A live palette is read from a grid of at most about this many pixels; a photo of this size or less is read whole.
SAMPLES = 500_000
#: A hand that sets the next stroke within so many milliseconds still paints; reading would slow it.
REST = 150


class LivePalettes(QObject):
    """``swatches`` by class name and ``shares`` by class id, of the labels as they were a moment ago."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._busy = False
        self._again = False
        self.swatches: dict[str, list[Swatch]] = {}
        self.shares: list[float] | None = None
        session.photo_opened.connect(self._photo_opened)
        session.labels_changed.connect(self._read)
        session.history_changed.connect(self._stroke_ended)
        self._soon = QTimer(self, singleShot=True, interval=REST)
        self._soon.timeout.connect(self._read)

    def close(self) -> None:
        """End the thread."""
        self._background.finish(drop=True)

    def _photo_opened(self) -> None:
        if self._session.document is None:
            self.swatches, self.shares = {}, None
            self.changed.emit()
        else:
            self._read()

    def _stroke_ended(self) -> None:
        if self._again and not self._busy:
            self._soon.start()

    def _read(self) -> None:
        photo, document = self._session.photo, self._session.document
        if photo is None or document is None:
            return
        if self._busy or document.stroke is not None:  # a hand that paints has the processor to itself
            self._again = True
            return
        self._busy, self._again = True, False
        step = int(np.ceil(np.sqrt(document.labels.size / SAMPLES)))
        pixels = photo.pixels[::step, ::step]
        labels = document.labels[::step, ::step]

        def done(found: tuple[dict[str, list[Swatch]], list[float]]) -> None:
            self._busy = False
            if self._session.document is document:
                self.swatches, self.shares = found
                self.changed.emit()
            if self._again or self._session.document is not document:
                self._read()

        def failed(error: ChromaDeskError) -> None:
            self._busy = False
            self._session.notice.emit(str(error), "error")

        self._background.run(lambda: _find(pixels, labels), done, failed)


def _find(pixels: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8]) -> tuple[dict[str, list[Swatch]], list[float]]:
    labels = labels.copy()  # painting goes on meanwhile, and has this done again
    return palettes(np.ascontiguousarray(pixels), labels, COLOURS), class_shares(labels).tolist()
