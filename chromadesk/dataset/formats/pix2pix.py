"""The folders of pix2pix, A and B, with train and test above them where there is a split: ChromaDesk's own layout.

Masks are indexed PNG. For the loader of the paper's authors (``paper``) both are RGB PNG of 512 x 256, photo and mask
stretched to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from chromadesk import files
from chromadesk.classes import NAMES, PALETTE
from chromadesk.dataset.formats import label_pictures, photos
from chromadesk.dataset.formats.pair import Arriving, Entry, Labels, Leaving, Options, Put, Source
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.images import photo_size, read_photo
from chromadesk.inference.resize import resize_labels, resize_photo
from chromadesk.masks import read_mask, write_mask

#: Height and width that the paper's networks take.
PAPER_SIZE = (512, 256)


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """Photos into A, masks into B; see ``pair.Writing``."""

    def put(pair: Leaving) -> int:
        folder = out / (pair.split or "")
        if options.paper:
            pixels, colours = paper_pair(pair.item.photo, pair.labels)
            files.write_bytes(folder / "A" / f"{pair.name}.png", photos.as_png(pixels))
            files.write_bytes(folder / "B" / f"{pair.name}.png", photos.as_png(colours))
        else:
            photos.put(pair.item.photo, folder / "A", pair.name)
            write_mask(folder / "B" / f"{pair.name}.png", pair.labels)
        return 0

    yield put


def paper_pair(photo: Path, labels: Labels) -> tuple[Labels, Labels]:
    """A photo and its mask in class colours, both (512, 256, 3) uint8. Raises ImageError."""
    pixels = resize_photo(read_photo(photo).pixels, PAPER_SIZE)
    return pixels, PALETTE[resize_labels(labels, PAPER_SIZE)]


def reading(path: Path, foreign: bool) -> Source:
    """The pairs of a data set in folders; foreign masks are PNG of label numbers."""
    items = Dataset.open(path).require()

    def load(item: Item) -> Arriving:
        if foreign:
            return Arriving(label_pictures.read(item.mask), {}, item.photo)
        mask = read_mask(item.mask, photo_size(item.photo))
        remark = f"{mask.off_palette:,} pixels took the nearest class colour" if mask.off_palette else ""
        return Arriving(mask.labels, dict(enumerate(NAMES)), item.photo, remark=remark)

    return Source(len(items), (Entry(item.name, item.split, partial(load, item)) for item in items))
