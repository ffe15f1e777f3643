"""Photoshop documents: what a person changes in a layer comes back, and nothing else does."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import exporting, importing
from chromadesk.dataset.formats import psd, psd_file
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import MaskError
from chromadesk.masks import read_mask, write_mask
from tests.icc import adobe_like

psd_tools = pytest.importorskip("psd_tools")

HAIR = (147, 225, 245)


def exported(root: Path, out: Path) -> Path:
    """The data set at ``root`` as documents in ``out``."""
    dataset = Dataset.open(root)
    assert exporting.run(dataset, exporting.chosen(dataset), "psd", out).failures == {}
    return out


def returned(path: Path, out: Path) -> importing.Imported:
    """The documents at ``path`` into the data set ``out``, over what is there."""
    return importing.run(path, "psd", out, replace=True)


def document(
    path: Path, groups: list[psd_file.Group], size: tuple[int, int] = (12, 10), icc: bytes | None = None
) -> Path:
    """A document of a grey photo and ``groups``."""
    pixels = np.full((*size, 3), 90, np.uint8)
    with path.open("wb") as handle:
        psd_file.write(handle, [psd_file.Picture("Photo", pixels), *groups], pixels, icc)
    return path


def shape(name: str, rows: slice, size: tuple[int, int] = (12, 10)) -> psd_file.Shape:
    """A layer over whole rows."""
    plane = np.zeros(size, bool)
    plane[rows] = True
    return psd_file.Shape(name, plane, HAIR)


def test_the_document_is_as_photoshop_expects_it(pairs: Path, tmp_path: Path) -> None:
    write_mask(pairs / ".chromadesk" / "proposals" / "A" / "photo 0.jpg.png", np.full((33, 23), 3, np.uint8))
    opened = psd_tools.PSDImage.open(exported(pairs, tmp_path / "out") / "photo 0.psd")
    photo, proposal, mask = opened
    assert (photo.name, photo.kind, photo.bbox) == ("Photo", "pixel", (0, 0, 23, 33))
    assert photo.locks.complete
    assert (np.asarray(photo.topil()) == np.asarray(Image.open(pairs / "A" / "photo 0.jpg"))).all()
    assert (proposal.name, proposal.visible, proposal.locks.complete) == ("Proposal", False, True)
    assert (mask.name, mask.visible, mask.locks) == ("Mask", True, None)
    assert [layer.name for layer in mask] == ["Clothes", "Skin", "Hair", "Accessories"]
    assert (np.asarray(mask[2].topil())[0, 0, :3] == HAIR).all()
    assert proposal[0].topil(channel=-1).getextrema() == (255, 255)


def test_the_merged_picture_shows_the_classes_over_the_photo(pairs: Path, tmp_path: Path) -> None:
    """Pillow knows the merged picture alone."""
    labels = read_mask(pairs / "B" / "photo 1.png").labels
    photo = np.asarray(Image.open(pairs / "A" / "photo 1.jpg"))
    with Image.open(exported(pairs, tmp_path / "out") / "photo 1.psd") as image:
        merged = np.asarray(image)
    assert (merged[labels == 0] == photo[labels == 0]).all()
    assert (merged[labels == 4] != photo[labels == 4]).any()


def test_the_photo_keeps_its_colour_space(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (9, 8, 3), np.uint8)
    (tmp_path / "set" / "A").mkdir(parents=True)
    icc = adobe_like()
    Image.fromarray(pixels).save(tmp_path / "set" / "A" / "x.png", icc_profile=icc)
    write_mask(tmp_path / "set" / "B" / "x.png", np.eye(9, 8, dtype=np.uint8))
    out = exported(tmp_path / "set", tmp_path / "out")
    opened = psd_tools.PSDImage.open(out / "x.psd")
    assert opened.image_resources.get_data(1039) == icc
    assert (np.asarray(opened[0].topil(apply_icc=False)) == pixels).all()
    returned(out, tmp_path / "back")
    with Image.open(tmp_path / "back" / "A" / "x.png") as image:
        assert image.info["icc_profile"] == icc
        assert (np.asarray(image) == pixels).all()
    assert (read_mask(tmp_path / "back" / "B" / "x.png").labels == np.eye(9, 8)).all()


def test_a_photo_in_cmyk_comes_as_srgb(tmp_path: Path) -> None:
    (tmp_path / "set" / "A").mkdir(parents=True)
    cmyk = Image.new("CMYK", (8, 9), (10, 200, 30, 5))
    cmyk.save(tmp_path / "set" / "A" / "x.jpg")
    write_mask(tmp_path / "set" / "B" / "x.png", np.zeros((9, 8), np.uint8))
    opened = psd_tools.PSDImage.open(exported(tmp_path / "set", tmp_path / "out") / "x.psd")
    assert opened[0].topil(apply_icc=False).mode == "RGB"


def test_pixels_in_two_classes_are_told_and_go_to_the_upper_one(tmp_path: Path) -> None:
    layers = (shape("Clothes", slice(2, 8)), shape("Hair", slice(5, 10)))
    path = document(tmp_path / "x.psd", [psd_file.Group("Mask", layers)])
    result = returned(path, tmp_path / "back")
    labels = read_mask(tmp_path / "back" / "B" / "x.png").labels
    assert labels[:, 0].tolist() == [0, 0, 3, 3, 3, 4, 4, 4, 4, 4, 0, 0]
    (conflict,) = result.conflicts.values()
    assert (conflict.pixels, conflict.box) == (30, (0, 5, 10, 8))
    assert conflict.sentence("x.png").startswith("30 pixels of x.png lie in two classes, between 0, 5 and 10, 8")


@pytest.mark.parametrize(
    "name", ["hair", "HAIR", "Hair copy", "Hair copy 2", "Hair #1", "Copy of Hair", "Hair\0", " hair "]
)
def test_layers_are_known_by_name_whatever_program_wrote_it(tmp_path: Path, name: str) -> None:
    path = document(tmp_path / "x.psd", [psd_file.Group("Mask", (shape(name, slice(0, 3)),))])
    returned(path, tmp_path / "back")
    assert (read_mask(tmp_path / "back" / "B" / "x.png").labels[:3] == 4).all()


def test_an_unknown_layer_is_said(tmp_path: Path) -> None:
    path = document(tmp_path / "x.psd", [psd_file.Group("Mask", (shape("Layer 1", slice(0, 3)),))])
    (sentence,) = returned(path, tmp_path / "back").failures.values()
    assert "'layer 1'" in sentence
    assert not (tmp_path / "back" / "B").exists()


def test_other_groups_do_not_count(tmp_path: Path) -> None:
    groups = [
        psd_file.Group(name, (shape("Hair", rows),)) for name, rows in (("Mask", slice(0, 2)), ("Old", slice(6, 9)))
    ]
    returned(document(tmp_path / "x.psd", groups), tmp_path / "back")
    assert np.unique(np.nonzero(read_mask(tmp_path / "back" / "B" / "x.png").labels)[0]).tolist() == [0, 1]


def test_edges_are_taken_where_they_are_more_than_half_opaque(tmp_path: Path) -> None:
    """Painted with psd-tools: soft alpha, smaller than the document, beyond its edge, and a layer mask."""
    opened = psd_tools.PSDImage.new("RGBA", (10, 12))
    soft = np.zeros((4, 6, 4), np.uint8)
    soft[..., 3] = np.array([0, 127, 128, 255, 255, 255])
    hair = opened.create_pixel_layer(Image.fromarray(soft), name="Hair", top=3, left=7)
    plate = np.full((2, 10, 4), 255, np.uint8)
    clothes = opened.create_pixel_layer(Image.fromarray(plate), name="Clothes", top=-1, left=0)
    mask = Image.new("L", (4, 2), 0)
    mask.paste(255, (0, 0, 2, 2))
    clothes.create_mask(mask, top=-1, left=2)
    assert hair.has_pixels()
    opened.save(tmp_path / "x.psd")
    arriving = psd.reading(tmp_path / "x.psd", False)
    (entry,) = arriving.entries
    labels = entry.load().labels
    names = {name: number for number, name in entry.load().names.items()}
    assert (labels[3:7, 9] == names["hair"]).all()
    assert (labels[3:7, 8] == 0).all()
    assert labels[0].tolist().count(names["clothes"]) in (2, 8)  # what its mask says beyond itself differs by version


def test_a_hidden_layer_counts_only_where_none_of_its_name_is_shown(tmp_path: Path) -> None:
    opened = psd_tools.PSDImage.new("RGBA", (10, 12))
    plate = Image.fromarray(np.full((2, 10, 4), 255, np.uint8))
    for name, top, visible in (("Hair", 0, True), ("Hair copy", 5, False), ("Skin", 9, False)):
        opened.create_pixel_layer(plate, name=name, top=top).visible = visible
    opened.save(tmp_path / "x.psd")
    (entry,) = psd.reading(tmp_path / "x.psd", False).entries
    rows = np.unique(np.nonzero(entry.load().labels)[0])
    assert rows.tolist() == [0, 1, 9, 10]


def test_what_is_no_document_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.psd").write_text("8BPT")
    head = b"8BPS\0\1" + bytes(6) + b"\0\3" + (30_000).to_bytes(4, "big") * 2 + b"\0\x08\0\3"
    (tmp_path / "huge.psd").write_bytes(head + bytes(40))
    document(tmp_path / "bare.psd", [])
    says_what = "no group 'Mask'", "900 megapixels", "no Photoshop"
    for entry, says in zip(psd.reading(tmp_path, False).entries, says_what, strict=True):
        with pytest.raises(MaskError, match=says):
            entry.load()


def test_unreadable_profiles_and_proposals_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "set" / "A").mkdir(parents=True)
    Image.new("RGB", (8, 9)).save(tmp_path / "set" / "A" / "x.png", icc_profile=b"nonsense")
    write_mask(tmp_path / "set" / "B" / "x.png", np.zeros((9, 8), np.uint8))
    write_mask(tmp_path / "set" / ".chromadesk" / "proposals" / "A" / "x.png.png", np.zeros((3, 3), np.uint8))
    opened = psd_tools.PSDImage.open(exported(tmp_path / "set", tmp_path / "out") / "x.psd")
    assert [layer.name for layer in opened] == ["Photo", "Mask"]
    assert opened.image_resources.get_data(1039) != b"nonsense"  # but sRGB's, which the photo counts as


# -- painted in other programs -----------------------------------------------------------------------------------------

_GIMP = """
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{path}" "x.psd")))
       (layer (car (gimp-image-get-layer-by-name image "Hair"))))
  (gimp-image-select-rectangle image CHANNEL-OP-REPLACE 100 200 60 40)
  (gimp-context-set-foreground (quote (147 225 245)))
  (gimp-edit-fill layer FILL-FOREGROUND)
  (gimp-selection-none image)
  (file-psd-save RUN-NONINTERACTIVE image layer "{path}" "x.psd" 0 0))
