"""``import chromadesk as cd``: what it takes, what it gives, and that nothing heavy comes with the import."""

from __future__ import annotations

import io
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import chromadesk as cd
from chromadesk import samples
from chromadesk.errors import DatasetError, ImageError, InputError, MaskError

ROOT = Path(__file__).parents[1]


def after(code: str) -> set[str]:
    """Of the heavy packages, those that are loaded once ``code`` has run in a fresh interpreter."""
    names = "('torch', 'cv2', 'numpy', 'PIL', 'PySide6', 'typer', 'importlib.metadata')"
    code = f"import sys; {code}; print(*[name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_the_import_brings_nothing_and_the_data_set_no_torch() -> None:
    assert after("import chromadesk as cd; dir(cd)") == set()
    assert "torch" not in after("import chromadesk as cd; cd.Dataset, cd.palette, cd.segment, cd.overlay")


def test_every_name_it_lists_is_there() -> None:
    assert {"segment", "palette", "evaluate", "Dataset"} <= set(dir(cd))
    assert all(getattr(cd, name) is not None for name in dir(cd))
    with pytest.raises(AttributeError, match="segmnt"):
        _ = cd.segmnt


def test_a_photo_is_the_same_as_file_array_and_image(
    tiny_weights: Path, tmp_path: Path, scene: Callable[..., np.ndarray]
) -> None:
    pixels = scene(1)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    from_file = cd.segment(tmp_path / "photo.png", tiny_weights, device="cpu", precision="fp32")
    assert from_file.shape == pixels.shape[:2]
    assert from_file.dtype == np.uint8
    for photo in (str(tmp_path / "photo.png"), pixels, Image.fromarray(pixels), Image.open(tmp_path / "photo.png")):
        assert np.array_equal(cd.segment(photo, tiny_weights, device="cpu", precision="fp32"), from_file)
    chances = cd.probabilities(pixels, str(tiny_weights), device="cpu", precision="fp32")
    assert chances.shape[0] == 5
    assert np.allclose(chances.sum(axis=0), 1, atol=1e-5)


def test_a_model_of_another_program_is_taken_with_its_map(scene: Callable[..., np.ndarray]) -> None:
    folder = ROOT / "tests" / "data" / "segformer"
    labels = cd.segment(scene(1), folder, class_map="segformer-clothes", device="cpu", precision="fp32")
    assert labels.shape == (240, 160)
    assert set(np.unique(labels)) <= {0, 2, 3, 4}


def test_a_pillow_image_is_turned_as_its_exif_says(scene: Callable[..., np.ndarray]) -> None:
    from chromadesk.given import as_photo

    exif = Image.Exif()
    exif[0x0112] = 6
    for form, read in (("PNG", False), ("PNG", True), ("JPEG", False)):
        kept = io.BytesIO()
        Image.fromarray(scene(2)).save(kept, form, exif=exif)
        image = Image.open(kept)
        if read:
            image.load()
        assert as_photo(image).pixels.shape == (160, 240, 3)


def test_grey_and_transparent_photos_are_plain_ones() -> None:
    from chromadesk.given import as_photo

    grey = np.full((4, 3), 77, np.uint8)
    assert (as_photo(grey).pixels == 77).all()
    clear = np.zeros((4, 3, 4), np.uint8)
    assert (as_photo(clear).pixels == 255).all()
    assert (as_photo(Image.fromarray(clear, "RGBA")).pixels == 255).all()
    assert (as_photo(Image.fromarray(grey)).pixels == 77).all()
    assert as_photo(Image.new("1", (3, 4), 1)).pixels.shape == (4, 3, 3)


