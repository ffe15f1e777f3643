"""Where pairs from elsewhere go, and what is never overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from chromadesk.dataset import importing
from chromadesk.dataset.formats import mat_file
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import provenance, store
from chromadesk.masks import read_mask, write_mask
from tests.foreign import foreign, masks, picture


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
    assert (read_mask(store.backup_of(dataset.state, "A/a.png")).labels == 1).all()
    with Index.open(dataset) as index:
        assert index.statuses() == {"A/a.png": "edited", "A/b.png": "approved"}


def test_a_mask_that_cannot_be_read_is_kept_too(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1})
    importing.run(source, "pix2pix", tmp_path / "set")
    (tmp_path / "set" / "B" / "a.png").write_bytes(b"perhaps to be mended")
    importing.run(source, "pix2pix", tmp_path / "set", replace=True)
    (kept,) = (tmp_path / "set" / ".chromadesk" / store.CONFLICTS / "A").iterdir()
    assert kept.read_bytes() == b"perhaps to be mended"
    assert (masks(tmp_path / "set")["A/a.png"] == 1).all()


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
