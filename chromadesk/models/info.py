"""What a weights file says of itself, read from its safetensors header alone: no torch, no tensors."""

from __future__ import annotations

import dataclasses
import json
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chromadesk.classes import CLASSES, NAMES
from chromadesk.errors import ModelError

KEY = "chromadesk"
#: How photos are normalised: as they are, by ImageNet's means and deviations, or to -1..1.
NORMALISATIONS = ("none", "imagenet", "symmetric")
_LARGEST_HEADER = 16 * 2**20
_LONGEST_TEXT = 200
_HASH = re.compile("[0-9a-f]{64}")


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
            fields = json.loads(metadata[KEY])
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
        and all(isinstance(photo, str) and _HASH.fullmatch(photo) for photo in info.trained_on)
        and all(isinstance(value, int) for value in (height, width, info.epochs, info.seed))
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
    return value is None or isinstance(value, int | float)


def read_info(path: Path) -> WeightsInfo:
    """What ``path`` says of itself; raises ModelError when it is missing or no ChromaDesk safetensors file."""
    try:
        with open(path, "rb") as handle:
            (length,) = struct.unpack("<Q", handle.read(8))
            if not 2 <= length <= _LARGEST_HEADER:
                raise ValueError("header length")
            header = json.loads(handle.read(length))
        metadata = header["__metadata__"]
    except FileNotFoundError:
        raise ModelError(f"There is no weights file {path}; check the name.") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, struct.error, KeyError, TypeError) as error:
        raise ModelError(f"{path} is no safetensors file written by ChromaDesk.") from error
    if not isinstance(metadata, dict):
        raise ModelError(f"{path} is no safetensors file written by ChromaDesk.")
    info = WeightsInfo.from_metadata(metadata, path)
    tensors = [entry for key, entry in header.items() if key != "__metadata__"]
    return dataclasses.replace(info, tensors=len(tensors))


def parameter_count(path: Path) -> int:
    """How many numbers the tensors of ``path`` hold, from the header alone; raises ModelError."""
    read_info(path)
    with open(path, "rb") as handle:
        (length,) = struct.unpack("<Q", handle.read(8))
        header = json.loads(handle.read(length))
    total = 0
    for key, entry in header.items():
        if key != "__metadata__":
            count = 1
            for size in entry["shape"]:
                count *= size
            total += count
    return total
