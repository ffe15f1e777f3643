"""What a pixel of a mask counts: less where a model proposed it and no person touched it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk.dataset.pairs import Item
from chromadesk.editing import provenance

#: The bit that marks a doubted pixel, over its class id.
DOUBTED = np.uint8(0x80)


class Doubts:
    """The provenance kept in the folder ``state``, for the photos in ``keys``: those a person decided on. All other
    masks are ground truth, as is one that a person opened and approved without a model's help.

    ``weight``, 0..1, is what a doubted pixel counts; any other counts 1.
    """

    def __init__(self, state: Path, keys: AbstractSet[str], weight: float) -> None:
        self._state, self._keys, self._weight = state, keys, np.float32(weight)

    def mark(self, item: Item, labels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """(H, W) class ids -> the same with ``DOUBTED`` set where it holds."""
        if item.key not in self._keys:
            return labels
        origin = provenance.read(provenance.path_of(self._state, item.key), (labels.shape[0], labels.shape[1]))
        if origin is None or not origin.proposed:
            return labels
        return np.where(origin.touched, labels, labels | DOUBTED)

    def trust(self, marked: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """What each pixel of a marked plane counts."""
        return np.where(marked >= DOUBTED, self._weight, np.float32(1))
