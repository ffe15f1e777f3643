"""Hugging Face data sets: Parquet files with two columns of pictures, ``image`` and ``label``.

The label is an indexed PNG whose values are the class ids. Takes pyarrow (the extra ``parquet``).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from chromadesk import files
from chromadesk.classes import CLASSES
from chromadesk.dataset.formats import photos, places
from chromadesk.dataset.formats.pair import Arriving, Entry, Leaving, Options, Put, Source
from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError, ImageError, MaskError
from chromadesk.images import BROKEN, MAX_PIXELS
from chromadesk.masks import encode_mask

_FOLDER = "data"
_AT_ONCE = 16  # rows of a group, which are read together
_HEAVY = 256 << 20  # bytes of photos that are a group, however few
#: Bytes and name.
_Picture = tuple[bytes, str]
_Row = tuple[_Picture, _Picture]
_LABELS = ("label", "mask", "annotation", "labels", "segmentation_mask", "semantic_mask")
_IMAGES = ("image", "photo", "img", "pixel_values")
_FEATURE = {"_type": "Image"}
_META = json.dumps({"info": {"features": {"image": _FEATURE, "label": _FEATURE}}})


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """A Parquet file for each split, complete at the end, and the README that names the classes."""
    import pyarrow as pa
    from pyarrow import parquet

    picture = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    schema = pa.schema([("image", picture), ("label", picture)], metadata={"huggingface": _META})
    waiting: dict[str, list[_Row]] = {}
    writers: dict[str, Any] = {}
    with ExitStack() as stack:

        def flush(name: str) -> None:
            pictures = [_pictures(list(column), picture) for column in zip(*waiting[name], strict=True)]
            writers[name].write_batch(pa.RecordBatch.from_arrays(pictures, schema=schema))
            waiting[name] = []

        def put(pair: Leaving) -> int:
            name = pair.split or "train"
            if name not in writers:
                temporary = stack.enter_context(files.replacing(out / _FOLDER / f"{name}-00000-of-00001.parquet"))
                # pictures are packed already
                writers[name] = stack.enter_context(parquet.ParquetWriter(temporary, schema, compression="none"))
                waiting[name] = []
            data, suffix = photos.read(pair.item.photo)
            label = encode_mask(pair.labels), f"{pair.name}.png"
            waiting[name].append(((data, f"{pair.name}{suffix}"), label))
            heavy = sum(len(image[0]) for image, _ in waiting[name]) > _HEAVY
            if len(waiting[name]) == _AT_ONCE or heavy:
                flush(name)
            return 0

        yield put
        for name in writers:
            if waiting[name]:
                flush(name)
    files.write_text(out / "README.md", _readme())


def _pictures(column: list[_Picture], kind: Any) -> Any:
    """An Arrow array of pictures, made of buffers: from lists, pyarrow would load pandas where that is installed."""
    import pyarrow as pa

    arrays = []
    for field, values in zip(kind, ([data for data, _ in column], [path.encode() for _, path in column]), strict=True):
        ends = np.cumsum([0, *(len(value) for value in values)]).astype(np.int32)
        buffers = [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(b"".join(values))]
        arrays.append(pa.Array.from_buffers(field.type, len(values), buffers))
    return pa.StructArray.from_arrays(arrays, fields=list(kind))


def _readme() -> str:
    rows = "\n".join(f"| {each.id} | {each.name} | `{each.hex}` |" for each in CLASSES)
    head = "---\ntask_categories:\n- image-segmentation\n---\n\n"
    table = f"| id | class | colour |\n|---|---|---|\n{rows}\n"
    return f"{head}Photos (`image`) and their classes (`label`), written by ChromaDesk.\n\n{table}"


def reading(path: Path, foreign: bool) -> Source:
    """The rows of one Parquet file, or of all below ``path``."""
    found = [path] if path.is_file() else sorted(file for file in path.rglob("*.parquet") if file.is_file())
    if not found:
        raise DatasetError(f"There is no Parquet file below {path}; give the folder of the data set.")
    parts = [_Part(file, path) for file in found]
    if {part.split for part in parts} != {"train", "test"}:  # half a split splits nothing
        for part in parts:
            part.split = None
    return Source(sum(part.rows for part in parts), (entry for part in parts for entry in part.entries()))


class _Part:
    """One Parquet file, of which a group of rows at a time is held."""

    def __init__(self, path: Path, root: Path) -> None:
        from pyarrow import parquet

        self._path = path
        folders = path.relative_to(root).parts[:-1] if path != root else ()
        words = [*path.name.replace(".", "-").split("-"), *reversed(folders)]
        self.split: Split | None = next((split for word in words if (split := places.split_called(word))), None)
        try:
            with parquet.ParquetFile(path) as file:
                names = file.schema_arrow.names
                self.rows = int(file.metadata.num_rows)
        except (OSError, ValueError) as error:
            raise DatasetError(f"{path} is no sound Parquet file ({_reason(error)}); get a fresh copy.") from error
        self._columns = _column(_IMAGES, names, path), _column(_LABELS, names, path)

    def entries(self) -> Iterator[Entry]:
        """Its rows. Raises DatasetError where the file is damaged further on."""
        from pyarrow import parquet

        number = 0
        try:
            with parquet.ParquetFile(self._path) as file:
                for batch in file.iter_batches(_AT_ONCE, columns=list(self._columns)):
                    for row in batch.to_pylist():
                        image, label = (row[name] for name in self._columns)
                        name = image.get("path") if isinstance(image, dict) else None
                        stem = PurePosixPath(str(name)).name if name else f"{self._path.stem}-{number:05}"
                        where = f"row {number} of {self._path.name}"
                        yield Entry(stem, self.split, partial(_load, image, label, where))
                        number += 1
        except (OSError, ValueError) as error:
            raise DatasetError(
                f"{self._path} is damaged at row {number} ({_reason(error)}); get a new copy."
            ) from error


def _column(wanted: tuple[str, ...], names: list[str], path: Path) -> str:
    found = next((name for name in wanted if name in names), None)
    if found is None:
        raise DatasetError(f"{path} has the columns {', '.join(names)[:120]}, but no {wanted[0]} or {wanted[1]}.")
    return found


def _load(image: Any, label: Any, where: str) -> Arriving:
    if not isinstance(image, dict) or not isinstance(image.get("bytes"), bytes):
        raise ImageError(f"There is no photo in {where}; only data sets that hold their pictures can be read.")
    if not isinstance(label, dict) or not isinstance(label.get("bytes"), bytes):
        raise MaskError(f"There is no label picture in {where}; only data sets that hold their pictures can be read.")
    data = bytes(image["bytes"])
    return Arriving(_labels(label["bytes"], where), {}, lambda: data)


def _labels(data: bytes, where: str) -> npt.NDArray[np.integer]:
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise MaskError(f"The label picture in {where} has too many pixels.")
            if picture.mode in ("P", "L"):
                return np.array(picture)
            if picture.mode.startswith("I"):
                return np.array(picture.convert("I"), np.int32)
            pixels = np.array(picture.convert("RGB"))
    except BROKEN as error:
        raise MaskError(f"The label picture in {where} is damaged ({_reason(error)}).") from error
    if not (pixels == pixels[..., :1]).all():
        raise MaskError(f"The label picture in {where} holds colours; only pictures of label numbers can be read.")
    return np.ascontiguousarray(pixels[..., 0])


def _reason(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
