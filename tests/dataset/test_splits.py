"""A split is drawn once, by seed and key alone, and kept; new photos teach unless a person says otherwise."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset.pairs import Dataset
from chromadesk.dataset.splits import FILE_NAME, assign, ensure_split, overlap, photo_hash
from chromadesk.errors import DatasetError, ImageError


def pairs(root: Path, count: int, start: int = 0) -> Dataset:
    """A data set of pairs; every photo has its own bytes."""
    (root / "A").mkdir(parents=True, exist_ok=True)
    (root / "B").mkdir(exist_ok=True)
    for number in range(start, start + count):
        (root / "A" / f"{number}.jpg").write_bytes(b"photo %d" % number)
        (root / "B" / f"{number}.png").touch()
    return Dataset.open(root)


def keys(dataset: Dataset, split: str) -> set[str]:
    return {item.key for item in dataset.select(split)}  # type: ignore[arg-type]


def test_a_fifth_is_kept_for_test(tmp_path: Path) -> None:
    dataset = pairs(tmp_path, 50)
    ensure_split(dataset, seed=0)
    assert len(dataset.select("test")) == 10
    assert len(dataset.select("train")) == 40
    assert not keys(dataset, "train") & keys(dataset, "test")
    assert keys(Dataset.open(tmp_path), "test") == keys(dataset, "test")
    kept = json.loads((tmp_path / ".chromadesk" / FILE_NAME).read_text())
    assert kept["seed"] == 0
    assert kept["share"] == 0.2
    assert kept["test"] == sorted(keys(dataset, "test"))
    assert len(kept["train"]) == 40


def test_the_seed_alone_decides(tmp_path: Path) -> None:
    drawn = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        dataset = pairs(tmp_path / name, 40)
        if name == "b":
            dataset.items.reverse()
        ensure_split(dataset, seed)
        drawn.append(keys(dataset, "test"))
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


@given(count=st.integers(1, 40), share=st.floats(0, 0.9), seed=st.integers(0, 5))
def test_the_share_is_met_and_neither_side_is_empty(
    tmp_path_factory: pytest.TempPathFactory, count: int, share: float, seed: int
) -> None:
    dataset = pairs(tmp_path_factory.mktemp("set"), count)
    ensure_split(dataset, seed, share)
    test = len(dataset.select("test"))
    assert len(dataset.select("train")) + test == count
    assert abs(test - count * share) <= 1
    if count > 1 and share:
        assert 0 < test < count


def test_a_split_that_exists_is_kept_and_new_photos_teach(tmp_path: Path) -> None:
    dataset = pairs(tmp_path, 20)
    ensure_split(dataset, seed=0)
    before = keys(dataset, "test")
    dataset = pairs(tmp_path, 10, start=20)
    ensure_split(dataset, seed=9)
    assert keys(dataset, "test") == before
    assert len(dataset.select("train")) == 26


def test_folders_that_split_are_never_split_again(tmp_path: Path) -> None:
    pairs(tmp_path / "train", 4)
    pairs(tmp_path / "test", 2)
    dataset = Dataset.open(tmp_path)
    ensure_split(dataset, seed=0)
    assert not (tmp_path / ".chromadesk").exists()
    assign(dataset, "test/A/0.jpg", "test")
    with pytest.raises(DatasetError, match=r"are its split; move test/A/0\.jpg"):
        assign(dataset, "test/A/0.jpg", "train")


def test_nothing_to_split(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").touch()
    ensure_split(Dataset.open(tmp_path), seed=0)
    assert not (tmp_path / ".chromadesk").exists()


def test_a_person_decides_after_the_draw(tmp_path: Path) -> None:
    dataset = pairs(tmp_path, 10)
    ensure_split(dataset, seed=0)
    key = dataset.select("train")[0].key
    assign(dataset, key, "test")
    assert dataset[key].split == "test"
    assert Dataset.open(tmp_path)[key].split == "test"
    assign(dataset, key, "train")
    assert dataset[key].split == "train"
    with pytest.raises(DatasetError, match=r"has no photo A/gone\.jpg"):
        assign(dataset, "A/gone.jpg", "test")


def test_a_person_decides_before_the_draw(tmp_path: Path) -> None:
    dataset = pairs(tmp_path, 10)
    assign(dataset, "A/3.jpg", "test")
    assign(dataset, "A/4.jpg", "train")
    assert not dataset.has_split
    assert len(dataset.select("test")) == 10
    for seed in range(5):
        (tmp_path / ".chromadesk" / FILE_NAME).write_text(
            json.dumps({"seed": None, "share": 0.2, "train": ["A/4.jpg"], "test": ["A/3.jpg"]})
        )
        dataset.rescan()
        ensure_split(dataset, seed)
        assert dataset["A/3.jpg"].split == "test"
        assert dataset["A/4.jpg"].split == "train"
        assert len(dataset.select("test")) == 2


def test_photos_that_left_keep_their_place(tmp_path: Path) -> None:
    dataset = pairs(tmp_path, 10)
    ensure_split(dataset, seed=0)
    gone = dataset.select("test")[0]
    gone.photo.rename(tmp_path / "aside")
    dataset.rescan()
    assign(dataset, dataset.items[0].key, "train")
    (tmp_path / "aside").rename(gone.photo)
    dataset.rescan()
    assert dataset[gone.key].split == "test"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"seed": 0}', '{"seed": 0, "share": 0.2, "train": [], "test": [1]}'])
def test_a_broken_split_is_never_drawn_over(tmp_path: Path, text: str) -> None:
    dataset = pairs(tmp_path, 5)
    (tmp_path / ".chromadesk").mkdir()
    (tmp_path / ".chromadesk" / FILE_NAME).write_text(text)
    with pytest.raises(DatasetError, match=r"split\.json cannot be read; mend or delete it"):
        ensure_split(dataset, seed=0)
    with pytest.raises(DatasetError):
        Dataset.open(tmp_path)
    assert (tmp_path / ".chromadesk" / FILE_NAME).read_text() == text


def test_a_read_only_data_set_is_split_too_and_may_bring_its_own(tmp_path: Path) -> None:
    dataset = pairs(tmp_path, 10)
    tmp_path.chmod(0o555)
    try:
        dataset = Dataset.open(tmp_path)
        ensure_split(dataset, seed=0)
        assert len(Dataset.open(tmp_path).select("test")) == 2
        assert not (tmp_path / ".chromadesk").exists()
        (dataset.state / FILE_NAME).unlink()
        tmp_path.chmod(0o755)
        (tmp_path / ".chromadesk").mkdir()
        fields = {"seed": 3, "share": 0.5, "train": [], "test": ["A/1.jpg"]}
        (tmp_path / ".chromadesk" / FILE_NAME).write_text(json.dumps(fields))
        (tmp_path / ".chromadesk").chmod(0o555)
        tmp_path.chmod(0o555)
        assert keys(Dataset.open(tmp_path), "test") == {"A/1.jpg"}
    finally:
        tmp_path.chmod(0o755)
        if (tmp_path / ".chromadesk").exists():
            (tmp_path / ".chromadesk").chmod(0o755)


def test_hashes_find_what_a_model_has_seen(tmp_path: Path) -> None:
    dataset = pairs(tmp_path, 4)
    digest = photo_hash(dataset.items[2].photo)
    assert digest == hashlib.sha256(b"photo 2").hexdigest()
    assert overlap([digest, "0" * 64], dataset.items) == [dataset.items[2]]
    assert overlap([], dataset.items) == []
    with pytest.raises(ImageError, match=r"gone\.jpg cannot be read"):
        photo_hash(tmp_path / "gone.jpg")
