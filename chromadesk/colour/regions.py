"""Several garments in one class: a coat and a skirt told apart by a click on each.

A piece of the class that hangs together and bears one seed is that seed's; where several seeds lie on one piece, each
pixel goes to the seed from which the way to it crosses the least colour edges (geodesic distance).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chromadesk import classes
from chromadesk.colour.kept import Region
from chromadesk.editing import geodesic

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]

#: Regions are told apart on a photo of at most so many pixels on its longer edge.
_EDGE = 640
#: Grain that is no edge, Lab units; what a step costs by itself, so that of equal ways the shorter wins.
_GRAIN, _STEP = 2.0, 0.02
#: To leave the class.
_WALL = np.float32(1000)


def told_apart(pixels: Pixels, labels: Labels, regions: Sequence[Region]) -> Labels:
    """``labels`` (H, W) in which the pixels of ``regions``, in their order, are classes.COUNT, COUNT + 1 ...; the rest
    of a class keeps its id. ``pixels`` are (H, W, 3) sRGB. A seed that is no longer on its class counts for nothing.
    """
    import cv2  # kept out of the window's start

    result = labels.copy()
    scale = min(1.0, _EDGE / max(labels.shape))
    size = max(1, round(labels.shape[1] * scale)), max(1, round(labels.shape[0] * scale))
    small = np.asarray(cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    seen = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    lab = cv2.cvtColor(seen / 255, cv2.COLOR_RGB2Lab)
    for class_id in {region.class_id for region in regions}:
        own = small == class_id
        numbers = [number for number, region in enumerate(regions) if region.class_id == class_id]
        seeds = [_seeds(regions[number], own, scale) for number in numbers]
        if not any(seed.any() for seed in seeds):
            continue
        _, pieces = cv2.connectedComponents(own.view(np.uint8), connectivity=4)
        down, across = (step + np.float32(_STEP) for step in geodesic.steps(np.asarray(lab, np.float32), _GRAIN))
        down[~(own[1:] & own[:-1])] = _WALL
        across[~(own[:, 1:] & own[:, :-1])] = _WALL
        away = np.stack(
            [
                np.where(np.isin(pieces, np.unique(pieces[seed])) & own, geodesic.distance(seed, down, across), np.inf)
                if seed.any()
                else np.full(own.shape, np.inf)
                for seed in seeds
            ]
        )
        nearest = np.where(np.isfinite(away).any(axis=0), away.argmin(axis=0) + 1, 0).astype(np.uint8)
        whole = cv2.resize(nearest, labels.shape[::-1], interpolation=cv2.INTER_NEAREST)
        for place, number in enumerate(numbers, start=1):
            result[(labels == class_id) & (whole == place)] = classes.COUNT + number
    return result


def _seeds(region: Region, own: npt.NDArray[np.bool_], scale: float) -> npt.NDArray[np.bool_]:
    marked = np.zeros(own.shape, bool)
    for row, column in region.seeds:
        place = min(int(row * scale), own.shape[0] - 1), min(int(column * scale), own.shape[1] - 1)
        marked[place] = own[place]
    return marked
