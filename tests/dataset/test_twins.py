"""Which photos are one picture, which of them may not teach, and that nothing is read twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import near, splits, twins
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import Cancelled

Add = Callable[..., None]


@pytest.fixture
def add(scene: Callable[..., np.ndarray]) -> Add:
    """Write a pair into a folder: the picture ``seed``, and an empty mask."""

    def write(folder: Path, name: str, seed: int, quality: int = 95, scale: float = 1.0) -> None:
        (folder / "A").mkdir(parents=True, exist_ok=True)
        (folder / "B").mkdir(exist_ok=True)
        picture = Image.fromarray(scene(seed))
        size = round(picture.width * scale), round(picture.height * scale)
        picture.resize(size).save(folder / "A" / f"{name}.jpg", quality=quality)
        (folder / "B" / f"{name}.png").touch()

    return write


@pytest.fixture
def dataset(tmp_path: Path, add: Add) -> Dataset:
    """Twenty pictures; 0, 20 and 21 are one, and so are 1 and 22, whose files are the same."""
    for number in range(20):
        add(tmp_path, str(number), number)
    add(tmp_path, "20", 0, quality=60)
    add(tmp_path, "21", 0, scale=0.8)
    shutil.copy(tmp_path / "A" / "1.jpg", tmp_path / "A" / "22.jpg")
    (tmp_path / "B" / "22.png").touch()
    return Dataset.open(tmp_path)


GROUPS = {frozenset({"A/0.jpg", "A/20.jpg", "A/21.jpg"}), frozenset({"A/1.jpg", "A/22.jpg"})}


def test_groups_are_found_and_photos_are_read_once(dataset: Dataset, add: Add) -> None:
    keys = [item.key for item in dataset.items]
    said: list[tuple[int, int]] = []
    assert set(twins.groups(dataset, keys, lambda done, total: said.append((done, total)))) == GROUPS
    assert said[-1] == (23, 23)
    said.clear()
    assert set(twins.groups(dataset, keys, lambda done, total: said.append((done, total)))) == GROUPS
    assert said == []
    add(dataset.root, "5", 0, quality=50)
    assert {"A/0.jpg", "A/5.jpg", "A/20.jpg", "A/21.jpg"} in twins.groups(dataset, keys)


def test_files_that_are_no_pictures_are_alike_by_their_bytes_alone(tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    for name, text in (("1", "one"), ("2", "two"), ("3", "one")):
        (tmp_path / "A" / f"{name}.jpg").write_text(text)
    dataset = Dataset.open(tmp_path)
    keys = [item.key for item in dataset.items]
    assert twins.groups(dataset, keys) == [{"A/1.jpg", "A/3.jpg"}]
    (tmp_path / "A" / "3.jpg").unlink()
    assert twins.groups(dataset, keys) == []


def test_an_interrupted_comparison_keeps_what_was_read(dataset: Dataset) -> None:
    keys = [item.key for item in dataset.items]
    said: list[int] = []
    with pytest.raises(Cancelled):
        twins.groups(dataset, keys, lambda done, total: said.append(done), lambda: len(said) == 10)
    twins.groups(dataset, keys, lambda done, total: said.append(total))
    assert said[-1] == 13


def test_no_split_parts_them(dataset: Dataset) -> None:
    for seed in range(12):
        (dataset.state / splits.FILE_NAME).unlink(missing_ok=True)
        dataset.rescan()
        splits.ensure_split(dataset, seed)
        test = {item.key for item in dataset.select("test")}
        assert len(test) == 5
        for group in GROUPS:
            assert group <= test or group.isdisjoint(test)


def test_without_near_ones_the_draw_is_what_it_was() -> None:
    keys = [f"A/{number}.jpg" for number in range(50)]
    assert splits.draw(keys, 3, 0.2, alike=[]) == splits.draw(keys, 3, 0.2)
    assert sorted(splits.draw(keys[:10], 0, 0.2)) == ["A/4.jpg", "A/6.jpg"]  # as before there were groups


def test_they_follow_what_a_person_assigned(dataset: Dataset) -> None:
    splits.assign(dataset, "A/21.jpg", "test")
    splits.assign(dataset, "A/22.jpg", "train")
    splits.ensure_split(dataset, 0)
    assert {dataset[f"A/{name}.jpg"].split for name in (0, 20, 21)} == {"test"}
    assert {dataset[f"A/{name}.jpg"].split for name in (1, 22)} == {"train"}
    assert len(dataset.select("test")) == 5


def test_groups_larger_than_the_share_and_one_that_is_all() -> None:
    keys = list("abcdef")
    assert splits.draw(keys, 0, 0.2, alike=["abc", "def"]) in ({*"abc"}, {*"def"})
    assert splits.draw(keys, 0, 0.2, alike=["abcd", "ef"]) == {*"ef"}
    assert splits.draw(keys, 0, 0.2, alike=["abcdef"]) == set()
    assert splits.draw(keys, 0, 0.0, alike=["abc", "def"]) == set()


def test_what_is_a_test_photo_under_another_name_may_not_teach(dataset: Dataset) -> None:
    for name in ("0", "1", "7"):
        splits.assign(dataset, f"A/{name}.jpg", "test")
    train = [item for item in dataset.items if item.key not in ("A/0.jpg", "A/1.jpg", "A/7.jpg")]
    splits.ensure_split(dataset, 0, 0.0)
    assert twins.leaked(dataset, dataset.items)[:2] == [dataset["A/0.jpg"], dataset["A/1.jpg"]]
    for name in ("20", "21", "22"):
        splits.assign(dataset, f"A/{name}.jpg", "train")
    assert [item.key for item in twins.leaked(dataset, train)] == ["A/20.jpg", "A/21.jpg", "A/22.jpg"]


@pytest.mark.parametrize("half", ["train", "test"])
def test_half_a_data_set_opened_alone_keeps_the_wholes_test_photos(tmp_path: Path, add: Add, half: str) -> None:
    for name, seeds in (("train", (0, 1, 2)), ("test", (2, 3))):
        for seed in seeds:
            add(tmp_path / name, str(seed), seed)
    dataset = Dataset.open(tmp_path / half)
    found = {item.photo.stem for item in twins.leaked(dataset, dataset.items)}
    assert found == ({"2"} if half == "train" else {"2", "3"})


def test_the_index_tells_fingerprints_of_what_changed(dataset: Dataset, add: Add) -> None:
    with Index.open(dataset) as index:
        before = index.fingerprints(["A/0.jpg"])["A/0.jpg"]
        add(dataset.root, "0", 99)
        assert index.photo_hash("A/0.jpg") != before.hash
        after = index.fingerprints(["A/0.jpg"])["A/0.jpg"]
        assert near.distance(before.look, after.look) > near.NEAR
        dataset["A/1.jpg"].photo.unlink()
        assert index.fingerprints(["A/1.jpg"]) == {}
