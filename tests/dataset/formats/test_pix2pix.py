"""pix2pix folders: foreign numbers and our own colours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.classes import PALETTE
from chromadesk.dataset import importing, mapping
from chromadesk.dataset.formats import pix2pix
from chromadesk.masks import read_mask


def test_masks_in_rgb_colours_are_read_without_a_map(pairs: Path, tmp_path: Path) -> None:
    """As the paper's authors keep them."""
    truth = {file.stem: read_mask(file).labels for file in (pairs / "B").iterdir()}
    for stem, labels in truth.items():
        Image.fromarray(PALETTE[labels]).save(pairs / "B" / f"{stem}.png")
    importing.run(pairs, "pix2pix", tmp_path / "set")
    assert all((read_mask(tmp_path / "set" / "B" / f"{stem}.png").labels == truth[stem]).all() for stem in truth)


def test_foreign_masks_in_colours_are_refused(pairs: Path, tmp_path: Path) -> None:
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (33, 23, 3), np.uint8)).save(pairs / "B" / "photo 1.png")
    result = importing.run(pairs, "pix2pix", tmp_path / "set", mapping.find("atr"))
    assert "colours that no list explains" in result.failures["photo 1.jpg"]
    assert (
        "not a mask in the five class colours"
        in importing.run(pairs, "pix2pix", tmp_path / "own").failures["photo 1.jpg"]
    )


def test_numbers_of_sixteen_bits(pairs: Path) -> None:
    for number in range(3):
        Image.fromarray(np.full((33, 23), 300 + number, np.uint16)).save(pairs / "B" / f"photo {number}.png")
    found = [entry.load().labels[0, 0] for entry in pix2pix.reading(pairs, True).entries]
    assert found == [300, 301, 302]


@pytest.mark.parametrize("mode", ["L", "P", "RGB"])
def test_numbers_in_any_mode(pairs: Path, mode: str) -> None:
    numbers = np.arange(33 * 23, dtype=np.uint8).reshape(33, 23)
    if mode == "RGB":
        picture = Image.fromarray(numbers[..., None].repeat(3, 2))
    else:
        picture = Image.fromarray(numbers)
        if mode == "P":
            picture = Image.frombytes("P", picture.size, picture.tobytes())
            picture.putpalette(bytes(range(256)) * 3)
    picture.save(pairs / "B" / "photo 0.png")
    entry = next(iter(pix2pix.reading(pairs, True).entries))
    assert (entry.load().labels == numbers).all()
