"""Munsell notation of a colour, such as 5.2R 4.1/10.3: hue, value, chroma.

Value is ASTM D1535's polynomial of the luminance, inverted. Hue and chroma are read from the renotation of 1943
(Newhall, Nickerson, Judd), its extrapolated part included, in a grid that ``scripts/munsell_grid.py`` made: there every
chip, adapted from illuminant C to D65 by Bradford's transform, has its a and b. Between chips they are interpolated,
beyond the last chip of a hue they go on as they went before it; what is darker than value 0.8 is read as having it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from chromadesk import resources
from chromadesk.colour import spaces
from chromadesk.colour.spaces import Floats

#: Below this chroma, about one CIELAB unit, a colour counts as neutral: its hue is hardly seen.
NEUTRAL = 0.25
#: What the grid's whole numbers are in: a and b times this.
SCALE = 64
_FAMILIES = ("R", "YR", "Y", "GY", "G", "BG", "B", "PB", "P", "RP")
_CHROMA_STEP = 2.0


def luminance(value: Floats) -> Floats:
    """Y (0-1) of Munsell values (0-10), by ASTM D1535."""
    v = np.asarray(value, np.float64)
    return v * (1.1914 + v * (-0.22533 + v * (0.23352 + v * (-0.020484 + v * 0.00081939)))) / 100


def specification(lab: tuple[float, float, float]) -> tuple[float, float, float]:
    """Hue (0-100; 5R is 5, 5YR 15), value (0-10) and chroma of CIE Lab (D65), also of colours that no chip has."""
    values, grid = _grid()
    y = float(np.clip(spaces.lab_to_xyz(np.array(lab))[1], 0.0, 1.0))
    value = float(np.interp(y, _LUMINANCES, _VALUES))
    above = int(np.clip(np.searchsorted(values, value), 1, len(values) - 1))
    part = np.clip((value - values[above - 1]) / (values[above] - values[above - 1]), 0.0, 1.0)
    plane = (1 - part) * grid[above - 1] + part * grid[above]  # (40 hues, chromas, a and b)
    radius = float(np.hypot(lab[1], lab[2]))
    chromas, places = _ring(plane, radius)
    # How far each hue has still to be turned to the colour's, in -pi..pi; it lies where that changes its sign.
    turns = np.angle((lab[1] + 1j * lab[2]) * np.conj(places))
    following = np.roll(turns, -1)
    between = (turns >= 0) & (following < 0) & (turns - following < np.pi)
    hue = int(np.argmin(np.where(between, turns - following, np.inf))) if between.any() else int(abs(turns).argmin())
    step = float(turns[hue] / (turns[hue] - following[hue])) if between.any() else 0.0
    chroma = (1 - step) * chromas[hue] + step * chromas[(hue + 1) % len(chromas)]
    return (hue + step) * 100 / len(chromas) % 100, value, float(chroma)


def notation(lab: tuple[float, float, float]) -> str:
    """``5.2R 4.1/10.3`` of CIE Lab (D65), for neutral colours ``N 5.0``; never fails, see ``specification``."""
    hue, value, chroma = specification(lab)
    if chroma < NEUTRAL:
        return f"N {value:.1f}"
    hue = round(hue, 1) or 100.0
    family = int(np.ceil(hue / 10)) - 1  # 10R, not 0YR
    return f"{hue - 10 * family:.1f}{_FAMILIES[family]} {value:.1f}/{chroma:.1f}"


def _ring(plane: Floats, radius: float) -> tuple[Floats, npt.NDArray[np.complex128]]:
    """Where each hue of ``plane`` (40, chromas, 2) has the CIELAB chroma ``radius``: its Munsell chroma, a + bi."""
    radii = np.hypot(plane[..., 0], plane[..., 1])
    last = plane.shape[1] - 2
    # The step of the grid on which the radius is passed; the last one goes on for ever.
    step = np.minimum((radii[:, 1:] < radius).sum(axis=1), last)
    hues = np.arange(len(plane))
    near, far = plane[hues, step], plane[hues, step + 1]
    inner, outer = radii[hues, step], radii[hues, step + 1]
    along = (radius - inner) / np.maximum(outer - inner, 1e-9)
    places = near + along[:, None] * (far - near)
    return (step + along) * _CHROMA_STEP, places[:, 0] + 1j * places[:, 1]


@cache
def _grid() -> tuple[Floats, Floats]:
    """Munsell values, rising; for each (40 hues from 10RP on, chromas 0, 2, 4 ..., a and b under D65)."""
    with np.load(resources.folder() / "colours" / "munsell.npz") as kept:
        grid = np.cumsum(kept["steps"], axis=2, dtype=np.int64) / SCALE
        return kept["values"], np.concatenate([np.zeros_like(grid[:, :, :1]), grid], axis=2)


_VALUES: Floats = np.linspace(0.0, 10.0, 2001)
_LUMINANCES = luminance(_VALUES)
