"""A and B in one picture, in JPEG too, in which such data sets often come."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.classes import PALETTE
from chromadesk.dataset.formats import side_by_side
from chromadesk.errors import DatasetError, MaskError
from chromadesk.masks import read_mask


def test_jpeg_loses_little_and_says_so(ccp5: Path, tmp_path: Path) -> None:
    photo = next(iter(sorted((ccp5 / "train" / "A").iterdir())))
    truth = read_mask(ccp5 / "train" / "B" / f"{photo.stem}.png").labels
    with Image.open(photo) as image:
        both = np.concatenate([np.asarray(image.convert("RGB")), PALETTE[truth]], axis=1)
    (tmp_path / "val").mkdir()
    Image.fromarray(both).save(tmp_path / "val" / "1.jpg", quality=95, subsampling=0)
    (entry,) = side_by_side.reading(tmp_path, False).entries
    arriving = entry.load()
    assert entry.split == "test"
    assert (arriving.labels != truth).mean() < 0.002
    assert "blurred pixels" in arriving.remark


def test_grey_numbers_with_a_map(tmp_path: Path) -> None:
    both = np.zeros((6, 8, 3), np.uint8)
    both[:, 4:] = 17
    Image.fromarray(both).save(tmp_path / "1.png")
    (entry,) = side_by_side.reading(tmp_path, True).entries
    assert (entry.load().labels == 17).all()
    both[:, 4:, 0] = 3
    Image.fromarray(both).save(tmp_path / "1.png")
    with pytest.raises(MaskError, match="no grey picture"):
        entry.load()


def test_what_is_no_pair_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no pictures"):
        side_by_side.reading(tmp_path, False)
    with pytest.raises(DatasetError, match="no folder"):
        side_by_side.reading(tmp_path / "none", False)
    Image.new("RGB", (7, 4)).save(tmp_path / "odd.png")
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (9, 8, 3), np.uint8)).save(tmp_path / "photo.png")
    first, second = side_by_side.reading(tmp_path, False).entries
    with pytest.raises(MaskError, match="odd number"):
        first.load()
    with pytest.raises(MaskError, match="not a mask"):
        second.load()
