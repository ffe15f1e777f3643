"""``chromadesk export`` and ``import``: what scripts rely on, and what they say to input they cannot use."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset.formats import table
from chromadesk.masks import write_mask

Command = Callable[..., Any]  # the fixture of tests/conftest.py


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    """A data set of three pairs."""
    return patchwork(tmp_path / "pairs", 3)


@pytest.mark.parametrize("name", ["pix2pix", "coco", "psd"])
def test_there_and_back(command: Command, pairs: Path, tmp_path: Path, name: str) -> None:
    done = command("export", pairs, "--format", name, "--out", tmp_path / "out", "--json", tmp_path / "out.json")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Wrote 3 of 3 photos and masks to ")
    report = json.loads((tmp_path / "out.json").read_text())
    assert (report["written"], report["lost"], report["failures"]) == (3, 0, {})
    back = command(
        "import", tmp_path / "out", "--format", name, "--out", tmp_path / "set", "--json", tmp_path / "in.json"
    )
    assert (back.code, back.err) == (0, "")
    assert back.out.startswith("3 masks added to ")
    assert json.loads((tmp_path / "in.json").read_text())["added"] == 3


def test_one_photo_goes_out_and_its_format_is_guessed_on_the_way_back(
    command: Command, pairs: Path, tmp_path: Path
) -> None:
    done = command("export", pairs, "--format", "voc", "--out", tmp_path / "out", "--photo", "A/01.png")
    assert done.out.startswith("Wrote 1 of 1")
    back = command("import", tmp_path / "out", "--out", tmp_path / "set")
    assert (back.code, back.out[:13]) == (0, "1 mask added ")
    some = ("--photo", "A/01.png", "--photo", "01")
    wrong = command("export", pairs, "--format", "voc", "--out", tmp_path / "no", *some)
    assert wrong.sentence.endswith("with a mask is '01'; write its path within the data set.")
    (tmp_path / "file").write_text("kept")
    onto = command("export", pairs, "--format", "voc", "--out", tmp_path / "file", "--replace")
    assert onto.sentence.endswith("is a file, not a folder; choose another name.")
    (tmp_path / "empty").mkdir()
    assert "give --format" in command("import", tmp_path / "empty", "--out", tmp_path / "set").sentence


def test_every_format_stands_in_the_help(command: Command) -> None:
    for verb in ("export", "import"):
        text = "".join(command(verb, "--help").out.split())
        assert all(name in text for name in table.FORMATS)


def test_losses_are_stated(command: Command, pairs: Path, tmp_path: Path) -> None:
    rough = np.random.default_rng(0).integers(0, 5, (48, 36), np.uint8)
    write_mask(pairs / "B" / "00.png", rough)
    done = command("export", pairs, "--format", "coco", "--polygons", "--out", tmp_path / "coco")
    assert "come back as another class" in done.out
    done = command("export", pairs, "--format", "pix2pix", "--paper", "--out", tmp_path / "paper")
    assert "their own size does not come back" in done.out
    Image.open(pairs / "A" / "01.png").save(pairs / "A" / "01.webp", lossless=True)
    (pairs / "A" / "01.png").unlink()
    assert (
        "1 photo turned upright or converted"
        in command("export", pairs, "--format", "voc", "--out", tmp_path / "voc").out
    )


def test_a_map_is_drafted_filled_in_and_used(command: Command, pairs: Path, tmp_path: Path) -> None:
    Image.fromarray(np.full((48, 36), 12, np.uint8)).save(pairs / "B" / "00.png")
    draft = tmp_path / "map.toml"
    refused = command("import", pairs, "--format", "pix2pix", "--out", tmp_path / "set", "--map", "segformer-clothes")
    assert refused.code == 0  # 0-4 and 12 are labels of that list, too
    drafted = command("import", pairs, "--format", "pix2pix", "--out", tmp_path / "set", "--draft-map", draft)
    assert drafted.code == 0
    assert 'id = 12, name = "12", class = ""' in draft.read_text()
    unfilled = command("import", pairs, "--format", "pix2pix", "--out", tmp_path / "new", "--map", draft)
    assert unfilled.code == 2
    draft.write_text(draft.read_text().replace('class = ""', 'class = "hair"'))
    filled = command("import", pairs, "--format", "pix2pix", "--out", tmp_path / "new", "--map", draft)
    assert filled.code == 0
    assert (np.asarray(Image.open(tmp_path / "new" / "B" / "00.png")) == 4).all()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "{pairs}", "--format", "vock", "--out", "{out}"), "There is no format 'vock'"),
        (("export", "{pairs}", "--format", "voc", "--polygons", "--out", "{out}"), "--polygons; that is for coco"),
        (("export", "{pairs}", "--format", "voc", "--out", "{pairs}"), "is the data set"),
        (("export", "{pairs}", "--format", "voc", "--out", "{out}", "--split", "half"), "no split 'half'"),
        (("export", "{out}", "--format", "voc", "--out", "{out}"), "does not exist"),
        (
            ("export", "{pairs}", "--format", "voc", "--out", "{out}", "--photo", "A/no.png"),
            "is 'A/no.png'; write its path",
        ),
        (("import", "{out}", "--format", "voc", "--out", "{pairs}"), "does not exist"),
        (("import", "{out}", "--out", "{pairs}"), "does not exist"),
        (("import", "{pairs}", "--format", "voc", "--out", "{out}"), "no folder SegmentationClass"),
        (("import", "{pairs}", "--format", "pix2pix", "--out", "{out}", "--map", "none"), "no map none"),
    ],
)
def test_what_cannot_be_used_gives_a_sentence(
    command: Command, pairs: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = command(*(each.format(pairs=pairs, out=tmp_path / "out") for each in arguments))
    assert done.code == 2
    assert says in done.sentence


def test_failures_are_told_and_make_the_exit_code(command: Command, pairs: Path, tmp_path: Path) -> None:
    (pairs / "B" / "01.png").write_bytes(b"no PNG")
    done = command("export", pairs, "--format", "coco", "--out", tmp_path / "out")
    assert done.code == 2
    assert done.out.startswith("Wrote 2 of 3")
    assert "01.png" in done.sentence
    assert command("import", pairs, "--format", "pix2pix", "--out", tmp_path / "set").code == 2
