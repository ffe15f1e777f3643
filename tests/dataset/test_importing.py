"""Foreign data sets taken in: where everything goes, what is never overwritten, what is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import exporting, importing, mapping
from chromadesk.dataset.formats import mat_file
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import provenance, store
from chromadesk.errors import DatasetError, InputError
from chromadesk.jobs.messages import Message, Warned
from chromadesk.masks import read_mask, write_mask


def picture(path: Path, seed: int, size: tuple[int, int] = (12, 9), **saved: object) -> Path:
    """A photo of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 255, (*size, 3), np.uint8)
    Image.fromarray(pixels).save(path, **saved)
    return path


def foreign(root: Path, numbers: dict[str, int], size: tuple[int, int] = (12, 9)) -> Path:
    """Folders A and B with a photo and a grey mask of one number for each stem."""
    for seed, (stem, number) in enumerate(numbers.items()):
        picture(root / "A" / f"{stem}.png", seed, size)
        (root / "B").mkdir(exist_ok=True)
        Image.fromarray(np.full(size, number, np.uint8)).save(root / "B" / f"{stem}.png")
    return root


def masks(root: Path) -> dict[str, np.ndarray]:
    """The labels of a data set by key."""
    return {item.key: read_mask(item.mask).labels for item in Dataset.open(root).items if item.has_mask}


def test_a_map_turns_foreign_numbers_into_classes(tmp_path: Path) -> None:
    source = foreign(tmp_path / "lip", {"a": 2, "b": 5, "c": 0})
    result = importing.run(source, "pix2pix", tmp_path / "set", mapping.find("lip"))
    assert (result.added, result.failures) == (3, {})
    assert {key: labels[0, 0] for key, labels in masks(tmp_path / "set").items()} == {
        "A/a.png": 4,
        "A/b.png": 3,
        "A/c.png": 0,
    }
    assert (tmp_path / "set" / "A" / "a.png").read_bytes() == (source / "A" / "a.png").read_bytes()


def test_what_no_map_names_fails_alone_and_can_be_drafted(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 2, "b": 77})
    result = importing.run(source, "pix2pix", tmp_path / "set", mapping.find("lip"))
    assert (result.added, list(result.failures)) == (1, ["b.png"])
    assert "'77'" in result.failures["b.png"]
    assert importing.labels_of(source, "pix2pix") == {2: "2", 77: "77"}


def test_the_same_import_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1, "b": 2, "c": 3})
    calls = iter([False, True])
    first = importing.run(source, "pix2pix", tmp_path / "set", cancelled=lambda: next(calls))
    assert (first.cancelled, first.added) == (True, 1)
    second = importing.run(source, "pix2pix", tmp_path / "set")
    assert (second.added, second.kept) == (2, 1)
    (tmp_path / "set" / "B" / "b.png").unlink()  # as after a crash between photo and mask
    assert importing.run(source, "pix2pix", tmp_path / "set").added == 1
    assert len(masks(tmp_path / "set")) == 3


def test_masks_are_replaced_only_when_asked_and_count_as_painted(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1, "b": 2})
    importing.run(source, "pix2pix", tmp_path / "set")
    changed = np.full((12, 9), 1, np.uint8)
    changed[3:5, 2:4] = 4
    write_mask(source / "B" / "a.png", changed)
    assert importing.run(source, "pix2pix", tmp_path / "set").kept == 2
    assert (masks(tmp_path / "set")["A/a.png"] == 1).all()
    result = importing.run(source, "pix2pix", tmp_path / "set", replace=True)
    assert (result.changed, result.same, result.added) == (1, 1, 0)
    dataset = Dataset.open(tmp_path / "set")
    assert (masks(tmp_path / "set")["A/a.png"] == changed).all()
    origin = provenance.read(provenance.path_of(dataset.state, "A/a.png"), (12, 9))
    assert origin is not None
    assert (origin.touched == (changed == 4)).all()
    with Index.open(dataset) as index:
        assert index.statuses() == {"A/a.png": "edited", "A/b.png": "approved"}


