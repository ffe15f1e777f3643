"""Looks: the same picture is known again, strangers are not taken for it, and plain pictures for nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chromadesk.dataset import near

Scene = Callable[..., np.ndarray]


def test_a_copy_saved_again_smaller_or_turned_is_near(tmp_path: Path, scene: Scene) -> None:
    original = tmp_path / "photo.png"
    Image.fromarray(scene(0)).save(original)
    looks = near.look(original)
    assert len(looks) * 8 == near.BITS
    picture = Image.open(original)
    picture.save(tmp_path / "60.jpg", quality=60)
    picture.resize((128, 192)).save(tmp_path / "small.jpg", quality=60)
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side and says so
    picture.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "turned.jpg", exif=exif)
    for name in ("60.jpg", "small.jpg", "turned.jpg"):
        assert near.distance(looks, near.look(tmp_path / name)) <= near.NEAR // 2, name
    brighter = cv2.convertScaleAbs(scene(0), alpha=0.8, beta=30)
    assert near.distance(looks, near.look_of(brighter)) <= near.NEAR // 2


def test_a_mirrored_copy_is_near_and_others_mirrored_are_not(scene: Scene) -> None:
    looks = [near.look_of(scene(seed)) for seed in range(12)]
    mirrored = [near.look_of(np.ascontiguousarray(scene(seed)[:, ::-1])) for seed in range(12)]
    assert near.pairs([looks[0], mirrored[0]]) == [(0, 1)]
    assert near.among(looks, mirrored) == [True] * 12
    assert near.among(looks[:6], mirrored[6:]) == [False] * 6


def test_strangers_are_far_apart(scene: Scene) -> None:
    looks = [near.look_of(scene(seed)) for seed in range(40)]
    assert near.pairs(looks) == []


@pytest.mark.parametrize("level", [0, 128, 255])
def test_plain_pictures_have_no_look(level: int) -> None:
    flat = np.full((240, 160, 3), level, np.uint8)
    ramp = np.broadcast_to(np.linspace(0, 255, 160).astype(np.uint8)[None, :, None], (240, 160, 3))
    noisy = np.clip(flat + np.random.default_rng(0).normal(0, 6, flat.shape), 0, 255).astype(np.uint8)
    for picture in (flat, np.ascontiguousarray(ramp), noisy, flat[:1, :1]):
        assert near.look_of(picture) == b""


def test_what_cannot_be_decoded_has_no_look(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"no photo")
    assert near.look(tmp_path / "photo.jpg") == near.look(tmp_path / "gone.jpg") == b""
    assert near.distance(b"", b"") == near.BITS


@given(seed=st.integers(0, 1000), count=st.integers(0, 40), block=st.integers(1, 50))
def test_pairs_and_among_are_what_distances_say(seed: int, count: int, block: int) -> None:
    rng = np.random.default_rng(seed)
    bits = rng.integers(0, 2, (count, near.BITS))
    for place in range(1, count, 2):  # some as near as can be, some a bit too far
        bits[place] = bits[place - 1]
        bits[place, rng.choice(near.BITS, rng.integers(near.NEAR - 1, near.NEAR + 3), replace=False)] ^= 1
    looks = [b"" if rng.random() < 0.1 else np.packbits(row).tobytes() for row in bits]
    before, near._BLOCK = near._BLOCK, block
    try:
        expected = {(i, j) for j in range(count) for i in range(j) if near.distance(looks[i], looks[j]) <= near.NEAR}
        found = near.pairs(looks)
        assert set(found) == expected
        assert len(found) == len(expected)
        half = count // 2
        assert set(near.pairs(looks, since=half)) == {(i, j) for i, j in expected if j >= half}
        known = near.among(looks[:half], looks[half:])
        assert known == [any(near.distance(a, b) <= near.NEAR for b in looks[half:]) for a in looks[:half]]
    finally:
        near._BLOCK = before


def test_the_real_photos_known_to_be_near_are_found_and_no_others(ccp5: Path) -> None:
    photos = sorted((ccp5 / "train" / "A").iterdir())
    looks = [near.look(photo) for photo in photos]
    assert all(looks)
    found = {(photos[i].stem, photos[j].stem) for i, j in near.pairs(looks)}
    assert found == {("0078", "0984"), ("0183", "0730"), ("0197", "0671"), ("0692", "0732")}
