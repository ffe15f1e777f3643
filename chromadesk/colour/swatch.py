"""A swatch: one colour of a region, and all that is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from chromadesk.colour import munsell, names, spaces

Triple = tuple[float, float, float]
#: How a swatch came about: found by itself; one of a row that a person arranged; held at its colour by hand; taken from
#: the photo by hand, and held.
Origin = Literal["found", "arranged", "locked", "picked"]


@dataclass(frozen=True)
class Swatch:
    """``lab``: the mean colour of its pixels, CIE Lab (D65), also outside sRGB's gamut.

    ``share`` is its part of the region, ``area`` its part of all that is worn (clothes and accessories), 0-1;
    ``pixels`` how many were counted; ``medoid`` a colour really in the photo that stands for it (Lab, None when
    unknown); ``title`` the person's own name for it.
    """

    lab: Triple
    share: float = 1.0
    area: float = 0.0
    pixels: int = 0
    medoid: Triple | None = None
    title: str = ""
    origin: Origin = "found"

    @cached_property
    def rgb(self) -> tuple[int, int, int]:
        """The nearest sRGB, 0-255."""
        red, green, blue = spaces.to_bytes(spaces.lab_to_srgb(np.array(self.lab))).tolist()
        return red, green, blue

    @property
    def hex(self) -> str:
        """``#rrggbb``."""
        return "#{:02x}{:02x}{:02x}".format(*self.rgb)

    @cached_property
    def in_srgb(self) -> bool:
        """sRGB can show it; else ``rgb`` and ``hex`` are only the nearest it can."""
        srgb = spaces.lab_to_srgb(np.array(self.lab))
        return bool((srgb > -0.003).all() and (srgb < 1.003).all())

    @cached_property
    def oklch(self) -> Triple:
        """OKLab's lightness (0-1), chroma, hue (0-360)."""
        return triple(spaces.to_polar(spaces.lab_to_oklab(np.array(self.lab))))

    @cached_property
    def lab_d50(self) -> Triple:
        """CIE Lab under D50, as swatch files and print want it."""
        return triple(spaces.lab_to_white(np.array(self.lab), spaces.WHITE, spaces.D50))

    @cached_property
    def munsell(self) -> str:
        """Munsell notation, as ``5.2R 4.1/10.3``."""
        return munsell.notation(self.lab)

    @property
    def name(self) -> str:
        """The person's name for it, else an everyday one."""
        return self.title or names.name(self.rgb)

    def to_json(self) -> dict[str, Any]:
        """JSON values, for files other programs read; every Lab says its white."""
        return {
            "name": self.name,
            "hex": self.hex,
            "rgb": list(self.rgb),
            "lab": _rounded(self.lab),
            "white": "D65",
            "oklch": _rounded(self.oklch),
            "munsell": self.munsell,
            "in_srgb": self.in_srgb,
            "medoid": None if self.medoid is None else _rounded(self.medoid),
            "share": self.share,
            "area": self.area,
            "pixels": self.pixels,
            "origin": self.origin,
        }


def triple(values: spaces.Floats) -> Triple:
    """(3,) as a tuple of Python's own floats."""
    one, two, three = values.tolist()
    return one, two, three


def _rounded(values: Triple) -> list[float]:
    return [round(value, 4) + 0.0 for value in values]  # + 0.0 turns -0.0 into 0.0
