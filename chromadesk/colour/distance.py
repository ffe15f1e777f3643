"""How far apart two palettes are, in CIEDE2000: earth mover's distance, and the minimum colour difference model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chromadesk.colour.difference import delta_e00
from chromadesk.colour.spaces import Floats
from chromadesk.colour.swatch import Swatch


def emd(one: Sequence[Swatch], two: Sequence[Swatch]) -> float:
    """The earth mover's distance (Rubner, Tomasi, Guibas 2000): the mean CIEDE2000 by which the colours of ``one``
    change when its shares are moved, by the cheapest plan, until they are those of ``two``.

    Shares are taken relative to their sum; a swatch without a share does not count. Raises ValueError when a palette
    has no colour with a share.
    """
    one, two = _shared(one), _shared(two)
    if not one or not two:
        raise ValueError("a palette without colours has no distance")
    return cost(_shares(one), _shares(two), _differences(one, two))


def cost(one: Floats, two: Floats, costs: Floats) -> float:
    """What the cheapest plan costs that turns the shares (M,) ``one`` into (N,) ``two``, each above 0 and 1 together,
    when moving all from the one colour to the other costs ``costs`` (M, N).
    """
    if len(one) == 1 or len(two) == 1:  # there is but one plan
        return float(one @ costs @ two)
    import cv2  # kept out of the window's start

    moved, _, _ = cv2.EMD(
        one[:, None].astype(np.float32), two[:, None].astype(np.float32), cv2.DIST_USER, costs.astype(np.float32)
    )
    return float(moved)


def micdm(one: Sequence[Swatch], two: Sequence[Swatch]) -> float:
    """The minimum colour difference model (Pan and Westland 2018): the CIEDE2000 from each colour to the nearest of
    the other palette, averaged over each palette, then over both. Shares do not count.

    Raises ValueError when a palette is empty.
    """
    if not one or not two:
        raise ValueError("a palette without colours has no distance")
    differences = _differences(one, two)
    return float(differences.min(axis=1).mean() + differences.min(axis=0).mean()) / 2


def _shared(palette: Sequence[Swatch]) -> list[Swatch]:
    return [swatch for swatch in palette if swatch.share > 0]


def _shares(palette: Sequence[Swatch]) -> Floats:
    shares = np.array([swatch.share for swatch in palette])
    return np.asarray(shares / shares.sum())


def _differences(one: Sequence[Swatch], two: Sequence[Swatch]) -> Floats:
    """(len(one), len(two)) CIEDE2000."""
    first, second = (np.array([swatch.lab for swatch in palette]) for palette in (one, two))
    return delta_e00(first[:, None], second[None])
