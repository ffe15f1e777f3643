"""The five classes of the data set: ids, names, colours, and label <-> colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class FashionClass:
    """One class: its id in masks, its name in files, its short name in the paper's tables, its colour (sRGB, 0-255)."""

    id: int
    name: str
    short: str
    colour: tuple[int, int, int]

    @property
    def hex(self) -> str:
        """The colour as ``#rrggbb``."""
        return "#{:02x}{:02x}{:02x}".format(*self.colour)


CLASSES: tuple[FashionClass, ...] = (
    FashionClass(0, "background", "Null", (0, 0, 0)),
    FashionClass(1, "accessories", "Accs.", (66, 127, 50)),
    FashionClass(2, "skin", "Skin", (224, 16, 115)),
    FashionClass(3, "clothes", "Clothes", (250, 190, 8)),
    FashionClass(4, "hair", "Hair", (147, 225, 245)),
)
COUNT = len(CLASSES)
NAMES: tuple[str, ...] = tuple(c.name for c in CLASSES)
#: The order in which the paper's tables print the classes: Null, Hair, Clothes, Skin, Accs.
PAPER_ORDER: tuple[int, ...] = (0, 4, 3, 2, 1)
#: (5, 3) uint8, row = class id.
PALETTE: npt.NDArray[np.uint8] = np.array([c.colour for c in CLASSES], dtype=np.uint8)


def by_name(name: str) -> FashionClass:
    """The class called ``name``; ``KeyError`` when there is none."""
    for fashion_class in CLASSES:
        if fashion_class.name == name:
            return fashion_class
    raise KeyError(name)


def class_shares(labels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Share of each class (5 values that sum to 1) in an (H, W) label plane of at least one pixel."""
    return np.bincount(labels.ravel(), minlength=COUNT)[:COUNT] / labels.size
