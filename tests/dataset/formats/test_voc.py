"""Pascal VOC: label maps, lists, and what lies outside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import importing, mapping
from chromadesk.dataset.formats import voc
from chromadesk.errors import DatasetError, MaskError


def make(root: Path, mask: np.ndarray, lists: dict[str, str] | None = None, label_map: str = "") -> Path:
    """A data set of one photo called a."""
    for folder in ("JPEGImages", "SegmentationClass", "ImageSets/Segmentation"):
        (root / folder).mkdir(parents=True)
    Image.new("RGB", (mask.shape[1], mask.shape[0])).save(root / "JPEGImages" / "a.jpg")
    Image.fromarray(mask).save(root / "SegmentationClass" / "a.png")
    for name, text in (lists or {}).items():
        (root / "ImageSets" / "Segmentation" / f"{name}.txt").write_text(text)
    if label_map:
        (root / "labelmap.txt").write_text(label_map)
    return root


def test_colours_are_named_by_the_label_map(tmp_path: Path) -> None:
    """As CVAT exports: RGB in colours of its own, borders in VOC's colour for open ones."""
    mask = np.zeros((4, 6, 3), np.uint8)
    mask[:, 2:] = (250, 50, 83)
    mask[:, 4] = (224, 224, 192)
    label_map = "# label:color_rgb:parts:actions\nbackground:0,0,0::\nskirt:250,50,83::\n"
    root = make(tmp_path / "cvat", mask, {"default": "a\n"}, label_map)
    source = voc.reading(root, True)
    assert source.names == {0: "background", 1: "skirt", 255: "void"}
    skirts = mapping.ClassMap("m", (mapping.Label("skirt", 3), mapping.Label("void", mapping.NEAREST)))
    importing.run(root, "cvat", tmp_path / "set", skirts)
    labels = np.asarray(Image.open(tmp_path / "set" / "B" / "a.png"))
    assert labels[0].tolist() == [0, 0, 3, 3, 3, 3]


def test_a_colour_the_label_map_does_not_name_is_said(tmp_path: Path) -> None:
    mask = np.zeros((4, 6, 3), np.uint8)
    mask[2, 5] = 9
    root = make(tmp_path / "x", mask, label_map="background:0,0,0::\n")
    (entry,) = voc.reading(root, False).entries
    with pytest.raises(MaskError, match=r"the colour \(9, 9, 9\) at 5, 2"):
        entry.load()


@pytest.mark.parametrize("line", ["a:1,2::", "a:1,2,300::", ":1,2,3::", "a:x,y,z::"])
def test_a_broken_label_map_is_said(tmp_path: Path, line: str) -> None:
    root = make(tmp_path / "x", np.zeros((4, 6), np.uint8), label_map=line)
    with pytest.raises(DatasetError, match=r"labelmap\.txt has the line"):
        voc.reading(root, False)


def test_names_on_lists_do_not_lead_out(tmp_path: Path) -> None:
    root = make(tmp_path / "x", np.zeros((4, 6), np.uint8), {"train": "a\n../../../secret\n/etc/passwd\nmissing\n"})
    results = importing.run(root, "voc", tmp_path / "set").failures
    assert "not inside" in results["../../../secret"]
    assert "no photo /etc/passwd" in results["/etc/passwd"]  # looked for below the data set
    assert "no photo missing" in results["missing"]


def test_links_to_photos_outside_are_not_followed(tmp_path: Path) -> None:
    root = make(tmp_path / "x", np.zeros((4, 6), np.uint8), {"train": "a\n"})
    (root / "JPEGImages" / "a.jpg").rename(tmp_path / "secret.jpg")
    (root / "JPEGImages" / "a.jpg").symlink_to(tmp_path / "secret.jpg")
    assert "not inside" in importing.run(root, "voc", tmp_path / "set").failures["a"]


def test_folders_that_are_none_of_vocs(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no folder SegmentationClass"):
        voc.reading(tmp_path, False)
    (tmp_path / "SegmentationClass").mkdir()
    with pytest.raises(DatasetError, match="holds no masks"):
        voc.reading(tmp_path, False)
    (tmp_path / "ImageSets" / "Segmentation").mkdir(parents=True)
    (tmp_path / "ImageSets" / "Segmentation" / "train.txt").write_bytes(b"\xff\xfe\0")
    with pytest.raises(DatasetError, match="as text"):
        voc.reading(tmp_path, False)
