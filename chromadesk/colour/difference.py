"""How different two colours look: CIEDE2000."""

from __future__ import annotations

import numpy as np

from chromadesk.colour.spaces import Floats, to_polar

_FAR = 25.0**7


def delta_e00(one: Floats, two: Floats, lightness: float = 1.0) -> Floats:
    """CIEDE2000 between CIE Lab colours, (..., 3) each, broadcast against one another: (...,).

    CIE 142-2001, written as in Sharma, Wu, Dalal 2005, whose test pairs it meets. ``lightness`` is kL: 2 is the custom
    for textiles, where folds and light change lightness and dyes do not; kC = kH = 1.
    """
    one, two = np.broadcast_arrays(np.asarray(one, np.float64), np.asarray(two, np.float64))
    chroma = (np.hypot(one[..., 1], one[..., 2]) + np.hypot(two[..., 1], two[..., 2])) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + _FAR)))
    (light_1, chroma_1, hue_1), (light_2, chroma_2, hue_2) = (
        np.moveaxis(to_polar(np.stack([lab[..., 0], lab[..., 1] * stretch, lab[..., 2]], axis=-1)), -1, 0)
        for lab in (one, two)
    )
    grey = chroma_1 * chroma_2 == 0
    turn = np.where(grey, 0.0, (hue_2 - hue_1 + 180) % 360 - 180)
    # At exactly opposite hues both signs are right; the mean hue must then be that of the formula.
    apart = np.abs(hue_1 - hue_2)
    mean_hue = np.where(
        grey,
        hue_1 + hue_2,
        np.where(apart <= 180, (hue_1 + hue_2) / 2, ((hue_1 + hue_2 + 360) / 2) % 360),
    )
    light_step, chroma_step = light_2 - light_1, chroma_2 - chroma_1
    hue_step = 2 * np.sqrt(chroma_1 * chroma_2) * np.sin(np.radians(turn) / 2)
    light, chroma = (light_1 + light_2) / 2, (chroma_1 + chroma_2) / 2

    def cosine(factor: float, offset: float) -> Floats:
        return np.asarray(np.cos(np.radians(factor * mean_hue + offset)))

    t = 1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6) - 0.20 * cosine(4, -63)
    brightness = light_step / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)) / lightness
    colourfulness = chroma_step / (1 + 0.045 * chroma)
    hue = hue_step / (1 + 0.015 * chroma * t)
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + _FAR))
    rotation = rotation * np.sin(np.radians(60 * np.exp(-(((mean_hue - 275) / 25) ** 2))))
    total = brightness**2 + colourfulness**2 + hue**2 + rotation * colourfulness * hue
    return np.asarray(np.sqrt(np.maximum(total, 0.0)))
