"""What a photo's own samples mean: from the values in the file to CIE XYZ, in floats, also outside sRGB.

Pillow's colour management ends in 8 bits of sRGB: right for the screen. Colours that are measured take this way
instead: ICC profiles made of a matrix and three curves (Display P3, Adobe RGB, ProPhoto, most cameras and screens) are
evaluated here in floats (ICC.1:2022, sections 10.6 and 10.18, annex F.3). Their black is zero, so relative colorimetric
intent needs no black-point compensation. Profiles made of tables (CMYK, scanners) go through Pillow.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from chromadesk.colour import spaces
from chromadesk.colour.spaces import Floats

Curve = Callable[[Floats], Floats]
#: What is said of a photo without a profile.
ASSUMED = "assumed sRGB"


@dataclass(frozen=True, eq=False)
class Source:
    """``curves`` undo each channel's transfer curve, ``matrix`` takes the linear light to XYZ under D65.

    ``name`` is the profile's; ``grey`` (XYZ, None: none set) is what a person said is neutral in this photo.
    """

    name: str
    curves: tuple[Curve, Curve, Curve]
    matrix: Floats
    grey: tuple[float, float, float] | None = None

    @property
    def assumed(self) -> bool:
        """The file says nothing of its colours."""
        return self.name.endswith(ASSUMED)

    def xyz(self, values: Floats) -> Floats:
        """(..., 3) values of the file, 0-1 -> XYZ under D65; a grey point, if set, comes out without a cast."""
        linear = np.stack([curve(values[..., channel]) for channel, curve in enumerate(self.curves)], axis=-1)
        xyz = spaces.mixed(linear, self.matrix)
        return xyz if self.grey is None else spaces.adapted(xyz, light_of(self.grey), spaces.WHITE)

    def with_grey(self, grey: tuple[float, float, float] | None) -> Source:
        """The same samples under the light in which ``grey`` (XYZ as ``xyz`` gives it without) is neutral."""
        return replace(self, grey=grey)


def light_of(grey: tuple[float, float, float] | None) -> Floats:
    """The white, XYZ, of the light in which ``grey`` is neutral; D65 without one. A cast is another white."""
    return spaces.WHITE if grey is None else np.array(grey) / grey[1]


def srgb(name: str = ASSUMED) -> Source:
    """sRGB under whatever name it was saved."""
    return Source(name, (spaces.srgb_to_linear,) * 3, spaces.XYZ_FROM_LINEAR)


def of_profile(icc: bytes, name: str) -> Source | None:
    """The source of an RGB profile of matrix and curves; None for every other, and for a damaged one."""
    try:
        tags = _tags(icc)
        if icc[16:20] != b"RGB " or icc[20:24] != b"XYZ " or any(tag in tags for tag in (b"A2B0", b"A2B1")):
            return None
        columns = [_xyz(icc[tags[tag]]) for tag in (b"rXYZ", b"gXYZ", b"bXYZ")]
        red, green, blue = (_sane(_curve(icc[tags[tag]])) for tag in (b"rTRC", b"gTRC", b"bTRC"))
    except (KeyError, struct.error, ValueError):
        return None
    matrix = spaces.adaptation(spaces.D50, spaces.WHITE) @ np.array(columns).T
    if not np.isfinite(matrix).all() or not 0.5 < matrix[1].sum() < 1.5:
        return None
    return Source(name, (red, green, blue), np.asarray(matrix))


def _tags(icc: bytes) -> dict[bytes, slice]:
    """Where the content of each tag stands."""
    (count,) = struct.unpack_from(">I", icc, 128)
    if count > 1000:
        raise ValueError("not a profile")
    found = {}
    for number in range(count):
        tag, offset, size = struct.unpack_from(">4sII", icc, 132 + 12 * number)
        found[tag] = slice(offset, offset + size)
    return found


def _xyz(tag: bytes) -> Floats:
    if tag[:4] != b"XYZ ":
        raise ValueError("no XYZ")
    return np.array(struct.unpack_from(">3i", tag, 8)) / 65536


def _sane(curve: Curve) -> Curve:
    """``curve`` if it gives numbers that light can have; else raises ValueError."""
    with np.errstate(all="ignore"):
        light = curve(np.linspace(0, 1, 1025))
    if not ((light > -0.5) & (light < 4)).all():  # nor what is no number
        raise ValueError("no curve")
    return curve


def _curve(tag: bytes) -> Curve:
    """The function of a ``curv`` or ``para`` tag, on 0-1."""
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count == 0:
            return lambda values: values
        entries = np.frombuffer(tag, ">u2", count, 12).astype(np.float64)
        if count == 1:
            gamma = float(entries[0]) / 256
            return lambda values: np.maximum(values, 0.0) ** gamma
        places = np.linspace(0, 1, count)
        return lambda values: np.interp(values, places, entries / 65535)
    if tag[:4] != b"para":
        raise ValueError("no curve")
    (kind,) = struct.unpack_from(">H", tag, 8)
    if kind > 4:
        raise ValueError("unknown curve")
    numbers = [number / 65536 for number in struct.unpack_from(f">{(1, 3, 4, 5, 7)[kind]}i", tag, 12)]
    g, a, b, c, d, e, f = _parameters(kind, numbers)

    def curve(values: Floats) -> Floats:
        power = np.maximum(a * values + b, 0.0) ** g + e
        return np.asarray(np.where(values >= d, power, c * values + f))

    return curve


def _parameters(kind: int, numbers: list[float]) -> tuple[float, float, float, float, float, float, float]:
    """A parametric curve as its most general form: (a x + b)^g + e from d on, c x + f below."""
    if kind == 0:
        return numbers[0], 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if kind in (1, 2):
        g, a, b = numbers[:3]
        if a == 0:
            raise ValueError("no curve")
        level = numbers[3] if kind == 2 else 0.0
        return g, a, b, 0.0, -b / a, level, level
    g, a, b, c, d = numbers[:5]
    e, f = numbers[5:] if kind == 4 else (0.0, 0.0)
    return g, a, b, c, d, e, f
