"""Colour spaces: sRGB <-> linear light -> CIE XYZ (D65, 2 degrees) -> CIE Lab, and linear light <-> OKLab.

Every function takes and gives float64 arrays of shape (..., 3). sRGB and linear light lie in 0-1, XYZ has Y = 1 for
white, Lab has L in 0-100, OKLab has L in 0-1. Values outside the sRGB gamut pass through unclipped; ``to_bytes`` clips.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# IEC 61966-2-1: linear sRGB -> XYZ, rows X, Y, Z.
_XYZ_FROM_LINEAR: Floats = np.array(
    [
        [0.4124, 0.3576, 0.1805],
        [0.2126, 0.7152, 0.0722],
        [0.0193, 0.1192, 0.9505],
    ]
)
# D65 from its chromaticity (0.3127, 0.3290), as colour scientists tabulate it.
WHITE: Floats = np.array([0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290])

# Björn Ottosson, "A perceptual color space for image processing" (2020): XYZ -> cone response, its cube root -> OKLab.
_LMS_FROM_XYZ: Floats = np.array(
    [
        [0.8189330101, 0.3618667424, -0.1288597137],
        [0.0329845436, 0.9293118715, 0.0361456387],
        [0.0482003018, 0.2643662691, 0.6338517070],
    ]
)
_OKLAB_FROM_ROOTS: Floats = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LMS_FROM_LINEAR: Floats = _LMS_FROM_XYZ @ _XYZ_FROM_LINEAR
_LINEAR_FROM_LMS: Floats = np.linalg.inv(_LMS_FROM_LINEAR).astype(np.float64)
_ROOTS_FROM_OKLAB: Floats = np.linalg.inv(_OKLAB_FROM_ROOTS).astype(np.float64)

_EPSILON = (6 / 29) ** 3  # where the cube root of CIE Lab turns into a straight line
_SLOPE = (29 / 6) ** 2 / 3


def from_bytes(rgb: npt.NDArray[np.uint8]) -> Floats:
    """sRGB 0-255 -> sRGB 0-1."""
    return np.asarray(rgb, dtype=np.float64) / 255.0


def to_bytes(srgb: Floats) -> npt.NDArray[np.uint8]:
    """sRGB 0-1 -> the nearest sRGB 0-255, clipped to the gamut."""
    return np.rint(np.clip(srgb, 0.0, 1.0) * 255.0).astype(np.uint8)


def srgb_to_linear(srgb: Floats) -> Floats:
    """Undo the sRGB transfer curve."""
    srgb = np.asarray(srgb, dtype=np.float64)
    curve = ((np.maximum(srgb, 0.0) + 0.055) / 1.055) ** 2.4
    return np.where(srgb <= 0.04045, srgb / 12.92, curve)


def linear_to_srgb(linear: Floats) -> Floats:
    """Apply the sRGB transfer curve."""
    linear = np.asarray(linear, dtype=np.float64)
    curve = 1.055 * np.maximum(linear, 0.0) ** (1 / 2.4) - 0.055
    return np.where(linear <= 0.0031308, linear * 12.92, curve)


def linear_to_xyz(linear: Floats) -> Floats:
    """Linear sRGB -> XYZ under D65."""
    return _mixed(linear, _XYZ_FROM_LINEAR)


def xyz_to_lab(xyz: Floats) -> Floats:
    """XYZ -> CIE Lab against D65 white."""
    ratio = np.asarray(xyz, dtype=np.float64) / WHITE
    f = np.where(ratio > _EPSILON, np.cbrt(ratio), _SLOPE * ratio + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def srgb_to_lab(srgb: Floats) -> Floats:
    """sRGB 0-1 -> CIE Lab (D65)."""
    return xyz_to_lab(linear_to_xyz(srgb_to_linear(srgb)))


def srgb_to_oklab(srgb: Floats) -> Floats:
    """sRGB 0-1 -> OKLab."""
    return _mixed(np.cbrt(_mixed(srgb_to_linear(srgb), _LMS_FROM_LINEAR)), _OKLAB_FROM_ROOTS)


def oklab_to_srgb(oklab: Floats) -> Floats:
    """OKLab -> sRGB, outside 0-1 where the colour is outside the gamut."""
    return linear_to_srgb(_mixed(_mixed(oklab, _ROOTS_FROM_OKLAB) ** 3, _LINEAR_FROM_LMS))


def _mixed(channels: Floats, matrix: Floats) -> Floats:
    """``matrix``, 3 x 3, times each colour of (..., 3) ``channels``.

    Not by a product of matrices: for so few columns that would only wake a pool of threads.
    """
    channels = np.asarray(channels, dtype=np.float64)
    x, y, z = channels[..., 0], channels[..., 1], channels[..., 2]
    return np.stack([row[0] * x + row[1] * y + row[2] * z for row in matrix], axis=-1)
