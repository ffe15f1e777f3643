"""A proposal in place of the mask: nothing that would change is out of sight."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect

from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box
from chromadesk.editing.pyramid import LabelPyramid, MarkPyramid
from chromadesk.studio.canvas.mask_layer import MaskLayer
from chromadesk.studio.canvas.preview import Hatching, Preview
from chromadesk.studio.canvas.transform import Transform


def test_a_preview_of_nothing_is_no_step() -> None:
    labels = np.ones((30, 20), np.uint8)
    preview = Preview("holes", labels, np.zeros((30, 20), bool), labels.copy())
    assert preview.count == 0
    assert preview.patch is None


def test_a_preview_knows_what_differs() -> None:
    before = np.zeros((300, 260), np.uint8)
    after = before.copy()
    after[20:30, 40:45] = 3
    after[25, 50] = 2
    document = Document(Path("a.jpg"), before, np.eye(300, 260, dtype=bool))
    preview = Preview("holes", before, document.touched.copy(), after)
    assert preview.count == 51
    assert preview.patch is not None
    assert preview.patch.box == Box(20, 40, 30, 51)
    document.apply(preview.patch)
    assert np.array_equal(document.labels, after)
    assert np.array_equal(document.touched, np.eye(300, 260, dtype=bool) | (before != after))
    assert document.undo() == "holes"
    assert np.array_equal(document.labels, before)
    assert np.array_equal(document.touched, np.eye(300, 260, dtype=bool))
    place, where = Transform(0.3, 5, 7), QRect(0, 0, 90, 100)
    assert np.array_equal(preview.layer.render(place, where), MaskLayer(LabelPyramid(after)).render(place, where))


@pytest.mark.parametrize("scale", [0.125, 0.2, 0.5, 1.0, 3.0])
def test_every_change_is_hatched_at_every_zoom(scale: float) -> None:
    """A single pixel stays in sight, and nothing is drawn where nothing changes."""
    generator = np.random.default_rng(0)
    for _ in range(20):
        changed = np.zeros((801, 643), bool)
        row, column = generator.integers(10, 790), generator.integers(10, 630)
        changed[row, column] = True
        drawn = (
            Hatching(MarkPyramid(changed.view(np.uint8))).render(
                Transform(scale), QRect(0, 0, round(643 * scale), round(801 * scale))
            )
            > 0
        )
        rows, columns = np.nonzero(drawn)
        assert rows.size
        far = 3 + scale
        assert (abs((rows + 0.5) - (row + 0.5) * scale) <= far).all()
        assert (abs((columns + 0.5) - (column + 0.5) * scale) <= far).all()


def test_stripes_stay_in_place_when_a_part_is_drawn() -> None:
    layer = Hatching(MarkPyramid(np.ones((60, 60), np.uint8)))
    whole = layer.render(Transform(), QRect(0, 0, 60, 60))
    part = layer.render(Transform(), QRect(7, 11, 20, 30))
    assert np.array_equal(part, whole[11:41, 7:27])
