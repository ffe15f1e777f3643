"""What every swatch file holds: named groups of swatches and how far they can be trusted; and the way in from any file.

Readers hand each colour to a ``Reading`` as the file has it; all of them are taken to CIE Lab (D65) at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from chromadesk.colour import spaces
from chromadesk.colour.spaces import Floats
from chromadesk.colour.swatch import Swatch

MAX_COLOURS = 100_000
MAX_NAME = 1000  # characters of a name that are kept

#: lab is D65, lab50 is D50; rgb (sRGB), cmyk, hsb and grey are 0-1 (grey 1 = white); oklch has its hue in degrees.
Model = Literal["rgb", "lab", "lab50", "cmyk", "hsb", "grey", "oklch"]
_NAIVE = "CMYK without its profile: a plain conversion, good enough to recognise the colour, not to match it"


class Malformed(ValueError):
    """The file is not what it should be; the text says in what, and continues "<file> cannot be read: "."""


@dataclass(frozen=True)
class Group:
    """Swatches under one title, such as a class or a garment; without a title they stand alone."""

    title: str
    swatches: list[Swatch]


@dataclass(frozen=True)
class SwatchFile:
    """``trust`` says what the colours rest on ("assumed sRGB, 1 photo, 412,000 pixels, approved"), ``grey`` which grey
    point was set by hand, if any ("L 61.0 a 2.0 b -1.2"); both go into every format that has room for
    text. ``remark`` is what was assumed in reading.
    """

    groups: list[Group]
    title: str = ""
    trust: str = ""
    grey: str = ""
    remark: str = ""

    @property
    def swatches(self) -> list[Swatch]:
        """All of them, in order."""
        return [swatch for group in self.groups for swatch in group.swatches]

    @property
    def notes(self) -> list[str]:
        """Trust and grey point, a line each, as far as there are any."""
        lines = [one_line(self.trust)] if self.trust else []
        return lines + ([f"Grey point: {one_line(self.grey)}"] if self.grey else [])


def one_line(text: str) -> str:
    """``text`` without line breaks and other control characters, at most MAX_NAME long; lone surrogates become "?"."""
    text = text[: 2 * MAX_NAME].encode("utf-8", "replace").decode()
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    return " ".join(plain.split())[:MAX_NAME].rstrip()


def rgb_of_hex(text: str) -> tuple[float, float, float] | None:
    """``#rgb``, ``#rrggbb`` or ``#rrggbbaa`` (the # may be missing) as sRGB 0-1; None for anything else."""
    digits = text.strip().removeprefix("#")
    if len(digits) not in (3, 6, 8) or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        return None
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = bytes.fromhex(digits[:6])
    return red / 255, green / 255, blue / 255


@dataclass
class Reading:
    """Collects what a file holds. ``colour`` raises Malformed when there are more than MAX_COLOURS."""

    title: str = ""
    trust: str = ""
    grey: str = ""
    _titles: list[str] = field(default_factory=lambda: [""])
    _colours: list[tuple[int, Model, tuple[float, ...], dict[str, Any]]] = field(default_factory=list)

    def group(self, title: str) -> None:
        """What follows belongs to a new group."""
        self._titles.append(one_line(title))

    def colour(self, model: Model, values: tuple[float, ...], title: str = "", **fields: Any) -> None:
        """A colour as the file has it; ``fields`` as Swatch has them."""
        if len(self._colours) >= MAX_COLOURS:
            raise Malformed(f"it holds more than {MAX_COLOURS:,} colours")
        self._colours.append((len(self._titles) - 1, model, values, {**fields, "title": one_line(title)}))

    def finish(self) -> SwatchFile:
        """The swatches, groups without any left out. Raises Malformed when there are none, or one is no colour."""
        if not self._colours:
            raise Malformed("it holds no colours")
        labs = np.zeros((len(self._colours), 3))
        for model, (to_lab, low, high) in _MODELS.items():
            places = [place for place, entry in enumerate(self._colours) if entry[1] == model]
            if not places:
                continue
            values = np.array([self._colours[place][2] for place in places], np.float64)
            wrong = ~((values >= low) & (values <= high)).all(axis=1)  # also what is not a number
            if wrong.any():
                where = places[int(np.argmax(wrong))] + 1
                raise Malformed(f"colour {where} has values that no colour can have")
            labs[places] = to_lab(values)
        groups = [Group(title, []) for title in self._titles]
        for (group, _, _, fields), (lightness, a, b) in zip(self._colours, labs.tolist(), strict=True):
            groups[group].swatches.append(Swatch((lightness, a, b), **fields))
        remark = _NAIVE if any(entry[1] == "cmyk" for entry in self._colours) else ""
        return SwatchFile([group for group in groups if group.swatches], self.title, self.trust, self.grey, remark)


def _cmyk(values: Floats) -> Floats:
    return spaces.srgb_to_lab((1 - values[:, :3]) * (1 - values[:, 3:]))


def _hsb(values: Floats) -> Floats:
    hue, saturation, brightness = values.T
    sixths = (np.array([5.0, 3.0, 1.0])[:, None] + hue * 6) % 6
    ramp = np.clip(np.minimum(sixths, 4 - sixths), 0, 1)
    return spaces.srgb_to_lab((brightness - brightness * saturation * ramp).T)


def _oklch(values: Floats) -> Floats:
    return spaces.oklab_to_lab(spaces.from_polar(values))


def _lab50(values: Floats) -> Floats:
    return spaces.lab_to_white(values, spaces.D50, spaces.WHITE)


def _grey(values: Floats) -> Floats:
    return spaces.srgb_to_lab(np.repeat(values, 3, axis=1))


_LAB_RANGE = ([-1.0, -300.0, -300.0], [150.0, 300.0, 300.0])
#: Its way to Lab (D65), and the least and greatest values that are taken for a colour.
_MODELS: dict[Model, tuple[Callable[[Floats], Floats], list[float] | float, list[float] | float]] = {
    "rgb": (spaces.srgb_to_lab, -1.0, 2.0),
    "lab": (np.asarray, *_LAB_RANGE),
    "lab50": (_lab50, *_LAB_RANGE),
    "cmyk": (_cmyk, 0.0, 1.0),
    "hsb": (_hsb, 0.0, 1.0),
    "grey": (_grey, -0.01, 1.01),
    "oklch": (_oklch, [-0.5, 0.0, -1e6], [1.5, 1.0, 1e6]),
}
