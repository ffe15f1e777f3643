"""The colours of a photo on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk import classes
from chromadesk.colour import kept
from chromadesk.colour.formats import table
from chromadesk.colour.kept import Grey, Kept, Region
from chromadesk.colour.palette import Anchor
from chromadesk.dataset.pairs import Dataset
from chromadesk.masks import encode_mask, read_mask

Command = Callable[..., Any]  # the fixture of tests/conftest.py


def write_photo(path: Path, seed: int) -> Path:
    """A photo of random blobs."""
    blobs = np.random.default_rng(seed).integers(0, 255, (6, 4, 3), dtype=np.uint8)
    Image.fromarray(blobs).resize((60, 90), Image.Resampling.BICUBIC).save(path)
    return path


def test_palette_of_a_mask(command: Command, tmp_path: Path) -> None:
    pixels = np.full((40, 30, 3), 255, dtype=np.uint8)
    pixels[10:30, :, :] = (10, 20, 200)
    pixels[10:15, :, :] = (200, 20, 10)
    labels = np.zeros((40, 30), dtype=np.uint8)
    labels[10:30] = 3
    photo, mask = tmp_path / "photo.png", tmp_path / "mask.png"
    Image.fromarray(pixels).save(photo)
    mask.write_bytes(encode_mask(labels))
    outputs = [tmp_path / "one.json", tmp_path / "two.json"]
    for output in outputs:
        assert command("palette", photo, "--mask", mask, "--class", "clothes", "-k", 5, "--json", output).code == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    result = json.loads(outputs[0].read_text())
    assert list(result) == ["trust", "grey", "classes", "garments"]
    assert result["trust"] == "assumed sRGB, 1 photo, 600 pixels, mask mask.png, no grey point set"
    assert (result["grey"], result["garments"]) == ("", {})
    assert list(result["classes"]) == ["clothes"]
    first, second = result["classes"]["clothes"]
    assert (first["hex"], first["rgb"], first["share"]) == ("#0a14c8", [10, 20, 200], 0.75)
    assert (second["hex"], second["share"]) == ("#c8140a", 0.25)
    assert len(first["lab"]) == 3

    everything = command("palette", photo, "--mask", mask, "--json", outputs[0])
    assert "#ffffff" in everything.out
    assert everything.out.endswith("assumed sRGB, 1 photo, 1,200 pixels, mask mask.png, no grey point set\n")
    order = ["hair", "clothes", "skin", "accessories", "background"]
    assert list(json.loads(outputs[0].read_text())["classes"]) == order


def test_palette_without_a_mask_asks_the_model(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    photo, output = write_photo(tmp_path / "a.jpg", 5), tmp_path / "a.json"
    assert command("palette", photo, "--model", tiny_weights, "--json", output).code == 0
    found = json.loads(output.read_text())["classes"]
    assert any(found.values())


def test_palette_input_that_cannot_be_used_is_refused(command: Command, tmp_path: Path) -> None:
    photo, mask = write_photo(tmp_path / "a.png", 1), tmp_path / "mask.png"
    mask.write_bytes(encode_mask(np.zeros((9, 9), dtype=np.uint8)))
    done = command("palette", photo, "--mask", mask)
    assert done.code == 2
    assert str(mask) in done.sentence
    done = command("palette", photo, "--mask", photo)
    assert done.code == 2
    assert str(photo) in done.sentence
    done = command("palette", photo, "--class", "hats")
    assert done.code == 2
    assert "clothes" in done.sentence
    assert command("palette", photo, "-k", 0).code == 2


def test_a_few_pixels_off_the_palette_are_counted(command: Command, tmp_path: Path) -> None:
    photo, mask = write_photo(tmp_path / "a.png", 1), tmp_path / "mask.png"
    colours = classes.PALETTE[np.full((90, 60), 3)]
    colours[0, :7] = (120, 0, 255)
    Image.fromarray(colours).save(mask)
    assert read_mask(mask).off_palette == 7
    done = command("palette", photo, "--mask", mask)
    assert done.code == 0
    assert "7 pixels" in done.sentence


@pytest.fixture
def masked(tmp_path: Path) -> tuple[Path, Path]:
    """A photo and its mask: half of it clothes."""
    photo, mask = write_photo(tmp_path / "photo 7.png", 4), tmp_path / "mask.png"
    labels = np.zeros((90, 60), np.uint8)
    labels[20:65] = 3
    mask.write_bytes(encode_mask(labels))
    return photo, mask


def test_palettes_are_exported_in_every_format(command: Command, tmp_path: Path, masked: tuple[Path, Path]) -> None:
    photo, mask = masked
    outputs = [tmp_path / "out" / f"a{suffix}" for suffix in table.FORMATS]
    asked = [word for output in outputs for word in ("--export", output)]
    done = command("palette", photo, "--mask", mask, "--class", "clothes", "--class", "hair", *asked)
    assert (done.code, done.err) == (0, "")
    for output in outputs:
        assert output.stat().st_size > 0
        if output.suffix in table.READABLE:
            read = table.read(output)
            assert [each.hex in done.out for each in read.swatches] == [True] * len(read.swatches)
    read = table.read(tmp_path / "out" / "a.json")
    assert [group.title for group in read.groups] == ["Clothes"]
    assert read.title == "photo 7"
    assert read.trust.startswith("assumed sRGB, 1 photo, ")
    assert read.trust.endswith(" pixels, mask mask.png, no grey point set")
    assert read.trust in done.out


@pytest.mark.parametrize("below", ["", "A", "train/A"])
def test_what_was_decided_in_the_studio_counts(command: Command, tmp_path: Path, below: str) -> None:
    folder = tmp_path / "set" / below
    folder.mkdir(parents=True)
    photo, output = write_photo(folder / "1.png", 6), tmp_path / "found.json"
    (tmp_path / "mask.png").write_bytes(encode_mask(np.full((90, 60), 3, np.uint8)))
    state = Dataset.open(tmp_path / "set").state
    picked = Anchor(((50.0, 5.0, 5.0),), (50.0, 5.0, 5.0), "house grey", picked=True)
    decided = Kept({"coat": (picked,)}, Grey((4, 5), (0.3, 0.3, 0.25)), (Region("coat", 3, ((20, 20),)),))
    kept.write(kept.path_of(state, photo.relative_to(tmp_path / "set").as_posix()), decided)
    done = command("palette", photo, "--mask", tmp_path / "mask.png", "--class", "clothes", "--json", output)
    assert (done.code, done.err) == (0, "")
    assert "1 colour arranged by hand, grey point set\nGrey point: set by hand at row 4, column 5\n" in done.out
    found = json.loads(output.read_text())
    assert found["classes"] == {"clothes": []}
    assert found["garments"]["coat"]["swatches"][0]["name"] == "house grey"
    assert found["garments"]["coat"]["class"] == "clothes"
    assert sum(swatch["share"] for swatch in found["garments"]["coat"]["swatches"]) == pytest.approx(1)
    read = table.read(output)
    assert ([group.title for group in read.groups], read.grey) == (["coat"], found["grey"])
    command("palette", photo, "--mask", tmp_path / "mask.png", "--not-by-hand", "--json", output)
    assert json.loads(output.read_text())["trust"].endswith("mask mask.png, no grey point set")


@pytest.mark.parametrize("option", ["--export", "--lookbook", "--json"])
@pytest.mark.parametrize("which", [0, 1])
def test_what_is_read_is_not_overwritten(
    command: Command, masked: tuple[Path, Path], option: str, which: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, mask = masked
    before = masked[which].read_bytes()
    monkeypatch.chdir(photo.parent)
    refused = command("palette", photo, "--mask", mask, option, masked[which].name)
    assert (refused.code, refused.out) == (2, "")
    assert "would be overwritten" in refused.sentence
    assert masked[which].read_bytes() == before


def test_a_swatch_file_without_swatches_is_not_written(
    command: Command, tmp_path: Path, masked: tuple[Path, Path]
) -> None:
    photo, mask = masked
    refused = command("palette", photo, "--mask", mask, "--class", "hair", "--export", tmp_path / "a.ase")
    assert (refused.code, refused.sentence) == (2, f"{photo} shows nothing of hair; no swatch file was written.")
    assert not (tmp_path / "a.ase").exists()


def test_a_lookbook_page_is_written(command: Command, tmp_path: Path, masked: tuple[Path, Path]) -> None:
    photo, mask = masked
    page = tmp_path / "page.png"
    assert command("palette", photo, "--mask", mask, "--class", "clothes", "--lookbook", page).code == 0
    with Image.open(page) as image:
        assert classes.CLASSES[3].colour in {colour for _, colour in image.getcolors(1 << 24)}


def test_a_book_names_its_nearest_colour(command: Command, tmp_path: Path, masked: tuple[Path, Path]) -> None:
    photo, mask = masked
    book = tmp_path / "mill.ase"
    assert command("palette", photo, "--mask", mask, "-k", 2, "--export", book).code == 0
    done = command("palette", photo, "--mask", mask, "-k", 2, "--book", book)
    assert done.code == 0
    assert done.out.count("ΔE 0.0") == 4


@pytest.mark.parametrize("option", ["--export", "--lookbook", "--book"])
def test_a_swatch_file_that_cannot_be_used_is_refused_before_the_work(
    command: Command, tmp_path: Path, masked: tuple[Path, Path], option: str
) -> None:
    photo, mask = masked
    bad = tmp_path / "bad.doc"
    bad.write_text("poem")
    done = command("palette", photo, "--mask", mask, option, bad)
    assert (done.code, done.out) == (2, "")
    assert "bad.doc" in done.sentence
    assert ".pdf" in done.sentence or ".ase" in done.sentence
    assert bad.read_text() == "poem"


@pytest.mark.parametrize("k", ["0", "65", "-1", "many", "1.5"])
def test_a_number_of_colours_that_is_none_is_refused(command: Command, k: str) -> None:
    refused = command("palette", "x.jpg", "-k", k)
    assert (refused.code, refused.sentence) == (
        2,
        f"-k {k} is no number of colours; give one from 1 to 64, or auto.",
    )
