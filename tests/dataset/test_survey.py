"""What a foreign data set is found to hold: labels by name whatever their number in one file, counts, a look."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import mapping, survey
from chromadesk.dataset.mapping import UNDECIDED, Label
from chromadesk.dataset.survey import Survey
from chromadesk.errors import DatasetError
from chromadesk.jobs.messages import Message, Progress
from tests.foreign import foreign, picture


def labelme(root: Path, shapes: dict[str, list[str]]) -> Path:
    """A photo of 12 x 9 for each stem, a row of it for each of its labels."""
    for seed, (stem, labels) in enumerate(shapes.items()):
        picture(root / f"{stem}.png", seed)
        fields = [
            {"label": label, "points": [[0, row], [9, row], [9, row + 1], [0, row + 1]], "shape_type": "polygon"}
            for row, label in enumerate(labels)
        ]
        whole = {"imagePath": f"{stem}.png", "imageData": None, "imageHeight": 12, "imageWidth": 9, "shapes": fields}
        (root / f"{stem}.json").write_text(json.dumps(whole))
    return root


def test_numbers_are_counted_and_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 2, "b": 77, "c": 2, "d": 1})
    (source / "B" / "d.png").write_bytes(b"no PNG")
    said: list[Message] = []
    found = Survey(source, "pix2pix")
    found.run(said.append)
    assert [(each.label, each.pixels, each.photos) for each in found.met] == [
        (Label("2", UNDECIDED, 2), 216, 2),
        (Label("77", UNDECIDED, 77), 108, 1),
    ]
    assert (found.read, found.total, list(found.failures)) == (3, 4, ["d.png"])
    assert [message.done for message in said if isinstance(message, Progress)] == [1, 2, 3, 4]


def test_a_name_is_one_label_whatever_its_number_in_a_file(tmp_path: Path) -> None:
    source = labelme(tmp_path / "x", {"a": ["Hat", "Shoe"], "b": ["shoe", "Scarf", "hat"]})
    found = Survey(source, "labelme")
    found.run()
    assert {each.label.name: each.photos for each in found.met} == {"background": 2, "Hat": 2, "Shoe": 2, "Scarf": 1}
    assert all(each.label.id is None for each in found.met)
    scarf = next(each for each in found.met if each.label.name == "Scarf")
    assert scarf.best is not None
    assert scarf.best.name == "b"


def test_it_stops_when_asked_and_after_the_first_ones(tmp_path: Path) -> None:
    source = foreign(tmp_path / "x", {"a": 1, "b": 2, "c": 3})
    found = Survey(source, "pix2pix")
    found.run(most=2)
    assert found.read == 2
    found = Survey(source, "pix2pix")
    found.run(cancelled=lambda: True)
    assert found.read == 0
    with pytest.raises(DatasetError, match="no folder SegmentationClass"):
        Survey(tmp_path, "voc")


def test_declared_labels_are_there_before_any_photo_is_read(tmp_path: Path) -> None:
    root = tmp_path / "voc"
    picture(root / "JPEGImages" / "a.jpg", 0)
    (root / "SegmentationClass").mkdir()
    Image.fromarray(np.zeros((12, 9), np.uint8)).save(root / "SegmentationClass" / "a.png")
    (root / "labelmap.txt").write_text("null:0,0,0::\nbelt:1,2,3::\n")
    found = Survey(root, "voc")
    assert [each.name for each in found.labels] == ["void", "null", "belt"]
    assert [each.photos for each in found.met] == [0, 0, 0]


def test_the_map_that_knows_most_names_fits() -> None:
    def named(*names: str) -> list[Label]:
        return [Label(name, UNDECIDED) for name in names]

    assert survey.fitting_map(named("background", "Hair", "skin")) is None
    assert survey.fitting_map([Label("4", UNDECIDED, 4)]) is None
    assert survey.fitting_map(named("null", "blazer", "bodysuit", "clogs")) == "ccp"
    assert survey.fitting_map(named("Hat", "Upper-clothes", "Jumpsuits", "Left-arm")) == "lip"
    assert survey.fitting_map(named("car", "tree", "road", "hat")) is None


def test_a_look_shows_photo_classes_and_where_a_label_lies(tmp_path: Path, scene: Callable[..., np.ndarray]) -> None:
    (tmp_path / "x" / "A").mkdir(parents=True)
    (tmp_path / "x" / "B").mkdir()
    Image.fromarray(scene(1)).save(tmp_path / "x" / "A" / "a.png")
    height, width = scene(1).shape[:2]
    labels = np.zeros((height, width), np.uint8)
    labels[: height // 2] = 2
    labels[-10:] = 99
    Image.fromarray(labels).save(tmp_path / "x" / "B" / "a.png")
    found = Survey(tmp_path / "x", "pix2pix")
    found.run()
    assert found.first is not None
    seen = survey.look(found.first, 60)
    assert max(seen.photo.shape[:2]) == 60
    assert seen.labels.shape == seen.photo.shape[:2]
    classes = seen.classes(mapping.find("lip"))
    assert (classes[0, 0], classes[-1, 0], classes[len(classes) * 2 // 3, 0]) == (4, UNDECIDED, 0)
    assert (seen.lies(Label("2", UNDECIDED, 2)) == (seen.labels == 2)).all()