def test_excluded_photos_stay_excluded(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1})
    importing.run(source, "pix2pix", tmp_path / "set")
    with Index.open(Dataset.open(tmp_path / "set")) as index:
        index.set_status("A/a.png", "excluded", "blurred")
    write_mask(source / "B" / "a.png", np.full((12, 9), 2, np.uint8))
    importing.run(source, "pix2pix", tmp_path / "set", replace=True)
    with Index.open(Dataset.open(tmp_path / "set")) as index:
        assert (index.status("A/a.png"), index.note("A/a.png")) == ("excluded", "blurred")


def test_unsaved_strokes_are_never_laid_over_or_under(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1})
    importing.run(source, "pix2pix", tmp_path / "set")
    dataset = Dataset.open(tmp_path / "set")
    opened = store.open_document(dataset.items[0], dataset.state)
    opened.document.predict(np.full((12, 9), 3, np.uint8))
    opened.close()
    write_mask(source / "B" / "a.png", np.full((12, 9), 2, np.uint8))
    result = importing.run(source, "pix2pix", tmp_path / "set", replace=True)
    assert "unsaved work" in result.failures["a.png"]
    assert (masks(tmp_path / "set")["A/a.png"] == 1).all()


def test_photos_keep_their_split(tmp_path: Path) -> None:
    for split, stems in (("train", {"1": 1, "2": 2}), ("test", {"2": 3})):
        foreign(tmp_path / "x" / split, stems)
    importing.run(tmp_path / "x", "pix2pix", tmp_path / "set")
    assert list(masks(tmp_path / "set")) == ["train/A/1.png", "train/A/2.png", "test/A/2.png"]
    (tmp_path / "flat" / "A").mkdir(parents=True)
    picture(tmp_path / "flat" / "A" / "9.png", 9)
    result = importing.run(tmp_path / "x", "pix2pix", tmp_path / "flat")
    assert (result.added, result.failures) == (3, {})
    assert {key: labels[0, 0] for key, labels in masks(tmp_path / "flat").items()} == {
        "A/1.png": 1,
        "A/2.png": 2,
        "A/test-2.png": 3,
    }
    again = importing.run(tmp_path / "x", "pix2pix", tmp_path / "flat")
    assert (again.kept, again.added) == (3, 0)


def test_a_plain_folder_of_photos_gets_the_masks(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1, "b": 2})
    picture(tmp_path / "set" / "a.png", 0)
    importing.run(source, "pix2pix", tmp_path / "set")
    assert list(masks(tmp_path / "set")) == ["a.png", "b.png"]


def test_masks_made_of_the_unturned_photo_are_turned(tmp_path: Path) -> None:
    """Programs that know no EXIF label the photo as it lies in the file."""
    exif = Image.Exif()
    exif[0x0112] = 6
    picture(tmp_path / "x" / "photos" / "a.jpg", 0, (12, 9), exif=exif)
    labels = np.zeros((12, 9), np.uint8)
    labels[0, 8] = 3
    (tmp_path / "x" / "annotations" / "pixel-level").mkdir(parents=True)
    (tmp_path / "x" / "annotations" / "pixel-level" / "a.mat").write_bytes(mat_file.write({"groundtruth": labels}))
    importing.run(tmp_path / "x", "matlab", tmp_path / "set")
    assert (masks(tmp_path / "set")["A/a.jpg"] == np.rot90(labels, -1)).all()


def test_masks_of_another_size_are_refused(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1})
    picture(tmp_path / "set" / "A" / "a.png", 0, (20, 30))
    result = importing.run(source, "pix2pix", tmp_path / "set")
    assert "9 x 12 pixels, but its photo is 30 x 20" in result.failures["a.png"]


def test_another_photo_of_that_name_does_not_get_the_mask(tmp_path: Path, scene: Callable[..., np.ndarray]) -> None:
    source = foreign(tmp_path / "x", {"a": 1, "b": 2}, (240, 160))
    (tmp_path / "set" / "A").mkdir(parents=True)
    for stem in ("a", "b"):
        Image.fromarray(scene(1)).save(source / "A" / f"{stem}.png")
    Image.fromarray(scene(2)).save(tmp_path / "set" / "A" / "a.png")
    Image.fromarray(scene(1)).save(tmp_path / "set" / "A" / "b.jpg", quality=80)
    result = importing.run(source, "pix2pix", tmp_path / "set")
    assert "another photo than A/a.png" in result.failures["a.png"]
    assert list(masks(tmp_path / "set")) == ["A/b.jpg"]


