"""Finding people in a mask."""

from __future__ import annotations

import numpy as np

from chromadesk.inference.people import groups, people


def scene(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    labels = np.zeros((100, 200), dtype=np.uint8)
    for top, left, height, width in boxes:
        labels[top : top + height, left : left + width] = 3
    return labels


def test_nobody() -> None:
    assert people(scene()) is None
    assert groups(scene()) == []


def test_one_box_round_all_but_specks() -> None:
    labels = scene((10, 20, 60, 30), (30, 120, 40, 20), (0, 190, 3, 3))
    assert people(labels) == (10, 20, 60, 120)
    assert groups(labels) == [(10, 20, 60, 30), (30, 120, 40, 20)]


def test_people_whose_boxes_touch_are_a_group() -> None:
    labels = scene((10, 20, 60, 30), (40, 51, 30, 30))
    assert groups(labels) == [(10, 20, 60, 61)]


def test_a_crowd_is_looked_at_together() -> None:
    labels = scene(*((10, left, 20, 10) for left in range(10, 190, 30)))
    assert groups(labels) == [people(labels)]
