"""Colour spaces: sRGB <-> linear light <-> CIE XYZ (2 degrees) <-> CIE Lab, XYZ <-> OKLab <-> OKLCh; white points.

Every function takes and gives float64 arrays of shape (..., 3). sRGB and linear light lie in 0-1, XYZ has Y = 1 for
white, Lab has L in 0-100, OKLab has L in 0-1, hues are degrees in 0-360. Values outside the sRGB gamut pass through
unclipped; ``to_bytes`` clips. XYZ and Lab are relative to D65 unless another white is named; print works under D50.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# IEC 61966-2-1: linear sRGB -> XYZ, rows X, Y, Z.
XYZ_FROM_LINEAR: Floats = np.array(
    [
        [0.4124, 0.3576, 0.1805],
        [0.2126, 0.7152, 0.0722],
        [0.0193, 0.1192, 0.9505],
    ]
)
# D65 from its chromaticity (0.3127, 0.3290), as colour scientists tabulate it.
WHITE: Floats = np.array([0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290])

#: ICC's D50, the white of profile connection and of most swatch files, as its specification rounds it.
D50: Floats = np.array([0.9642, 1.0, 0.8249])
# Bradford cone response (ICC specification, annex E).
_BRADFORD: Floats = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_LINEAR_FROM_XYZ: Floats = np.linalg.inv(XYZ_FROM_LINEAR).astype(np.float64)

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
_LMS_FROM_LINEAR: Floats = _LMS_FROM_XYZ @ XYZ_FROM_LINEAR
_XYZ_FROM_LMS: Floats = np.linalg.inv(_LMS_FROM_XYZ).astype(np.float64)
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
    return mixed(linear, XYZ_FROM_LINEAR)


def xyz_to_linear(xyz: Floats) -> Floats:
    """XYZ under D65 -> linear sRGB, outside 0-1 where the colour is outside the gamut."""
    return mixed(xyz, _LINEAR_FROM_XYZ)


def adaptation(source: Floats, target: Floats) -> Floats:
    """The 3 x 3 matrix that takes XYZ seen under the white ``source`` (3,) to the same look under ``target``:
    Bradford's transform, as ICC uses it.
    """
    cones = (_BRADFORD @ target) / (_BRADFORD @ source)
    return np.asarray(np.linalg.inv(_BRADFORD) @ np.diag(cones) @ _BRADFORD)


def adapted(xyz: Floats, source: Floats, target: Floats) -> Floats:
    """XYZ under the white ``source`` -> the XYZ that looks the same under ``target``."""
    return mixed(xyz, adaptation(source, target))


def xyz_to_lab(xyz: Floats, white: Floats = WHITE) -> Floats:
    """XYZ -> CIE Lab, both relative to ``white``."""
    ratio = np.asarray(xyz, dtype=np.float64) / white
    f = np.where(ratio > _EPSILON, np.cbrt(ratio), _SLOPE * ratio + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def lab_to_xyz(lab: Floats, white: Floats = WHITE) -> Floats:
    """CIE Lab -> XYZ, both relative to ``white``."""
    lab = np.asarray(lab, dtype=np.float64)
    y = (lab[..., 0] + 16) / 116
    f = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], axis=-1)
    return np.asarray(np.where(f > 6 / 29, f**3, (f - 4 / 29) / _SLOPE) * white)


def lab_to_white(lab: Floats, source: Floats, target: Floats) -> Floats:
    """Lab relative to the white ``source`` -> Lab of the same look relative to ``target``."""
    return xyz_to_lab(adapted(lab_to_xyz(lab, source), source, target), target)


def srgb_to_lab(srgb: Floats) -> Floats:
    """sRGB 0-1 -> CIE Lab (D65)."""
    return xyz_to_lab(linear_to_xyz(srgb_to_linear(srgb)))


def lab_to_srgb(lab: Floats) -> Floats:
    """CIE Lab (D65) -> sRGB, outside 0-1 where the colour is outside the gamut."""
    return linear_to_srgb(xyz_to_linear(lab_to_xyz(lab)))


def xyz_to_oklab(xyz: Floats) -> Floats:
    """XYZ under D65 -> OKLab."""
    return mixed(np.cbrt(mixed(xyz, _LMS_FROM_XYZ)), _OKLAB_FROM_ROOTS)


def oklab_to_xyz(oklab: Floats) -> Floats:
    """OKLab -> XYZ under D65."""
    return mixed(mixed(oklab, _ROOTS_FROM_OKLAB) ** 3, _XYZ_FROM_LMS)


def oklab_to_lab(oklab: Floats) -> Floats:
    """OKLab -> CIE Lab (D65)."""
    return xyz_to_lab(oklab_to_xyz(oklab))


def lab_to_oklab(lab: Floats) -> Floats:
    """CIE Lab (D65) -> OKLab."""
    return xyz_to_oklab(lab_to_xyz(lab))


def to_polar(lab: Floats) -> Floats:
    """Lab or OKLab -> lightness, chroma, hue in degrees (0-360)."""
    lab = np.asarray(lab, dtype=np.float64)
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1])) % 360
    return np.stack([lab[..., 0], np.hypot(lab[..., 1], lab[..., 2]), hue], axis=-1)


def from_polar(lch: Floats) -> Floats:
    """Lightness, chroma, hue in degrees -> Lab or OKLab."""
    lch = np.asarray(lch, dtype=np.float64)
    hue = np.radians(lch[..., 2])
    return np.stack([lch[..., 0], lch[..., 1] * np.cos(hue), lch[..., 1] * np.sin(hue)], axis=-1)


def srgb_to_oklab(srgb: Floats) -> Floats:
    """sRGB 0-1 -> OKLab."""
    return mixed(np.cbrt(mixed(srgb_to_linear(srgb), _LMS_FROM_LINEAR)), _OKLAB_FROM_ROOTS)


def mixed(channels: Floats, matrix: Floats) -> Floats:
    """``matrix``, 3 x 3, times each colour of (..., 3) ``channels``.

    Not by a product of matrices: for so few columns that would only wake a pool of threads.
    """
    channels = np.asarray(channels, dtype=np.float64)
    x, y, z = channels[..., 0], channels[..., 1], channels[..., 2]
    return np.stack([row[0] * x + row[1] * y + row[2] * z for row in matrix], axis=-1)
