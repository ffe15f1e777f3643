"""Geodesic distance: how much a path must climb over the picture's edges to come from a seed.

A shortest path over the grid of four neighbours by sweeps: one sweep carries every distance along a whole row (or
column) at once, as a running minimum of what a pixel has less what the way to it costs. A few rounds of four sweeps
find paths that wind; each costs about four passes over the picture.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
#: Farther than any path that matters. Small enough for single precision to tell hundredths beside it.
FAR = np.float32(10_000)
#: Rounds of four sweeps.
ROUNDS = 3


def distance(seeds: Mask, down: Plane, across: Plane, rounds: int = ROUNDS) -> Plane:
    """Distance of each pixel from the nearest of ``seeds`` (H, W), at most FAR.

    ``down`` (H - 1, W) and ``across`` (H, W - 1) are the costs, not negative, of a step to the neighbour below and to
    the right; they are the same back.
    """
    found: Plane = np.where(seeds, np.float32(0), FAR)
    along_rows, along_columns = _climbed(across, 1), _climbed(down, 0)
    for _ in range(rounds):
        for axis, climbed in ((1, along_rows), (0, along_columns)):
            _sweep(found, climbed, axis)
    np.minimum(found, FAR, out=found)
    return found


def steps(colours: Plane, floor: float) -> tuple[Plane, Plane]:
    """The costs ``down`` and ``across`` of (H, W, C) ``colours``: how far neighbours differ beyond ``floor``."""
    return _beyond(colours[1:] - colours[:-1], floor), _beyond(colours[:, 1:] - colours[:, :-1], floor)


def _beyond(difference: Plane, floor: float) -> Plane:
    length: Plane = np.sqrt(np.einsum("ijk,ijk->ij", difference, difference))
    length -= np.float32(floor)
    np.maximum(length, 0, out=length)
    return length


def _climbed(costs: Plane, axis: int) -> Plane:
    """The way from the first pixel of each line to every pixel of it."""
    shape = list(costs.shape)
    shape[axis] += 1
    climbed: Plane = np.zeros(shape, np.float32)
    np.cumsum(costs, axis=axis, out=climbed[1:] if axis == 0 else climbed[:, 1:])
    return climbed


def _sweep(found: Plane, climbed: Plane, axis: int) -> None:
    """Carry the distances forth and back along ``axis``, in place."""
    there = found - climbed
    np.minimum.accumulate(there, axis=axis, out=there)
    there += climbed
    np.minimum(found, there, out=found)
    back = found + climbed
    turned = np.flip(back, axis)
    np.minimum.accumulate(turned, axis=axis, out=turned)
    back -= climbed
    np.minimum(found, back, out=found)
