"""MATLAB label maps, a .mat file for each photo, laid out as Clothing Co-Parsing (CCP) is: photos,
annotations/pixel-level and label_list.mat, whose numbers count from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from chromadesk import files
from chromadesk.classes import NAMES
from chromadesk.dataset.formats import mat_file, photos, places
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError, MaskError
from chromadesk.images import MAX_PIXELS
from chromadesk.listing import natural_key
from chromadesk.reading import read_bytes

VARIABLE = "groundtruth"
_PHOTOS, _MASKS, _LIST = "photos", "annotations/pixel-level", "label_list.mat"
_MAX_FILE = 200_000_000
_MOST = 1 << 30  # that a label's number may be


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """Photos and matrices, in a folder for each split; the list of labels first."""
    listed: set[Split | None] = set()

    def put(pair: Leaving) -> int:
        folder = out / (pair.split or "")
        if pair.split not in listed:
            files.write_bytes(folder / _LIST, mat_file.write({"label_list": list(NAMES)}))
            listed.add(pair.split)
        photos.put(pair.item.photo, folder / _PHOTOS, pair.name)
        files.write_bytes(folder / _MASKS / f"{pair.name}.mat", mat_file.write({VARIABLE: pair.labels}))
        return 0

    yield put


def reading(path: Path, foreign: bool) -> Source:
    """The matrices of ``path`` and of its folders train and test; labels have the names of label_list.mat."""
    found: list[tuple[Path, Path, Split | None]] = []
    names: dict[int, str] = {}
    splits: tuple[Split | None, ...] = (None, "train", "test")
    for split in splits:
        folder = path / (split or "")
        if (folder / _LIST).is_file():
            lists = [value for value in _values(folder / _LIST).values() if isinstance(value, list)]
            names.update(enumerate(lists[0] if lists else []))
        matrices = sorted((folder / _MASKS).glob("*.mat"), key=lambda file: natural_key(file.name))
        found += [(file, folder / _PHOTOS, split) for file in matrices]
    if not found:
        raise DatasetError(f"There are no .mat files in {path / _MASKS}; give the folder above.")
    entries = (Entry(file.stem, split, partial(_load, file, folder, names)) for file, folder, split in found)
    return Source(len(found), entries, names)


def _load(file: Path, folder: Path, names: dict[int, str]) -> Arriving:
    photo = places.photo_called(folder, file.stem, file)
    if photo is None:
        raise DatasetError(f"{folder} has no photo {file.stem}; put it there.")
    planes = {name: value for name, value in _values(file).items() if isinstance(value, np.ndarray) and value.ndim == 2}
    plane = planes.get(VARIABLE)
    if plane is None and planes:
        plane = max(planes.values(), key=lambda value: value.size)
    if plane is None or not plane.size:
        raise MaskError(f"{file} holds no matrix of labels; it should be called {VARIABLE}.")
    # NaN and infinity are not between the two either
    fits = plane.size <= MAX_PIXELS and bool(((plane >= 0) & (plane < _MOST)).all())
    whole = plane.astype(np.int32) if fits else np.zeros(0, np.int32)
    if not fits or (whole != plane).any():
        raise MaskError(f"{file} holds numbers that are no labels (whole numbers from 0 on); export it again.")
    return Arriving(whole, names, photo)


def _values(file: Path) -> dict[str, mat_file.Value]:
    try:
        return mat_file.read(read_bytes(file, _MAX_FILE), 8 * MAX_PIXELS)
    except (OSError, ValueError) as error:
        raise MaskError(f"{file} cannot be read ({error}); save it again.") from error
