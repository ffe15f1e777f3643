"""Labels that come as layers or annotations, one over the other, laid into one plane."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.classes import NAMES
from chromadesk.errors import DatasetError

MAX_LABELS = 65_000


class Painted:
    """A plane of label numbers, 0 ("background") where nothing was laid; ``beneath`` has what each pixel was before the
    last label came over it, so that pixels of two labels can be told.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self.labels: npt.NDArray[np.uint16] = np.zeros(size, np.uint16)
        self.beneath: npt.NDArray[np.uint16] = np.zeros(size, np.uint16)
        self._numbers: dict[str, int] = {NAMES[0]: 0}

    @property
    def names(self) -> dict[int, str]:
        """The labels' names by number."""
        return {number: name for name, number in self._numbers.items()}

    def lay(self, name: str, plane: npt.NDArray[np.bool_], top: int = 0, left: int = 0) -> None:
        """Lay the label ``name`` where ``plane`` is true, its corner at ``top``, ``left``; what lies outside is cut."""
        number = self._numbers.setdefault(name, len(self._numbers))
        if number > MAX_LABELS:
            raise DatasetError(f"There are more than {MAX_LABELS:,} labels, which no list of classes has.")
        height, width = self.labels.shape
        rows = slice(max(top, 0), max(min(top + plane.shape[0], height), 0))
        columns = slice(max(left, 0), max(min(left + plane.shape[1], width), 0))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        part = plane[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        labels, beneath = self.labels[rows, columns], self.beneath[rows, columns]
        beneath[part] = np.where(labels != number, labels, beneath)[part]
        labels[part] = number

    def beneath_or_same(self) -> npt.NDArray[np.uint16]:
        """The label under the present one, which is itself where there is none."""
        return np.where(self.beneath == 0, self.labels, self.beneath)
