"""COCO: annotations/instances_<split>.json and a folder of photos beside it, an annotation for each class of a photo.

Masks go out as run lengths, which keep every pixel, or as polygons to edit. Background is what nothing lies on. Of
annotations that overlap, the smaller one lies above.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import CLASSES
from chromadesk.dataset.formats import json_stream, outlines, photos, places, runs
from chromadesk.dataset.formats.painted import Painted
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError
from chromadesk.images import MAX_PIXELS

Bools = npt.NDArray[np.bool_]

_FOLDER, _PHOTOS = "annotations", "images"
_CATEGORIES = [{"id": each.id, "name": each.name, "supercategory": "person"} for each in CLASSES[1:]]
#: A photo's (name, height, width) and where its annotations lie in the file.
_Photo = tuple[str, int, int]


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """Photos at once, the lists at the end; see ``pair.Writing``."""
    lists: dict[str, json_stream.Lists] = {}

    def put(pair: Leaving) -> int:
        folder = pair.split or _PHOTOS
        if folder not in lists:
            lists[folder] = json_stream.Lists(("images", "annotations"))
        found = lists[folder]
        file = photos.put(pair.item.photo, out / folder, pair.name)
        number = found.counts["images"] + 1
        height, width = pair.labels.shape
        found.add("images", {"id": number, "file_name": file.name, "height": height, "width": width})
        painted = Painted((height, width))
        for each in CLASSES[1:]:
            plane = pair.labels == each.id
            if not plane.any():
                continue
            code = _polygons(plane) if options.polygons else {"size": [height, width], "counts": runs.to_coco(plane)}
            annotation = {"id": found.counts["annotations"] + 1, "image_id": number, "category_id": each.id}
            box = {"area": int(plane.sum()), "bbox": _box(plane), "iscrowd": 0}
            found.add("annotations", {**annotation, **box, "segmentation": code})
            if options.polygons:
                painted.lay(each.name, _plane(code, (height, width)))
        if not options.polygons:
            return 0
        numbers = {name: place for place, name in painted.names.items()}
        table = np.array([numbers.get(each.name, 0) for each in CLASSES], np.uint16)
        return int(np.count_nonzero(table[pair.labels] != painted.labels))

    try:
        yield put
        for folder, found in lists.items():
            name = "instances.json" if folder == _PHOTOS else f"instances_{folder}.json"
            found.finish(out / _FOLDER / name, {"info": {"description": "ChromaDesk"}, "categories": _CATEGORIES})
    finally:
        for found in lists.values():
            found.close()


def reading(path: Path, foreign: bool) -> Source:
    """The photos of one JSON file, or of all in ``path``/annotations; each labelled by its annotations."""
    found = sorted((path / _FOLDER).glob("*.json")) if path.is_dir() else [path]
    if path.is_dir() and not found:
        found = sorted(path.glob("*.json"))
    if not found:
        raise DatasetError(f"There is no JSON file in {path / _FOLDER}; give the file itself.")
    above = path.parent.parent if path.parent.name == _FOLDER else path.parent
    parts = [_File(file, path if path.is_dir() else above) for file in found]
    if {part.split for part in parts} != {"train", "test"}:  # half a split splits nothing
        for part in parts:
            part.split = None
    names = {number: name for part in parts for number, name in enumerate(part.categories.values(), 1)}
    total = sum(len(part.photos) for part in parts)
    return Source(total, (entry for part in parts for entry in part.entries()), {0: "background", **names})


class _File:
    """One JSON file: its photos and where their annotations lie; these are read when they are wanted."""

    def __init__(self, path: Path, root: Path) -> None:
        self._path, self._root = path, root
        self.split: Split | None = next(
            (split for word in path.stem.split("_") if (split := places.split_called(word.rstrip("0123456789")))), None
        )
        self.photos: dict[Any, _Photo] = {}
        self.categories: dict[Any, str] = {}
        self._places: dict[Any, list[tuple[int, int]]] = {}
        with json_stream.opened(path) as handle:
            for name, start, end in json_stream.places(path):
                if name in ("images", "annotations", "categories"):
                    self._note(name, json_stream.element(handle, start, end, path), (start, end))
        if not self.photos:
            raise DatasetError(f"{path} lists no images, so it is no COCO file; give the one of the instances.")

    def _note(self, name: str, value: dict[str, Any], place: tuple[int, int]) -> None:
        try:
            if name == "images":
                self.photos[value["id"]] = str(value["file_name"]), int(value["height"]), int(value["width"])
            elif name == "categories":
                self.categories[value["id"]] = str(value["name"])
            else:
                self._places.setdefault(value["image_id"], []).append(place)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise DatasetError(
                f"{self._path} has an entry of {name} that is not COCO's ({error!r}); mend it."
            ) from error

    def entries(self) -> Iterator[Entry]:
        """The photos that have annotations; the others nobody has worked on. What belongs to none is one that fails."""
        for number, (name, height, width) in self.photos.items():
            if number in self._places:
                yield Entry(name, self.split, partial(self._load, number, name, (height, width)))
        if stray := sum(len(found) for number, found in self._places.items() if number not in self.photos):
            yield Entry(self._path.name, self.split, partial(self._refuse, stray))

    def _refuse(self, stray: int) -> Arriving:
        one = stray == 1
        raise DatasetError(
            f"{self._path} has {stray} annotation{'' if one else 's'} of photos that it does not list, and "
            f"{'it was' if one else 'they were'} left out; add the photos to its images, or remove what is not wanted."
        )

    def _load(self, number: Any, name: str, size: tuple[int, int]) -> Arriving:
        photo = self._photo(name)
        if not (0 < size[0] * size[1] <= MAX_PIXELS and min(size) > 0):
            raise DatasetError(f"{self._path} says that {name} is {size[1]} x {size[0]} pixels, which no photo is.")
        layers: list[tuple[int, int, str, Bools]] = []
        painted = Painted(size)
        with json_stream.opened(self._path) as handle:
            for order, place in enumerate(self._places[number]):
                value = json_stream.element(handle, *place, self._path)
                try:
                    label = self.categories[value["category_id"]]
                    plane = _plane(value["segmentation"], size)
                except (runs.Broken, KeyError, TypeError, ValueError, OverflowError) as error:
                    raise DatasetError(
                        f"{self._path}: annotation {value.get('id')} of {name} cannot be used ({_reason(error)}); "
                        "mend it."
                    ) from error
                layers.append((-int(plane.sum()), order, label, plane))
        for _, _, label, plane in sorted(layers, key=lambda layer: layer[:2]):
            painted.lay(label, plane)
        return Arriving(painted.labels, painted.names, photo, painted.beneath_or_same())

    def _photo(self, name: str) -> Path:
        named = self._path.stem.removeprefix("instances_")  # train2017, as COCO itself calls both
        folders = [self._root / folder for folder in ("", self.split or _PHOTOS, _PHOTOS, named)] + [self._path.parent]
        tried = [places.inside(self._root, name, self._path, folder) for folder in folders]
        found = next((file for file in tried if file.is_file()), None)
        if found is None:
            raise DatasetError(f"The photo {name} of {self._path} is not in {self._root}; put it there.")
        return found


def _reason(error: Exception) -> str:
    return f"there is no {error}" if isinstance(error, KeyError) else str(error)[:120]


def _plane(code: Any, size: tuple[int, int]) -> Bools:
    """The plane of a "segmentation": polygons, or run lengths as numbers or as letters. Raises as runs and numpy do."""
    if isinstance(code, dict):
        counts = code["counts"]
        if list(code.get("size", size)) != list(size):
            raise runs.Broken(f"it is for a photo of {code['size']}, not {list(size)}")
        return runs.plane(runs.from_coco(counts) if isinstance(counts, str) else list(counts), size)
    rings = []
    for ring in code:
        points = np.array(ring, np.float64)
        if points.ndim != 1 or len(points) % 2 or len(points) < 6 or not np.isfinite(points).all():
            raise ValueError("a polygon is no list of three points or more")
        rings.append(points.reshape(-1, 2))
    return outlines.fill(rings, size)


def _polygons(plane: Bools) -> list[list[int]]:
    return [ring.astype(int).ravel().tolist() for ring in outlines.follow(plane)]


def _box(plane: Bools) -> list[int]:
    return list(cv2.boundingRect(plane.astype(np.uint8)))
