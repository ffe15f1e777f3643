"""Which class an anti-aliased mask pixel belongs to: the nearer of the pure classes around it that it is a blend of.

The nearest class colour would be wrong: 38 % of the blends of clothes and background lie nearest to *accessories*,
which would draw a false ring round every garment.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT, PALETTE

Labels = npt.NDArray[np.uint8]
_Settle = Callable[[npt.NDArray[np.intp], npt.NDArray[np.uint8]], Labels]

#: Marks a pixel whose class is still open in a plane of class ids.
UNKNOWN = 255
#: Neighbourhoods, half a side each, tried from the smallest: the first that holds both classes of a blend decides.
REACHES = (1, 2, 4, 8)
#: How far (Euclidean, 0-255 a channel) a blend may lie from the exact mixture; every class colour lies 60 or more
#: from the mixtures of any two others, so this confuses none.
TOLERANCE = 12.0
#: How far a channel may be off and the pixel still count as the pure class (other programs' rounding).
ROUNDING = 3

_PAIRS = np.array(list(itertools.combinations(range(COUNT), 2)))
_TRIPLES = np.array(list(itertools.combinations(range(COUNT), 3)))
_SETS = np.arange(1 << COUNT)
_PAIR_IN_SET = np.stack([(_SETS >> a & 1) & (_SETS >> b & 1) for a, b in _PAIRS], axis=1).astype(bool)
_MEMBER = np.stack([_SETS >> c & 1 for c in range(COUNT)], axis=1).astype(bool)
_COLOURS = PALETTE.astype(np.float32)
_GAMMA = 2.2
# How far the classes may be that meet in one pixel: slivers between them are seldom pure next to it.
_JUNCTION_REACH = 4


def _pure_tables() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """(1, 256, 3): per channel value, one bit for each class it may belong to; and (256,): one such bit -> class id."""
    levels = np.arange(256)[:, None]
    bits = np.zeros((1, 256, 3), np.uint8)
    to_id = np.full(256, UNKNOWN, np.uint8)
    for index, colour in enumerate(PALETTE.astype(int)):
        bits[0] |= (np.abs(levels - colour) <= ROUNDING).astype(np.uint8) << index
        to_id[1 << index] = index
    return bits, to_id


_CHANNEL_BITS, _BIT_TO_ID = _pure_tables()


def pure_classes(colours: npt.NDArray[np.uint8]) -> Labels:
    """(H, W, 3) uint8 colours -> (H, W) class ids where a pixel is purely of one class, UNKNOWN elsewhere."""
    red, green, blue = cv2.split(cv2.LUT(np.ascontiguousarray(colours), _CHANNEL_BITS))
    both = cv2.bitwise_and(red, green, dst=red)
    return np.asarray(cv2.LUT(cv2.bitwise_and(both, blue, dst=both), _BIT_TO_ID), np.uint8)


def nearest_class(colours: npt.NDArray[np.uint8]) -> Labels:
    """(N, 3) colours -> (N,) ids of the class colour at the least distance."""
    return np.asarray(_squared_distances(colours).argmin(axis=1), np.uint8)


def resolve(
    codes: Labels, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], colours: npt.NDArray[np.uint8]
) -> tuple[Labels, npt.NDArray[np.bool_]]:
    """Classes of the N pixels at (rows, columns), whose colours are (N, 3), and which of them are blends (N, bool).

    ``codes`` is the (H, W) plane of class ids with UNKNOWN at the open pixels; it should reach ``REACHES[-1]`` beyond
    them, as far as the mask does.
    A pixel that blends no two (nor, where three classes meet, three) class colours takes the nearest colour.
    """
    unique, inverse = _unique(colours)
    distance = _distances_to_mixtures(unique)
    to_classes = _squared_distances(unique)
    first, second = to_classes[:, _PAIRS[:, 0]], to_classes[:, _PAIRS[:, 1]]
    nearer = np.where(first <= second, _PAIRS[:, 0], _PAIRS[:, 1]).astype(np.uint8)

    labels = to_classes.argmin(axis=1).astype(np.uint8)[inverse]
    blend = np.isfinite(distance.min(axis=1))[inverse]
    pending, others = np.flatnonzero(blend), np.flatnonzero(~blend)
    places = rows * codes.shape[1] + columns
    present = np.zeros(len(rows), np.uint8)
    planes = {index: np.asarray(codes == index, np.uint8) for index in range(COUNT)}
    planes = {index: plane for index, plane in planes.items() if plane.any()}
    reached = 0
    for reach in REACHES:
        kernel = np.ones((2 * (reach - reached) + 1,) * 2, np.uint8)
        planes = {index: np.asarray(cv2.dilate(plane, kernel), np.uint8) for index, plane in planes.items()}
        reached = reach
        near = np.zeros(codes.shape, np.uint8)
        for index, plane in planes.items():
            near |= plane << index
        present[pending] = near.take(places[pending])
        if reach == _JUNCTION_REACH:
            present[others] = near.take(places[others])
        settled = _by_kind(
            inverse[pending], present[pending], lambda colour, held: _held(distance[colour], nearer[colour], held)
        )
        labels[pending] = np.where(settled == UNKNOWN, labels[pending], settled)
        pending = pending[settled == UNKNOWN]
        if reach >= _JUNCTION_REACH and not len(pending):
            break
    labels[pending] = _by_kind(
        inverse[pending], present[pending], lambda colour, held: _one_sided(distance[colour], nearer[colour], held)
    )
    junction = np.flatnonzero(~blend & (_MEMBER[present].sum(axis=1) >= 3))
    if len(junction):
        inside, classes = _mixtures_of_three(colours[junction], present[junction])
        labels[junction[inside]] = classes[inside]
        blend[junction[inside]] = True
    return labels, blend


def is_mixture(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which of (N, 3) colours are a blend of two class colours, wherever they stand."""
    unique, inverse = _unique(colours)
    return np.asarray(np.isfinite(_distances_to_mixtures(unique).min(axis=1, initial=np.inf))[inverse])


