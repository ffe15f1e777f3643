"""What a person arranged is what is found: grey point, swatches, garments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chromadesk.colour.arranged import arranged_palettes
from chromadesk.colour.kept import Grey, Kept, Region
from chromadesk.colour.palette import Anchor, Settings, photo_palettes
from chromadesk.colour.source import ASSUMED, srgb
from chromadesk.images import Photo

LABELS = np.zeros((90, 60), np.uint8)
LABELS[10:40, 5:55] = LABELS[50:80, 5:55] = 3
PIXELS = np.full((90, 60, 3), 240, np.uint8)
PIXELS[10:40, 5:55] = (20, 40, 160)
PIXELS[50:80, 5:55] = (150, 120, 90)
PHOTO = Photo(Path("a.png"), PIXELS, ASSUMED, PIXELS, srgb())


def test_nothing_decided() -> None:
    found = arranged_palettes(PHOTO, LABELS, Settings(), Kept())
    assert list(found) == ["hair", "clothes", "skin", "accessories", "background"]
    assert {name: swatches for name, (_, swatches) in found.items()} == photo_palettes(PHOTO, LABELS)
    assert all(name == of_class for name, (of_class, _) in found.items())


def test_a_grey_point_takes_the_cast_away() -> None:
    xyz = tuple(PHOTO.source.xyz(np.array([150, 120, 90]) / 255).tolist())
    found = arranged_palettes(PHOTO, LABELS, Settings(), Kept(grey=Grey((60, 20), xyz)))
    grey = min(found["clothes"][1], key=lambda swatch: swatch.oklch[1])
    assert grey.lab[1:] == pytest.approx((0, 0), abs=1e-6)
    assert found["clothes"][1] != photo_palettes(PHOTO, LABELS)["clothes"]


def test_swatches_in_the_order_of_a_person() -> None:
    picked = Anchor(((60.0, 8.0, 20.0),), (60.0, 8.0, 20.0), "camel of the mill", picked=True)
    found = arranged_palettes(PHOTO, LABELS, Settings(), Kept({"clothes": (picked,)}))["clothes"][1]
    assert (found[0].name, found[0].lab, found[0].origin) == ("camel of the mill", (60.0, 8.0, 20.0), "picked")
    assert sum(swatch.share for swatch in found) == pytest.approx(1)


def test_garments_stand_after_their_class() -> None:
    kept = Kept(regions=(Region("coat", 3, ((20, 20),)), Region("skirt", 3, ((60, 20),))))
    found = arranged_palettes(PHOTO, LABELS, Settings(), kept)
    assert list(found)[:4] == ["hair", "clothes", "coat", "skirt"]
    assert found["clothes"] == ("clothes", [])
    for name, rgb in (("coat", (20, 40, 160)), ("skirt", (150, 120, 90))):
        (swatch,) = found[name][1]
        assert (found[name][0], swatch.rgb, swatch.share, swatch.area) == ("clothes", rgb, 1, 0.5)
