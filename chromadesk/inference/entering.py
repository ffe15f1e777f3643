"""How photos enter another program's model: at which size, less which means, over which deviations. No torch."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chromadesk import reading
from chromadesk.errors import InputError, ModelError

_MOST_BYTES = 1 << 22


@dataclass(frozen=True)
class Entering:
    """How photos enter: stretched to ``size`` (height, width); RGB in 0..1 less ``mean``, over ``std``."""

    size: tuple[int, int] = (512, 512)
    mean: tuple[float, float, float] = (0.485, 0.456, 0.406)
    std: tuple[float, float, float] = (0.229, 0.224, 0.225)


def photos_of(path: Path) -> Entering | None:
    """How a map's file says that photos enter; None when it does not. Raises InputError."""
    try:
        said = tomllib.loads(reading.read_text(path, _MOST_BYTES)).get("photos")
        return None if said is None else _entering(said.get("size"), said.get("mean"), said.get("std"))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        told = "size = [512, 512], mean and std three numbers each"
        raise InputError(f"The map {path} does not say [photos] as {told} ({error}); mend it.") from error


def beside(folder: Path) -> Entering:
    """How photos enter by the preprocessor_config.json in ``folder``. Raises ModelError for one that makes no sense."""
    path = folder / "preprocessor_config.json"
    try:
        said = reading.read_json(path, _MOST_BYTES)
        size = said.get("size")
        if isinstance(size, Mapping):
            edge = size.get("shortest_edge")
            size = [size.get("height", edge), size.get("width", edge)]
        elif isinstance(size, int):
            size = [size, size]
        plain = {"mean": (0.0, 0.0, 0.0), "std": (1.0, 1.0, 1.0)}
        mean, std = said.get("image_mean"), said.get("image_std")
        if said.get("do_normalize") is False:
            mean, std = plain["mean"], plain["std"]
        return _entering(size, mean, std)
    except FileNotFoundError:
        return Entering()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} cannot be understood ({error}); mend or remove it.") from error


def _entering(size: Any, mean: Any, std: Any) -> Entering:
    """Raises ValueError, TypeError."""
    usual = Entering()
    height, width = usual.size if size is None else size
    means = tuple(float(value) for value in (usual.mean if mean is None else mean))
    spreads = tuple(float(value) for value in (usual.std if std is None else std))
    if not all(type(side) is int and 16 <= side <= 4096 for side in (height, width)):
        raise ValueError("a side is no whole number from 16 to 4096")
    if len(means) != 3 or len(spreads) != 3 or not all(abs(value) < 1000 for value in (*means, *spreads)):
        raise ValueError("mean and std are not three numbers each")
    if min(spreads) < 1e-4:
        raise ValueError("a deviation is not above 0")
    return Entering((height, width), means, spreads)
