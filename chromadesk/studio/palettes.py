"""The colours of the open photo's classes, found off the GUI thread while the mask is painted.

All colours are counted once, when the photo opens; a stroke then moves only the pixels that it changed. The classes
whose colours moved are read again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.classes import CLASSES
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.palette import Found, Settings, of_class
from chromadesk.colour.swatch import Swatch
from chromadesk.editing.document import TOUCHED, Document
from chromadesk.editing.patch import Box, Patch
from chromadesk.errors import ChromaDeskError
from chromadesk.images import Photo
from chromadesk.studio.background import Background
from chromadesk.studio.session import Session

Plane = npt.NDArray[np.uint8]
COLOURS = 5
#: A hand that sets the next stroke within so many milliseconds still paints; counting would slow it.
REST = 30


@dataclass
class _Reading:
    """What the thread holds of one photo; ``changes`` are (box, labels before and after in the box's reach).

    ``outdated``: the mask changed while all of it was being counted.
    """

    photo: Photo
    document: Document
    settings: Settings
    histogram: Histogram | None = None
    outdated: bool = False
    changes: list[tuple[Box, Plane, Plane]] = field(default_factory=list)


class LivePalettes(QObject):
    """``found`` by class id and ``shares`` by class id, of the labels as they were a moment ago."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._reading: _Reading | None = None
        self._busy = False
        self.found: dict[int, Found] = {}
        self.shares: list[float] | None = None
        self.settings = Settings(k=COLOURS)
        session.photo_opened.connect(self._photo_opened)
        self._soon = QTimer(self, singleShot=True, interval=REST)
        self._soon.timeout.connect(self._read)

    def swatches(self, class_id: int) -> list[Swatch]:
        """The colours of a class, none while they are not known."""
        return self.found[class_id].swatches if class_id in self.found else []

    def close(self) -> None:
        """End the thread."""
        self._background.finish(drop=True)

    def _photo_opened(self) -> None:
        photo, document = self._session.photo, self._session.document
        self.found, self.shares, self._reading = {}, None, None
        self.changed.emit()
        if photo is not None and document is not None:
            reading = self._reading = _Reading(photo, document, self.settings)
            document.recorders.append(lambda direction, patch: self._stepped(reading, direction, patch))
            document.rested.append(self._soon.start)
            self._read()

    def _stepped(self, reading: _Reading, direction: str, patch: Patch) -> None:
        """Note what a step changed, as the mask stands now; it is counted when the hand rests."""
        if reading.histogram is None:
            reading.outdated = True
        elif reading is self._reading:
            reach = reading.histogram.reach(patch.box)
            after = reading.document.labels[reach.slices].copy()
            before = after.copy()
            box = patch.box
            old = patch.new if direction == "undo" else patch.old
            before[box.top - reach.top : box.bottom - reach.top, box.left - reach.left : box.right - reach.left] = (
                old & ~np.uint8(TOUCHED)
            )
            reading.changes.append((box, before, after))
        self._soon.start()

    def _read(self) -> None:
        reading = self._reading
        if reading is None or self._busy:
            return
        if reading.document.stroke is not None:  # a hand that paints has the processor to itself
            return
        if reading.histogram is not None and not reading.changes:
            return
        self._busy = True
        changes, reading.changes, reading.outdated = reading.changes, [], False
        labels = reading.document.labels.copy() if reading.histogram is None else None

        def done(result: tuple[Histogram, dict[int, Found], list[float]]) -> None:
            self._busy = False
            if self._reading is reading:
                histogram, found, self.shares = result
                if not reading.outdated:
                    reading.histogram = histogram
                self.found |= found
                self.changed.emit()
            self._read()

        def failed(error: ChromaDeskError) -> None:
            self._busy = False
            self._session.notice.emit(str(error), "error")

        self._background.run(lambda: _find(reading, labels, changes), done, failed)


def _find(
    reading: _Reading, labels: Plane | None, changes: list[tuple[Box, Plane, Plane]]
) -> tuple[Histogram, dict[int, Found], list[float]]:
    """Count, the first time all of ``labels``; then read the classes whose colours changed."""
    photo, histogram = reading.photo, reading.histogram
    if histogram is None:
        assert labels is not None
        histogram = Histogram(photo.samples, photo.source, labels, reading.settings.border)
        stale = {each.id for each in CLASSES}
    else:
        stale = set().union(*(histogram.update(*change) for change in changes))
    found = {class_id: of_class(histogram, photo.source, class_id, reading.settings) for class_id in stale}
    areas = [histogram.area(each.id) for each in CLASSES]
    return histogram, found, [area / sum(areas) for area in areas]
