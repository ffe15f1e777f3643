"""The share of each class comes from the mask in B, is read once, and follows the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk import masks
from chromadesk.dataset import shares
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.masks import write_mask


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Three photos; the mask of 1 is a quarter hair, that of 2 unreadable."""
    (tmp_path / "A").mkdir()
    for number in (1, 2, 3):
        Image.new("RGB", (8, 8)).save(tmp_path / "A" / f"{number}.png")
    labels = np.zeros((8, 8), np.uint8)
    labels[:4, :4] = 4
    write_mask(tmp_path / "B" / "1.png", labels)
    (tmp_path / "B" / "2.png").write_text("no picture")
    return Dataset.open(tmp_path)


def test_shares_are_read_once_and_follow_the_mask(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    before = masks.read_mask
    monkeypatch.setattr(masks, "read_mask", lambda path: (read.append(path), before(path))[1])
    heard: list[dict[str, shares.Shares]] = []
    with Index.open(dataset) as index:
        assert index.shares() == {}
        index.read_shares(heard.append)
        assert heard == [{"A/1.png": (0.75, 0.0, 0.0, 0.0, 0.25)}]
    with Index.open(Dataset.open(dataset.root)) as again:
        assert again.shares() == heard[0]
        read.clear()
        again.read_shares(heard.append)
        assert [path.name for path in read] == ["2.png"]  # which could not be read before either
        assert len(heard) == 1
        write_mask(dataset["A/1.png"].mask, np.full((8, 8), 2, np.uint8))
        again.read_shares(heard.append)
        assert heard[1] == {"A/1.png": (0.0, 0.0, 1.0, 0.0, 0.0)}
        assert again.shares() == heard[1]


def test_reading_can_be_stopped(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        index.read_shares(cancelled=lambda: True)
        assert index.shares() == {}
