"""A proposal shown in place of the mask, with hatching over every pixel that would change."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect

from chromadesk.editing.document import pack
from chromadesk.editing.patch import Patch, Plane, bounding_box
from chromadesk.editing.pyramid import LabelPyramid, MarkPyramid
from chromadesk.studio.canvas.mask_layer import REACH, MaskLayer
from chromadesk.studio.canvas.transform import Transform

#: White stripes, premultiplied 0xAARRGGBB, and the dark ground and rim that keep them in sight on any photo.
_STRIPE, _GROUND, _RIM = 0xE6E6E6E6, 0x59000000, 0xB3000000
#: Device pixels from stripe to stripe, and across one.
_STEP, _WIDE = 6, 3


class Preview:
    """What the labels ``before`` (of which a person ``touched`` some) would become; made off the GUI thread.

    ``count`` labels differ; ``patch`` is the step that makes it so, None when none does.
    """

    def __init__(self, kind: str, before: Plane, touched: npt.NDArray[np.bool_], after: Plane) -> None:
        changed = before != after
        self.count = int(np.count_nonzero(changed))
        self.patch: Patch | None = None
        box = bounding_box(changed)
        if box is not None:
            here = box.slices
            old = pack(before[here], touched[here])
            self.patch = Patch(kind, box, old, pack(after[here], touched[here] | changed[here]))
        self.layer = MaskLayer(LabelPyramid(after))
        self.hatching = Hatching(MarkPyramid(changed.view(np.uint8)))
        for layer in (self.layer, self.hatching):
            layer.pyramid.level(len(layer.pyramid) - 1)


class Hatching(MaskLayer):
    """Hatches the marked pixels of a ``MarkPyramid``; even a single one stays in sight when zoomed out."""

    def _level_for(self, scale: float) -> int:
        """The largest plane of which no pixel falls between the screen's."""
        return max(math.ceil(-math.log2(scale)), 0)

    def render(self, transform: Transform, rectangle: QRect) -> npt.NDArray[np.uint32]:
        """The hatching of ``rectangle`` (device pixels) as premultiplied 0xAARRGGBB, (height, width)."""
        wider = rectangle.adjusted(-REACH, -REACH, REACH, REACH)
        here = self.sample(transform, wider).view(bool)
        near = _grown(here)
        rows = np.arange(wider.top(), wider.bottom() + 1)[:, None]
        stripe = (np.arange(wider.left(), wider.right() + 1) + rows) % _STEP < _WIDE
        picture = np.where(here, np.where(stripe, np.uint32(_STRIPE), np.uint32(_GROUND)), np.uint32(0))
        picture[near & ~here] = _RIM
        return np.ascontiguousarray(picture[REACH:-REACH, REACH:-REACH])


def _grown(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown
