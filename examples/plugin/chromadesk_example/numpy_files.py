"""A data-set format: photos in ``photos``, class ids as NumPy's .npy in ``labels``; train and test above them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from chromadesk import files, reading
from chromadesk.classes import NAMES
from chromadesk.dataset.formats import photos, places
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.dataset.formats.table import Format
from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError, MaskError
from chromadesk.listing import natural_key

_MOST = 1 << 28  # bytes of a mask


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """See ``chromadesk.dataset.formats.pair.Writing``."""

    def put(pair: Leaving) -> int:
        folder = out / (pair.split or "")
        photos.put(pair.item.photo, folder / "photos", pair.name)
        data = io.BytesIO()
        np.save(data, pair.labels, allow_pickle=False)
        files.write_bytes(folder / "labels" / f"{pair.name}.npy", data.getvalue())
        return 0  # pixels that will not come back as they are

    yield put


def reading_from(path: Path, foreign: bool) -> Source:
    """See ``chromadesk.dataset.formats.pair.Reading``."""
    found: list[tuple[Path, Path, Split | None]] = []
    splits: tuple[Split | None, ...] = (None, "train", "test")
    for split in splits:
        folder = path / (split or "")
        masks = sorted((folder / "labels").glob("*.npy"), key=lambda file: natural_key(file.name))
        found += [(mask, folder / "photos", split) for mask in masks]
    if not found:
        raise DatasetError(f"There are no .npy files in {path / 'labels'}; give the folder above.")
    names = {} if foreign else dict(enumerate(NAMES))
    return Source(len(found), (Entry(mask.stem, split, partial(_load, mask, at, names)) for mask, at, split in found))


def _load(mask: Path, folder: Path, names: dict[int, str]) -> Arriving:
    photo = places.photo_called(folder, mask.stem, mask)
    if photo is None:
        raise DatasetError(f"{folder} has no photo {mask.stem}; put it there.")
    try:
        labels = np.load(io.BytesIO(reading.read_bytes(mask, _MOST)), allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise MaskError(f"{mask} is no NumPy array ({error}); save it again.") from error
    if not isinstance(labels, np.ndarray) or labels.ndim != 2 or labels.dtype.kind not in "iu" or not labels.size:
        raise MaskError(f"{mask} is no plane of whole numbers; save it again.")
    return Arriving(labels, names, photo)


FORMAT = Format("NumPy files", writing, reading_from)
