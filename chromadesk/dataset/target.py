"""The data set that foreign pairs are taken into: where each belongs, and what may not be touched.

A photo that is there already under its name keeps its place and its mask, unless the mask is to be replaced: then the
pixels that changed count as a person's, as if painted here, and the mask that was there is kept as a save keeps it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from chromadesk import files
from chromadesk.dataset import near
from chromadesk.dataset.formats import photos, places
from chromadesk.dataset.formats.pair import Arriving, Entry, Labels
from chromadesk.dataset.index import Index
from chromadesk.dataset.mapping import ClassMap
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.editing import journal, provenance, store
from chromadesk.editing.identity import alone
from chromadesk.errors import DatasetError, MaskError
from chromadesk.images import file_hash, opened, orientation_of, photo_size, turn
from chromadesk.listing import PHOTO_SUFFIXES
from chromadesk.masks import read_mask, write_mask
from chromadesk.reading import opened as open_plain
from chromadesk.sidecars import beside

#: What became of a pair: a new mask, one in place of another, one that was the same, or none since one was there.
Outcome = Literal["added", "changed", "same", "kept"]


@dataclass(frozen=True)
class Conflict:
    """Pixels that lie in two classes: how many, and the box round them (left, top, right, bottom)."""

    pixels: int
    box: tuple[int, int, int, int]

    def sentence(self, name: str) -> str:
        """For the person."""
        left, top, right, bottom = self.box
        return (
            f"{self.pixels:,} pixels of {name} lie in two classes, between {left}, {top} and {right}, {bottom}; "
            "they got the upper one."
        )


@dataclass(frozen=True)
class Taken:
    """``key`` of the photo, empty where it was kept; ``remarks``: what reading it took."""

    outcome: Outcome
    key: str = ""
    remarks: tuple[str, ...] = ()
    conflict: Conflict | None = None


@dataclass(frozen=True, eq=False)
class Fresh:
    """What a foreign pair says of a photo that is here: ``labels`` (H, W) class ids, and ``beneath`` (H, W) the class
    that lies under each, which is the same where there is none.
    """

    labels: Labels
    beneath: Labels
    remarks: tuple[str, ...]

    @property
    def conflict(self) -> Conflict | None:
        """Where the two differ."""
        return _conflict(self.labels, self.beneath)


def read_onto(item: Item, entry: Entry, mapping: ClassMap) -> Fresh:
    """Read a pair for the photo ``item``, to be laid onto its document.

    Raises DatasetError (another photo, labels without a class), MaskError (another size), ImageError.
    """
    arriving = entry.load()
    labels, remarks = _mapped(arriving, mapping, entry.name)
    beneath = labels
    if arriving.beneath is not None:
        beneath = mapping.apply(arriving.beneath, arriving.names, entry.name)[0]
    labels, beneath = (fitting(plane, item.photo, entry.name) for plane in (labels, beneath))
    _check_photo(item, arriving, entry.name)
    return Fresh(labels, beneath, remarks)


class Target:
    """The data set that pairs are taken into."""

    def __init__(self, root: Path, replace: bool) -> None:
        self._root, self._replace = root, replace
        if root.exists():
            self._dataset: Dataset | None = Dataset.open(root)
        else:
            self._dataset = None
        self._items: dict[str, list[Item]] = {}
        for item in self._dataset.items if self._dataset else []:
            self._items.setdefault(Path(item.name).stem.casefold(), []).append(item)
        self._index: Index | None = None
        self._taken: set[tuple[str, str]] = set()

    def __enter__(self) -> Target:
        if self._dataset is not None and len(self._dataset):
            self._index = Index.open(self._dataset)
        return self

    def __exit__(self, *_: object) -> None:
        if self._index is not None:
            self._index.close()

    def take(self, entry: Entry, mapping: ClassMap) -> Taken:
        """Read one pair and put it in its place. Raises DatasetError, MaskError, ImageError, StorageError."""
        stem = self._stem(entry)
        known = self._known(stem, entry)
        if known is not None and known.has_mask and not self._replace:
            return Taken("kept")
        arriving = entry.load()
        labels, remarks = _mapped(arriving, mapping, entry.name)
        outcome: Outcome = "added"
        if known is None:
            key, labels = self._add(stem, entry, arriving, labels)
        else:
            key, labels = known.key, fitting(labels, known.photo, entry.name)
            _check_photo(known, arriving, entry.name)
            outcome = self._mask(known, labels)
        conflict = None
        if arriving.beneath is not None:
            conflict = _conflict(labels, mapping.apply(arriving.beneath, arriving.names, entry.name)[0])
        return Taken(outcome, key, remarks, conflict)

    def _stem(self, entry: Entry) -> str:
        """The stem for a foreign name: with its folders, then its split, where another of this import has it."""
        folder = self._folder(entry)
        name = entry.name
        for stem in (places.stem_of(name), places.joined(name), places.joined(f"{entry.split or 'other'}/{name}")):
            if (folder, stem.casefold()) not in self._taken:
                self._taken.add((folder, stem.casefold()))
                return stem
        raise DatasetError(f"Several photos are called {name}, of which only the first was taken; rename the others.")

    def _known(self, stem: str, entry: Entry) -> Item | None:
        """The photo of the data set that bears this name, in the same split where both have one."""
        found = self._items.get(stem.casefold(), [])
        if self._dataset is not None and self._dataset.layout == "split" and entry.split is not None:
            found = [item for item in found if item.split == entry.split]
        if len(found) > 1:
            raise DatasetError(f"{self._root} has several photos called {stem}, so it is not clear whose mask this is.")
        return found[0] if found else None

    def _add(self, stem: str, entry: Entry, arriving: Arriving, labels: Labels) -> tuple[str, Labels]:
        """Copy the photo into A and write its mask; its key, and the labels as they were turned to fit it."""
        folder = self._folder(entry)
        with lying(arriving) as path:
            suffix = path.suffix.lower()
            if suffix not in PHOTO_SUFFIXES:
                suffix = photos.suffix_of(_beginning(path), entry.name)
            labels = fitting(labels, path, entry.name)
            target = self._root / folder / f"{stem}{suffix}"
            with files.replacing(target) as temporary:
                shutil.copyfile(path, temporary)
        masks = self._root / (f"{folder[:-1]}B" if folder else "B")
        write_mask(masks / f"{stem}.png", labels)
        return target.relative_to(self._root).as_posix(), labels

    def _folder(self, entry: Entry) -> str:
        """Where new photos go, relative to the data set: as it is laid out, or as the source is split."""
        dataset = self._dataset
        if dataset is None or not len(dataset):
            return f"{entry.split}/A" if entry.split else "A"
        if dataset.layout == "split":
            return f"{entry.split or 'train'}/A"
        return Path(dataset.items[0].key).parent.as_posix().removeprefix(".")

    def _mask(self, item: Item, labels: Labels) -> Outcome:
        """Put a mask to a photo that is there."""
        assert self._dataset is not None
        assert self._index is not None
        state, readable = self._dataset.state, False
        before = np.zeros(labels.shape, np.uint8)
        if item.has_mask:
            try:
                before = read_mask(item.mask, (labels.shape[0], labels.shape[1])).labels
            except MaskError:
                pass  # what cannot be read is what is to be replaced
            else:
                readable = True
                if (before == labels).all():
                    return "same"
        _check_journal(self._dataset, item, before)
        status = self._index.status(item.key)
        if item.has_mask or status != "new":
            path = provenance.path_of(state, item.key)
            origin = provenance.read(path, (labels.shape[0], labels.shape[1]))
            touched = before != labels if origin is None else origin.touched | (before != labels)
            provenance.write(path, provenance.Provenance(touched, origin is not None and origin.proposed))
            if status != "excluded":
                self._index.set_status(item.key, "edited")  # before the mask, which alone would count as approved

        def keep(_: Path) -> None:
            if readable:
                files.copy(item.mask, store.backup_of(state, item.key))
            elif item.mask.exists():
                files.copy(item.mask, beside(state / store.CONFLICTS, item.key, f"-{time.time_ns()}-unreadable.png"))

        with alone(state / store.LOCK):  # a studio may be saving it
            write_mask(item.mask, labels, keep)
        return "changed" if item.has_mask else "added"


@contextmanager
def lying(arriving: Arriving) -> Iterator[Path]:
    """The file of a photo that came, for as long as the context lasts. Raises DatasetError, MaskError."""
    if isinstance(arriving.photo, Path):
        yield arriving.photo
        return
    data = arriving.photo()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "photo"
        copy.write_bytes(data)
        yield copy


def _mapped(arriving: Arriving, mapping: ClassMap, name: str) -> tuple[Labels, tuple[str, ...]]:
    """The labels that came as class ids, and what reading them took. Raises DatasetError."""
    labels, settled = mapping.apply(arriving.labels, arriving.names, name)
    remarks = (arriving.remark,) if arriving.remark else ()
    return labels, (*remarks, *((f"{settled:,} pixels that were left open took the nearest class",) if settled else ()))


def _check_photo(item: Item, arriving: Arriving, name: str) -> None:
    """Raises DatasetError when the photo that came is clearly another one than ``item``, whose name it bears."""
    with lying(arriving) as path:
        if file_hash(path) == file_hash(item.photo):
            return
        look = near.look(path)
    here = near.look(item.photo)
    if look and here and not near.among([look], [here])[0]:
        raise DatasetError(f"{name} is another photo than {item.key}, which bears its name; rename one of them.")


def _check_journal(dataset: Dataset, item: Item, labels: Labels) -> None:
    """Raises DatasetError when strokes wait that were never saved: the studio would lay them over the new mask."""
    try:
        content = journal.read(beside(dataset.state / "journal", item.key, ".journal"))
    except OSError as error:
        raise DatasetError(f"The journal of {item.key} cannot be read ({error.strerror or error}).") from error
    if content is not None and content.steps and content.steps_after(journal.labels_checksum(labels)) != []:
        raise DatasetError(
            f"{item.key} has unsaved work in the studio, which would come to lie over the new mask; open and save it."
        )


def fitting(labels: npt.NDArray[Any], photo: Path, name: str) -> npt.NDArray[Any]:
    """``labels`` at the photo's displayed size: as they are, or turned as its EXIF says. Raises InputError."""
    size = photo_size(photo)
    if labels.shape == size:
        return labels
    if labels.shape == size[::-1]:
        with opened(photo) as image:
            turned = turn(labels, orientation_of(image))
        if turned.shape == size:
            return turned
    raise MaskError(
        f"The labels of {name} are {labels.shape[1]} x {labels.shape[0]} pixels, but its photo is "
        f"{size[1]} x {size[0]}; export both at one size."
    )


def _beginning(path: Path) -> bytes:
    with open_plain(path) as handle:
        return handle.read(64)


def _conflict(labels: Labels, beneath: Labels) -> Conflict | None:
    if labels.shape != beneath.shape:  # turned to fit its photo
        return None
    rows, columns = np.nonzero(labels != beneath)
    if not len(rows):
        return None
    return Conflict(len(rows), (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1))
