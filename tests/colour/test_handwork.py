"""chromadesk.colour.handwork: what a person arranged stands when the colours are read again."""

from __future__ import annotations

import numpy as np
import pytest

from chromadesk.colour import handwork, source
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.palette import Anchor, Found, Settings, of_class

COLOURS = np.array([(200, 40, 40), (40, 60, 190), (230, 220, 200), (30, 30, 34), (70, 130, 60)], np.uint8)
WIDTHS = (40, 30, 20, 15, 8)


def counted(widths: tuple[int, ...] = WIDTHS, noise: int = 3) -> Histogram:
    """A garment of five colours in bands of these widths."""
    row = np.repeat(COLOURS, widths, axis=0)
    pixels = np.repeat(row[None], 40, axis=0).astype(int)
    pixels = pixels + np.random.default_rng(0).integers(-noise, noise + 1, pixels.shape)
    return Histogram(np.clip(pixels, 0, 255).astype(np.uint8), source.srgb(), np.full(pixels.shape[:2], 3, np.uint8), 0)


def read(histogram: Histogram, anchors: tuple[Anchor, ...] = ()) -> Found:
    return of_class(histogram, source.srgb(), 3, Settings(), anchors)


def test_arranging_changes_no_colour() -> None:
    histogram = counted()
    found = read(histogram)
    again = read(histogram, handwork.arranged(found.swatches, ()))
    assert [swatch.hex for swatch in again.swatches] == [swatch.hex for swatch in found.swatches]
    assert {swatch.origin for swatch in again.swatches} == {"arranged"}


def test_merged_ones_stay_one_when_the_mask_changes() -> None:
    anchors = handwork.merged(handwork.arranged(read(counted()).swatches, ()), 0, 1)
    for histogram in (counted(), counted((10, 50, 20, 15, 8))):
        found = read(histogram, anchors)
        assert len(found.swatches) == 4
        whole = sum(swatch.pixels for swatch in found.swatches)
        red_and_blue = (40 + 30) if histogram.area(3) == 113 * 40 else (10 + 50)
        assert found.swatches[0].pixels / whole == pytest.approx(red_and_blue * 40 / histogram.area(3), abs=0.01)


def test_order_name_and_lock_survive_another_mask() -> None:
    found = read(counted())
    anchors = handwork.moved(handwork.arranged(found.swatches, ()), 4, 0)
    anchors = handwork.named(handwork.locked(anchors, 0, found.swatches[4].lab), 0, "moss")
    again = read(counted((8, 20, 40, 30, 20), noise=6), anchors).swatches
    assert (again[0].title, again[0].name, again[0].origin) == ("moss", "moss", "locked")
    assert again[0].lab == found.swatches[4].lab
    assert [swatch.name for swatch in again[1:]] == [swatch.name for swatch in found.swatches[:4]]
    assert again[0].share > found.swatches[4].share
    free = read(counted(), handwork.locked(anchors, 0, None)).swatches[0]
    assert free.origin == "arranged"


def test_split_gives_each_half_its_own_pixels() -> None:
    histogram = counted()
    anchors = handwork.merged(handwork.arranged(read(histogram).swatches, ()), 0, 1)
    parted = handwork.split(anchors, 0, source.srgb(), read(histogram, anchors))
    halves = read(histogram, parted).swatches[:2]
    assert {swatch.name for swatch in halves} == {swatch.name for swatch in read(histogram).swatches[:2]}
    flat = Histogram(np.full((9, 9, 3), 90, np.uint8), source.srgb(), np.full((9, 9), 3, np.uint8), 0)
    one = handwork.arranged(read(flat).swatches, ())
    assert handwork.split(one, 0, source.srgb(), read(flat, one)) == one


def test_one_picked_by_hand_is_held_and_one_removed_is_gone() -> None:
    found = read(counted())
    anchors = handwork.picked(handwork.arranged(found.swatches, ()), (60.0, 50.0, -40.0))
    again = read(counted(), anchors).swatches
    assert (again[5].lab, again[5].origin, again[5].pixels) == ((60.0, 50.0, -40.0), "picked", 0)
    assert len(read(counted(), handwork.removed(anchors, 5)).swatches) == 5


def test_a_colour_far_from_all_that_is_arranged_still_comes_up() -> None:
    four = of_class(counted((40, 30, 20, 15, 0)), source.srgb(), 3, Settings(k=4))
    anchors = handwork.arranged(four.swatches, ())
    green = read(counted((40, 30, 20, 15, 30)), anchors).swatches
    assert [swatch.origin for swatch in green] == ["arranged"] * 4 + ["found"]
    assert green[4].name == "green" or "green" in green[4].name or green[4].rgb[1] > green[4].rgb[0]
