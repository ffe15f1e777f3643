"""COCO as others write it: polygons, run lengths as numbers, overlaps; and what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import importing
from chromadesk.dataset.formats import coco
from chromadesk.errors import DatasetError
from chromadesk.masks import read_mask

SQUARE = [[1, 1, 5, 1, 5, 5, 1, 5]]


def make(root: Path, segmentations: list[Any], **image: Any) -> Path:
    """A file of one photo, 10 wide and 8 high, with a category for each annotation: hair, skin, clothes."""
    (root / "images").mkdir(parents=True, exist_ok=True)
    (root / "annotations").mkdir(exist_ok=True)
    Image.new("RGB", (10, 8)).save(root / "images" / "1.png")
    fields = {
        "images": [{"id": 7, "file_name": "1.png", "height": 8, "width": 10, **image}],
        "annotations": [
            {"id": number, "image_id": 7, "category_id": number, "segmentation": each}
            for number, each in enumerate(segmentations, 1)
        ],
        "categories": [{"id": number, "name": name} for number, name in enumerate(("hair", "skin", "clothes"), 1)],
    }
    (root / "annotations" / "instances.json").write_text(json.dumps(fields))
    return root


def labels(root: Path) -> np.ndarray:
    """What the one photo is read as, in our classes."""
    result = importing.run(root, "coco", root.parent / "set")
    assert result.failures == {}
    return read_mask(root.parent / "set" / "B" / "1.png").labels


def test_of_overlapping_annotations_the_smaller_lies_above(tmp_path: Path) -> None:
    root = make(tmp_path / "x", [SQUARE, [[0, 0, 10, 0, 10, 8, 0, 8]]])
    found = labels(root)
    assert (found == 4).sum() == 16
    assert (found == 2).sum() == 64
    again = importing.run(root, "coco", tmp_path / "set", replace=True)
    assert again.conflicts["A/1.png"].pixels == 16


def test_runs_as_numbers_and_as_letters(tmp_path: Path) -> None:
    root = make(tmp_path / "x", [{"size": [8, 10], "counts": [8, 8, 64]}, {"size": [8, 10], "counts": "h08`1"}])
    found = labels(root)
    assert (found[:, 1] == 4).all()
    assert (found[:, 3] == 2).all()


def test_several_polygons_and_ones_beyond_the_photo(tmp_path: Path) -> None:
    root = make(tmp_path / "x", [[*SQUARE, [6, 6, 100, 6, 100, 100, 6, 100]]])
    assert (labels(root) == 4).sum() == 16 + 8


@pytest.mark.parametrize(
    "segmentation",
    [
        [[1, 2, 3]],
        [[1, 2, 3, 4]],
        [[1, 2, 3, 4, None, 6]],
        ["abc"],
        {"counts": [1, 2]},
        {"size": [2, 2], "counts": [4]},
        {"size": [8, 10], "counts": "\u00e9"},
        {"size": [8, 10], "counts": 5},
        {},
        3,
        None,
        [[[1, 1], [2, 2], [3, 1]]],
        [[1, 1, 5, 1, 1e999, 5]],
    ],
)
def test_a_bad_annotation_fails_its_photo_in_words(tmp_path: Path, segmentation: Any) -> None:
    root = make(tmp_path / "x", [segmentation])
    (sentence,) = importing.run(root, "coco", tmp_path / "set").failures.values()
    assert "annotation 1 of 1.png cannot be used" in sentence


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "..\\secret.png", "\0"])
def test_photos_are_looked_up_inside_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    root = make(tmp_path / "x", [SQUARE], file_name=name)
    (sentence,) = importing.run(root, "coco", tmp_path / "set").failures.values()
    assert "not inside" in sentence


@pytest.mark.parametrize("size", [{"height": 0}, {"height": 10**9}, {"width": -4}])
def test_sizes_no_photo_has(tmp_path: Path, size: dict[str, int]) -> None:
    root = make(tmp_path / "x", [SQUARE], **size)
    (sentence,) = importing.run(root, "coco", tmp_path / "set").failures.values()
    assert "which no photo is" in sentence


def test_what_is_no_coco_file(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no JSON file"):
        coco.reading(tmp_path, False)
    for text, says in (
        ("{}", "lists no images"),
        ('{"images": [{"id": []}]}', "not COCO's"),
        ('{"images": [3]}', "an object"),
    ):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(DatasetError, match=says):
            coco.reading(tmp_path, False)


def test_photos_nobody_labelled_are_left(tmp_path: Path) -> None:
    root = make(tmp_path / "x", [])
    assert importing.run(root, "coco", tmp_path / "set").added == 0


def test_annotations_of_photos_that_are_not_listed_are_told(tmp_path: Path) -> None:
    root = make(tmp_path / "x", [SQUARE, SQUARE])
    file = root / "annotations" / "instances.json"
    fields = json.loads(file.read_text())
    fields["annotations"][1]["image_id"] = 8
    file.write_text(json.dumps(fields))
    result = importing.run(root, "coco", tmp_path / "set")
    assert (tmp_path / "set" / "B" / "1.png").exists()
    assert ["1 annotation of photos that it does not list" in text for text in result.failures.values()] == [True]
