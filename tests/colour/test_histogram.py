"""chromadesk.colour.histogram: a stroke moves what it changed, and no more; nothing is lost by it."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.classes import CLASSES, COUNT
from chromadesk.colour import histogram, source
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.palette import Settings, of_class
from chromadesk.editing.patch import Box


def picture(height: int, width: int, seed: int, wide: bool = False) -> np.ndarray:
    random = np.random.default_rng(seed)
    if wide:
        return random.integers(0, 65536, (height, width, 3)).astype(np.uint16)
    return random.integers(0, 256, (height, width, 3)).astype(np.uint8)


def mask(height: int, width: int, seed: int) -> np.ndarray:
    coarse = np.random.default_rng(seed).integers(0, 5, (height // 8 + 1, width // 8 + 1))
    return coarse.repeat(8, 0).repeat(8, 1)[:height, :width].astype(np.uint8)


def counts(counted: Histogram) -> dict[int, list[list[float]]]:
    return {
        each.id: np.c_[counted.counted(each.id).bins, counted.counted(each.id).pixels, counted.counted(each.id).values]
        .round(9)
        .tolist()
        for each in CLASSES
    }


@given(st.data(), st.integers(0, 99), st.sampled_from([0, 2.0, 40.0]), st.booleans(), st.sampled_from([10**6, 900]))
def test_following_strokes_is_counting_anew(
    data: st.DataObject, seed: int, border: float, wide: bool, samples: int
) -> None:
    height, width = data.draw(st.tuples(st.integers(9, 60), st.integers(9, 60)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(histogram, "SAMPLES", samples)
        pixels, labels = picture(height, width, seed, wide), mask(height, width, seed)
        followed = Histogram(pixels, source.srgb(), labels, border)
        for _ in range(3):
            top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
            bottom, right = data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width))
            box = Box(top, left, bottom, right)
            reach = followed.reach(box)
            before = labels[reach.slices].copy()
            labels[box.slices] = data.draw(st.integers(0, 4))
            unmoved = counts(followed)
            moved = followed.update(box, before, labels[reach.slices].copy())
            for each in CLASSES:
                if each.id not in moved:
                    assert counts(followed)[each.id] == unmoved[each.id]
        anew = Histogram(pixels, source.srgb(), labels, border)
        assert counts(followed) == counts(anew)
        assert [followed.area(each.id) for each in CLASSES] == [anew.area(each.id) for each in CLASSES]


def test_the_rim_of_a_class_is_left_out_unless_little_else_is_left() -> None:
    pixels = np.zeros((1000, 100, 3), np.uint8)
    labels = np.zeros((1000, 100), np.uint8)
    labels[100:300, 20:80], labels[600, 10:90] = 3, 1
    pixels[labels == 3] = (200, 30, 30)
    pixels[100:102, 20:80], pixels[298:300, 20:80] = (0, 255, 0), (0, 255, 0)  # what bled in
    pixels[100:300, 20:22], pixels[100:300, 78:80] = (0, 255, 0), (0, 255, 0)
    pixels[labels == 1] = (30, 30, 200)
    counted = Histogram(pixels, source.srgb(), labels, border=2)
    assert [swatch.rgb for swatch in of_class(counted, source.srgb(), 3).swatches] == [(200, 30, 30)]
    (thin,) = of_class(counted, source.srgb(), 1).swatches
    assert (thin.rgb, thin.pixels) == ((30, 30, 200), 80)
    assert counted.worn == 200 * 60 + 80
    assert len(of_class(Histogram(pixels, source.srgb(), labels, border=0), source.srgb(), 3).swatches) == 2


@given(
    st.integers(0, 99), st.sampled_from([0, 20.0, 60.0]), st.sampled_from([10**6, 900]), st.sampled_from([1, 50, 400])
)
def test_counted_in_pieces_it_is_the_same(seed: int, border: float, samples: int, piece: int) -> None:
    pixels, labels = picture(61, 47, seed), mask(61, 47, seed)
    step, reach = (1 if samples > labels.size else 2), round(border * 61 / 1000)
    inside = {each.id: 0 for each in CLASSES}
    for row in range(0, 61, step):
        for column in range(0, 47, step):
            about = labels[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1]
            inside[labels[row, column]] += bool((about == labels[row, column]).all())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(histogram, "SAMPLES", samples)
        patch.setattr(histogram, "_BLOCK", piece)
        patch.setattr(histogram, "_THIN", 1.0)  # no class is too thin
        paused: list[None] = []
        counted = Histogram(pixels, source.srgb(), labels, border, pause=lambda: paused.append(None))
        assert {each.id: counted.counted(each.id).pixels.sum() for each in CLASSES if inside[each.id]} == {
            number: found for number, found in inside.items() if found
        }
    assert len(paused) >= 61 * 47 // step**2 // max(piece, 47)


def test_regions_are_counted_apart_and_are_worn_as_their_class() -> None:
    pixels = picture(40, 40, 1)
    labels = np.full((40, 40), 3, np.uint8)
    labels[:20] = COUNT
    counted = Histogram(pixels, source.srgb(), labels, 0, [3])
    assert (counted.area(3), counted.area(COUNT), counted.worn) == (800, 800, 1600)
    assert sum(swatch.area for swatch in of_class(counted, source.srgb(), COUNT).swatches) == pytest.approx(0.5)


def test_a_pixel_knows_its_swatch() -> None:
    pixels, labels = picture(50, 40, 3), mask(50, 40, 3)
    counted = Histogram(pixels, source.srgb(), labels, 0)
    found = of_class(counted, source.srgb(), 2)
    which = np.full(1 << 18, -1)
    which[found.bins] = found.which
    own = which[counted.bins_of(pixels)]
    for number, swatch in enumerate(found.swatches):
        assert ((own == number) & (labels == 2)).sum() == swatch.pixels
    assert (own[labels == 2] >= 0).all()


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Histogram(picture(4, 5, 0), source.srgb(), np.zeros((5, 4), np.uint8))


@pytest.mark.slow
def test_24_megapixels_counted_and_followed_in_time() -> None:
    random = np.random.default_rng(0)
    small = random.integers(40, 220, (150, 100, 3)).repeat(40, 0).repeat(40, 1)
    pixels = np.clip(small + random.integers(-9, 10, small.shape), 0, 255).astype(np.uint8)
    labels = mask(150, 100, 0).repeat(40, 0).repeat(40, 1)
    meaning, settings = source.srgb(), Settings()
    begun = time.perf_counter()
    counted = Histogram(pixels, meaning, labels)
    first = of_class(counted, meaning, 3, settings)
    anew = time.perf_counter() - begun
    box = Box(2000, 1000, 2600, 1600)
    reach = counted.reach(box)
    before = labels[reach.slices].copy()
    labels[box.slices] = 3
    begun = time.perf_counter()
    counted.update(box, before, labels[reach.slices])
    followed = of_class(counted, meaning, 3, settings)
    stroke = time.perf_counter() - begun
    assert followed.swatches != first.swatches
    assert anew < 0.4
    assert stroke < 0.06


def test_a_dot_between_the_counted_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histogram, "SAMPLES", 25)  # every tenth pixel of every tenth row
    pixels, labels = picture(50, 50, 0), mask(50, 50, 0)
    followed = Histogram(pixels, source.srgb(), labels, 20.0)
    assert followed.border == 1
    dot = Box(45, 45, 46, 46)
    before = labels[followed.reach(dot).slices].copy()
    labels[45, 45] ^= 1
    assert followed.update(dot, before, labels[followed.reach(dot).slices]) == set()
    assert counts(followed) == counts(Histogram(pixels, source.srgb(), labels, 20.0))
