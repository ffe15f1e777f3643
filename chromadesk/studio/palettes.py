"""The colours of the open photo's classes, found off the GUI thread while the mask is painted.

All colours are counted once, when the photo opens; a stroke then moves only the pixels that it changed. The classes
whose colours moved are read again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.classes import COUNT, NAMES
from chromadesk.colour import kept as kept_colours
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.kept import Kept
from chromadesk.colour.palette import Found, Settings, of_class
from chromadesk.colour.regions import told_apart
from chromadesk.colour.source import Source
from chromadesk.colour.swatch import Swatch
from chromadesk.editing.document import TOUCHED, Document
from chromadesk.editing.patch import Box, Patch
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background
from chromadesk.studio.kept_reading import kept_settings
from chromadesk.studio.session import Session

if TYPE_CHECKING:
    from chromadesk.images import Photo

Plane = npt.NDArray[np.uint8]
_Result = tuple[Histogram, dict[str, Found], dict[str, int], list[float]]
COLOURS = 5
#: A hand that sets the next stroke within so many milliseconds still paints; counting would slow it.
REST = 30
#: Seconds between two looks at whether the hand still paints, when it has begun again while colours are counted.
_NAP = 0.005
#: Bytes of changes that may wait to be counted; beyond, counting the whole mask is the shorter way.
WAITING = 8 << 20


@dataclass(frozen=True, eq=False)
class Change:
    """A step: what stood in its box before is ``patch.old`` or ``patch.new``; ``after``: the labels in ``reach``."""

    patch: Patch
    old: Literal["old", "new"]
    reach: Box
    after: Plane

    def followed_by(self, histogram: Histogram) -> set[int]:
        """Have ``histogram`` follow; the ids whose colours moved. For a thread: the patch may have to be unpacked."""
        box, reach = self.patch.box, self.reach
        before = self.after.copy()
        inside = Box(box.top - reach.top, box.left - reach.left, box.bottom - reach.top, box.right - reach.left)
        before[inside.slices] = getattr(self.patch, self.old) & ~np.uint8(TOUCHED)
        return histogram.update(box, before, self.after)


@dataclass
class _Reading:
    """What the thread holds of one photo; ``changes`` are not yet counted.

    ``outdated``: what is being counted is not all that changed. ``stale``: ids to be read again, whatever moved.
    """

    photo: Photo
    document: Document
    settings: Settings
    kept: Kept
    histogram: Histogram | None = None
    outdated: bool = False
    stale: set[int] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)

    def count_anew(self) -> None:
        """Have all of the mask counted next."""
        self.histogram, self.outdated, self.changes = None, True, []

    @property
    def source(self) -> Source:
        """What the samples mean, under the light of the grey point."""
        return self.photo.source.with_grey(self.kept.grey.xyz if self.kept.grey else None)

    @property
    def names(self) -> dict[int, str]:
        """The classes' names and the regions' by the ids that they are counted under."""
        return dict(enumerate([*NAMES, *(region.name for region in self.kept.regions)]))


class LivePalettes(QObject):
    """The colours of the open photo as its labels were a moment ago, and what a person decided on them.

    ``found`` and ``areas``, pixels of the photo, by the name of a class or of a region that was told apart in it;
    ``shares`` of the photo by class id.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._reading: _Reading | None = None
        self._busy = self._ended = False
        self.found: dict[str, Found] = {}
        self.shares: list[float] | None = None
        self.areas: dict[str, int] = {}
        self.settings = kept_settings()
        session.photo_opened.connect(self._photo_opened)
        self._soon = QTimer(self, singleShot=True, interval=REST)
        self._soon.timeout.connect(self._read)

    @property
    def kept(self) -> Kept:
        """What a person decided on the colours of the open photo."""
        return self._reading.kept if self._reading is not None else Kept()

    @property
    def source(self) -> Source | None:
        """What the open photo's samples mean, its grey point included."""
        return self._reading.source if self._reading is not None else None

    @property
    def histogram(self) -> Histogram | None:
        """The colours counted, None while they are not."""
        return self._reading.histogram if self._reading is not None else None

    @property
    def names(self) -> dict[int, str]:
        """The classes' names and the regions' by the ids that ``histogram`` counts them under."""
        return self._reading.names if self._reading is not None else dict(enumerate(NAMES))

    @property
    def settled(self) -> bool:
        """All colours of the open photo, if one is open, are read: as its mask stands, and as was decided."""
        reading = self._reading
        if reading is None:
            return True
        return not (self._busy or reading.histogram is None or reading.changes or reading.stale)

    def swatches(self, name: str) -> list[Swatch]:
        """The colours of a class or region, none while they are not known."""
        return self.found[name].swatches if name in self.found else []

    def decide(self, kept: Kept) -> None:
        """Take a person's decisions on the open photo's colours: on disk, and at once in what is ``found``.

        Only the pixels of other garments have to be counted first; until they are, those of before are shown.
        """
        reading, dataset, item = self._reading, self._session.dataset, self._session.item
        if reading is None or dataset is None or item is None:
            return
        path = kept_colours.path_of(dataset.state, item.key)
        about = f"colours {item.key}"
        self._session.keeping.write(about, about, dataset.root, lambda: kept_colours.write(path, kept))
        before, reading.kept = reading.kept, kept
        same = [region.seeds for region in before.regions] == [region.seeds for region in kept.regions]
        pairs = zip(before.regions, kept.regions, strict=True) if same else ()
        called = {old.name: new.name for old, new in pairs}
        known = {called.get(name, name): found for name, found in self.found.items()}
        self.areas = {called.get(name, name): area for name, area in self.areas.items()}
        self.found = {}
        for name in known.keys() & {*reading.names.values()}:
            anchors = kept.anchors.get(name, ())
            as_it_was = before.grey == kept.grey and before.anchors.get(name, ()) == anchors
            again = known[name] if as_it_was else known[name].again(reading.source, reading.settings, anchors)
            self.found[name] = again
        if not same:
            reading.histogram = None
        if self._busy or reading.stale or reading.histogram is None:
            self._reread()
        self.changed.emit()

    def use(self, settings: Settings) -> None:
        """Read with other settings from now on."""
        if self._reading is not None and self._reading.settings.border != settings.border:
            self._reading.histogram = None
        self.settings = settings
        if self._reading is not None:
            self._reading.settings = settings
            self._reread()

    def close(self) -> None:
        """End the thread."""
        self._ended = True
        self._background.finish(drop=True)

    def _photo_opened(self) -> None:
        photo, document = self._session.photo, self._session.document
        dataset, item = self._session.dataset, self._session.item
        self.found, self.shares, self.areas, self._reading = {}, None, {}, None
        self.changed.emit()
        if photo is not None and document is not None and dataset is not None and item is not None:
            kept = kept_colours.read(kept_colours.path_of(dataset.state, item.key))
            reading = self._reading = _Reading(photo, document, self.settings, kept)
            document.recorders.append(lambda direction, patch: self._stepped(reading, direction, patch))
            document.rested.append(self._soon.start)
            self._read()

    def _reread(self) -> None:
        assert self._reading is not None
        self._reading.stale = set(self._reading.names)
        self._read()

    def _stepped(self, reading: _Reading, direction: str, patch: Patch) -> None:
        """Note what a step changed, as the mask stands now; it is counted when the hand rests."""
        if reading.histogram is None or reading.kept.regions:  # a garment may end elsewhere now
            reading.count_anew()
        elif reading is self._reading:
            reach = reading.histogram.reach(patch.box)
            waiting = sum(change.after.nbytes for change in reading.changes)
            if waiting + reach.height * reach.width > WAITING:  # a long way, or the hand goes on without a rest
                reading.count_anew()
            else:
                old: Literal["old", "new"] = "new" if direction == "undo" else "old"
                reading.changes.append(Change(patch, old, reach, reading.document.labels[reach.slices].copy()))
        self._soon.start()

    def _read(self) -> None:
        reading = self._reading
        if reading is None or self._busy:
            return
        if reading.document.stroke is not None:  # a hand that paints has the processor to itself
            return
        if reading.histogram is not None and not reading.changes and not reading.stale:
            return
        self._busy = True
        changes, stale = reading.changes, reading.stale
        reading.changes, reading.stale, reading.outdated = [], set(), False
        histogram, kept, settings = reading.histogram, reading.kept, reading.settings
        labels = reading.document.labels.copy() if histogram is None else None
        names, source = reading.names, reading.source

        def pause() -> None:
            while reading is self._reading and reading.document.stroke is not None and not self._ended:
                time.sleep(_NAP)  # the hand has begun anew

        def work() -> _Result:
            counted, moved = _counted(reading.photo, labels, histogram, changes, settings, kept, pause)
            return counted, *_found(counted, (moved | stale) & names.keys(), names, source, settings, kept)

        def done(result: _Result) -> None:
            self._busy = False
            if self._reading is reading and (reading.kept, reading.settings) == (kept, settings):
                counted, found, self.areas, self.shares = result
                if not reading.outdated:
                    reading.histogram = counted
                self.found |= found
                self.changed.emit()
            self._read()

        def failed(error: ChromaDeskError) -> None:
            self._busy = False
            self._failed(error)

        self._background.run(work, done, failed)

    def _failed(self, error: ChromaDeskError) -> None:
        self._session.notice.emit(str(error), "error")


