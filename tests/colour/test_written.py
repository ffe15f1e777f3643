"""Colours as text: read back by the rules of CSS they are the same colour."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour import spaces
from chromadesk.colour.written import FORMS, written
from tests.swatches import of_rgb

_BYTE = st.integers(0, 255)


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?[\d.]+", text)]


@given(st.tuples(_BYTE, _BYTE, _BYTE))
def test_every_form_says_the_colour(rgb: tuple[int, int, int]) -> None:
    swatch = of_rgb(rgb)
    assert tuple(bytes.fromhex(written(swatch, "hex")[1:])) == rgb
    assert tuple(numbers(written(swatch, "rgb()"))) == rgb
    lightness, chroma, hue = numbers(written(swatch, "oklch()"))
    lab = spaces.oklab_to_lab(spaces.from_polar(np.array([lightness / 100, chroma, hue])))
    assert np.abs(lab - swatch.lab).max() < 0.3
    d50 = np.array(numbers(written(swatch, "lab()")))
    assert np.abs(d50 - swatch.lab_d50).max() < 0.051


def test_in_words() -> None:
    red = of_rgb((255, 0, 0))
    assert [written(red, form) for form in FORMS] == [
        "#ff0000",
        "rgb(255, 0, 0)",
        "oklch(62.8% 0.2577 29.2)",
        "lab(54.3% 80.8 69.9)",
    ]
    with pytest.raises(KeyError):
        written(red, "pantone")
