"""Which pairs an export takes, what it says of losses, and what it never does to what is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.classes import PALETTE
from chromadesk.dataset import exporting, importing
from chromadesk.dataset.formats import psd
from chromadesk.dataset.formats.pair import Options
from chromadesk.dataset.index import Index
from chromadesk.dataset.mapping import OWN
from chromadesk.dataset.pairs import Dataset
from chromadesk.dataset.target import read_onto
from chromadesk.errors import DatasetError, InputError
from chromadesk.jobs.messages import Message, Progress
from chromadesk.masks import read_mask, write_mask


@pytest.fixture
def source(tmp_path: Path) -> Dataset:
    """Four pairs, split, of which train/A/2 and test/A/2 share their stem; sides 20 x 12."""
    rng = np.random.default_rng(3)
    for split, stem in (("train", "1"), ("train", "2"), ("test", "2"), ("test", "3")):
        folder = tmp_path / "set" / split
        (folder / "A").mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(0, 255, (20, 12, 3), np.uint8)).save(folder / "A" / f"{stem}.png")
        write_mask(folder / "B" / f"{stem}.png", rng.integers(0, 5, (5, 3), np.uint8).repeat(4, 0).repeat(4, 1))
    return Dataset.open(tmp_path / "set")


def test_excluded_pairs_stay_and_approved_only_takes_those_alone(source: Dataset) -> None:
    with Index.open(source) as index:
        index.set_status("train/A/1.png", "excluded")
        index.set_status("train/A/2.png", "edited")
    keys = [item.key for item in exporting.chosen(source)]
    assert keys == ["train/A/2.png", "test/A/2.png", "test/A/3.png"]
    assert [item.key for item in exporting.chosen(source, approved_only=True)] == ["test/A/2.png", "test/A/3.png"]
    assert [item.key for item in exporting.chosen(source, "train")] == ["train/A/2.png"]
    assert [item.key for item in exporting.chosen(source, keys={"test/A/3.png", "train/A/1.png"})] == ["test/A/3.png"]
    with pytest.raises(DatasetError, match="no photo with an approved mask;"):
        exporting.chosen(source, "train", approved_only=True)
    with pytest.raises(DatasetError, match="not excluded among those that were named;"):
        exporting.chosen(source, keys={"train/A/1.png"})


def test_one_photo_is_written_as_the_file_that_was_named(source: Dataset, tmp_path: Path) -> None:
    item = source.items[0]
    labels = np.full((20, 12), 4, np.uint8)
    exporting.one(source, item, labels, "psd", tmp_path / "Ärmel 1.psd")
    fresh = read_onto(item, next(iter(psd.reading(tmp_path / "Ärmel 1.psd", False).entries)), OWN)
    assert (fresh.labels == labels).all()
    assert (fresh.conflict, fresh.remarks) == (None, ())
    assert [path.name for path in tmp_path.iterdir() if path.name != "set"] == ["Ärmel 1.psd"]


def test_photos_of_one_name_get_two(source: Dataset, tmp_path: Path) -> None:
    exporting.run(source, source.items, "voc", tmp_path / "out")
    assert sorted(file.stem for file in (tmp_path / "out" / "SegmentationClass").iterdir()) == ["1", "2", "2-2", "3"]
    lists = tmp_path / "out" / "ImageSets" / "Segmentation"
    assert (lists / "val.txt").read_text().split() == ["2-2", "3"]


def test_the_papers_pairs_are_rgb_of_512_x_256(source: Dataset, tmp_path: Path) -> None:
    exporting.run(source, source.items, "pix2pix", tmp_path / "out", Options(paper=True))
    for item in source.items:
        split, _, name = item.key.partition("/A/")
        out = tmp_path / "out" / split
        with Image.open(out / "A" / name) as photo, Image.open(out / "B" / name) as mask:
            assert (photo.mode, photo.size, mask.mode, mask.size) == ("RGB", (256, 512), "RGB", (256, 512))
            colours = np.unique(np.asarray(mask).reshape(-1, 3), axis=0)
        assert {tuple(colour) for colour in colours.tolist()} <= {tuple(colour) for colour in PALETTE.tolist()}
        wide = read_mask(item.mask).labels[0][np.arange(256) * 12 // 256]
        assert (read_mask(tmp_path / "out" / split / "B" / name).labels[0] == wide).mean() > 0.95
    exporting.run(source, source.items, "side-by-side", tmp_path / "both", Options(paper=True))
    with Image.open(tmp_path / "both" / "test" / "3.png") as image:
        assert (image.mode, image.size) == ("RGB", (512, 512))


def test_what_polygons_lose_is_counted(source: Dataset, tmp_path: Path) -> None:
    rough = np.arange(12) < np.array([5, 6, 5, 7, 6, 5, 6, 6, 5, 7])[:, None].repeat(2, 0)
    write_mask(source.items[0].mask, rough.astype(np.uint8) * 3)
    for name in ("coco", "labelme"):
        result = exporting.run(source, source.items, name, tmp_path / name, Options(polygons=True))
        importing.run(tmp_path / name, name, tmp_path / f"back-{name}")
        back = Dataset.open(tmp_path / f"back-{name}")
        masks = {(item.split, item.name[:1]): read_mask(item.mask).labels for item in source.items}
        lost = sum(int((read_mask(item.mask).labels != masks[item.split, item.name[:1]]).sum()) for item in back.items)
        assert result.pixels == 4 * 240
        assert result.lost == lost > 0
        assert exporting.run(source, source.items, name, tmp_path / f"whole-{name}").lost == 0


def test_a_bad_pair_does_not_stop_the_others(source: Dataset, tmp_path: Path) -> None:
    source.items[1].mask.write_bytes(b"no PNG")
    said: list[Message] = []
    result = exporting.run(source, source.items, "pix2pix", tmp_path / "out", report=said.append)
    assert (result.total, result.written) == (4, 3)
    assert list(result.failures) == ["train/A/2.png"]
    assert [message.done for message in said if isinstance(message, Progress)] == [1, 2, 3, 4]


def test_a_stopped_one_leaves_no_list(source: Dataset, tmp_path: Path) -> None:
    for name, whole in (("coco", "annotations"), ("hugging-face", "data"), ("label-studio", "tasks.json")):
        calls = iter([False, False, True])
        result = exporting.run(source, source.items, name, tmp_path / name, cancelled=lambda calls=calls: next(calls))
        assert (result.cancelled, result.written) == (True, 2)
        assert not list((tmp_path / name).glob(f"{whole}/*")) or name == "label-studio"
        assert not (tmp_path / name / "tasks.json").exists()
        assert not list(tmp_path.rglob("*.tmp"))


def test_nothing_is_written_over(source: Dataset, tmp_path: Path) -> None:
    for out in (source.root, source.root / "copy", tmp_path):
        with pytest.raises(InputError, match="is the data set"):
            exporting.run(source, source.items, "pix2pix", out)
    (tmp_path / "out").mkdir()
    exporting.run(source, source.items, "pix2pix", tmp_path / "out")
    with pytest.raises(InputError, match=r"not empty.*--replace"):
        exporting.run(source, source.items, "pix2pix", tmp_path / "out")
    exporting.run(source, source.items, "pix2pix", tmp_path / "out", replace=True)
    with pytest.raises(InputError, match="is a file, not a folder"):
        exporting.run(source, source.items, "pix2pix", tmp_path / "out" / "train" / "A" / "1.png")


def test_photos_other_programs_would_turn_are_written_upright(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (6, 9, 3), np.uint8)
    (tmp_path / "set" / "A").mkdir(parents=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(pixels).save(tmp_path / "set" / "A" / "x.png", exif=exif)
    Image.fromarray(pixels).save(tmp_path / "set" / "A" / "y.webp", lossless=True)
    write_mask(tmp_path / "set" / "B" / "x.png", np.zeros((9, 6), np.uint8))
    write_mask(tmp_path / "set" / "B" / "y.png", np.zeros((6, 9), np.uint8))
    dataset = Dataset.open(tmp_path / "set")
    result = exporting.run(dataset, dataset.items, "coco", tmp_path / "out")
    assert (result.made, result.written) == (2, 2)
    with Image.open(tmp_path / "out" / "images" / "x.png") as image:
        assert (np.asarray(image) == np.rot90(pixels, -1)).all()
    with Image.open(tmp_path / "out" / "images" / "y.png") as image:
        assert (np.asarray(image) == pixels).all()


def test_labels_may_come_from_elsewhere(source: Dataset, tmp_path: Path) -> None:
    """As the studio has them: with strokes that were not saved yet."""
    shutil.rmtree(source.root / "train" / "B")
    exporting.run(
        source, source.items, "pix2pix", tmp_path / "out", labels_of=lambda item: np.full((20, 12), 4, np.uint8)
    )
    assert (read_mask(tmp_path / "out" / "train" / "B" / "1.png").labels == 4).all()
