"""Framings keep photo and mask together, and the band is where it is said to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.bench.framings import FRAMINGS, band, measure
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import Cancelled
from chromadesk.inference.segment import Segmenter
from chromadesk.masks import write_mask


def pair(height: int = 120, width: int = 80) -> tuple[np.ndarray, np.ndarray]:
    labels = np.zeros((height, width), dtype=np.uint8)
    labels[20:100, 30:50] = 3
    labels[10:20, 35:45] = 4
    return np.repeat((labels * 50 + 20)[..., None], 3, axis=2).astype(np.uint8), labels


@pytest.mark.parametrize("name", FRAMINGS)
@pytest.mark.parametrize("place", [0.0, 0.4, 1.0])
def test_photo_and_mask_stay_together(name: str, place: float) -> None:
    pixels, labels = pair()
    shown, truth = FRAMINGS[name](pixels, labels, place)
    assert shown.shape == (*truth.shape, 3)
    brightness = [np.median(shown[truth == index]) for index in (0, 3, 4)]
    assert brightness == sorted(brightness)


def test_upper_body_and_canvas_have_their_shape() -> None:
    pixels, labels = pair()
    _, truth = FRAMINGS["upper body"](pixels, labels, 0.5)
    assert 45 <= truth.shape[0] <= 50
    assert (truth[-1] == 3).any()
    _, truth = FRAMINGS["landscape canvas"](pixels, labels, 0.5)
    assert truth.shape == (120, 180)
    assert (truth > 0).sum() == (labels > 0).sum()


def test_a_photo_of_nobody_is_not_cut() -> None:
    pixels = np.zeros((9, 7, 3), dtype=np.uint8)
    assert FRAMINGS["upper body"](pixels, pixels[..., 0], 0.0)[1].shape == (9, 7)


def test_the_band_lies_five_pixels_to_both_sides() -> None:
    labels = np.zeros((9, 60), dtype=np.uint8)
    labels[:, 30:] = 2
    assert np.flatnonzero(band(labels)[4]).tolist() == list(range(24, 36))
    assert not band(np.zeros((5, 5), dtype=np.uint8)).any()


def test_every_pixel_of_every_framing_is_counted(tmp_path: Path, tiny_weights: Path) -> None:
    for number in range(2):
        pixels, labels = pair()
        (tmp_path / "A").mkdir(exist_ok=True)
        Image.fromarray(pixels).save(tmp_path / "A" / f"{number}.png")
        write_mask(tmp_path / "B" / f"{number}.png", labels)
    items = Dataset.open(tmp_path).select()
    rows = {row.framing: row for row in measure(Segmenter(tiny_weights), items)}
    assert list(rows) == list(FRAMINGS)
    assert rows["whole"].matrix.sum() == 2 * 120 * 80
    assert rows["landscape canvas"].matrix.sum() == 2 * 120 * 180
    near = band(pair()[1]).sum()
    assert rows["whole"].coarse.sum() == rows["whole"].refined.sum() == 2 * near
    assert {"miou", "band_before", "band_after", "iou"} < set(rows["whole"].to_json())
    with pytest.raises(Cancelled):
        measure(Segmenter(tiny_weights), items, cancelled=lambda: True)
