"""Clean-ups of a whole mask: smooth its edges, fill its holes, remove its specks, keep one person.

Each takes labels (uint8 (H, W), 0-4) and returns new ones. Classes in ``locked`` neither lose pixels nor gain any. With
a ``box`` only pixels in it change, and of islands and holes only those that lie in it wholly.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.editing.patch import Box, Plane
from chromadesk.editing.regions import Ids, Regions, connected
from chromadesk.editing.smoothing import smooth

__all__ = ["STARTS", "fill_holes", "first", "keep_person", "remove_specks", "smooth"]

_NONE: frozenset[int] = frozenset()
#: How far each goes at first, as a share of the photo's side, so that it does the same to a large photo as to a small
#: one: buckles and lenses stay.
STARTS = {"smooth": 0.005, "holes": 0.02, "specks": 0.012, "person": 0.01}


def first(name: str, side: float) -> int:
    """How far a clean-up goes at first on a photo of this side (the square root of its area), in pixels."""
    return max(round(STARTS[name] * side), 2)


def fill_holes(labels: Plane, size: int, locked: frozenset[int] = _NONE, box: Box | None = None) -> Plane:
    """Give each hole of at most ``size`` pixels the class around it.

    A hole is whatever one foreground class encloses, of one class or of several; what reaches the photo's edge is none,
    and what stands alone in the background is an island. Doing it again changes nothing.
    """
    regions = Regions(labels)
    free = _free(regions, locked, box)
    values = regions.values.copy()
    found: list[tuple[int, int, Ids]] = []
    for class_id in set(range(1, COUNT)) - locked:
        for area, members in _enclosed(regions, class_id, size, box):
            found.append((area, class_id, members))
    for _, class_id, members in sorted(found, key=lambda hole: hole[0]):  # the outermost has the last word
        values[members[free[members]]] = class_id
    return regions.paint(values)


def remove_specks(labels: Plane, size: int, locked: frozenset[int] = _NONE, box: Box | None = None) -> Plane:
    """Give each island of at most ``size`` pixels the class it shares the longest border with.

    Only what is larger than that gives its class away, so that specks beside specks go too, from the outside in. Doing
    it again changes nothing.
    """
    regions = Regions(labels)
    values = regions.values.copy()
    unlocked = ~np.isin(values, list(locked))
    waiting = _free(regions, locked, box) & (regions.areas <= size)
    settled = unlocked & (regions.areas > size)
    one = np.concatenate([regions.borders.one, regions.borders.other])
    other = np.concatenate([regions.borders.other, regions.borders.one])
    length = np.tile(regions.borders.length, 2)
    while True:
        useful = waiting[one] & settled[other]
        one_now = one[useful]
        reached = np.unique(one_now)
        if reached.size == 0:
            return regions.paint(values)
        votes = np.zeros((reached.size, COUNT))
        np.add.at(votes, (np.searchsorted(reached, one_now), values[other[useful]]), length[useful])
        # A neighbour that has just become this island's class has already joined it to something large.
        joined = votes[np.arange(reached.size), values[reached]] > 0
        values[reached] = np.where(joined, values[reached], votes.argmax(axis=1))
        waiting[reached] = False
        settled[reached] = True


def keep_person(
    labels: Plane,
    point: tuple[int, int] | None,
    gap: int,
    locked: frozenset[int] = _NONE,
    box: Box | None = None,
) -> Plane:
    """Turn all foreground into background but one person: what hangs together across gaps of up to ``gap`` pixels.

    The person is the one at ``point`` (row, column); without a point, or when none is there, the largest, where the
    middle of the photo counts for more than its sides. Doing it again, at the same place, changes nothing.
    """
    if 0 in locked or not labels.any():
        return labels.copy()
    foreground = (labels > 0).view(np.uint8)
    if gap:
        import cv2  # kept out of the window's start

        foreground = cv2.dilate(foreground, np.ones((gap + 1, gap + 1), np.uint8)).astype(np.uint8, copy=False)
    groups = Regions(foreground)
    chosen = groups.at(*point) if point is not None else -1
    if chosen < 0 or not groups.values[chosen]:
        middle = labels.shape[1] / 2
        aside = np.abs((groups.boxes[:, 1] + groups.boxes[:, 3]) / 2 - middle) / middle
        chosen = int(np.argmax(groups.values * groups.areas * (1 - aside / 2)))
    others = groups.values.astype(bool)
    others[chosen] = False
    if box is not None:
        others &= groups.inside(box)
    gone = groups.paint(others.view(np.uint8)).view(bool)
    if locked:
        gone &= ~np.isin(labels, list(locked))
    return np.where(gone, np.uint8(0), labels)


def _free(regions: Regions, locked: frozenset[int], box: Box | None) -> npt.NDArray[np.bool_]:
    """Which regions may change."""
    free = ~np.isin(regions.values, list(locked))
    return free if box is None else free & regions.inside(box)


def _enclosed(regions: Regions, class_id: int, size: int, box: Box | None) -> list[tuple[int, Ids]]:
    """Area and regions of each hole in ``class_id``."""
    count, (height, width) = len(regions), regions.shape
    within = regions.values != class_id
    between = within[regions.borders.one] & within[regions.borders.other]
    group = connected(count, regions.borders.one[between], regions.borders.other[between])
    area = np.bincount(group, regions.areas, count)
    taken = within & (area[group] <= size)
    inner = Box(1, 1, height - 1, width - 1)
    barred = ~regions.inside(inner if box is None else inner.intersection(box))
    taken &= np.bincount(group, barred, count)[group] == 0
    members = np.flatnonzero(taken)
    if members.size == 0:
        return []
    members = members[np.argsort(group[members], kind="stable")]
    holes = np.split(members, np.flatnonzero(np.diff(group[members])) + 1)
    return [(int(area[group[hole[0]]]), hole) for hole in holes]
