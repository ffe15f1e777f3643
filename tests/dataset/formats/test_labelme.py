"""labelme's shapes of every kind, and photos that are not where they should be."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import importing
from chromadesk.dataset.formats import labelme
from chromadesk.masks import read_mask


def make(root: Path, shapes: Any, **fields: Any) -> Path:
    """One photo, 10 wide and 8 high, and its JSON file."""
    root.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (10, 8)).save(root / "1.png")
    value = {"shapes": shapes, "imagePath": "1.png", "imageData": None, "imageHeight": 8, "imageWidth": 10, **fields}
    (root / "1.json").write_text(json.dumps(value))
    return root


def shape(kind: str, points: list[list[float]], label: str = "hair") -> dict[str, Any]:
    return {"label": label, "points": points, "shape_type": kind}


@pytest.mark.parametrize(
    ("kind", "points", "count"),
    [
        ("polygon", [[1, 1], [5, 1], [5, 5], [1, 5]], 16),
        ("rectangle", [[5, 5], [1, 1]], 16),
        ("circle", [[5, 4], [8, 4]], 32),
        ("oriented_rectangle", [[1, 1], [5, 1], [5, 5], [1, 5]], 16),
        ("line", [[1, 1], [5, 1]], 0),
        ("point", [[1, 1]], 0),
    ],
)
def test_shapes_of_every_kind(tmp_path: Path, kind: str, points: list[list[float]], count: int) -> None:
    (entry,) = labelme.reading(make(tmp_path / "x", [shape(kind, points)]), False).entries
    arriving = entry.load()
    assert (arriving.labels > 0).sum() == count
    assert bool(arriving.remark) == (count == 0)


def test_the_later_shape_lies_above(tmp_path: Path) -> None:
    square = [[0, 0], [4, 0], [4, 4], [0, 4]]
    root = make(tmp_path / "x", [shape("polygon", square), shape("rectangle", [[2, 0], [9, 8]], "skin")])
    result = importing.run(root, "labelme", tmp_path / "set")
    assert read_mask(tmp_path / "set" / "B" / "1.png").labels[0].tolist() == [4, 4, 2, 2, 2, 2, 2, 2, 2, 0]
    assert result.conflicts["A/1.png"].pixels == 8


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"label": "hair"},
        shape("polygon", [[1, 1], [2, 2]]),
        shape("polygon", [[1, 1], [2, float("inf")], [3, 3]]),
        shape("circle", [[1, 1]]),
        {**shape("mask", [[1, 1], [2, 2]]), "mask": None},
        {**shape("mask", [[1, 1], [2, 2]]), "mask": "no base64!"},
        {**shape("mask", [[1, 1], [2, 2]]), "mask": base64.b64encode(b"no picture").decode()},
        {**shape("mask", []), "mask": ""},
        {"label": "hair", "points": "abc"},
    ],
)
def test_a_bad_shape_is_said(tmp_path: Path, bad: dict[str, Any]) -> None:
    (sentence,) = importing.run(make(tmp_path / "x", [bad]), "labelme", tmp_path / "set").failures.values()
    assert "Shape 1 of " in sentence
    assert "\n" not in sentence


def test_the_photo_may_lie_in_the_json_file(tmp_path: Path) -> None:
    root = make(tmp_path / "x", [shape("rectangle", [[0, 0], [10, 8]])])
    data = base64.b64encode((root / "1.png").read_bytes()).decode()
    make(root, [shape("rectangle", [[0, 0], [10, 8]])], imageData=data, imagePath="gone.png")
    (root / "1.png").unlink()
    assert importing.run(root, "labelme", tmp_path / "set").added == 1
    make(root, [], imageData="!", imagePath="gone.png")
    assert "damaged" in importing.run(root, "labelme", tmp_path / "other").failures["1"]
    make(root, [], imagePath="gone.png")
    assert "not there" in importing.run(root, "labelme", tmp_path / "other").failures["1"]


@pytest.mark.parametrize("path", ["../secret.png", "C:\\..\\..\\secret.png", "/etc/passwd"])
def test_photos_outside_are_not_taken(tmp_path: Path, path: str) -> None:
    Image.fromarray(np.zeros((8, 10, 3), np.uint8)).save(tmp_path / "secret.png")
    result = importing.run(make(tmp_path / "x", [], imagePath=path), "labelme", tmp_path / "set")
    assert list(result.failures) == ["1"]
    assert not list((tmp_path / "set").rglob("*.png"))


@pytest.mark.parametrize("fields", [{"imageHeight": None}, {"imageWidth": 10**12}, {"imageHeight": -8}])
def test_what_is_not_labelmes(tmp_path: Path, fields: dict[str, Any]) -> None:
    (sentence,) = importing.run(make(tmp_path / "x", [], **fields), "labelme", tmp_path / "set").failures.values()
    assert "1.json" in sentence
