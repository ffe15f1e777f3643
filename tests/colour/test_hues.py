"""Everyday colours fall into the family that everybody would put them in."""

from __future__ import annotations

import numpy as np
import pytest

from chromadesk.colour import hues, spaces
from chromadesk.colour.names import NAMES

EXPECTED = {
    "black": ("black", "charcoal"),
    "grey": ("grey", "dark grey", "silver", "light grey", "slate", "mushroom"),
    "white": ("white", "ivory"),
    "beige": ("beige", "sand", "cream", "tan"),
    "brown": ("brown", "dark brown", "mocha", "taupe", "caramel", "espresso"),
    "red": ("red", "burgundy", "coral"),
    "orange": ("orange",),
    "yellow": ("yellow", "mustard"),
    "green": ("green", "forest green", "olive", "sage", "mint", "lime"),
    "teal": ("teal", "turquoise"),
    "blue": ("blue", "navy", "royal blue", "denim", "steel blue", "light blue"),
    "purple": ("purple", "lavender", "plum"),
    "pink": ("pink", "fuchsia", "dusty rose"),
}


@pytest.mark.parametrize(("family", "name"), [(family, name) for family, names in EXPECTED.items() for name in names])
def test_families(family: str, name: str) -> None:
    rgb = np.array([list(bytes.fromhex(NAMES[name][1:]))]) / 255
    found = hues.family(spaces.to_polar(spaces.srgb_to_oklab(rgb)))
    assert hues.FAMILIES[found[0]] == family


def test_every_colour_has_one() -> None:
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, 12)] * 3), axis=-1).reshape(-1, 3)
    found = hues.family(spaces.to_polar(spaces.srgb_to_oklab(grid)))
    assert set(found.tolist()) == set(range(len(hues.FAMILIES)))
