"""A plane of labels halved again and again, for views that are zoomed out; it follows changes only where they are."""

from __future__ import annotations

import numpy as np

from chromadesk.editing.patch import Box, Plane

#: The last level's shorter edge has fewer pixels than twice this.
_LEAST = 64
#: Pixels of a level made at a time, so that a thread that makes many hands over in between.
_BAND = 1 << 17


def _commonest() -> Plane:
    """The commonest of 2 x 2 class ids a b / c d, ties to the first in that order, at the index a | c << 3 | b << 8 |
    d << 11.
    """
    index = np.arange(1 << 14)
    a, b, c, d = (index >> shift & 7 for shift in (0, 8, 3, 11))
    later = np.where((b == c) | (b == d), b, np.where(c == d, c, a))
    return np.where((a == b) | (a == c) | (a == d), a, later).astype(np.uint8)


_COMMONEST = _commonest()


class LabelPyramid:
    """Level 0 is ``labels``, uint8 (H, W), 0-7, itself; each further one shows the commonest of every 2 x 2 pixels."""

    def __init__(self, labels: Plane) -> None:
        self._levels = [labels]
        self._stale: list[Box | None] = [None]
        while min(self._levels[-1].shape) >= 2 * _LEAST:
            height, width = self._levels[-1].shape
            self._levels.append(np.zeros(((height + 1) // 2, (width + 1) // 2), np.uint8))
            self._stale.append(Box(0, 0, height, width))

    def __len__(self) -> int:
        return len(self._levels)

    @property
    def nbytes(self) -> int:
        """Memory that the levels take beside the label plane itself."""
        return sum(level.nbytes for level in self._levels[1:])

    def changed(self, box: Box) -> None:
        """The labels in ``box`` are new; the levels follow when they are next looked at."""
        for level in range(1, len(self._levels)):
            stale = self._stale[level]
            self._stale[level] = box if stale is None else stale.union(box)
            box = _halved(box)

    def level(self, level: int) -> Plane:
        """The plane halved ``level`` times (the last level where there are fewer), up to date; not to be written to."""
        level = min(level, len(self._levels) - 1)
        for index in range(1, level + 1):
            stale = self._stale[index]
            if stale is not None:
                box = _halved(stale)
                rows = max(_BAND // box.width, 1)
                for top in range(box.top, box.bottom, rows):
                    band = Box(top, box.left, min(top + rows, box.bottom), box.right)
                    self._levels[index][band.slices] = self._half(_twice(self._levels[index - 1], band))
                self._stale[index] = None
        return self._levels[level]

    def _half(self, source: Plane) -> Plane:
        """The commonest of each 2 x 2 of ``source``; ties go to the upper left."""
        # Two neighbours are read as one number, and two such as one index, which a table answers.
        four = source[1::2].view("<u2") << np.uint16(3)
        four |= source[::2].view("<u2")
        return _COMMONEST.take(four, mode="wrap")


class MarkPyramid(LabelPyramid):
    """Of marks, 0 and 1: a pixel is marked when any of the 2 x 2 is, so that none is ever lost from sight."""

    def _half(self, source: Plane) -> Plane:
        above, below = source[::2], source[1::2]
        return np.asarray(above[:, ::2] | above[:, 1::2] | below[:, ::2] | below[:, 1::2], np.uint8)


def _halved(box: Box) -> Box:
    return Box(box.top // 2, box.left // 2, (box.bottom + 1) // 2, (box.right + 1) // 2)


def _twice(plane: Plane, box: Box) -> Plane:
    """What of ``plane`` lies under ``box`` of the next level; an odd edge is repeated."""
    part = plane[2 * box.top : 2 * box.bottom, 2 * box.left : 2 * box.right]
    missing = 2 * box.height - part.shape[0], 2 * box.width - part.shape[1]
    return np.pad(part, ((0, missing[0]), (0, missing[1])), mode="edge") if any(missing) else part