@pytest.mark.parametrize(
    "photo",
    [
        np.zeros((4, 3, 3)),
        np.zeros((4, 3, 2), np.uint8),
        np.zeros((0, 3, 3), np.uint8),
        Image.new("F", (3, 4)),
        "nowhere.jpg",
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence(photo: object) -> None:
    with pytest.raises(ImageError, match=r"\.$"):
        cd.palette(photo)  # type: ignore[arg-type]


def test_a_palette_takes_every_form_of_mask(tmp_path: Path, scene: Callable[..., np.ndarray]) -> None:
    pixels, labels = scene(3), np.zeros((240, 160), np.uint8)
    labels[60:200, 40:120] = 3
    cd.write_mask(tmp_path / "mask.png", labels)
    expected = cd.palette(pixels, labels)
    assert list(expected) == [each.name for each in cd.CLASSES]
    assert expected["hair"] == []
    assert len(expected["clothes"]) > 1
    assert expected["clothes"][0].hex.startswith("#")
    colours = np.array([each.colour for each in cd.CLASSES], np.uint8)[labels]
    for mask in (tmp_path / "mask.png", labels.astype(np.int64), colours, Image.open(tmp_path / "mask.png")):
        assert cd.palette(Image.fromarray(pixels), mask) == expected
    assert len(cd.palette(pixels, labels, k=2)["clothes"]) == 2


@pytest.mark.parametrize(
    "mask",
    [
        np.zeros((240, 160), bool),
        np.zeros((240, 161), np.uint8),
        np.full((240, 160), 5),
        np.full((240, 160), -1),
        np.full((240, 160, 3), 200, np.uint8),
    ],
)
def test_what_is_no_mask_is_refused_in_a_sentence(mask: np.ndarray, scene: Callable[..., np.ndarray]) -> None:
    with pytest.raises(MaskError, match=r"\.$"):
        cd.palette(scene(1), mask)


def test_a_data_set_is_gone_through_pair_by_pair(patchwork: Callable[..., Path], tmp_path: Path) -> None:
    root = patchwork(tmp_path, 4)
    (root / "B" / "03.png").unlink()
    dataset = cd.Dataset(root)
    assert len(dataset) == 4
    assert dataset.photos[0] == root / "A" / "00.png"
    assert dataset.masks[3] is None
    assert list(dataset.states.values()) == ["approved"] * 3 + ["new"]
    first = dataset[0]
    assert dataset["A/00.png"] is first
    assert first.split is None
    assert first.pixels().shape[:2] == first.labels().shape
    assert [pair.key for pair in dataset.select(state="new")] == ["A/03.png"]
    assert len(dataset.select(masked=True)) == 3
    assert dataset[1:3] == list(dataset)[1:3]
    with pytest.raises(MaskError, match="no mask yet"):
        dataset[3].labels()
    with pytest.raises(InputError, match="'valid'"):
        dataset.select(split="valid")  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        dataset["A/99.png"]


def test_an_evaluation_is_the_commands(patchwork: Callable[..., Path], tmp_path: Path, tiny_weights: Path) -> None:
    root = patchwork(tmp_path, 3)
    how = {"device": "cpu", "precision": "fp32", "size": (64, 32)}
    with pytest.warns(UserWarning, match="no split yet"):
        result = cd.evaluate(root, tiny_weights, **how)  # type: ignore[arg-type]
    assert result.photos == 3
    assert result.confusion.sum() == 3 * 64 * 32
    assert result.iou == result.details["iou"]
    assert 0 <= (result.miou or 0) <= 1
    some = cd.Dataset(root).select(masked=True)
    again = cd.evaluate(some, tiny_weights, split="all", **how)  # type: ignore[arg-type]
    assert np.array_equal(again.confusion, result.confusion)
    with pytest.raises(DatasetError, match="None of the photos"):
        cd.evaluate(some.select(state="new"), tiny_weights)


@pytest.mark.skipif(not samples.available(), reason="the sample portraits are not installed")
def test_the_example_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples" / "read_colours.py"))["main"](tmp_path / "out", [])
    said = capsys.readouterr().out
    assert "astronaut.jpg accessories" in said
    assert "mIoU 1.000 on 2 photos" in said
    assert (tmp_path / "out" / "B" / "grace_hopper.png").is_file()
