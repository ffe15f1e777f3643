"""The demo writes everything it promises, for sample portraits and for a person's own photos."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk import demo
from chromadesk.classes import NAMES
from chromadesk.errors import InputError
from chromadesk.masks import read_mask
from chromadesk.models import library


def test_sample_portraits(tmp_path: Path, tiny_weights: Path) -> None:
    pytest.importorskip("skimage")
    pytest.importorskip("matplotlib")
    out = tmp_path / "demo-output"
    result = demo.run([], out, str(tiny_weights), "cpu")
    assert (result.written, result.failures, result.cancelled) == (2, [], False)
    for stem, size in (("astronaut", (512, 512)), ("grace_hopper", (600, 512))):
        assert read_mask(out / f"{stem}.png", size).off_palette == 0
        assert (out / f"{stem}-overlay.jpg").is_file()
        palette = json.loads((out / f"{stem}-palette.json").read_text())
        assert list(palette["classes"]) == list(NAMES)
        assert (out / "photos" / f"{stem}.jpg").is_file()
    page = result.report.read_text()
    assert result.report == out / "report.html"
    assert "astronaut.jpg" in page
    assert "grace_hopper.jpg" in page
    first = (out / "astronaut.png").read_bytes()
    demo.run([], out, str(tiny_weights), "cpu")
    assert (out / "astronaut.png").read_bytes() == first


def test_own_photos_are_copied_and_bad_ones_named(tmp_path: Path, tiny_weights: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    Image.fromarray(np.full((60, 40, 3), 90, dtype=np.uint8)).save(folder / "grey.png")
    (folder / "text.jpg").write_text("no picture")
    before = sorted(folder.iterdir())
    result = demo.run([folder], tmp_path / "out", str(tiny_weights), "cpu")
    assert result.written == 1
    (failure,) = result.failures
    assert "text.jpg" in failure
    assert "text.jpg" in result.report.read_text()
    assert sorted(folder.iterdir()) == before
    assert (result.photos / "grey.png").read_bytes() == (folder / "grey.png").read_bytes()


def test_photos_already_in_place_stay(tmp_path: Path, tiny_weights: Path) -> None:
    photo = tmp_path / "photos" / "grey.png"
    photo.parent.mkdir()
    Image.fromarray(np.full((60, 40, 3), 90, dtype=np.uint8)).save(photo)
    before = photo.read_bytes()
    assert demo.run([photo], tmp_path, str(tiny_weights), "cpu").written == 1
    assert photo.read_bytes() == before


def test_stopping_leaves_no_report(tmp_path: Path, tiny_weights: Path) -> None:
    result = demo.run([], tmp_path, str(tiny_weights), "cpu", cancelled=lambda: True)
    assert result.cancelled
    assert not result.report.exists()


def test_an_empty_folder_is_refused(tmp_path: Path, tiny_weights: Path) -> None:
    with pytest.raises(InputError, match="no photos"):
        demo.run([tmp_path], tmp_path / "out", str(tiny_weights), "cpu")


@pytest.mark.skipif(not library.bundled(), reason="no bundled weights in this checkout")
def test_the_bundled_model_finds_the_astronaut(tmp_path: Path) -> None:
    """Face, hair and suit where they are: boxes drawn by hand well inside each."""
    pytest.importorskip("skimage")
    demo.run([], tmp_path, device="cpu")
    labels = read_mask(tmp_path / "astronaut.png").labels
    for name, top, bottom, left, right in (
        ("skin", 95, 155, 200, 245),
        ("hair", 25, 60, 195, 265),
        ("clothes", 300, 430, 65, 115),
        ("clothes", 290, 330, 130, 220),
    ):
        box = labels[top:bottom, left:right]
        assert (box == NAMES.index(name)).mean() > 0.7, (name, top)
