"""Colours as text, the way programs take them: what is put on the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from chromadesk.colour.swatch import Swatch


def _hex(swatch: Swatch) -> str:
    return swatch.hex


def _rgb(swatch: Swatch) -> str:
    return "rgb({}, {}, {})".format(*swatch.rgb)


def _oklch(swatch: Swatch) -> str:
    lightness, chroma, hue = swatch.oklch
    return f"oklch({lightness * 100:.1f}% {chroma + 0.0:.4f} {hue:.1f})"


def _lab(swatch: Swatch) -> str:
    lightness, a, b = (round(value, 1) + 0.0 for value in swatch.lab_d50)  # + 0.0 turns -0.0 into 0.0
    return f"lab({lightness:.1f}% {a:.1f} {b:.1f})"


#: What the form is called -> the colour in it. ``lab()`` is CSS's and Photoshop's, under D50. It and oklch() also say
#: colours beyond sRGB, the two others the nearest in it.
FORMS: dict[str, Callable[[Swatch], str]] = {"hex": _hex, "rgb()": _rgb, "oklch()": _oklch, "lab()": _lab}


def written(swatch: Swatch, form: str) -> str:
    """``swatch`` in one of FORMS. Raises KeyError for another."""
    return FORMS[form](swatch)
