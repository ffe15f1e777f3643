"""Qualities take turns at photos, and a benchmark of them can be stopped between two looks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.bench.qualities import measure
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import Cancelled
from chromadesk.jobs.messages import Message, Progress, Started
from chromadesk.masks import write_mask


@pytest.fixture
def items(tmp_path: Path) -> list[Item]:
    (tmp_path / "A").mkdir()
    for number in range(2):
        Image.new("RGB", (40, 90), (number * 90, 60, 30)).save(tmp_path / "A" / f"{number}.png")
        write_mask(tmp_path / "B" / f"{number}.png", np.full((90, 40), number, np.uint8))
    return Dataset.open(tmp_path).select()


def test_every_quality_sees_every_photo(items: list[Item], tiny_weights: Path) -> None:
    said: list[Message] = []
    rows = measure(tiny_weights, items, "cpu", "fp32", said.append)["rows"]
    assert said == [Started("qualities", 2), Progress(1, 2, "photos"), Progress(2, 2, "photos")]
    assert [row["quality"] for row in rows] == ["fast", "standard", "careful"]
    assert all(set(row["class_accuracy"]) == set(row["iou"]) and row["ms"] > 0 for row in rows)


def test_it_can_be_stopped(items: list[Item], tiny_weights: Path) -> None:
    with pytest.raises(Cancelled):
        measure(tiny_weights, items, "cpu", "fp32", cancelled=lambda: True)
