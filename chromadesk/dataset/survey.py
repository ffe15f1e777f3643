"""Which labels a foreign data set has, before any of it is taken in: what a map has to name, and how much of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk.channels import Pixels
from chromadesk.dataset.formats import table
from chromadesk.dataset.formats.pair import Arriving, Entry
from chromadesk.dataset.mapping import OWN, UNDECIDED, ClassMap, Label, find, plain, shipped
from chromadesk.dataset.target import fitting, lying
from chromadesk.errors import ChromaDeskError
from chromadesk.images import read_thumbnail
from chromadesk.jobs.messages import Cancelled, Progress, Report, ignore, never


@dataclass
class Met:
    """One label: its pixels and the photos that it was met on, and of these the one that shows most of it."""

    label: Label
    pixels: int = 0
    photos: int = 0
    best: Entry | None = None
    _most: int = 0

    def meet(self, entry: Entry, pixels: int) -> None:
        """``entry`` has so many pixels of it."""
        self.pixels += pixels
        self.photos += 1
        if pixels > self._most:
            self.best, self._most = entry, pixels


class Survey:
    """A foreign data set, read for its labels. ``foreign``: its numbers are not our own classes'.

    Raises InputError and DatasetError when there is nothing to read.
    """

    def __init__(self, path: Path, name: str, foreign: bool = True) -> None:
        self._source = table.to_read(name).reading(path.expanduser().absolute(), foreign)
        #: How many photos there are (0: unknown), how many were read, and what was wrong with others, by name.
        self.total = self._source.total
        self.read = 0
        self.failures: dict[str, str] = {}
        #: The first photo that could be read.
        self.first: Entry | None = None
        self._met: dict[tuple[str, int | None], Met] = {}
        for number, each in self._source.names.items():
            self._find(number, each)

    @property
    def met(self) -> list[Met]:
        """Every label so far, declared or met: numbers in their order, then names."""
        return sorted(self._met.values(), key=lambda each: (each.label.id is None, each.label.id or 0))

    @property
    def labels(self) -> list[Label]:
        """The same, undecided."""
        return [each.label for each in self.met]

    def run(self, report: Report = ignore, cancelled: Cancelled = never, most: int = 0) -> None:
        """Read all photos, or the first ``most`` of them; those that cannot be read are noted and passed over."""
        for done, entry in enumerate(self._source.entries, start=1):
            if cancelled():
                break
            try:
                self._add(entry, entry.load())
            except ChromaDeskError as error:
                self.failures[entry.name] = str(error)
            report(Progress(done, self.total, entry.name))
            if done == most:
                break

    def _add(self, entry: Entry, arriving: Arriving) -> None:
        self.first = self.first or entry
        self.read += 1
        numbers, counts = np.unique(arriving.labels, return_counts=True)
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            self._find(number, arriving.names.get(number, "")).meet(entry, count)

    def _find(self, number: int, name: str) -> Met:
        """Where a label has a name, its number is a matter of that one file."""
        key = (plain(name), None) if name else ("", number)
        if key not in self._met:
            self._met[key] = Met(Label(name or str(number), UNDECIDED, None if name else number))
        return self._met[key]


def fitting_map(labels: list[Label]) -> str | None:
    """The shipped map that knows most of ``labels`` by their names, and at least half; None when they are our own, or
    mere numbers, which every list has.
    """
    named = [label for label in labels if label.id is None]
    if not named or all(knows(OWN, label) for label in named):
        return None
    known = {name: sum(knows(find(name), label) for label in named) for name in shipped()}
    best = max(known, key=lambda name: known[name])
    return best if 2 * known[best] >= len(named) else None


def knows(mapping: ClassMap, label: Label) -> bool:
    """The map says a class of the label."""
    return mapping.class_of(label.id or 0, "" if label.id is not None else label.name) != UNDECIDED


@dataclass(frozen=True)
class Look:
    """A pair made small: ``photo`` uint8 (h, w, 3), its foreign ``labels`` (h, w) and their names by number."""

    name: str
    photo: Pixels
    labels: npt.NDArray[np.integer]
    names: Mapping[int, str]

    def classes(self, mapping: ClassMap) -> npt.NDArray[np.uint8]:
        """(h, w): what the map makes of each pixel: a class, NEAREST or UNDECIDED."""
        numbers, places = np.unique(self.labels, return_inverse=True)
        table_ = [mapping.class_of(number, self.names.get(number, "")) for number in numbers.tolist()]
        return np.array(table_, np.uint8)[places].reshape(self.labels.shape)

    def lies(self, label: Label) -> npt.NDArray[np.bool_]:
        """(h, w): where ``label`` is."""
        numbers = [
            number
            for number in np.unique(self.labels).tolist()
            if (plain(self.names.get(number, "")) == plain(label.name) if label.id is None else number == label.id)
        ]
        return np.isin(self.labels, numbers)


def look(entry: Entry, edge: int) -> Look:
    """A pair, no side of it longer than ``edge`` pixels. Raises DatasetError, MaskError, ImageError."""
    arriving = entry.load()
    with lying(arriving) as path:
        photo = read_thumbnail(path, edge)
        labels = fitting(arriving.labels, path, entry.name)
    height, width = photo.shape[:2]
    rows = np.arange(height) * labels.shape[0] // height
    columns = np.arange(width) * labels.shape[1] // width
    return Look(entry.name, photo, np.ascontiguousarray(labels[rows[:, None], columns]), arriving.names)
