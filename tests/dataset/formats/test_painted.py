"""Layers laid into one plane."""

from __future__ import annotations

import numpy as np
import pytest

from chromadesk.dataset.formats import painted
from chromadesk.errors import DatasetError


def test_the_last_layer_lies_above_and_what_it_covers_is_known() -> None:
    plane = painted.Painted((2, 4))
    plane.lay("hair", np.ones((2, 2), bool), 0, 0)
    plane.lay("skin", np.ones((2, 2), bool), 0, 1)
    plane.lay("skin", np.ones((1, 1), bool), 0, 1)
    assert plane.labels[0].tolist() == [1, 2, 2, 0]
    assert plane.beneath_or_same()[0].tolist() == [1, 1, 2, 0]
    assert plane.names == {0: "background", 1: "hair", 2: "skin"}


@pytest.mark.parametrize(("top", "left", "count"), [(-1, -1, 1), (1, 3, 1), (5, 0, 0), (0, -9, 0), (-1, 1, 2)])
def test_what_lies_outside_is_cut(top: int, left: int, count: int) -> None:
    plane = painted.Painted((2, 4))
    plane.lay("hair", np.ones((2, 2), bool), top, left)
    assert plane.labels.sum() == count


def test_too_many_labels_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painted, "MAX_LABELS", 2)
    plane = painted.Painted((1, 1))
    for number in range(2):
        plane.lay(str(number), np.ones((1, 1), bool))
    with pytest.raises(DatasetError, match="more than 2 labels"):
        plane.lay("2", np.ones((1, 1), bool))
