"""Families of colours, as a collection is spoken of: five neutrals and eight hues, told apart in OKLCh.

Neutral is what has little chroma, C < 0.03 (0.025 where the hue is warm, 30-98): black below L 0.35, white from 0.89
on, grey between. Very dark colours (L < 0.22) are black up to C 0.05, since nobody sees their hue on cloth. Warm ones
of C < 0.08 are beige from L 0.62 on (up to hue 110), else brown; leather is brown too, not orange: hue 35-95 and
C < 0.12 below L 0.55, C < 0.1 below L 0.66.

The rest goes by hue: red from 10 degrees, orange 40, yellow 80, green 115 (olives from 98, when L < 0.65), teal 175,
blue 225, purple 290, pink 342. Reds are pink when light (L > 0.75), or dusty: up to 35, L > 0.6, C < 0.13.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.colour.spaces import Floats

NEUTRALS = ("black", "grey", "white", "beige", "brown")
HUES = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink")
FAMILIES = NEUTRALS + HUES

_STARTS = np.array([10.0, 40.0, 80.0, 115.0, 175.0, 225.0, 290.0, 342.0])
_GREEN = HUES.index("green")
_PINK = HUES.index("pink")


def family(oklch: Floats) -> npt.NDArray[np.intp]:
    """The place in FAMILIES of each of (N, 3) OKLCh colours: (N,)."""
    light, chroma, hue = oklch[:, 0], oklch[:, 1], oklch[:, 2]
    by_hue = (np.searchsorted(_STARTS, hue, side="right") - 1) % len(HUES)
    by_hue = np.where((hue >= 98) & (hue < 115) & (light < 0.65), _GREEN, by_hue)
    dusty = (light > 0.6) & (chroma < 0.13) & (hue < 35)
    by_hue = np.where((by_hue == 0) & ((light > 0.75) | dusty), _PINK, by_hue)
    found = by_hue + len(NEUTRALS)
    warm = (hue >= 30) & (hue < 98)
    beige = (hue >= 30) & (hue < 110) & (chroma < 0.08) & (light >= 0.62)
    leather = (hue >= 35) & (hue < 95) & (((chroma < 0.12) & (light < 0.55)) | ((chroma < 0.1) & (light < 0.66)))
    found = np.where((warm & (chroma < 0.08) & (light < 0.62)) | leather, NEUTRALS.index("brown"), found)
    found = np.where(beige, NEUTRALS.index("beige"), found)
    grey = np.where(light < 0.35, 0, np.where(light >= 0.89, 2, 1))
    found = np.where(chroma < np.where(warm, 0.025, 0.03), grey, found)
    found = np.where((light < 0.22) & (chroma < 0.05), 0, found)
    return np.asarray(found, np.intp)
