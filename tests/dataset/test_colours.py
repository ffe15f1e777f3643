"""The colours of a photo are read once, and again when the photo, its mask or its grey point changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from chromadesk.colour import kept
from chromadesk.colour.gathered import MaskOrigin, PhotoColours
from chromadesk.colour.kept import Grey, Kept
from chromadesk.colour.palette import Anchor
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.masks import write_mask

#: What conftest's patchwork paints clothes with.
CLOTHES = (200, 60, 200)


@pytest.fixture
def dataset(patchwork: Callable[..., Path], tmp_path: Path) -> Dataset:
    return Dataset.open(patchwork(tmp_path / "set", 3))


def read(
    dataset: Dataset, origin: MaskOrigin = "approved", class_name: str = "clothes"
) -> tuple[list[PhotoColours | None], list[bool], list[str]]:
    heard: list[str] = []

    def segment(pixels: np.ndarray) -> np.ndarray:
        return np.full(pixels.shape[:2], 3, np.uint8)

    with Index.open(dataset) as index:
        items = ((item, origin) for item in dataset.items)
        found = list(
            index.colours().read(items, class_name, segment, "model", lambda item, sentence: heard.append(sentence))
        )
    return [colours for _, colours, _ in found], [known for _, _, known in found], heard


def test_read_once(dataset: Dataset) -> None:
    first, known, _ = read(dataset)
    assert known == [False] * 3
    for colours in first:
        assert colours is not None
        assert [one.rgb for one in colours.swatches] == [CLOTHES]
        assert colours.swatches[0].share == 1
        assert colours.assumed
    again, known, _ = read(dataset)
    assert known == [True] * 3
    assert again == first
    hair, known, _ = read(dataset, class_name="hair")  # every class was kept at once
    assert known == [True] * 3
    assert {colours.swatches[0].rgb for colours in hair if colours and colours.swatches} == {(90, 60, 20)}


def test_changes_are_seen(dataset: Dataset) -> None:
    read(dataset)
    labels = np.zeros((48, 36), np.uint8)
    write_mask(dataset.items[0].mask, labels)
    shutil.copyfile(dataset.items[0].photo, dataset.items[1].photo)
    path = kept.path_of(dataset.state, dataset.items[2].key)
    kept.write(path, Kept(grey=Grey((0, 0), (0.4, 0.4, 0.6))))
    found, known, _ = read(dataset)
    assert known == [False] * 3
    assert found[0] is not None
    assert (found[0].swatches, found[0].pixels) == ((), 0)
    assert found[2] is not None
    assert found[2].grey_point
    assert found[2].swatches[0].rgb != CLOTHES


def test_predicted_ones_are_not_those_of_a_mask(dataset: Dataset) -> None:
    read(dataset)
    before = [item.mask.read_bytes() for item in dataset.items]
    found, known, _ = read(dataset, "predicted")
    assert known == [False] * 3
    assert [colours.pixels for colours in found if colours] == [48 * 36] * 3
    assert [item.mask.read_bytes() for item in dataset.items] == before


def test_one_bad_photo_stops_no_other(dataset: Dataset) -> None:
    dataset.items[1].photo.write_text("no photo")
    found, _, heard = read(dataset)
    assert [colours is None for colours in found] == [False, True, False]
    assert len(heard) == 1
    assert str(dataset.items[1].photo) in heard[0]


def test_a_stopped_reading_keeps_what_it_had(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        reading = index.colours().read([(item, "approved") for item in dataset.items])
        next(reading)
        reading.close()
    assert read(dataset)[1] == [True, False, False]


def test_a_collection_has_the_colours_as_a_person_arranged_them(dataset: Dataset) -> None:
    path = kept.path_of(dataset.state, dataset.items[0].key)
    held, elsewhere = (60.0, 70.0, -50.0), (20.0, 0.0, 0.0)
    anchors = (Anchor((held,), held, "orchid"), Anchor((elsewhere,), elsewhere, picked=True))
    kept.write(path, Kept({"clothes": anchors}))
    found, _, _ = read(dataset)
    assert found[0] is not None
    assert [(one.lab, one.share) for one in found[0].swatches] == [(pytest.approx(held, abs=0.01), 1.0)]