def _counted(
    photo: Photo,
    labels: Plane | None,
    histogram: Histogram | None,
    changes: list[Change],
    settings: Settings,
    kept: Kept,
    pause: Callable[[], None],
) -> tuple[Histogram, set[int]]:
    """The colours counted, all of them in ``labels`` or what ``changes`` moved; and the ids whose colours did."""
    if histogram is not None:
        return histogram, set().union(*(change.followed_by(histogram) for change in changes))
    assert labels is not None
    parents = [region.class_id for region in kept.regions]
    ids = told_apart(photo.pixels, labels, kept.regions) if kept.regions else labels
    counted = Histogram(photo.samples, photo.source, ids, settings.border, parents, pause)
    return counted, set(range(COUNT + len(parents)))


def _found(
    histogram: Histogram, ids: set[int], names: dict[int, str], source: Source, settings: Settings, kept: Kept
) -> tuple[dict[str, Found], dict[str, int], list[float]]:
    """The colours of the classes and regions ``ids`` by name, the area of all, and each class's share of the photo."""
    found = {
        names[each]: of_class(histogram, source, each, settings, kept.anchors.get(names[each], ())) for each in ids
    }
    areas = {name: histogram.area(each) for each, name in names.items()}
    whole = [areas[name] for name in NAMES]
    for region in kept.regions:
        whole[region.class_id] += areas[region.name]
    return found, areas, [area / sum(whole) for area in whole]
