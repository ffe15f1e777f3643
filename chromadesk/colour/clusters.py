"""Weighted k-means: from two deterministic starts, with centres that may be held where they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.colour.spaces import Floats

Indices = npt.NDArray[np.intp]
_ROUNDS = 100


def cluster(points: Floats, weights: Floats, k: int, held: Floats | None = None) -> tuple[Floats, Indices]:
    """Centres (at most k, 3), of which the first are ``held`` (n, 3) and stay, and the centre of each of (M, 3) points.

    The better of two starts; the same points give the same centres.
    """
    fixed = np.empty((0, 3)) if held is None else held
    if len(points) <= k - len(fixed):
        return np.concatenate([fixed, points]), np.arange(len(points)) + len(fixed)
    if len(fixed) >= k:
        return fixed, _nearest(points.T, fixed)[0]
    starts = (_far_start,) if len(fixed) else (_split_start, _far_start)
    runs = [_lloyd(points, weights, start(points, weights, k, fixed), len(fixed)) for start in starts]
    _, centres, assigned = min(runs, key=lambda run: run[0])
    return centres, assigned


def _split_start(points: Floats, weights: Floats, k: int, held: Floats) -> Floats:
    """Cut the part of greatest weighted spread in two, at its mean along its principal axis, until there are k."""
    parts = [np.arange(len(points))]
    spreads = [_spread(points, weights)]
    while len(parts) < k:
        widest = int(np.argmax(spreads))
        part, _ = parts.pop(widest), spreads.pop(widest)
        centred = points[part] - _mean(points[part], weights[part])
        axis = np.linalg.eigh((centred * weights[part, None]).T @ centred)[1][:, -1]
        along = _along(centred.T, axis)
        upper = along > 0
        if upper.all() or not upper.any():  # all points alike but for rounding
            upper = np.arange(len(part)) < len(part) // 2
        halves = [half for half in (part[~upper], part[upper]) if len(half)]
        parts += halves
        spreads += [_spread(points[half], weights[half]) for half in halves]
    return np.array([_mean(points[part], weights[part]) for part in parts])


def _far_start(points: Floats, weights: Floats, k: int, held: Floats) -> Floats:
    """From those held, or the heaviest point, on: add the point whose weight times squared distance to those chosen is
    the greatest.
    """
    chosen = list(held) if len(held) else [points[int(np.argmax(weights))]]
    nearest = np.full(len(points), np.inf)
    for centre in chosen[:-1]:
        nearest = np.minimum(nearest, ((points - centre) ** 2).sum(axis=1))
    while len(chosen) < k:
        nearest = np.minimum(nearest, ((points - chosen[-1]) ** 2).sum(axis=1))
        chosen.append(points[int(np.argmax(nearest * weights))])
    return np.array(chosen)


def _spread(points: Floats, weights: Floats) -> float:
    if len(points) < 2:
        return -1.0
    centred = points - _mean(points, weights)
    return float(((centred**2).sum(axis=1) * weights).sum())


def _mean(points: Floats, weights: Floats) -> Floats:
    return np.asarray((points * weights[:, None]).sum(axis=0) / weights.sum())


def _lloyd(points: Floats, weights: Floats, centres: Floats, held: int) -> tuple[float, Floats, Indices]:
    """Weighted inertia, centres and assignment after Lloyd's iteration has settled; the first ``held`` stay."""
    fixed, centres = centres[:held], centres.copy()
    channels = points.T.copy()
    weighted = channels * weights
    squares = (channels**2).sum(axis=0)
    assigned = np.full(len(points), -1, dtype=np.intp)
    for _ in range(_ROUNDS):
        previous, (assigned, distances) = assigned, _nearest(channels, centres)
        if (previous == assigned).all():
            break
        mass = np.bincount(assigned, weights, len(centres))
        for channel, middles in zip(weighted, centres.T, strict=True):
            np.divide(np.bincount(assigned, channel, len(centres)), mass, out=middles, where=mass > 0)
        centres[:held] = fixed
        if mass[held:].min() == 0:
            empty = held + int(np.argmin(mass[held:]))  # put it where it helps most
            error = (np.take_along_axis(distances, assigned[None], axis=0)[0] + squares) * weights
            centres[empty] = points[int(np.argmax(error))]
    remaining = ((points - centres[assigned]) ** 2).sum(axis=1)
    return float((remaining * weights).sum()), centres, assigned


def _nearest(channels: Floats, centres: Floats) -> tuple[Indices, Floats]:
    """Which centre is the nearest to each of (3, M) points, the first of equals; and the squared distances to each of
    the (K, M), less the point's own square.

    Not by a product of matrices: for so few columns that would only wake a pool of threads.
    """
    distances = _along(channels, centres.T[:, :, None])
    distances *= -2.0
    distances += (centres**2).sum(axis=1)[:, None]
    return distances.argmin(axis=0), distances


def _along(channels: Floats, direction: Floats) -> Floats:
    """The scalar product of each of (3, M) points with ``direction`` (3,), or with each of (3, K, 1): then (K, M)."""
    along = np.asarray(channels[0] * direction[0])
    along += channels[1] * direction[1]
    along += channels[2] * direction[2]
    return along
