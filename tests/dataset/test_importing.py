"""Foreign data sets taken in: maps, going on, what is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import exporting, importing, mapping
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import DatasetError, InputError
from chromadesk.jobs.messages import Message, Warned
from tests.foreign import foreign, masks, picture


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


def test_what_no_map_names_fails_alone(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 2, "b": 77})
    result = importing.run(source, "pix2pix", tmp_path / "set", mapping.find("lip"))
    assert (result.added, list(result.failures)) == (1, ["b.png"])
    assert "'77'" in result.failures["b.png"]


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
