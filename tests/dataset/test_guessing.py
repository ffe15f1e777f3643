"""Formats known again by how their folders look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chromadesk.dataset import exporting, guessing
from chromadesk.dataset.formats import table
from chromadesk.dataset.formats.pair import Options
from chromadesk.dataset.pairs import Dataset


@pytest.mark.parametrize("name", table.FORMATS)
def test_what_is_exported_is_known_again(name: str, tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    dataset = Dataset.open(patchwork(tmp_path / "set", 2))
    exporting.run(dataset, dataset.items, name, tmp_path / "out")
    assert guessing.guess(tmp_path / "out") == name
    polygons = "polygons" in table.FORMATS[name].offers
    if polygons:
        exporting.run(dataset, dataset.items, name, tmp_path / "out", Options(polygons=True), replace=True)
        assert guessing.guess(tmp_path / "out") == name


def test_single_files_are_known_by_what_they_hold(tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    dataset = Dataset.open(patchwork(tmp_path / "set", 1))
    for name in ("psd", "coco", "hugging-face", "label-studio"):
        exporting.run(dataset, dataset.items, name, tmp_path / name)
        files = [file for file in (tmp_path / name).rglob("*") if file.suffix in (".psd", ".json", ".parquet")]
        assert {guessing.guess(file) for file in files} == {name}


def test_nothing_is_guessed_where_nothing_speaks(tmp_path: Path) -> None:
    assert guessing.guess(tmp_path / "none") is None
    assert guessing.guess(tmp_path) is None
    (tmp_path / "a.json").write_text("{no")
    (tmp_path / "b.json").write_text('{"name": "x"}')
    assert guessing.guess(tmp_path) is None
    assert guessing.guess(tmp_path / "a.json") is None
