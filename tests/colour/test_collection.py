"""Collections: what is known of made-up photos comes out, the same every time, and every mark knows its photos."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from chromadesk.colour.collection import collect
from chromadesk.colour.distance import emd
from chromadesk.colour.gathered import PhotoColours, decode, encode
from chromadesk.colour.swatch import Swatch
from tests.swatches import of_rgb

RED, BLUE, BLACK, WHITE = (200, 30, 40), (40, 70, 190), (16, 16, 18), (250, 250, 250)
Rgb = tuple[int, int, int]


def photo(key: str, colours: Sequence[tuple[Rgb, float]], pixels: int = 1000) -> PhotoColours:
    swatches = tuple(of_rgb(rgb, share=share, pixels=round(share * pixels)) for rgb, share in colours)
    return PhotoColours(key, swatches, pixels)


@pytest.fixture
def photos() -> list[PhotoColours]:
    """Forty photos, red to a fifth on the mean in the first half, to two fifths in the second; else black and blue."""
    rng = np.random.default_rng(0)
    made = []
    for number in range(40):
        red = float(np.clip(rng.normal(0.2 if number < 20 else 0.4, 0.08), 0.02, 0.7))
        made.append(photo(f"{number}.jpg", [(RED, red), (BLUE, 0.3), (BLACK, 0.7 - red)], 1000 if number else 100_000))
    return made


GROUPS = {"SS 2023": [f"{n}.jpg" for n in range(20)], "SS 2024": [f"{n}.jpg" for n in range(20, 40)]}


def test_palette_and_families(photos: list[PhotoColours]) -> None:
    found = collect(photos)
    assert [mark.swatch.rgb for mark in found.overall.palette] == [BLACK, BLUE, RED]
    assert sum(mark.share for mark in found.overall.palette) == pytest.approx(1)
    black, blue, red = found.overall.palette
    assert blue.share == pytest.approx(0.3)
    assert blue.keys == tuple(each.key for each in photos)
    assert red.photos[0][1] == max(each.swatches[0].share for each in photos)
    assert {mark.name: mark.swatch.rgb for mark in found.overall.families} == {"black": BLACK, "red": RED, "blue": BLUE}
    assert found.overall.chromatic == pytest.approx(1 - black.share)
    assert sum(mark.share for mark in found.overall.wheel) == pytest.approx(found.overall.chromatic)
    assert sum(mark.share for mark in found.overall.map) == pytest.approx(1)
    for mark in found.overall.wheel:
        assert mark.at[0] <= mark.swatch.oklch[2] < mark.at[1]
    assert found.groups == found.comparisons == found.distances == ()


def test_weights(photos: list[PhotoColours]) -> None:
    first = photos[0].swatches[0].share
    by_pixel = next(m for m in collect(photos, weighting="pixel").overall.palette if m.swatch.rgb == RED)
    by_photo = next(m for m in collect(photos).overall.palette if m.swatch.rgb == RED)
    assert abs(by_pixel.share - first) < abs(by_photo.share - first)
    counts = np.array([each.pixels for each in photos])
    shares = np.array([each.swatches[0].share for each in photos])
    assert by_pixel.share == pytest.approx((counts * shares).sum() / counts.sum())
    assert by_photo.share == pytest.approx(shares.mean())
    assert by_pixel.swatch.pixels == round((counts * shares).sum())


def test_rising_and_falling(photos: list[PhotoColours]) -> None:
    found = collect(photos, GROUPS, "season")
    (comparison,) = found.comparisons
    assert (comparison.before, comparison.after) == ("SS 2023", "SS 2024")
    verdicts = {change.mark.swatch.rgb: change.verdict for change in comparison.changes}
    assert verdicts == {RED: "rising", BLUE: "not sure", BLACK: "falling"}
    red = comparison.changes[0]
    assert red.low < red.difference < red.high
    assert red.difference == pytest.approx(0.2, abs=0.06)
    one = collect([photos[0], photos[-1]], {"SS 2023": ["0.jpg"], "SS 2024": ["39.jpg"]}, "season")
    assert {change.verdict for each in one.comparisons for change in each.changes} == {"not sure"}
    (distance,) = found.distances
    assert distance.value > 2 * distance.chance > 0


def test_nothing_rises_between_halves_of_the_same(photos: list[PhotoColours]) -> None:
    halves = {"even": [f"{n}.jpg" for n in range(2, 40, 2)], "odd": [f"{n}.jpg" for n in range(1, 40, 2)]}
    found = collect(photos, halves, "half")
    assert {change.verdict for change in found.comparisons[0].changes} == {"not sure"}
    assert found.distances[0].value < found.distances[0].chance


def test_intervals_hold_what_they_promise() -> None:
    """Of 100 comparisons of groups drawn alike about one in twenty is taken for a change, not one in five."""
    rng = np.random.default_rng(1)
    wrong = 0
    for _ in range(100):
        made = [photo(str(n), [(RED, r), (BLACK, 1 - r)]) for n, r in enumerate(rng.uniform(0.1, 0.9, 60))]
        groups = {"a": map(str, range(30)), "b": map(str, range(30, 60))}
        wrong += collect(made, groups).comparisons[0].changes[0].verdict != "not sure"
    assert 1 <= wrong <= 12


def test_distance_is_the_earth_movers(photos: list[PhotoColours]) -> None:
    found = collect(photos, GROUPS, "season")
    means = []
    for keys in GROUPS.values():
        part = [each for each in photos if each.key in keys]
        shares = np.mean([[each.share for each in one.swatches] for one in part], axis=0)
        means.append([of_rgb(rgb, share=share) for rgb, share in zip((RED, BLUE, BLACK), shares, strict=True)])
    assert found.distances[0].value == pytest.approx(emd(*means), rel=1e-4)


def test_the_same_again(photos: list[PhotoColours]) -> None:
    first = json.dumps(collect(photos, GROUPS, "season").to_json())
    assert json.dumps(collect(photos, GROUPS, "season").to_json()) == first


def test_nobodys_photos_are_compared_with_none(photos: list[PhotoColours]) -> None:
    found = collect(photos, {**GROUPS, "unknown": ["3.jpg"], "empty": ["gone.jpg"]}, "season")
    assert [group.name for group in found.groups] == ["SS 2023", "SS 2024", "unknown"]
    assert len(found.comparisons) == len(found.distances) == 1


def test_little_or_nothing() -> None:
    empty = collect([PhotoColours("a.jpg", (), 0)], {"a": ["a.jpg"]}, "x")
    assert empty.overall.palette == empty.groups == ()
    assert empty.trust.photos == 0
    assert empty.trust.without == 1
    one = collect([photo("a.jpg", [(WHITE, 1.0)])])
    assert [mark.name for mark in one.overall.families] == ["white"]
    assert one.overall.wheel == ()
    alone = collect([photo("a.jpg", [(RED, 1.0)]), photo("b.jpg", [(BLUE, 1.0)])], {"a": ["a.jpg"], "b": ["b.jpg"]})
    assert alone.distances[0].value > 20


def test_swatches_come_back_from_bytes() -> None:
    made = (Swatch((50.123456789, -1.5, 3.0), 0.25, pixels=7, medoid=(1.0, 2.0, 3.0)), of_rgb(RED, share=0.75))
    data = encode({"clothes": made, "hair": [of_rgb(BLACK)]})
    back = decode(data, "clothes")
    assert back[0] == made[0]
    assert (back[1].lab, back[1].share) == (made[1].lab, 0.75)
    assert len(decode(data, "hair")) == 1
    assert decode(data, "skin") == ()
