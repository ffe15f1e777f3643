"""A coarse proposal is drawn where nobody painted, at every zoom and place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect

from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box
from chromadesk.studio.canvas.coarse_layer import CoarseLayer
from chromadesk.studio.canvas.transform import Transform


@pytest.mark.parametrize("scale", [0.25, 1.0, 3.0])
@pytest.mark.parametrize(("left", "top"), [(0, 0), (-37, 12), (30, -50)])
def test_it_shows_what_the_document_would_be_with_it(scale: float, left: int, top: int) -> None:
    document = Document(Path("a.jpg"), np.zeros((160, 120), np.uint8))
    document.edit("brush", Box(40, 20, 80, 60), np.full((40, 40), 3, np.uint8), np.ones((40, 40), bool))
    document.edit("eraser", Box(100, 60, 120, 100), np.zeros((20, 40), np.uint8), np.ones((20, 40), bool))
    coarse = np.zeros((40, 30), np.uint8)
    coarse[5:35, 5:25] = 2
    layer = CoarseLayer(document, coarse)
    transform, place = Transform(scale, left, top), QRect(-10, -10, 200, 230)
    expected = np.where(document.touched, document.labels, coarse.repeat(4, axis=0).repeat(4, axis=1))
    rows, columns = (
        np.floor((np.arange(-10, -10 + count) + 0.5 - origin) / scale).astype(int)
        for count, origin in ((230, top), (200, left))
    )
    sampled = layer.sample(transform, place)
    for row, y in enumerate(rows):
        for column, x in enumerate(columns):
            inside = 0 <= y < 160 and 0 <= x < 120
            assert sampled[row, column] == (expected[y, x] if inside else 0)
