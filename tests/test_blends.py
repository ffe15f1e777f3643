"""A blended pixel takes the nearer of the pure classes around it that it is a blend of."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.blends import ROUNDING, TOLERANCE, UNKNOWN, is_mixture, nearest_class, pure_classes, resolve
from chromadesk.classes import COUNT, PALETTE

Pixels = npt.NDArray[np.uint8]
PAIRS = list(itertools.combinations(range(COUNT), 2))


def settle(colours: Pixels) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """(H, W, 3) -> class ids and which of the open pixels were blends."""
    codes = pure_classes(colours)
    rows, columns = np.nonzero(codes == UNKNOWN)
    labels = codes.copy()
    settled, blend = resolve(codes, rows, columns, colours[rows, columns])
    labels[rows, columns] = settled
    blends = np.zeros(codes.shape, bool)
    blends[rows, columns] = blend
    return labels, blends


def shapes(seed: int, scale: int = 4, size: int = 60) -> tuple[Pixels, Pixels]:
    """Labels of overlapping discs at ``size``, and their picture drawn ``scale`` times finer and averaged."""
    random = np.random.default_rng(seed)
    fine = np.zeros((size * scale, size * scale), np.uint8)
    for _ in range(8):
        x, y, r = *random.integers(8, size - 8, 2).tolist(), int(random.integers(6, 16))
        cv2.circle(fine, (x * scale, y * scale), r * scale, int(random.integers(0, COUNT)), -1)
    smooth = cv2.resize(PALETTE[fine].astype(np.float32), (size, size), interpolation=cv2.INTER_AREA)
    counts = [
        cv2.resize((fine == c).astype(np.float32), (size, size), interpolation=cv2.INTER_AREA) for c in range(COUNT)
    ]
    return np.argmax(counts, axis=0).astype(np.uint8), smooth.round().astype(np.uint8)


def test_pure_colours_are_recognised_with_a_little_rounding() -> None:
    assert pure_classes(PALETTE[None])[0].tolist() == [0, 1, 2, 3, 4]
    for offset in range(-6, 7):
        shifted = np.clip(PALETTE.astype(int) + offset, 0, 255).astype(np.uint8)
        close = np.abs(shifted.astype(int) - PALETTE).max(axis=1) <= ROUNDING
        found = pure_classes(shifted[None])[0]
        assert (found[close] == np.arange(COUNT)[close]).all()
        assert (found[~close] == UNKNOWN).all()


def test_class_colours_are_far_from_the_mixtures_of_others() -> None:
    # What TOLERANCE relies on.
    for a, b in PAIRS:
        line = np.linspace(PALETTE[a].astype(float), PALETTE[b].astype(float), 400)
        for other in set(range(COUNT)) - {a, b}:
            assert np.linalg.norm(line - PALETTE[other], axis=1).min() > 4 * TOLERANCE


@pytest.mark.parametrize(("a", "b"), PAIRS)
@pytest.mark.parametrize("light", [False, True])
def test_an_edge_of_two_classes_gets_no_third(a: int, b: int, light: bool) -> None:
    gamma = 2.2 if light else 1.0
    ends = (PALETTE[[a, b]] / 255) ** gamma
    picture = np.repeat(PALETTE[[a] * 6 + [b] * 6][None], 12, axis=0).copy()
    for row, share in enumerate(np.linspace(0.04, 0.96, 12)):
        picture[row, 6] = np.round(255 * (ends[0] * (1 - share) + ends[1] * share) ** (1 / gamma))
    labels, blends = settle(picture)
    assert (labels[:, :6] == a).all()
    assert (labels[:, 7:] == b).all()
    assert set(labels[:, 6].tolist()) == {a, b}
    assert (np.diff(np.where(labels[:, 6] == b, 1, 0)) >= 0).all()
    assert blends.sum() == (pure_classes(picture) == UNKNOWN).sum()


def test_the_false_ring_of_accessories_is_gone() -> None:
    share = np.linspace(0, 1, 101)[1:-1, None]
    ramp = np.round(PALETTE[3] * share).astype(np.uint8)
    assert 0.36 < np.mean(nearest_class(ramp) == 1) < 0.40  # what the nearest colour would do
    picture = np.zeros((len(ramp), 3, 3), np.uint8)
    picture[:, 1] = ramp
    picture[:, 2] = PALETTE[3]
    assert set(settle(picture)[0].ravel().tolist()) == {0, 3}


def test_an_accessory_nearby_does_not_draw_the_blend_to_itself() -> None:
    picture = np.zeros((5, 5, 3), np.uint8)
    picture[:, 3:] = PALETTE[3]
    picture[0, :2] = PALETTE[1]
    picture[1:, 2] = np.round(PALETTE[3] * 0.4)  # nearest to accessories, and accessories are two pixels away
    labels, _ = settle(picture)
    assert (labels[1:, 2] == 0).all()


def test_only_pure_classes_in_reach_are_taken() -> None:
    picture = np.zeros((31, 31, 3), np.uint8)
    picture[15, 15] = np.round(PALETTE[3] * 0.8)  # nothing but background anywhere near
    assert settle(picture)[0][15, 15] == 0
    picture[15, 20] = PALETTE[3]
    assert settle(picture)[0][15, 15] == 3


def test_a_wide_soft_edge_splits_in_the_middle() -> None:
    ramp = np.round(np.linspace(0, 1, 40)[:, None] * PALETTE[4]).astype(np.uint8)
    picture = np.repeat(np.concatenate([[PALETTE[0]] * 4, ramp, [PALETTE[4]] * 4])[None], 6, axis=0).astype(np.uint8)
    labels, blends = settle(picture)
    assert set(labels.ravel().tolist()) == {0, 4}
    assert abs(int((labels[0] == 4).sum()) - 24) <= 1
    assert blends.any()


def test_where_three_classes_meet_none_of_them_is_off_the_palette() -> None:
    picture = np.zeros((9, 9, 3), np.uint8)
    picture[:, 5:] = PALETTE[3]
    picture[5:, :5] = PALETTE[2]
    picture[4, 4] = np.round(PALETTE[[0, 2, 3]].mean(axis=0))
    labels, blends = settle(picture)
    assert labels[4, 4] in (0, 2, 3)
    assert blends[4, 4]


def test_what_is_no_blend_takes_the_nearest_colour_and_is_told() -> None:
    picture = np.zeros((9, 9, 3), np.uint8)
    picture[:, 5:] = PALETTE[3]
    picture[2, 2] = (255, 0, 255)
    picture[6, 5] = (90, 255, 255)
    labels, blends = settle(picture)
    assert labels[2, 2] == 2
    assert labels[6, 5] == 4
    assert not blends.any()
    assert not is_mixture(np.array([[255, 0, 255], [0, 0, 255], [128, 128, 128], [255, 255, 255]], np.uint8)).any()
    assert is_mixture(np.round(PALETTE[:1] * 0.5 + PALETTE[1:] * 0.5).astype(np.uint8)).all()
    assert is_mixture(np.empty((0, 3), np.uint8)).shape == (0,)


@given(st.integers(0, 10_000))
def test_drawn_shapes_come_back(seed: int) -> None:
    truth, picture = shapes(seed)
    labels, _ = settle(picture)
    assert np.mean(labels == truth) > 0.995
    kernel = np.ones((3, 3), np.uint8)
    strays = 0
    for index in range(COUNT):
        near = cv2.dilate((truth == index).astype(np.uint8), kernel)
        strays += np.count_nonzero((labels == index) & (near == 0))
    # A class where none was drawn: only slivers of a third class, nowhere pure, leave one or two such pixels.
    assert strays <= 8


@given(st.integers(0, 10_000))
def test_pure_pictures_are_never_touched(seed: int) -> None:
    labels = np.random.default_rng(seed).integers(0, COUNT, (13, 17)).astype(np.uint8)
    found, blends = settle(PALETTE[labels])
    assert (found == labels).all()
    assert not blends.any()
