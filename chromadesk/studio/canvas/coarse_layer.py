"""A coarse proposal in place of the mask, under what a person paints meanwhile."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect

from chromadesk.editing.document import Document
from chromadesk.editing.patch import Plane
from chromadesk.studio.canvas.mask_layer import MaskLayer, places
from chromadesk.studio.canvas.transform import Transform


class CoarseLayer(MaskLayer):
    """``labels``, uint8 (h, w) over all of the photo, where no person has touched ``document``; there, its own."""

    def __init__(self, document: Document, labels: Plane) -> None:
        super().__init__(document.pyramid)
        self._document, self._labels = document, labels

    def sample(self, transform: Transform, rectangle: QRect) -> Plane:
        sampled = super().sample(transform, rectangle)
        (height, width), (tall, wide) = self._document.size, self._labels.shape
        rows, columns = (place.astype(np.intp) for place in places(transform, rectangle))
        down, across = np.flatnonzero((rows >= 0) & (rows < height)), np.flatnonzero((columns >= 0) & (columns < width))
        rows, columns = rows[down], columns[across]
        coarse = self._labels[np.ix_(rows * tall // height, columns * wide // width)]
        touched = self._document.touched[np.ix_(rows, columns)]
        here = np.ix_(down, across)
        sampled[here] = np.where(touched, sampled[here], coarse)
        return sampled
