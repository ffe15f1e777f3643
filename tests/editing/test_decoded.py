"""Photos are decoded once, again only when their file has changed, and few are kept."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.editing import decoded
from chromadesk.editing.decoded import KEPT, Decoder, halves
from chromadesk.errors import ImageError


def photo(path: Path, value: int = 100, size: tuple[int, int] = (20, 30)) -> Path:
    Image.fromarray(np.full((*size, 3), value, np.uint8)).save(path)
    return path


def test_a_photo_is_decoded_once_until_its_file_changes(tmp_path: Path) -> None:
    decoder, path = Decoder(), photo(tmp_path / "1.png")
    first = decoder.get(path)
    assert decoder.get(path) is first
    photo(path, 200, (21, 30))
    again = decoder.get(path)
    assert (again.photo.pixels == 200).all()
    assert decoder.get(path) is again


def test_few_are_kept_and_the_oldest_go(tmp_path: Path) -> None:
    decoder = Decoder()
    paths = [photo(tmp_path / f"{number}.png") for number in range(KEPT + 1)]
    found = [decoder.get(path) for path in paths]
    assert [decoder.get(path) is each for path, each in zip(paths[1:], found[1:], strict=True)] == [True] * KEPT
    assert decoder.get(paths[0]) is not found[0]


def test_large_ones_are_not_kept_beside_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoded, "BUDGET", 3000)
    decoder = Decoder()
    one, two = (photo(tmp_path / name) for name in ("1.png", "2.png"))
    before = decoder.get(one)
    after = decoder.get(two)
    assert decoder.get(two) is after
    assert decoder.get(one) is not before


def test_a_broken_photo_is_refused_each_time_and_may_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "1.png"
    path.write_bytes(b"no picture")
    decoder = Decoder()
    for _ in range(2):
        with pytest.raises(ImageError, match=r"1\.png"):
            decoder.get(path)
    photo(path)
    assert decoder.get(path).photo.pixels.shape == (20, 30, 3)
    path.unlink()
    with pytest.raises(ImageError, match="does not exist"):
        decoder.get(path)


def test_two_threads_that_want_one_photo_share_it(tmp_path: Path) -> None:
    decoder, path = Decoder(), photo(tmp_path / "1.png", size=(2000, 1500))
    found: list[decoded.Decoded] = []
    threads = [threading.Thread(target=lambda: found.append(decoder.get(path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(each is found[0] for each in found)


def test_halves_end_near_256_pixels() -> None:
    levels = halves(np.full((2049, 1400, 3), 77, np.uint8))
    assert [level.shape[:2] for level in levels] == [(1025, 700), (513, 350)]
    assert all((level == 77).all() for level in levels)
    assert halves(np.zeros((300, 2000, 3), np.uint8)) == []
