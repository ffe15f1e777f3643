"""Make resources/colours/munsell.npz, the grid behind chromadesk/colour/munsell.py.

    python scripts/munsell_grid.py

The chips are the Munsell renotation (Newhall, Nickerson, Judd 1943, with the Rochester Institute of Technology's
extrapolation; in the public domain) as colour-science (BSD-3-Clause; in the test extra) carries them: x and y under
illuminant C. Every hue of a value is carried on in a straight line, in a and b, from its last chip to the grid's last
chroma.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from colour import CCS_ILLUMINANTS, MUNSELL_COLOURS

from chromadesk.colour import munsell, spaces

TARGET = Path(__file__).resolve().parents[1] / "resources" / "colours" / "munsell.npz"
CHROMAS = np.arange(2, 42, 2)
FAMILIES = ("R", "YR", "Y", "GY", "G", "BG", "B", "PB", "P", "RP")
HUES = ["10RP", *(f"{step:g}{family}" for family in FAMILIES for step in (2.5, 5, 7.5, 10))][:40]


def xyz(x: np.ndarray, y: np.ndarray, luminance: np.ndarray) -> np.ndarray:
    """x, y, Y -> XYZ."""
    return np.stack([x / y * luminance, luminance, (1 - x - y) / y * luminance], axis=-1)


def main() -> None:
    """Write the grid and say its size."""
    chips = {(hue, value, chroma): xyy for (hue, value, chroma), xyy in MUNSELL_COLOURS["all"]}
    values = np.array(
        sorted({value for _, value, _ in chips} - {0.2, 0.4, 0.6})
    )  # there yellow is none that light can be
    white = xyz(
        *(np.array(part) for part in CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["C"]), np.array(1.0)
    )
    grid = np.zeros((len(values), len(HUES), len(CHROMAS), 2))
    for plane, value in enumerate(values):
        for line, hue in enumerate(HUES):
            known = [chroma for chroma in CHROMAS if (hue, value, chroma) in chips]
            found = np.array([chips[hue, value, chroma] for chroma in known]).reshape(-1, 3)
            light = xyz(found[:, 0], found[:, 1], np.full(len(found), munsell.luminance(value)))
            lab = spaces.xyz_to_lab(spaces.adapted(light, white, spaces.WHITE))
            # Of the extrapolated chips some lie where no light does.
            impossible = (
                (found[:, :2] <= 0).any(axis=1) | (found[:, 0] + found[:, 1] >= 1) | (abs(lab) > 200).any(axis=1)
            )
            known_ab = lab[: int(np.argmax(impossible)) if impossible.any() else None, 1:]
            line_ab = np.concatenate([np.zeros((1, 2)), known_ab])
            while len(line_ab) <= len(CHROMAS):
                line_ab = np.concatenate([line_ab, [2 * line_ab[-1] - line_ab[-2]]])
            grid[plane, line] = line_ab[1:]
    steps = np.diff(np.rint(grid * munsell.SCALE), axis=2, prepend=0)
    assert abs(steps).max() < 1 << 15, abs(steps).max()
    np.savez_compressed(TARGET, values=values, steps=steps.astype(np.int16))
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
