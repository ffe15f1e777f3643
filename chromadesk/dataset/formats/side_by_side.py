"""Photo and mask side by side in one picture, A on the left and B on the right: pix2pix's "aligned" data sets.

Written as RGB PNG, which keeps every pixel. JPEG, in which such data sets often come, blurs the mask's borders: they
are read as anti-aliased ones are, and the rest is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from chromadesk import files, masks
from chromadesk.classes import NAMES, PALETTE
from chromadesk.dataset.formats import photos, places
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.dataset.formats.pix2pix import paper_pair
from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError, MaskError
from chromadesk.images import read_photo
from chromadesk.listing import list_photos


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """One PNG for each pair; see ``pair.Writing``."""

    def put(pair: Leaving) -> int:
        if options.paper:
            left, right = paper_pair(pair.item.photo, pair.labels)
        else:
            left, right = read_photo(pair.item.photo).pixels, PALETTE[pair.labels]
        both = np.concatenate([left, right], axis=1)
        files.write_bytes(out / (pair.split or "") / f"{pair.name}.png", photos.as_png(both))
        return 0

    yield put


def reading(path: Path, foreign: bool) -> Source:
    """The pictures in ``path`` and in its folders train, test and val."""
    found = [(each, split) for folder, split in _folders(path) for each in list_photos(folder)]
    if not found:
        raise DatasetError(f"There are no pictures in {path}; give the folder that holds them, or train and test.")
    entries = (Entry(each.name, split, partial(_load, each, foreign)) for each, split in found)
    return Source(len(found), entries)


def _folders(path: Path) -> list[tuple[Path, Split | None]]:
    if not path.is_dir():
        raise DatasetError(f"{path} is no folder; give the one that holds the pictures.")
    folders = [(folder, places.split_called(folder.name)) for folder in sorted(path.iterdir()) if folder.is_dir()]
    below = [(folder, split) for folder, split in folders if split is not None]
    return [(path, None), *below]


def _load(path: Path, foreign: bool) -> Arriving:
    pixels = read_photo(path).pixels
    width = pixels.shape[1] // 2
    if pixels.shape[1] != 2 * width:
        raise MaskError(f"{path} is {pixels.shape[1]} pixels wide, an odd number, so it is no photo beside its mask.")
    left, right = np.ascontiguousarray(pixels[:, :width]), np.ascontiguousarray(pixels[:, width:])

    def photo() -> bytes:
        return photos.as_png(left)

    if foreign:
        if not (right == right[..., :1]).all():
            raise MaskError(f"The right half of {path} is no grey picture of label numbers; leave out the map.")
        return Arriving(np.ascontiguousarray(right[..., 0]), {}, photo)
    mask = masks.of_colours(right, path)
    remark = ""
    if mask.blended or mask.off_palette:
        remark = f"{mask.blended + mask.off_palette:,} blurred pixels were settled by their surroundings"
    return Arriving(mask.labels, dict(enumerate(NAMES)), photo, remark=remark)
