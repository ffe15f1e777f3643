"""The trust line says what the colours were read from, and rounds nothing up to all or down to none."""

from __future__ import annotations

from dataclasses import replace

from chromadesk.colour.gathered import PhotoColours
from chromadesk.colour.trust import trust_of
from tests.swatches import of_rgb

ONE = PhotoColours("a.jpg", (of_rgb((1, 2, 3)),), 84_200_000, "predicted", "assumed sRGB", True)


def test_predicted() -> None:
    photos = [replace(ONE, pixels=0)] * 689 + [ONE] + [replace(ONE, pixels=0, profile="Display P3", assumed=False)] * 7
    assert trust_of(photos, "chromanet").line() == (
        "697 photos, 84.2 million pixels; 0 % approved (masks predicted by chromanet); 690 assumed sRGB, 7 Display P3; "
        "no grey point set"
    )


def test_of_every_kind() -> None:
    good = PhotoColours("b.jpg", ONE.swatches, 100, "approved", "sRGB", False, True)
    photos = [good] * 250 + [ONE, replace(ONE, mask="unapproved", pixels=7), replace(good, swatches=())]
    found = trust_of(photos, "chromanet", 2)
    assert (found.photos, found.approved, found.predicted, found.unapproved, found.without) == (252, 250, 1, 1, 1)
    assert found.line() == (
        "252 photos, 84.2 million pixels; 99 % approved (1 mask predicted by chromanet, 1 mask that nobody approved); "
        "2 assumed sRGB, 250 sRGB; grey point set in 250; 1 more without this class; 2 could not be read"
    )
    assert "over 99 % approved" in trust_of([good] * 999 + [ONE]).line()
    assert "under 1 % approved" in trust_of([ONE] * 999 + [good]).line()
    assert trust_of([good]).line() == "1 photo, 100 pixels; 100 % approved; 1 sRGB; grey point set in 1"
    assert trust_of([]).line() == "0 photos, 0 pixels; 0 % approved; no grey point set"
