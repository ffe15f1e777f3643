"""Label Studio's exports: where photos are found, which annotation counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import importing
from chromadesk.dataset.formats import label_studio, runs
from chromadesk.errors import DatasetError
from chromadesk.masks import read_mask


def brush(plane: np.ndarray, label: str, **size: int) -> dict[str, Any]:
    value = {"format": "rle", "rle": runs.to_label_studio(plane), "brushlabels": [label]}
    height, width = plane.shape
    return {"type": "brushlabels", "original_height": height, "original_width": width, "value": value, **size}


def make(root: Path, tasks: Any) -> Path:
    (root / "images").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (10, 8)).save(root / "images" / "a b.png")
    (root / "tasks.json").write_text(json.dumps(tasks))
    return root


def task(results: list[Any], image: str = "/data/local-files/?d=x/images/a%20b.png", **fields: Any) -> dict[str, Any]:
    return {"data": {"image": image}, "annotations": [{"result": results}], **fields}


@pytest.mark.parametrize(
    "image",
    [
        "/data/local-files/?d=x/images/a%20b.png",
        "/data/upload/1/a%20b.png",
        "https://host/p/a%20b.png",
        "C:\\p\\a b.png",
        "a b.png",
    ],
)
def test_photos_are_found_by_name(tmp_path: Path, image: str) -> None:
    plane = np.zeros((8, 10), bool)
    plane[2:4] = True
    importing.run(make(tmp_path / "x", [task([brush(plane, "hair")], image)]), "label-studio", tmp_path / "set")
    assert ((read_mask(tmp_path / "set" / "B" / "a b.png").labels == 4) == plane).all()


def test_the_last_annotation_that_was_not_cancelled_counts(tmp_path: Path) -> None:
    planes = [np.zeros((8, 10), bool) for _ in range(3)]
    for number, plane in enumerate(planes):
        plane[number] = True
    annotations = [
        {"result": [brush(plane, "skin")], "was_cancelled": number == 2} for number, plane in enumerate(planes)
    ]
    root = make(tmp_path / "x", [task([], annotations=annotations), task([], annotations=[])])
    assert importing.run(root, "label-studio", tmp_path / "set").added == 1
    assert ((read_mask(tmp_path / "set" / "B" / "a b.png").labels == 2) == planes[1]).all()


def test_an_empty_annotation_is_background(tmp_path: Path) -> None:
    importing.run(make(tmp_path / "x", [task([])]), "label-studio", tmp_path / "set")
    assert not read_mask(tmp_path / "set" / "B" / "a b.png").labels.any()


@pytest.mark.parametrize(
    "bad",
    [
        3,
        {},
        {"data": {}},
        {"data": {"image": "a b.png"}, "annotations": [{}]},
        task([{"type": "polygonlabels", "value": {"points": []}}]),
        task([{"value": {"rle": "abc"}}]),
        task([brush(np.ones((8, 10), bool), "hair", original_height=9)]),
        task([brush(np.ones((8, 10), bool), "hair", original_height=10**9)]),
        task([brush(np.ones((8, 10), bool), "hair"), brush(np.ones((4, 5), bool), "skin")]),
        task([], "../../gone.png"),
        task(["x"]),
    ],
)
def test_a_bad_task_does_not_stop_the_others(tmp_path: Path, bad: Any) -> None:
    root = make(tmp_path / "x", [bad, task([brush(np.ones((8, 10), bool), "hair")])])
    result = importing.run(root, "label-studio", tmp_path / "set")
    assert len(result.failures) == 1
    assert all("\n" not in sentence for sentence in result.failures.values())
    assert result.added == 1


def test_what_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no JSON files"):
        label_studio.reading(tmp_path, False)
    with pytest.raises(DatasetError, match="holds no tasks"):
        label_studio.reading(make(tmp_path / "x", {"tasks": []}), False)
