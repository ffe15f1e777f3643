"""Smooth edges: bumps go, straight edges and straps stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from chromadesk.editing.smoothing import smooth


def dress() -> np.ndarray:
    """Cloth with two straps, 3 and 4 pixels thin."""
    labels = np.zeros((700, 600), np.uint8)
    labels[300:680, 150:450] = 3
    cv2.line(labels, (200, 305), (170, 60), 3, 3)
    cv2.line(labels, (400, 305), (420, 60), 3, 4)
    return labels


def roughened(labels: np.ndarray, reach: int) -> np.ndarray:
    """Bumps and dents along the edges of the cloth's body."""
    noise = cv2.GaussianBlur(np.random.default_rng(0).random(labels.shape), (0, 0), reach / 3) > 0.5
    rough = labels.copy()
    for edge in (150, 450):
        part = (slice(310, 670), slice(edge - reach, edge + reach))
        rough[part] = np.where(noise[part], 3, 0)
    return rough


def length_of_edges(labels: np.ndarray) -> int:
    return int((labels[1:] != labels[:-1]).sum() + (labels[:, 1:] != labels[:, :-1]).sum())


@pytest.mark.parametrize("radius", [2, 4, 9, 20, 45])
def test_straps_stay_and_straight_edges_do_not_move(radius: int) -> None:
    labels = dress()
    smoothed = smooth(labels, radius)
    straps = (slice(50, 290 - radius), slice(None))
    assert (smoothed[straps] != labels[straps]).sum() < 0.02 * (labels[straps] > 0).sum()
    if radius > 4:
        assert not cv2.medianBlur(labels, 2 * min(radius, 60) + 1)[straps].any()
    middle = (slice(300 + 3 * radius, 680 - 3 * radius), slice(None))
    assert np.array_equal(smoothed[middle], labels[middle])


@pytest.mark.parametrize(("reach", "radius"), [(2, 4), (4, 8), (8, 20)])
def test_rough_edges_become_shorter_and_come_nearer_the_truth(reach: int, radius: int) -> None:
    labels = dress()
    rough = roughened(labels, reach)
    smoothed = smooth(rough, radius)
    part = (slice(310 + 2 * radius, 670 - 2 * radius), slice(100, 500))
    assert length_of_edges(smoothed[part]) < 0.75 * length_of_edges(rough[part])
    assert (smoothed[part] != labels[part]).sum() < 0.9 * (rough[part] != labels[part]).sum()


def test_small_islands_go_though_they_are_thin() -> None:
    labels = np.zeros((100, 100), np.uint8)
    labels[40:43, 40:46] = 4
    assert not smooth(labels, 3).any()


@pytest.mark.parametrize("radius", [3, 12])
def test_tiles_leave_no_seams(radius: int) -> None:
    """A mask whose edges lie across the tiles comes out as it does when moved by a few pixels."""
    rough = roughened(dress(), 4)
    step = 16
    moved = smooth(np.pad(rough, ((step, 0), (step, 0))), radius)[step:, step:]
    inside = (slice(200, 600), slice(60, 560))
    assert np.array_equal(smooth(rough, radius)[inside], moved[inside])


def test_no_radius_is_no_change() -> None:
    assert np.array_equal(smooth(dress(), 0), dress())