"""
_KRITA = """
from krita import InfoObject, Krita
def paint(args):
    Krita.instance().setBatchmode(True)
    document = Krita.instance().openDocument(args[0])
    document.setBatchmode(True)
    document.nodeByName("Hair").setPixelData(bytes([245, 225, 147, 255]) * 2400, 100, 200, 60, 40)
    document.refreshProjection()
    document.waitForDone()
    document.exportImage(args[0], InfoObject())
    document.close()
"""


def by_gimp(path: Path, home: Path) -> None:
    """Fill a rectangle of the layer "Hair" in GIMP, and save."""
    gimp = shutil.which("gimp-console") or pytest.skip("GIMP is not here")
    script = " ".join(_GIMP.format(path=path).split())
    command = [gimp, "-i", "-d", "-f", "-b", script, "-b", "(gimp-quit 0)"]
    subprocess.run(command, check=True, timeout=180, env={**os.environ, "HOME": str(home)}, capture_output=True)


def by_krita(path: Path, home: Path) -> None:
    """The same in Krita."""
    krita, display = shutil.which("kritarunner"), shutil.which("xvfb-run")
    if not (krita and display):
        pytest.skip("Krita or a display for it is not here")
    (home / "paint.py").write_text(_KRITA)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_"))}
    command = [display, "-a", krita, "-s", "paint", "-f", "paint", str(path)]
    environment |= {"HOME": str(home), "PYTHONPATH": str(home)}
    subprocess.run(command, check=True, timeout=180, env=environment, capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize("paint", [by_gimp, by_krita])
def test_exactly_what_was_painted_elsewhere_arrives(
    paint: Callable[[Path, Path], None], real: Callable[[int], Path], tmp_path: Path
) -> None:
    root = real(2)
    out = exported(root, tmp_path / "out")
    (path,) = (out / "train").iterdir()
    before = path.read_bytes()
    (tmp_path / "home").mkdir()
    paint(path, tmp_path / "home")
    assert path.read_bytes() != before
    masks = {file: read_mask(file).labels.copy() for file in root.rglob("B/*.png")}
    result = returned(out, root)
    assert (result.changed, result.same, result.failures) == (1, 1, {})
    for file, labels in masks.items():
        if file.stem == path.stem:
            labels[200:240, 100:160] = 4
        assert (read_mask(file).labels == labels).all()
