"""Every layout opens without decoding a picture; masks go where they belong; what is missing is said in words."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset.pairs import Dataset, state_elsewhere, writable
from chromadesk.errors import DatasetError
from chromadesk.masks import write_mask


def fill(folder: Path, photos: list[str], masks: list[str] = ()) -> Path:  # type: ignore[assignment]
    """Photos in A and masks in B of ``folder``; their content does not matter here."""
    for sub, names in (("A", photos), ("B", masks)):
        (folder / sub).mkdir(parents=True, exist_ok=True)
        for name in names:
            (folder / sub / name).touch()
    return folder


def test_train_and_test_keep_their_split(tmp_path: Path) -> None:
    fill(tmp_path / "train", ["1.jpg", "2.jpg"], ["1.png"])
    fill(tmp_path / "test", ["1.jpg"], ["1.png"])
    dataset = Dataset.open(tmp_path)
    assert dataset.layout == "split"
    assert [item.key for item in dataset.items] == ["train/A/1.jpg", "train/A/2.jpg", "test/A/1.jpg"]
    assert [item.split for item in dataset.items] == ["train", "train", "test"]
    assert [item.has_mask for item in dataset.items] == [True, False, True]
    assert dataset.items[1].mask == tmp_path / "train" / "B" / "2.png"
    assert [item.key for item in dataset.select("train")] == ["train/A/1.jpg"]
    assert [item.key for item in dataset.select("train", masked=False)] == ["train/A/1.jpg", "train/A/2.jpg"]
    assert [item.key for item in dataset.select("test")] == ["test/A/1.jpg"]
    assert len(dataset.select("all")) == 2


@pytest.mark.parametrize("folder", ["", "train", "test"])
def test_pairs_without_a_split_are_all_train_and_all_test(tmp_path: Path, folder: str) -> None:
    fill(tmp_path / folder, ["b.jpg", "a.png"], ["a.png", "b.PNG", "stray.png"])
    dataset = Dataset.open(tmp_path)
    assert dataset.layout == "pairs"
    assert not dataset.has_split
    assert [item.photo.name for item in dataset.items] == ["a.png", "b.jpg"]
    assert dataset.items[1].mask == tmp_path / folder / "B" / "b.PNG"
    for split in ("train", "test", "all"):
        assert len(dataset.select(split)) == 2  # type: ignore[arg-type]


def test_a_plain_folder_is_used_in_place(tmp_path: Path) -> None:
    for name in ("10.jpg", "9.webp", ".hidden.jpg", "readme.txt", "list.csv"):
        (tmp_path / name).touch()
    (tmp_path / "folder.jpg").mkdir()
    dataset = Dataset.open(tmp_path)
    assert dataset.layout == "photos"
    assert [item.key for item in dataset.items] == ["9.webp", "10.jpg"]
    assert dataset.items[0].mask == tmp_path / "B" / "9.png"
    assert dataset.select() == []
    write_mask(dataset.items[0].mask, np.zeros((2, 2), np.uint8))
    dataset.rescan()
    assert [item.key for item in dataset.select()] == ["9.webp"]
    assert dataset["9.webp"].has_mask
    assert "10.jpg" in dataset
    assert "11.jpg" not in dataset
    assert len(dataset) == 2


def test_the_path_may_be_text_or_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, ["1.jpg"])
    monkeypatch.chdir(tmp_path.parent)
    assert Dataset.open(tmp_path.name).root == tmp_path
    assert Dataset.open(tmp_path.name).items[0].photo.is_absolute()


def test_equal_stems_are_refused_by_name(tmp_path: Path) -> None:
    fill(tmp_path, ["a.jpg", "a.png", "b.jpg"])
    with pytest.raises(DatasetError, match=r"a\.jpg and a\.png beside it would share the mask a\.png"):
        Dataset.open(tmp_path)


def test_of_a_photo_saved_twice_by_a_camera_one_counts(tmp_path: Path) -> None:
    fill(tmp_path, ["a.CR2", "a.JPG", "b.heic", "b.nef", "c.dng", "d.jpg", "d.HIF"])
    assert [item.key for item in Dataset.open(tmp_path).items] == ["A/a.JPG", "A/b.heic", "A/c.dng", "A/d.jpg"]
    (tmp_path / "A" / "c.nef").touch()
    with pytest.raises(DatasetError, match=r"c\.dng and c\.nef beside it would share the mask c\.png"):
        Dataset.open(tmp_path)


def test_a_failed_rescan_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path, ["a.jpg"])
    dataset = Dataset.open(tmp_path)
    before = dataset.items
    (tmp_path / "A" / "a.png").touch()
    with pytest.raises(DatasetError):
        dataset.rescan()
    assert dataset.items is before


def test_no_folder_and_no_directory(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="does not exist"):
        Dataset.open(tmp_path / "gone")
    (tmp_path / "file").touch()
    with pytest.raises(DatasetError, match="is a file, not a data set folder"):
        Dataset.open(tmp_path / "file")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    assert Dataset.open(tmp_path).items == []
    assert Dataset.open(tmp_path).select("test", masked=False) == []
    with pytest.raises(DatasetError, match=r"is empty; put photos into it"):
        Dataset.open(tmp_path).require()
    fill(tmp_path / "train", ["1.jpg"])
    fill(tmp_path / "test", [])
    with pytest.raises(DatasetError, match="has photos but no masks") as caught:
        Dataset.open(tmp_path).require("train")
    assert str(tmp_path / "train" / "B") in str(caught.value)
    with pytest.raises(DatasetError, match="has no test photos; move"):
        Dataset.open(tmp_path).require("test", masked=False)
    (tmp_path / "train" / "B" / "1.png").touch()
    with pytest.raises(DatasetError, match="has no test photos with masks"):
        Dataset.open(tmp_path).require("test")
    assert [item.key for item in Dataset.open(tmp_path).require("train")] == ["train/A/1.jpg"]


def test_state_lies_inside_what_can_be_written_and_beside_it_otherwise(tmp_path: Path) -> None:
    one, two = fill(tmp_path / "a" / "set", ["1.jpg"]), fill(tmp_path / "b" / "set", ["1.jpg"])
    assert Dataset.open(one).state == one / ".chromadesk"
    assert not (one / ".chromadesk").exists()
    one.chmod(0o555)
    two.chmod(0o555)
    try:
        assert not writable(one)
        outside = Dataset.open(one).state
        home = Path(os.environ["XDG_DATA_HOME"])
        assert home in outside.parents
        assert outside == Dataset.open(one).state
        assert outside != Dataset.open(two).state
    finally:
        one.chmod(0o755)
        two.chmod(0o755)
    (one / ".chromadesk").mkdir(mode=0o555)
    assert Dataset.open(one).state == outside
    (one / ".chromadesk").chmod(0o755)
    assert Dataset.open(one).state == one / ".chromadesk"
    assert not writable(tmp_path / "gone")


def test_opening_is_quick(tmp_path: Path) -> None:
    names = [f"{number:04}" for number in range(801)]
    fill(tmp_path / "train", [f"{name}.jpg" for name in names], [f"{name}.png" for name in names])
    seconds = []  # of this process: the machine may be busy with others
    for _ in range(3):
        started = time.process_time()
        dataset = Dataset.open(tmp_path)
        seconds.append(time.process_time() - started)
    assert len(dataset.select()) == 801
    assert min(seconds) < 0.1


def test_real_data(ccp5: Path, tmp_path: Path) -> None:
    dataset = Dataset.open(ccp5)
    assert dataset.layout == "pairs"
    assert len(dataset.select()) == 801
    assert ccp5 not in dataset.state.parents  # it is read-only
    photo = dataset.items[0]
    shutil.copy(photo.photo, tmp_path / photo.photo.name)
    with Image.open(tmp_path / photo.photo.name) as image:
        assert image.format == "JPEG"


def test_nothing_in_a_folder_of_photos_blocks_or_hinders(tmp_path: Path) -> None:
    (tmp_path / "sound.jpg").touch()
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "circle.jpg").symlink_to("circle.jpg")
    (tmp_path / "nowhere.jpg").symlink_to("gone.jpg")
    (tmp_path / "device.jpg").symlink_to("/dev/zero")
    state = tmp_path / ".chromadesk"
    state.mkdir()
    os.mkfifo(state / "split.json")
    with pytest.raises(DatasetError, match=r"The split in .* cannot be read"):
        Dataset.open(tmp_path)
    (state / "split.json").unlink()
    assert Dataset.open(tmp_path).keys == ["sound.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_names_that_are_no_text_are_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "sound.jpg").touch()
    assert Dataset.open(tmp_path).remark == ""
    for name in (b"caf\xe9.jpg", b"\xff.jpg"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).touch()
        dataset = Dataset.open(tmp_path)
        if name.startswith(b"caf"):
            assert dataset.remark.startswith("1 photo was left out, for its name is no text (")
    assert dataset.keys == ["sound.jpg"]
    assert dataset.remark.startswith("2 photos were left out, for their names are no text (")
    assert dataset.remark.isprintable()


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_a_folder_whose_name_is_no_text_is_told_and_has_a_place_for_its_state(tmp_path: Path) -> None:
    root = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9"))
    root.mkdir()
    (root / "sound.jpg").touch()
    dataset = Dataset.open(root)
    assert dataset.keys == ["sound.jpg"]
    assert r"caf\xe9 is no text, so no job can start in it" in dataset.remark
    assert dataset.remark.isprintable()
    assert state_elsewhere(root).name.startswith(f"{root.name}-")
