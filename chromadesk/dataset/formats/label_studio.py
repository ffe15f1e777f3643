"""Label Studio: tasks.json with a brush for each class, photos beside it, and the labelling interface for the project.

Masks are Label Studio's own runs of bits, which keep every pixel. Its tasks name photos by a path under local storage;
here they are looked up by their file name. Polygons of it are not read; only brushes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from chromadesk import files
from chromadesk.classes import CLASSES
from chromadesk.dataset.formats import json_stream, photos, places, runs
from chromadesk.dataset.formats.painted import Painted
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.errors import DatasetError
from chromadesk.images import MAX_PIXELS, photo_size

_TASKS, _PHOTOS, _INTERFACE = "tasks.json", "images", "labels.xml"
_LOCAL = "/data/local-files/?d="


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """Photos at once, the tasks at the end; see ``pair.Writing``."""
    tasks = json_stream.Lists(("",))

    def put(pair: Leaving) -> int:
        file = photos.put(pair.item.photo, out / _PHOTOS, pair.name)
        height, width = pair.labels.shape
        results = []
        for each in CLASSES[1:]:
            plane = pair.labels == each.id
            if plane.any():
                value = {"format": "rle", "rle": runs.to_label_studio(plane), "brushlabels": [each.name]}
                names = {"id": each.name, "from_name": "class", "to_name": "photo", "type": "brushlabels"}
                size = {"original_width": width, "original_height": height, "image_rotation": 0}
                results.append({**names, **size, "value": value})
        data = {"image": f"{_LOCAL}{quote(f'{out.name}/{_PHOTOS}/{file.name}')}", "split": pair.split or ""}
        tasks.add("", {"data": data, "annotations": [{"result": results}]})
        return 0

    try:
        yield put
        tasks.finish(out / _TASKS, None)
        files.write_text(out / _INTERFACE, _interface())
    finally:
        tasks.close()


def _interface() -> str:
    labels = "".join(f'    <Label value="{each.name}" background="{each.hex}"/>\n' for each in CLASSES[1:])
    brushes = f'  <BrushLabels name="class" toName="photo">\n{labels}  </BrushLabels>\n'
    return f'<View>\n  <Image name="photo" value="$image" zoom="true"/>\n{brushes}</View>\n'


def reading(path: Path, foreign: bool) -> Source:
    """The tasks of a JSON export that have an annotation; photos are looked up below the folder it lies in."""
    file = path
    if path.is_dir():
        found = [path / _TASKS] if (path / _TASKS).is_file() else sorted(path.glob("*.json"))
        if len(found) != 1:
            raise DatasetError(f"{path} holds {len(found) or 'no'} JSON files; give Label Studio's export itself.")
        file = found[0]
    return _Tasks(file).source()


class _Tasks:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._photos = _by_name(path.parent)

    def source(self) -> Source:
        """The tasks, found by a first look through the file."""
        found = [(start, end) for name, start, end in json_stream.places(self._path) if not name]
        if not found:
            raise DatasetError(f"{self._path} holds no tasks; export them from Label Studio as JSON.")
        return Source(len(found), self._entries(found))

    def _entries(self, found: list[tuple[int, int]]) -> Iterator[Entry]:
        with json_stream.opened(self._path) as handle:
            for number, place in enumerate(found, 1):
                try:
                    task = json_stream.element(handle, *place, self._path)
                    data, results = task["data"], _results(task)
                    name = _file_name(str(data.get("image") or next(iter(data.values()))))
                    split = places.split_called(str(data.get("split", "")))
                except (
                    DatasetError,
                    KeyError,
                    TypeError,
                    AttributeError,
                    IndexError,
                    StopIteration,
                    ValueError,
                ) as error:
                    yield Entry(f"task {number}", None, partial(self._refuse, number, error))
                else:
                    if results is not None:
                        yield Entry(name, split, partial(self._load, name, results))

    def _refuse(self, number: int, error: Exception) -> Arriving:
        raise DatasetError(f"Task {number} of {self._path} is not Label Studio's ({error!r}); export it again.")

    def _load(self, name: str, results: list[Any]) -> Arriving:
        if name not in self._photos:
            raise DatasetError(f"The photo {name} of {self._path} is not below {self._path.parent}; put it there.")
        photo = places.inside(self._path.parent, self._photos[name], self._path)
        painted = None if results else Painted(photo_size(photo))
        for result in results:
            try:
                value = result["value"]
                if "rle" not in value:
                    continue
                size = int(result["original_height"]), int(result["original_width"])
                if not (min(size) > 0 and size[0] * size[1] <= MAX_PIXELS):
                    raise runs.Broken(f"it is for a photo of {size[1]} x {size[0]} pixels")
                painted = painted or Painted(size)
                if painted.labels.shape != size:
                    raise runs.Broken("others are for a photo of another size")
                plane = runs.from_label_studio(value["rle"], size)
                label = str((value.get("brushlabels") or value.get("labels") or ["no label"])[0])
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
                raise DatasetError(f"{self._path}: a brush of {name} cannot be used ({error}); mend it.") from error
            painted.lay(label, plane)
        if painted is None:
            raise DatasetError(f"{self._path} has no brush for {name}; export tasks that were painted with brushes.")
        return Arriving(painted.labels, painted.names, photo, painted.beneath_or_same())


def _results(task: dict[str, Any]) -> list[Any] | None:
    """What the last annotation of a task that was not cancelled says; None without one."""
    kept = [each for each in task.get("annotations") or task.get("completions") or [] if not each.get("was_cancelled")]
    return list(kept[-1]["result"]) if kept else None


def _file_name(address: str) -> str:
    """The file's name at the end of a task's address: a path, a URL, or one of local storage (?d=...)."""
    parts = urlsplit(address)
    inner = parse_qs(parts.query).get("d")
    return PurePosixPath((inner[0] if inner else unquote(parts.path)).replace("\\", "/")).name


def _by_name(folder: Path) -> dict[str, str]:
    """The files in ``folder`` and those below it, by name: their path from there; links to folders are not followed."""
    found: dict[str, str] = {}
    for below, _, names in os.walk(folder):
        for name in names:
            found.setdefault(name, os.path.relpath(os.path.join(below, name), folder))
    return found
