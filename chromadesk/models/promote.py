"""A job's weights become a version of the data set: one copy under ``models/`` that carries its own name. No torch."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import shutil
import struct
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from chromadesk.errors import ModelError
from chromadesk.files import replacing
from chromadesk.models import library
from chromadesk.models.info import WeightsInfo, read_info

_VERSION = re.compile(r"-v(\d+)$")


def next_name(base: str, state: Path) -> str:
    """The name of the next version: ``base`` may be ``chromanet`` or ``chromanet-v1``, it leads one past the newest.

    A bundled model counts as its own first version.
    """
    family = _VERSION.sub("", base)
    newest = 1 if any(path.stem == family for path in library.bundled()) else 0
    for path in library.own(state):
        found = _VERSION.search(path.stem)
        if found and _VERSION.sub("", path.stem) == family:
            newest = max(newest, int(found.group(1)))
    return f"{family}-v{newest + 1}"


def version_of(weights: Path, state: Path) -> Path | None:
    """The version under ``state``/models, or the bundled model, that ``weights`` is or has become: the same tensors,
    said to be the same but for the name. None without one; raises ModelError when ``weights`` is no ChromaDesk model.
    """
    said = _nameless(weights)
    for path in (*library.own(state), *library.bundled()):
        try:
            if path.samefile(weights) or (_nameless(path) == said and _tensors(path) == _tensors(weights)):
                return path
        except (ModelError, OSError):
            continue  # a version that cannot be read is no version of this
    return None


def short(name: str) -> str:
    """``v3`` for ``chromanet-v3``; a name without a version as it is."""
    found = _VERSION.search(name)
    return f"v{found.group(1)}" if found else name


def promote(weights: Path, state: Path, base: str) -> Path:
    """Copy ``weights`` to the next version of ``base`` under ``state``/models and return the new file, or the version
    that it is already.

    Raises ModelError when ``weights`` is no ChromaDesk model or holds a value that is no number, StorageError when the
    copy cannot be written.
    """
    known = version_of(weights, state)
    if known is not None:
        return known
    _require_numbers(weights)
    name = next_name(base, state)
    info = dataclasses.replace(read_info(weights), name=name)
    target = state / "models" / f"{name}{library.SUFFIX}"
    try:
        with open(weights, "rb") as source:
            (length,) = struct.unpack("<Q", source.read(8))
            header = json.loads(source.read(length))
            header["__metadata__"] = {**header["__metadata__"], **info.metadata()}
            text = json.dumps(header, separators=(",", ":")).encode()
            text += b" " * (-len(text) % 8)  # tensors start at a multiple of 8, as safetensors has it
            with replacing(target) as temporary, open(temporary, "wb") as copy:
                copy.write(struct.pack("<Q", len(text)) + text)
                shutil.copyfileobj(source, copy, 1 << 20)
    except OSError as error:
        raise ModelError(f"{weights} cannot be read: {error.strerror}.") from error
    return target


def _require_numbers(weights: Path) -> None:
    try:
        with safe_open(weights, framework="np") as file:
            tensors = (file.get_tensor(name) for name in file.keys())  # noqa: SIM118 -- it is no dict
            sound = all(np.isfinite(values).all() for values in tensors if values.dtype.kind == "f")
    except (SafetensorError, OSError, TypeError) as error:
        raise ModelError(f"{weights} is damaged or no safetensors file; get it again.") from error
    if not sound:
        raise ModelError(f"{weights} holds values that are no numbers, so it was not taken into use; train anew.")


def _nameless(weights: Path) -> WeightsInfo:
    return dataclasses.replace(read_info(weights), name="")


def _tensors(weights: Path) -> str:
    """What tells the numbers in ``weights`` from others; raises OSError."""
    with open(weights, "rb", buffering=0) as file:
        (length,) = struct.unpack("<Q", file.read(8))
        file.seek(8 + length)
        return hashlib.file_digest(file, "sha256").hexdigest()
