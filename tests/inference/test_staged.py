"""A large photo is seen coarsely first, and comes to the same mask as when it is decoded whole before."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from chromadesk.images import read_photo
from chromadesk.inference.segment import Segmenter
from chromadesk.inference.staged import see


@pytest.fixture
def segmenter(tiny_weights: Path) -> Segmenter:
    return Segmenter(tiny_weights, device="cpu", precision="fp32", backend="torch")


def photo(path: Path, height: int, width: int) -> Path:
    coarse = np.random.default_rng(0).integers(0, 256, (6, 4, 3), np.uint8)
    Image.fromarray(np.asarray(cv2.resize(coarse, (width, height)), np.uint8)).save(path, quality=90)
    return path


def test_a_large_jpeg_is_coarse_first(tmp_path: Path, segmenter: Segmenter) -> None:
    path = photo(tmp_path / "large.jpg", 2400, 1800)
    sketches: list[np.ndarray] = []
    labels, chances = see(segmenter, path, sketches.append)
    pixels = read_photo(path).pixels
    assert [each.shape for each in sketches] == [(1200, 900)]
    assert labels.shape == pixels.shape[:2]
    assert chances.shape[0] == 5
    assert (labels != segmenter.labels(pixels)).mean() < 0.01
    grown = cv2.resize(sketches[0], labels.shape[::-1], interpolation=cv2.INTER_NEAREST)
    assert (labels != grown).mean() < 0.05


@pytest.mark.parametrize(("name", "height", "width"), [("small.jpg", 90, 60), ("large.png", 2100, 1900)])
def test_others_come_at_once(tmp_path: Path, segmenter: Segmenter, name: str, height: int, width: int) -> None:
    path = photo(tmp_path / name, height, width)
    sketches: list[np.ndarray] = []
    labels, _ = see(segmenter, path, sketches.append)
    assert sketches == []
    assert np.array_equal(labels, segmenter.labels(read_photo(path).pixels))
