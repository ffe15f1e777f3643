"""Sheets of paper as lists of what lies on them, so that one layout gives PDF, SVG and PNG alike.

Lengths are points (1/72 inch), x to the right and y downwards from the sheet's upper left corner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Rgb = tuple[int, int, int]
Polygon = list[tuple[float, float]]

INK: Rgb = (26, 26, 26)
QUIET: Rgb = (118, 118, 118)
HAIRLINE: Rgb = (206, 206, 206)


@dataclass(frozen=True)
class Box:
    """A filled rectangle; ``rim`` is the colour of a hairline round it."""

    x: float
    y: float
    width: float
    height: float
    fill: Rgb
    rim: Rgb | None = None


@dataclass(frozen=True)
class Text:
    """One line whose baseline begins at (``x``, ``y``), cut with an ellipsis where it would be wider than ``room``."""

    x: float
    y: float
    text: str
    size: float
    room: float
    ink: Rgb = INK


@dataclass(frozen=True, eq=False)
class Picture:
    """(H, W, 3) sRGB ``pixels`` stretched over a rectangle."""

    x: float
    y: float
    width: float
    height: float
    pixels: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Outline:
    """Closed polygons drawn as lines of ``width``."""

    polygons: list[Polygon]
    ink: Rgb
    width: float


Item = Box | Text | Picture | Outline


@dataclass(eq=False)
class Sheet:
    """A page of ``width`` x ``height`` and what lies on it, the lowest first."""

    width: float
    height: float
    items: list[Item] = field(default_factory=list)


def fitted(text: str, room: float, measure: Callable[[str], float]) -> str:
    """``text``, or as much of its beginning as leaves place for an ellipsis in ``room``, by ``measure`` its width."""
    if measure(text) <= room:
        return text
    short, long = 0, len(text)
    while short < long:
        middle = (short + long + 1) // 2
        if measure(text[:middle].rstrip() + "…") <= room:
            short = middle
        else:
            long = middle - 1
    return text[:short].rstrip() + "…"


def wrapped(text: str, room: float, lines: int, measure: Callable[[str], float]) -> list[str]:
    """``text`` broken between words into at most ``lines`` lines; the last takes all that is left."""
    result: list[str] = []
    for word in text.split():
        if result and (len(result) == lines or measure(f"{result[-1]} {word}") <= room):
            result[-1] += f" {word}"
        else:
            result.append(word)
    return result
