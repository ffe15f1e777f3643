"""labelme: a JSON file beside each photo, with a shape for each class of it.

Shapes are masks, which keep every pixel, or polygons to edit. Read are masks, polygons, rectangles and circles; of
shapes that overlap the later one lies above.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from chromadesk import files
from chromadesk.classes import CLASSES
from chromadesk.dataset.formats import json_stream, outlines, photos, places
from chromadesk.dataset.formats.painted import Painted
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError
from chromadesk.images import BROKEN, MAX_PIXELS
from chromadesk.listing import natural_key

Bools = npt.NDArray[np.bool_]

_VERSION = "5.5.0"
_CORNERS = 64  # of a circle


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """Photo and JSON side by side, in a folder for each split; see ``pair.Writing``."""

    def put(pair: Leaving) -> int:
        folder = out / (pair.split or "")
        photo = photos.put(pair.item.photo, folder, pair.name)
        height, width = pair.labels.shape
        shapes, painted = [], Painted((height, width))
        for each in CLASSES[1:]:
            plane = pair.labels == each.id
            if plane.any():
                made = _polygons(plane) if options.polygons else [_mask(plane)]
                shapes += [{"label": each.name, **shape} for shape in made]
                for shape in made:
                    _lay(each.name, shape, painted)
        fields: dict[str, Any] = {
            "version": _VERSION,
            "flags": {},
            "shapes": shapes,
            "imagePath": photo.name,
            "imageData": None,
        }
        text = json.dumps({**fields, "imageHeight": height, "imageWidth": width}, indent=1)
        files.write_text(folder / f"{pair.name}.json", text + "\n")
        numbers = {name: place for place, name in painted.names.items()}
        table = np.array([numbers.get(each.name, 0) for each in CLASSES], np.uint16)
        return int(np.count_nonzero(table[pair.labels] != painted.labels))

    yield put


def reading(path: Path, foreign: bool) -> Source:
    """The JSON files in ``path`` and in its folders train, test and val."""
    if not path.is_dir():
        raise DatasetError(f"{path} is no folder; give the one that holds the photos and their JSON files.")
    folders: list[tuple[Path, Split | None]] = [(path, None)]
    folders += [(each, split) for each in sorted(path.iterdir()) if (split := places.split_called(each.name))]
    found = [
        (file, split)
        for folder, split in folders
        for file in sorted(folder.glob("*.json"), key=lambda file: natural_key(file.name))
    ]
    if not found:
        raise DatasetError(f"There are no JSON files in {path}; give the folder where labelme saved them.")
    return Source(len(found), (Entry(file.stem, split, partial(_load, file, path)) for file, split in found))


def _load(file: Path, root: Path) -> Arriving:
    fields = json_stream.whole(file)
    try:
        size = int(fields["imageHeight"]), int(fields["imageWidth"])
        shapes = list(fields["shapes"])
        name, inside = str(fields["imagePath"]), fields.get("imageData")
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise DatasetError(f"{file} is not labelme's ({error!r}); save it there again.") from error
    if not (min(size) > 0 and size[0] * size[1] <= MAX_PIXELS):
        raise DatasetError(f"{file} says that its photo is {size[1]} x {size[0]} pixels, which no photo is.")
    painted, passed = Painted(size), 0
    for number, shape in enumerate(shapes, 1):
        try:
            passed += not _lay(str(shape["label"]), shape, painted)
        except (*BROKEN, AttributeError, ArithmeticError) as error:
            reason = f"there is no {error}" if isinstance(error, KeyError) else str(error)[:120]
            raise DatasetError(f"Shape {number} of {file} cannot be used ({reason}); draw it again.") from error
    photo = places.inside(root, name, file, file.parent)
    remark = f"{passed} lines and points, which cover no area, were passed over" if passed else ""
    if not photo.is_file() and not isinstance(inside, str):
        raise DatasetError(f"The photo {name} of {file} is not there; put it there.")
    picture = photo if photo.is_file() else partial(_decoded, str(inside), file)
    return Arriving(painted.labels, painted.names, picture, painted.beneath_or_same(), remark)


def _decoded(text: str, where: Path) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise DatasetError(f"The photo inside {where} is damaged ({error}); put the photo beside it.") from error


def _lay(label: str, shape: dict[str, Any], painted: Painted) -> bool:
    """Lay one shape; False for lines and points, which cover no area. Raises ValueError and its like for others."""
    kind = shape.get("shape_type", "polygon")
    points = np.array(shape["points"], np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise ValueError("its points are not pairs of numbers")
    if kind == "mask":
        left, top = (int(value) for value in points[0])
        painted.lay(label, _unpacked(shape["mask"]), top, left)
        return True
    if kind in ("rectangle", "circle") and len(points) != 2:
        raise ValueError(f"a {kind} has two points")
    if kind == "rectangle":
        (left, top), (right, bottom) = points
        points = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    elif kind == "circle":
        turns = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
        points = points[0] + np.hypot(*(points[1] - points[0])) * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    elif kind not in ("polygon", "oriented_rectangle"):
        return False
    if len(points) < 3:
        raise ValueError("a polygon has three points or more")
    height, width = painted.labels.shape
    painted.lay(label, outlines.fill([points], (height, width)))
    return True


def _mask(plane: Bools) -> dict[str, Any]:
    """A shape of type mask: the box round the pixels, its last row and column counted in, and a PNG of it."""
    left, top, width, height = cv2.boundingRect(plane.astype(np.uint8))
    buffer = io.BytesIO()
    Image.fromarray(plane[top : top + height, left : left + width]).save(buffer, "PNG")
    corners = [[float(left), float(top)], [float(left + width - 1), float(top + height - 1)]]
    fields: dict[str, Any] = {"points": corners, "group_id": None, "description": "", "shape_type": "mask", "flags": {}}
    return {**fields, "mask": base64.b64encode(buffer.getvalue()).decode()}


def _unpacked(text: object) -> Bools:
    if not isinstance(text, str):
        raise ValueError("its mask is no picture")
    with Image.open(io.BytesIO(base64.b64decode(text, validate=True)), formats=["PNG"]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("its mask is larger than any photo")
        return np.asarray(image.convert("L")) > 0


def _polygons(plane: Bools) -> list[dict[str, Any]]:
    fields: dict[str, Any] = {"group_id": None, "description": "", "shape_type": "polygon", "flags": {}, "mask": None}
    return [{"points": ring.tolist(), **fields} for ring in outlines.follow(plane)]
