"""The colours of every photo of a data set, class by class; kept in its index, so that no photo is read twice for them.

A row holds as long as the photo, its mask, what a person decided on its colours and the way of reading stay the same.
Masks that a model makes for this alone are never written into the data set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from chromadesk.classes import CLASSES
from chromadesk.colour import gathered
from chromadesk.colour import kept as kept_by_hand
from chromadesk.colour.gathered import MaskOrigin, PhotoColours
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.kept import Kept
from chromadesk.colour.palette import Settings, of_class
from chromadesk.colour.source import Source
from chromadesk.colour.swatch import Swatch
from chromadesk.dataset.database import Database
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import ChromaDeskError
from chromadesk.parallel import in_order

if TYPE_CHECKING:
    from chromadesk.channels import Pixels
    from chromadesk.images import Photo
    from chromadesk.masks import Labels

TABLE = """
    CREATE TABLE colours (
        key TEXT PRIMARY KEY, version TEXT NOT NULL, profile TEXT NOT NULL, assumed INTEGER NOT NULL,
        grey INTEGER NOT NULL, pixels BLOB NOT NULL, swatches BLOB NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = "key, version, profile, assumed, grey, pixels, swatches"
_KEEP = "INSERT OR REPLACE INTO colours VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, seal(?1, ?2, ?3, ?4, ?5, ?6, ?7))"
# So many swatches a class that a collection can be told apart.
_SETTINGS = Settings(k=16)
# Raised when other swatches would come of the same photo: read otherwise, or other settings.
_WAY = 2
_AT_ONCE = 50
# Folders from a photo up to its data set's own: train/A/1.jpg.
_DEEPEST = 3


def decided(photo: Path) -> Kept:
    """What a person decided on the colours of ``photo``, in whichever data set it lies; nothing outside of any."""
    photo = photo.expanduser().absolute()
    for root in list(photo.parents)[:_DEEPEST]:
        hand = kept_by_hand.path_of(Dataset(root, [], "photos").state, photo.relative_to(root).as_posix())
        if hand.exists():
            return kept_by_hand.read(hand)
    return Kept()


class Gathering:
    """Reads the colours of the photos of ``dataset`` through the database of its index."""

    def __init__(self, dataset: Dataset, database: Database) -> None:
        self._state = dataset.state
        self._database = database

    def read(
        self,
        items: Iterable[tuple[Item, MaskOrigin]],
        class_name: str = "clothes",
        segment: Callable[[Pixels], Labels] | None = None,
        model: str = "",
        failed: Callable[[Item, str], None] = lambda item, sentence: None,
        threads: int = 1,
    ) -> Iterator[tuple[Item, PhotoColours | None, bool]]:
        """Each item with the colours of its class ``class_name``, and whether they were kept before; None for one that
        cannot be read, of which ``failed`` hears a sentence.

        Items come with where their mask is from; for ``predicted`` ones ``segment`` makes it, and ``model`` is whose
        answer that is. ``threads`` photos are read at a time. Whoever stops listening keeps what was read so far.
        """
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM colours WHERE seal = seal({_COLUMNS})")
        kept = {key: tuple(row) for key, *row in rows}

        def look(one: tuple[Item, MaskOrigin]) -> tuple[tuple[object, ...], bool]:
            item, origin = one
            hand = kept_by_hand.path_of(self._state, item.key)
            version, row = _version(item, origin, model, hand), kept.get(item.key)
            if row is not None and row[0] == version:
                return row, True
            return (version, *_looked_at(item, origin, segment, hand)), False

        fresh: list[tuple[object, ...]] = []
        try:
            for (item, origin), looked in in_order(items, look, threads):
                try:
                    row, known = looked.result()
                except ChromaDeskError as error:
                    failed(item, str(error))
                    yield item, None, False
                    continue
                if not known:
                    fresh.append((item.key, *row))
                    if len(fresh) >= _AT_ONCE:
                        self._keep(fresh)
                yield item, _of_row(item, origin, class_name, row), known
        finally:
            self._keep(fresh)

    def _keep(self, rows: list[tuple[object, ...]]) -> None:
        self._database.put(_KEEP, rows)
        rows.clear()


def _looked_at(
    item: Item, origin: MaskOrigin, segment: Callable[[Pixels], Labels] | None, hand: Path
) -> tuple[str, bool, bool, bytes, bytes]:
    """Profile, whether it is assumed, whether there is a grey point, pixels a class, swatches. Raises ImageError,
    MaskError.
    """
    from chromadesk.images import read_photo  # kept out of the window's start
    from chromadesk.masks import read_mask

    photo = read_photo(item.photo)
    if origin == "predicted":
        if segment is None:
            raise ValueError("nobody is there to predict a mask")
        labels = segment(photo.pixels)
    else:
        labels = read_mask(item.mask, (photo.pixels.shape[0], photo.pixels.shape[1])).labels
    counts = np.bincount(labels.ravel(), minlength=len(CLASSES)).astype("<i8")
    kept = kept_by_hand.read(hand)
    source = photo.source if kept.grey is None else photo.source.with_grey(kept.grey.xyz)
    swatches = gathered.encode(_palettes(photo, labels, source, kept))
    return source.name, source.assumed, kept.grey is not None, counts.tobytes(), swatches


def _palettes(photo: Photo, labels: Labels, source: Source, kept: Kept) -> dict[str, list[Swatch]]:
    """Swatches of the four classes of the figure, as a person arranged them; the background is nobody's collection."""
    histogram = Histogram(photo.samples, source, labels, _SETTINGS.border)
    found = {
        each.name: of_class(histogram, source, each.id, _SETTINGS, kept.anchors.get(each.name, ())).swatches
        for each in CLASSES[1:]
    }
    # What was picked by hand and has no pixels is no part of what was seen.
    return {name: [swatch for swatch in swatches if swatch.pixels] for name, swatches in found.items()}


def _of_row(item: Item, origin: MaskOrigin, class_name: str, row: tuple[object, ...]) -> PhotoColours:
    _, profile, assumed, grey, pixels, swatches = row
    assert isinstance(pixels, bytes)
    assert isinstance(swatches, bytes)
    index = next(each.id for each in CLASSES if each.name == class_name)
    return PhotoColours(
        item.key,
        gathered.decode(swatches, class_name),
        int(np.frombuffer(pixels, "<i8")[index]),
        origin,
        str(profile),
        bool(assumed),
        bool(grey),
    )


def under(prefix: str, colours: PhotoColours) -> PhotoColours:
    """The same photo called by its path within a larger collection."""
    return replace(colours, key=prefix + colours.key) if prefix else colours


def _version(item: Item, origin: MaskOrigin, model: str, hand: Path) -> str:
    """What the colours of ``item`` hang on."""
    whose = model if origin == "predicted" else _mark(item.mask)
    return " ".join([str(_WAY), _mark(item.photo), whose, _mark(hand)])


def _mark(path: Path) -> str:
    try:
        stat = path.stat()
    except OSError:
        return "gone"
    return f"{stat.st_size}.{stat.st_mtime_ns}"
