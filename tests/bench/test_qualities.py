"""Qualities take turns at photos, and a benchmark of them can be stopped between two looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chromadesk.bench.qualities import measure
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import Cancelled
from chromadesk.jobs.messages import Message, Progress, Started


@pytest.fixture
def items(tmp_path: Path, patchwork: Callable[..., Path]) -> list[Item]:
    return Dataset.open(patchwork(tmp_path, 2)).select()


def test_every_quality_sees_every_photo(items: list[Item], tiny_weights: Path) -> None:
    said: list[Message] = []
    rows = measure(tiny_weights, items, "cpu", "fp32", said.append)["rows"]
    assert said == [Started("qualities", 2), Progress(1, 2, "photos"), Progress(2, 2, "photos")]
    assert [row["quality"] for row in rows] == ["fast", "standard", "careful"]
    assert all(set(row["class_accuracy"]) == set(row["iou"]) and row["ms"] > 0 for row in rows)


def test_it_can_be_stopped(items: list[Item], tiny_weights: Path) -> None:
    with pytest.raises(Cancelled):
        measure(tiny_weights, items, "cpu", "fp32", cancelled=lambda: True)
