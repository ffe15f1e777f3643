"""chromadesk.colour.swatch: what is said of a colour agrees with itself."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour import spaces
from chromadesk.colour.swatch import Swatch
from tests.swatches import of_rgb

RGB = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@given(RGB)
def test_an_srgb_colour_stays_itself(rgb: tuple[int, int, int]) -> None:
    swatch = of_rgb(rgb)
    assert swatch.rgb == rgb
    assert swatch.hex == "#{:02x}{:02x}{:02x}".format(*rgb)
    assert swatch.in_srgb
    np.testing.assert_allclose(spaces.lab_to_oklab(np.array(swatch.lab)), spaces.from_polar(np.array(swatch.oklch)))
    back = spaces.lab_to_white(np.array(swatch.lab_d50), spaces.D50, spaces.WHITE)
    np.testing.assert_allclose(back, swatch.lab, atol=1e-9)


def test_a_colour_outside_srgb_says_so_and_shows_the_nearest() -> None:
    swatch = Swatch((88.0, -100.0, 80.0))
    assert not swatch.in_srgb
    assert all(0 <= value <= 255 for value in swatch.rgb)


def test_json_says_every_white_and_the_persons_name() -> None:
    swatch = of_rgb((200, 30, 40), title="Poppy", share=0.25, pixels=12, medoid=(45.0, 60.0, 40.0))
    fields = json.loads(json.dumps(swatch.to_json()))
    assert (fields["name"], fields["white"], fields["share"], fields["pixels"]) == ("Poppy", "D65", 0.25, 12)
    assert fields["medoid"] == [45.0, 60.0, 40.0]
    assert of_rgb((0, 0, 0)).to_json()["lab"] == pytest.approx([0, 0, 0])
    assert "-0.0" not in json.dumps(of_rgb((0, 0, 0)).to_json())


def test_it_carries_its_munsell_notation_into_files() -> None:
    assert of_rgb((200, 30, 40)).munsell == "6.7R 4.2/15.0"
    assert of_rgb((200, 30, 40)).to_json()["munsell"] == "6.7R 4.2/15.0"
    assert of_rgb((128, 128, 128)).munsell.startswith("N 5.")
