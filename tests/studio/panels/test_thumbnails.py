"""Thumbnails: upright, off the GUI thread, kept on disk while the photo is the same, dropped when scrolled away."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chromadesk import images
from chromadesk.images import read_thumbnail
from chromadesk.studio.panels import thumbnails as module
from chromadesk.studio.panels.thumbnail_cache import ThumbnailCache
from chromadesk.studio.panels.thumbnails import Thumbnails


def photo(path: Path, colour: tuple[int, int, int] = (200, 30, 30), orientation: int = 1) -> Path:
    pixels = np.full((60, 120, 3), colour, np.uint8)
    pixels[:, :60] = (20, 20, 200)
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(pixels).save(path, quality=95, exif=exif)
    return path


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = Thumbnails(QSize(73, 110), owner)
    yield made
    made.close()


def wait_for(qtbot: QtBot, thumbnails: Thumbnails, path: Path) -> QPixmap:
    qtbot.waitUntil(lambda: thumbnails.get(path.name, path) is not None)
    found = thumbnails.get(path.name, path)
    assert found is not None
    return found


def test_they_fit_their_cell_and_stand_upright(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    lying = wait_for(qtbot, thumbnails, photo(tmp_path / "lying.jpg"))
    assert (lying.width(), lying.height()) == (73, 36)
    standing = wait_for(qtbot, thumbnails, photo(tmp_path / "standing.jpg", orientation=6))
    assert (standing.width(), standing.height()) == (55, 110)
    image = standing.toImage()
    assert image.pixelColor(27, 10).blue() > 150  # what lay left is on top
    assert image.pixelColor(27, 100).red() > 150


def test_a_broken_photo_is_known_as_such_and_holds_up_nobody(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 cut")
    assert thumbnails.get("broken.jpg", broken) is None
    wait_for(qtbot, thumbnails, photo(tmp_path / "fine.jpg"))
    qtbot.waitUntil(lambda: thumbnails.failed("broken.jpg"))
    assert not thumbnails.failed("fine.jpg")


def test_what_was_scrolled_past_is_dropped(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    read: list[str] = []

    def slowly(path: Path, edge: int) -> np.ndarray:
        gate.wait(10)
        read.append(path.name)
        return read_thumbnail(path, edge)

    monkeypatch.setattr(images, "read_thumbnail", slowly)
    paths = [photo(tmp_path / f"{number:03}.jpg") for number in range(module.WAITING + 40)]
    for path in paths:
        assert thumbnails.get(path.name, path) is None
    gate.set()
    qtbot.waitUntil(lambda: len(read) == module.WAITING + 1)
    qtbot.wait(50)
    assert read[0] == "000.jpg"  # it was begun at once
    assert read[1:] == [path.name for path in reversed(paths[-module.WAITING :])]


def test_they_come_from_the_disk_until_the_photo_changes(tmp_path: Path) -> None:
    path = photo(tmp_path / "1.jpg")
    pixels = read_thumbnail(path, 40)
    file = tmp_path / "cache" / "thumbnails.sqlite"
    cache = ThumbnailCache(file)
    assert cache.get(path) is None
    cache.put(path, pixels)
    cache.close()
    again = ThumbnailCache(file)
    kept = again.get(path)
    assert kept is not None
    assert kept.shape == pixels.shape
    assert np.abs(kept.astype(int) - pixels).mean() < 3
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert again.get(path) is None
    path.unlink()
    assert again.get(path) is None
    again.close()


def test_the_oldest_go_when_the_file_is_full(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (60, 60, 3), np.uint8)
    cache = ThumbnailCache(tmp_path / "t.sqlite", limit=40_000)
    paths = [photo(tmp_path / f"{number}.jpg") for number in range(20)]
    for day, path in enumerate(paths):
        cache.put(path, pixels)
        assert cache._connection is not None
        with cache._connection as connection:
            connection.execute("UPDATE thumbnails SET seen = ? WHERE path = ?", (day, str(path)))
    assert cache._connection is not None
    (size,) = cache._connection.execute("SELECT SUM(LENGTH(jpeg)) FROM thumbnails").fetchone()
    assert 10_000 < size <= 40_000
    assert cache.get(paths[0]) is None
    assert cache.get(paths[-1]) is not None
    cache.close()


@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "t.sqlite"
    file.write_bytes(damage)
    cache = ThumbnailCache(file)
    path = photo(tmp_path / "1.jpg")
    cache.put(path, read_thumbnail(path, 40))
    assert cache.get(path) is not None
    cache.close()
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT COUNT(*) FROM thumbnails").fetchone() == (1,)
    connection.close()


def test_without_a_place_for_the_file_they_are_read_each_time(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    cache = ThumbnailCache(tmp_path / "in the way" / "t.sqlite")
    path = photo(tmp_path / "1.jpg")
    cache.put(path, read_thumbnail(path, 40))
    assert cache.get(path) is None
    cache.close()
