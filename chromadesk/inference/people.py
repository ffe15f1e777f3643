"""Where the people of a mask are."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.uint8]
#: (top, left, height, width)
Box = tuple[int, int, int, int]

#: An island this small beside the largest one is a speck, not a person.
_LEAST = 0.1
#: Islands nearer than this share of the taller one's height belong together.
_NEAR = 0.1
#: So many groups are told apart at most; more are looked at together.
_MOST = 4


def people(labels: Labels) -> Box | None:
    """The box round all people of (H, W) class ids: every connected island of foreground but those under a tenth of
    the largest. None when all is background.
    """
    found = _islands(labels)
    return _around(found) if found else None


def groups(labels: Labels) -> list[Box]:
    """The people of (H, W) class ids, a box for each group of near ones, largest first; one box round all when
    there are more than four. Empty when all is background.
    """
    boxes = _islands(labels)
    merged = True
    while merged:
        merged = False
        for first in range(len(boxes)):
            for second in range(first + 1, len(boxes)):
                if _touch(boxes[first], boxes[second]):
                    boxes[first] = _around([boxes[first], boxes.pop(second)])
                    merged = True
                    break
            if merged:
                break
    boxes.sort(key=lambda box: -box[2] * box[3])
    return boxes if len(boxes) <= _MOST else [_around(boxes)]


def _islands(labels: Labels) -> list[Box]:
    count, _, islands, _ = cv2.connectedComponentsWithStats((labels > 0).astype(np.uint8))
    if count < 2:
        return []
    islands = islands[1:]
    kept = islands[islands[:, cv2.CC_STAT_AREA] >= _LEAST * islands[:, cv2.CC_STAT_AREA].max()]
    order = [cv2.CC_STAT_TOP, cv2.CC_STAT_LEFT, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH]
    return [(int(top), int(left), int(height), int(width)) for top, left, height, width in kept[:, order]]


def _touch(one: Box, other: Box) -> bool:
    gap = _NEAR * max(one[2], other[2])
    return all(
        one[axis] <= other[axis] + other[axis + 2] + gap and other[axis] <= one[axis] + one[axis + 2] + gap
        for axis in (0, 1)
    )


def _around(boxes: list[Box]) -> Box:
    top, left = min(box[0] for box in boxes), min(box[1] for box in boxes)
    bottom, right = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return top, left, bottom - top, right - left