def _unique(colours: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.intp]]:
    packed = colours[:, 0].astype(np.uint32) << 16 | colours[:, 1].astype(np.uint32) << 8 | colours[:, 2]
    unique, inverse = np.unique(packed, return_inverse=True)
    return np.stack([unique >> 16, unique >> 8 & 255, unique & 255], axis=1).astype(np.uint8), inverse


def _squared_distances(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """(N, 3) -> (N, 5) squared distances to the class colours."""
    wide = colours.astype(np.float32)
    return np.stack([((wide - colour) ** 2).sum(axis=1) for colour in _COLOURS], axis=1)


def _distances_to_mixtures(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """(N, 3) -> (N, 10) distances to the mixtures of each two class colours, inf beyond TOLERANCE.

    Most programs mix the values as stored; some (GIMP) mix light. Both kinds count.
    """
    wide = colours.astype(np.float32)
    distance = np.full((len(wide), len(_PAIRS)), np.inf, np.float32)
    for gamma in (1.0, _GAMMA):
        source = wide if gamma == 1.0 else 255 * (wide / 255) ** gamma
        ends = _COLOURS if gamma == 1.0 else 255 * (_COLOURS / 255) ** gamma
        for index, (a, b) in enumerate(_PAIRS):
            line = ends[b] - ends[a]
            share = np.clip((source - ends[a]) @ line / (line @ line), 0, 1)
            mixture = ends[a] + share[:, None] * line
            if gamma != 1.0:
                mixture = 255 * (mixture / 255) ** (1 / gamma)
            distance[:, index] = np.minimum(distance[:, index], np.linalg.norm(wide - mixture, axis=1))
    distance[distance > TOLERANCE] = np.inf
    return distance


def _by_kind(inverse: npt.NDArray[np.intp], present: npt.NDArray[np.uint8], settle: _Settle) -> Labels:
    """What ``settle`` says of N pixels by their colours' numbers and the classes near them, asked once for each kind:
    a mask may be all blend, of a handful of colours.
    """
    kinds = inverse << COUNT | present
    said = np.zeros(kinds.max(initial=-1) + 1, np.uint8)
    said[kinds] = 1
    different = np.flatnonzero(said)
    said[different] = settle(different >> COUNT, (different & (1 << COUNT) - 1).astype(np.uint8))
    return said.take(kinds)


def _held(distance: npt.NDArray[np.float32], nearer: Labels, present: npt.NDArray[np.uint8]) -> Labels:
    """The class of each blend whose two classes are both near it, UNKNOWN for the others."""
    possible = np.where(_PAIR_IN_SET[present], distance, np.inf)
    best = possible.argmin(axis=1)
    row = np.arange(len(best))
    return np.where(np.isfinite(possible[row, best]), nearer[row, best], np.uint8(UNKNOWN))


def _one_sided(distance: npt.NDArray[np.float32], nearer: Labels, present: npt.NDArray[np.uint8]) -> Labels:
    """Blends of which at most one class is pure in the widest neighbourhood: that one, else the nearer of the two."""
    best = distance.argmin(axis=1)
    row = np.arange(len(best))
    result: Labels = nearer[row, best]
    for end in (0, 1):
        candidate = _PAIRS[best, end]
        result = np.where(_MEMBER[present, candidate], candidate, result).astype(np.uint8)
    return result


def _mixtures_of_three(
    colours: npt.NDArray[np.uint8], present: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.bool_], Labels]:
    """Which of (N, 3) colours mix three classes present near them, and the nearest of those three."""
    wide = colours.astype(np.float32)
    to_classes = _squared_distances(colours)
    inside = np.zeros(len(colours), bool)
    classes = np.zeros(len(colours), np.uint8)
    for triple in _TRIPLES:
        corners = _COLOURS[triple]
        shares, *_ = np.linalg.lstsq((corners[1:] - corners[0]).T, (wide - corners[0]).T, rcond=None)
        off_plane = np.linalg.norm(wide - corners[0] - shares.T @ (corners[1:] - corners[0]), axis=1)
        mixed = (off_plane <= TOLERANCE) & (shares >= 0).all(axis=0) & (shares.sum(axis=0) <= 1)
        mixed &= _MEMBER[present][:, triple].all(axis=1) & ~inside
        classes[mixed] = triple[to_classes[mixed][:, triple].argmin(axis=1)]
        inside |= mixed
    return inside, classes