def test_a_photo_of_a_strange_name_gets_a_known_one(tmp_path: Path) -> None:
    (tmp_path / "x" / "images").mkdir(parents=True)
    (tmp_path / "x" / "annotations").mkdir()
    picture(tmp_path / "x" / "images" / "a.png", 0).rename(tmp_path / "x" / "images" / "a.bin")
    image = {"id": 1, "file_name": "a.bin", "height": 12, "width": 9}
    annotation = {"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[0, 0, 9, 0, 9, 12]]}
    fields = {"images": [image], "annotations": [annotation], "categories": [{"id": 1, "name": "hair"}]}
    (tmp_path / "x" / "annotations" / "x.json").write_text(json.dumps(fields))
    importing.run(tmp_path / "x" / "annotations" / "x.json", "coco", tmp_path / "set")
    assert list(masks(tmp_path / "set")) == ["A/a.bin.png"]


def test_names_that_would_meet_get_their_folders(tmp_path: Path) -> None:
    root = tmp_path / "coco"
    images = []
    for number, name in enumerate(("a/1.png", "b/1.png", "c/1.jpeg"), 1):
        picture(root / "images" / name, number)
        images.append({"id": number, "file_name": name, "height": 12, "width": 9})
    annotations = [
        {"id": number, "image_id": number, "category_id": number, "segmentation": [[0, 0, 9, 0, 9, 12, 0, 12]]}
        for number in (1, 2, 3)
    ]
    categories = [{"id": number, "name": name} for number, name in enumerate(("hair", "skin", "clothes"), 1)]
    (root / "annotations").mkdir()
    (root / "annotations" / "x.json").write_text(
        json.dumps({"images": images, "annotations": annotations, "categories": categories})
    )
    result = importing.run(root, "coco", tmp_path / "set")
    assert result.failures == {}
    assert {key: labels[0, 0] for key, labels in masks(tmp_path / "set").items()} == {
        "A/1.png": 4,
        "A/b-1.png": 2,
        "A/c-1.jpeg": 3,
    }


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="does not exist"):
        importing.run(tmp_path / "none", "pix2pix", tmp_path / "set")
    with pytest.raises(InputError, match="no format"):
        importing.run(tmp_path, "none", tmp_path / "set")
    source = foreign(tmp_path / "x", {"a": 1})
    with pytest.raises(DatasetError, match="is what is read"):
        importing.run(source, "pix2pix", source)


def test_open_borders_are_settled_and_told(tmp_path: Path) -> None:
    root = tmp_path / "voc"
    picture(root / "JPEGImages" / "a.jpg", 0)
    (root / "SegmentationClass").mkdir()
    labels = np.full((12, 9), 3, np.uint8)
    labels[:, 4:6] = 255
    labels[:, 6:] = 0
    Image.fromarray(labels).save(root / "SegmentationClass" / "a.png")
    said: list[Message] = []
    importing.run(root, "voc", tmp_path / "set", report=said.append)
    assert masks(tmp_path / "set")["A/a.jpg"][0].tolist() == [3, 3, 3, 3, 3, 0, 0, 0, 0]
    assert [message.text for message in said if isinstance(message, Warned)] == [
        "a: 24 pixels that were left open took the nearest class."
    ]


def test_an_export_of_the_import_is_the_import(tmp_path: Path) -> None:
    """Through every flat step with a split that both sides know."""
    for split in ("train", "test"):
        foreign(tmp_path / "x" / split, {f"{split} 1": 1, f"{split} 2": 2})
    source = Dataset.open(tmp_path / "x")
    exporting.run(source, source.items, "voc", tmp_path / "voc")
    importing.run(tmp_path / "voc", "voc", tmp_path / "set")
    assert [(item.split, item.name[:-4]) for item in Dataset.open(tmp_path / "set").items] == [
        (item.split, item.name[:-4]) for item in source.items
    ]
