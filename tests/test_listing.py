"""Photos by their names: which they are, in which order, and one of those that a camera saved twice."""

from __future__ import annotations

from pathlib import Path

from chromadesk.listing import list_photos, natural_key


def test_photos_are_listed_naturally(tmp_path: Path) -> None:
    for name in ["10.jpg", "2.JPG", "1.png", "B2.webp", "a10.tiff", ".hidden.jpg", "notes.txt", "mask.psd"]:
        (tmp_path / name).touch()
    (tmp_path / "folder.jpg").mkdir()
    assert [path.name for path in list_photos(tmp_path)] == ["1.png", "2.JPG", "10.jpg", "a10.tiff", "B2.webp"]


def test_of_a_photo_saved_twice_by_a_camera_one_is_listed(tmp_path: Path) -> None:
    for name in ["1.CR2", "1.JPG", "2.heic", "2.nef", "3.dng", "4.jpg", "4.png"]:
        (tmp_path / name).touch()
    assert [path.name for path in list_photos(tmp_path)] == ["1.JPG", "2.heic", "3.dng", "4.jpg", "4.png"]


def test_natural_order_copes_with_every_digit() -> None:
    assert sorted(["²", "a", "٣", "3", ""], key=natural_key)[0] == ""
