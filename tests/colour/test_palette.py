"""chromadesk.colour.palette: right, steady, quick."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from PIL import Image

from chromadesk import classes
from chromadesk.colour import spaces
from chromadesk.colour.palette import Settings, palette, photo_palettes
from chromadesk.colour.source import ASSUMED, srgb
from chromadesk.colour.swatch import Swatch
from chromadesk.images import Photo


def noisy(seed: int, height: int = 120, width: int = 90) -> np.ndarray:
    """A photo-like picture: four blobs of colour with noise and a gradient."""
    random = np.random.default_rng(seed)
    bases = random.integers(20, 230, (4, 3))
    which = random.integers(0, 4, (height // 10, width // 10)).repeat(10, 0).repeat(10, 1)
    picture = bases[which] + random.normal(0, 9, (height, width, 3)) + np.linspace(-15, 15, width)[None, :, None]
    return np.clip(picture, 0, 255).astype(np.uint8)


def test_one_colour_is_given_back_exactly() -> None:
    pixels = np.full((20, 30, 3), (17, 201, 90), dtype=np.uint8)
    (swatch,) = palette(pixels)
    assert (swatch.hex, swatch.rgb, swatch.share) == ("#11c95a", (17, 201, 90), 1.0)
    np.testing.assert_allclose(swatch.lab, spaces.srgb_to_lab(np.array(swatch.rgb) / 255), atol=1e-6)


def test_fewer_colours_than_asked_for_are_all_named_exactly() -> None:
    pixels = np.zeros((10, 10, 3), dtype=np.uint8)
    pixels[:2] = (100, 100, 100)
    pixels[2:5] = (109, 99, 98)
    swatches = palette(pixels, k=5)
    assert [(s.rgb, s.share) for s in swatches] == [((0, 0, 0), 0.5), ((109, 99, 98), 0.3), ((100, 100, 100), 0.2)]


def test_those_that_look_alike_become_one() -> None:
    pixels = np.zeros((10, 10, 3), dtype=np.uint8)
    pixels[:5] = (100, 100, 100)
    pixels[5:] = (104, 100, 100)
    (one,) = palette(pixels)
    assert one.rgb == (102, 100, 100)
    assert len(_all(pixels, Settings(merge=0, border=0))) == 2


def _photo(pixels: np.ndarray) -> Photo:
    return Photo(Path("made.png"), pixels, ASSUMED, pixels, srgb())


def _all(pixels: np.ndarray, settings: Settings) -> list[Swatch]:
    return photo_palettes(_photo(pixels), np.zeros(pixels.shape[:2], np.uint8), settings)["background"]


def test_an_empty_region_has_no_colours() -> None:
    pixels = noisy(0)
    assert palette(pixels, np.zeros(pixels.shape[:2], dtype=bool)) == []
    by_class = photo_palettes(_photo(pixels), np.full(pixels.shape[:2], 3, dtype=np.uint8))
    assert list(by_class) == list(classes.NAMES)
    assert [name for name, swatches in by_class.items() if swatches] == ["clothes"]
    assert palette(np.zeros((0, 5, 3), dtype=np.uint8)) == []


def test_classes_and_a_mask_agree_and_ignore_their_surroundings() -> None:
    pixels = noisy(1)
    labels = np.random.default_rng(2).integers(0, 5, pixels.shape[:2]).astype(np.uint8)
    by_class = photo_palettes(_photo(pixels), labels, Settings(k=4, border=0))
    for fashion_class in classes.CLASSES:
        assert _seen(palette(pixels, labels == fashion_class.id, k=4)) == _seen(by_class[fashion_class.name])
    elsewhere = pixels.copy()
    elsewhere[labels != 3] = 255
    assert _seen(palette(elsewhere, labels == 3, k=4)) == _seen(by_class["clothes"])


def _seen(swatches: list[Swatch]) -> list[tuple[str, float]]:
    return [(swatch.hex, swatch.share) for swatch in swatches]


@pytest.mark.parametrize("k", [1, 2, 5, 8])
def test_clusters_are_as_tight_as_scikit_learns(k: int) -> None:
    cluster = pytest.importorskip("sklearn.cluster")
    for seed in range(3):
        pixels = noisy(seed)
        points = spaces.srgb_to_oklab(pixels.reshape(-1, 3) / 255)
        best = cluster.KMeans(k, n_init=4, random_state=0).fit(points).inertia_
        centres = spaces.srgb_to_oklab(np.array([s.rgb for s in _all(pixels, Settings(k, merge=0, border=0))]) / 255)
        ours = ((points[:, None] - centres) ** 2).sum(-1).min(1).sum()
        assert ours <= best * 1.03


def test_shares_count_the_pixels_nearest_to_each_colour() -> None:
    pixels = np.zeros((100, 100, 3), dtype=np.uint8)
    pixels[:60] = (200, 30, 30)
    pixels[60:90] = (30, 30, 200)
    assert [(s.hex, s.share) for s in palette(pixels, k=3)] == [("#c81e1e", 0.6), ("#1e1ec8", 0.3), ("#000000", 0.1)]


@given(
    npst.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(3))),
    st.integers(1, 7),
    st.integers(0, 2**31),
)
def test_any_picture_gives_sound_swatches_whatever_the_order_of_its_pixels(
    pixels: np.ndarray, k: int, seed: int
) -> None:
    swatches = palette(pixels, k=k)
    assert 1 <= len(swatches) <= min(k, pixels.shape[0] * pixels.shape[1])
    assert sum(s.share for s in swatches) == pytest.approx(1.0)
    assert [s.share for s in swatches] == sorted((s.share for s in swatches), reverse=True)
    assert len({s.lab for s in swatches}) == len(swatches)
    assert all(s.hex == "#{:02x}{:02x}{:02x}".format(*s.rgb) for s in swatches)
    shuffled = np.random.default_rng(seed).permutation(pixels.reshape(-1, 3)).reshape(pixels.shape)
    assert _seen(palette(shuffled, k=k)) == _seen(swatches)


def test_the_same_bytes_on_every_run() -> None:
    texts = {json.dumps([s.to_json() for s in palette(noisy(3), k=6)]) for _ in range(3)}
    assert len(texts) == 1


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        palette(noisy(0), np.ones((3, 3), dtype=bool))
    with pytest.raises(ValueError, match="at least 1"):
        palette(noisy(0), k=0)


def test_quick_enough_to_follow_a_brush(ccp5: Path) -> None:
    photo = min((ccp5 / "train" / "A").iterdir())
    pixels = np.asarray(Image.open(photo).convert("RGB"))
    mask = np.asarray(Image.open(ccp5 / "train" / "B" / f"{photo.stem}.png")) == classes.by_name("clothes").id
    best = min(_seconds(lambda: palette(pixels, mask)) for _ in range(5))
    assert best < 0.06


@pytest.mark.slow
@pytest.mark.parametrize("flat", [False, True])
def test_24_megapixels_take_less_than_a_second(flat: bool) -> None:
    pixels = np.zeros((6000, 4000, 3), dtype=np.uint8) if flat else noisy(4, 6000, 4000)
    assert min(_seconds(lambda: palette(pixels)) for _ in range(3)) < 1.0


def _seconds(call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
