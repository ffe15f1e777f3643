"""What a weights file says of itself, read from its safetensors header alone: no torch, no tensors."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chromadesk import reading
from chromadesk.classes import CLASSES, NAMES
from chromadesk.errors import ModelError

KEY = "chromadesk"
#: How photos are normalised: as they are, by ImageNet's means and deviations, or to -1..1.
NORMALISATIONS = ("none", "imagenet", "symmetric")
_LARGEST_HEADER = 16 * 2**20
_LONGEST_TEXT = 200
_HASH = re.compile("[0-9a-f]{64}")
#: Names of architectures become names of files.
_ARCHITECTURE = re.compile("[A-Za-z0-9_]{0,60}")
_MOST_AXES = 8
#: What a number takes, by the types that safetensors knows and that a network of ours may be kept in.
_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}


@dataclass(frozen=True)
class WeightsInfo:
    """Everything needed to use a weights file.

    ``input_size`` is (height, width); ``fit`` is ``stretch`` or ``aspect`` (see inference.segment); ``trained_on``
    holds the SHA-256 of each training photo; ``encoder`` says what its encoder began from (empty: it has none, or
    nobody knows); ``scores`` is what ``learning.metrics.scores`` gave on the test photos
    (empty: none measured).
    """

    name: str
    architecture: str
    parameters: dict[str, Any] = field(default_factory=dict)
    input_size: tuple[int, int] = (512, 256)
    fit: str = "stretch"
    normalise: str = "imagenet"
    classes: tuple[str, ...] = NAMES
    colours: tuple[str, ...] = tuple(c.hex for c in CLASSES)
    loss: str = ""
    encoder: str = ""
    dataset: str = ""
    split: str = ""
    trained_on: tuple[str, ...] = ()
    epochs: int = 0
    seed: int = 0
    scores: dict[str, Any] = field(default_factory=dict)
    parent: str = ""
    version: str = ""
    licence: str = "Apache-2.0"
    tensors: int = 0

    def metadata(self) -> dict[str, str]:
        """For the safetensors header."""
        return {KEY: json.dumps(dataclasses.asdict(self)), "format": "pt"}

    @classmethod
    def from_metadata(cls, metadata: dict[str, str], path: Path) -> WeightsInfo:
        """The reverse; raises ModelError when ``path``'s metadata is not ours."""
        try:
            fields = reading.json_of(metadata[KEY])
            for name in ("input_size", "classes", "colours", "trained_on"):
                fields[name] = tuple(fields[name])
            info = cls(**fields)
            sane = _is_sane(info)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise ModelError(f"{path} is no ChromaDesk model: it does not say which network it holds.") from error
        if not sane:
            raise ModelError(
                f"{path} describes itself in a way this version does not understand; train or download it again."
            )
        if info.classes != NAMES:
            raise ModelError(
                f"{path} has other classes ({', '.join(info.classes)}); these are needed: {', '.join(NAMES)}."
            )
        return info


def _is_sane(info: WeightsInfo) -> bool:
    """Whether every field has the type and the bounds that its readers count on: the file may come from anywhere."""
    height, width = info.input_size
    said = (info.name, info.architecture, info.fit, info.normalise, info.encoder, info.parent, info.licence)
    texts = (*said, info.loss, info.dataset, info.split, info.version, *info.classes)
    return (
        all(isinstance(text, str) and len(text) <= _LONGEST_TEXT and text.isprintable() for text in texts)
        and _ARCHITECTURE.fullmatch(info.architecture) is not None
        and all(isinstance(photo, str) and _HASH.fullmatch(photo) for photo in info.trained_on)
        and all(isinstance(value, int) and abs(value) < 2**63 for value in (height, width, info.epochs, info.seed))
        and 1 <= height <= 8192
        and 1 <= width <= 8192
        and info.fit in ("stretch", "aspect")
        and info.normalise in NORMALISATIONS
        and isinstance(info.parameters, dict)
        and isinstance(info.scores, dict)
        and all(_is_score(value) for value in info.scores.values())
        and not isinstance(info.scores.get("miou"), dict)
    )


def _is_score(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_score(part) and not isinstance(part, dict) for part in value.values())
    return value is None or (isinstance(value, int | float) and -1e9 < value < 1e9)  # nor what is no number


def read_info(path: Path) -> WeightsInfo:
    """What ``path`` says of itself; raises ModelError when it is missing or no ChromaDesk safetensors file."""
    return read_header(path)[0]


def read_header(path: Path) -> tuple[WeightsInfo, dict[str, tuple[int, ...]]]:
    """What ``path`` says of itself, and the shape of each of its tensors, for which the file has the bytes. Raises
    ModelError.
    """
    metadata, shapes = _header(path)
    if not isinstance(metadata, dict):
        raise ModelError(f"{path} is no safetensors file written by ChromaDesk.")
    info = WeightsInfo.from_metadata(metadata, path)
    return dataclasses.replace(info, tensors=len(shapes)), shapes


def tensor_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor in a safetensors file of anybody's, for which it has the bytes. Raises ModelError."""
    return _header(path)[1]


def _header(path: Path) -> tuple[object, dict[str, tuple[int, ...]]]:
    """The metadata of a safetensors file, whatever that is, and its tensors' shapes. Raises ModelError."""
    try:
        with reading.opened(path) as handle:
            size = os.fstat(handle.fileno()).st_size
            (length,) = struct.unpack("<Q", handle.read(8))
            if not 2 <= length <= min(_LARGEST_HEADER, size - 8):
                raise ValueError("header length")
            header = reading.json_of(handle.read(length))
        metadata = header.pop("__metadata__", None)
        shapes = _shapes(header, size - 8 - length)
    except FileNotFoundError:
        raise ModelError(f"There is no weights file {path}; check the name.") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, struct.error, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is no safetensors file written by ChromaDesk.") from error
    return metadata, shapes


def _shapes(header: dict[str, Any], room: int) -> dict[str, tuple[int, ...]]:
    """The shapes in a safetensors ``header``. Raises ValueError, KeyError, TypeError unless the tensors, one after the
    other, fill the ``room`` bytes behind it.
    """
    shapes: dict[str, tuple[int, ...]] = {}
    places = []
    for name, entry in header.items():
        shape, (begin, end) = entry["shape"], entry["data_offsets"]
        if len(shape) > _MOST_AXES or not all(type(side) is int and 0 <= side <= room for side in (*shape, begin, end)):
            raise ValueError("shape")
        if math.prod(shape) * _BYTES[entry["dtype"]] != end - begin:
            raise ValueError("length")
        shapes[name] = tuple(shape)
        places.append((begin, end))
    at = 0
    for begin, end in sorted(places):
        if begin != at:
            raise ValueError("overlap or gap")
        at = end
    if at != room:
        raise ValueError("end")
    return shapes


def parameter_count(path: Path) -> int:
    """How many numbers the tensors of ``path`` hold, from the header alone; raises ModelError."""
    return sum(map(math.prod, read_header(path)[1].values()))
