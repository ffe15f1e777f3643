"""``chromadesk colours``: the table, the page, JSON and CSV; whose masks count; what is kept; what is refused."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.classes import NAMES
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.images import read_photo
from chromadesk.inference import segment
from chromadesk.inference.segment import Segmenter


@pytest.fixture
def folder(patchwork: Callable[..., Path], tmp_path: Path) -> Path:
    """Six pairs, of which the last two lack the mask."""
    root = patchwork(tmp_path / "looks <b>", 6)
    for number in (4, 5):
        (root / "B" / f"{number:02}.png").unlink()
    return root


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "fields.csv"
    path.write_text("photo,season,brand\n00,SS24,A\n01,SS24,A\n02,AW24,A & B\n03.png,AW24,\nghost,SS24,\n")
    return path


def test_everything_at_once(folder: Path, table: Path, tmp_path: Path, command: Callable[..., Any]) -> None:
    page, plain, rows = tmp_path / "page.html", tmp_path / "c.json", tmp_path / "c.csv"
    outcome = command(
        "colours", folder, "--group-by", "season", "--fields", table, "--report", page, "--json", plain, "--csv", rows
    )
    assert outcome.code == 0
    assert "4 photos, " in outcome.out
    assert "100 % approved; 4 assumed sRGB; no grey point set" in outcome.out
    assert "#c83cc8" in outcome.out
    assert f"{table} speaks of photos that are not here: ghost." in outcome.err
    assert "2 photos without an approved mask left out; --predict counts them." in outcome.err
    assert re.search(r"4 photos read in .* s in all; peak memory \d+ MB", outcome.err)
    found = json.loads(plain.read_text())
    assert [group["name"] for group in found["groups"]] == ["SS 2024", "AW 2024"]
    assert [group["photos"] for group in found["groups"]] == [["A/00.png", "A/01.png"], ["A/02.png", "A/03.png"]]
    assert found["comparisons"][0]["before"] == "SS 2024"
    assert found["trust"]["approved"] == 4
    listed = list(csv.DictReader(rows.read_text().splitlines()))
    assert {(row["photo"], row["hex"], row["season"]) for row in listed} == {
        (f"A/0{number}.png", "#c83cc8", "SS 2024" if number < 2 else "AW 2024") for number in range(4)
    }
    text = page.read_text()
    assert "looks &lt;b&gt;" in text
    assert "<b>" not in re.sub(r"<b>[\w ]+</b>", "", text)  # none but those of the cards
    assert text.count("data:image/jpeg;base64,") == 4
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?https?:", text)
    for number in re.findall(r'href="#m(\d+)"', text):  # every mark has its photos
        marks = json.loads(re.search(r'id="data">(.*?)</script>', text)[1])["marks"]  # type: ignore[index]
        assert marks[int(number)][3]


def test_fields_stay(folder: Path, table: Path, tmp_path: Path, command: Callable[..., Any]) -> None:
    command("colours", folder, "--fields", table)
    assert command("colours", folder, "--group-by", "brand", "--json", tmp_path / "c.json").code == 0
    groups = json.loads((tmp_path / "c.json").read_text())["groups"]
    assert [group["name"] for group in groups] == ["A", "A & B", "unknown"]


def test_photos_without_masks_are_predicted(
    folder: Path, tiny_weights: Path, tmp_path: Path, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for number in (4, 5):
        (folder / "A" / f"{number:02}.png").rename(plain / f"{number:02}.png")
    (plain / "06.png").write_text("no photo")
    seen = Segmenter(tiny_weights, "cpu").labels(read_photo(plain / "04.png").pixels)
    name = NAMES[1 + int(np.bincount(seen.ravel(), minlength=5)[1:].argmax())]  # what untrained weights take it for
    arguments = ("colours", plain, "--class", name, "--model", tiny_weights, "--json", tmp_path / "c.json")
    outcome = command(*arguments)
    assert outcome.code == 2  # for the one that is no photo, which stops no other
    assert "2 photos without a mask: tiny predicted them for this, none was written." in outcome.err
    assert "06.png" in outcome.err
    assert not (plain / "B").exists()
    first = json.loads((tmp_path / "c.json").read_text())
    assert "masks predicted by tiny" in first["trust"]["line"]
    assert first["trust"]["unread"] == 1
    monkeypatch.delattr(segment, "Segmenter")  # a second time nobody is asked
    (plain / "06.png").unlink()
    assert command(*arguments).code == 0
    again = json.loads((tmp_path / "c.json").read_text())
    assert again["overall"] == first["overall"]
    assert "approve some masks" in command("colours", plain, "--no-predict").sentence


def test_predict_counts_the_unapproved(
    folder: Path, tiny_weights: Path, tmp_path: Path, command: Callable[..., Any]
) -> None:
    with Index.open(Dataset.open(folder)) as index:
        index.set_status("A/00.png", "proposed")
        index.set_status("A/01.png", "excluded")
    arguments = ("colours", folder, "--model", tiny_weights, "--json", tmp_path / "c.json")
    assert command(*arguments).code == 0
    assert json.loads((tmp_path / "c.json").read_text())["trust"]["approved"] == 2
    assert command(*arguments, "--predict").code == 0
    trust = json.loads((tmp_path / "c.json").read_text())["trust"]
    assert (trust["approved"], trust["unapproved"]) == (2, 1)
    assert trust["predicted"] + trust["without"] == 2


def test_a_folder_of_folders(
    tmp_path: Path, patchwork: Callable[..., Path], command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    patchwork(tmp_path / "all" / "SS24" / "Gucci", 2)
    patchwork(tmp_path / "all" / "AW24" / "Prada", 2, start=2)
    outcome = command("colours", tmp_path / "all", "--group-by", "season", "--json", tmp_path / "c.json")
    assert outcome.code == 0
    groups = json.loads((tmp_path / "c.json").read_text())["groups"]
    assert [(group["name"], group["photos"]) for group in groups] == [
        ("SS 2024", ["SS24/Gucci/A/00.png", "SS24/Gucci/A/01.png"]),
        ("AW 2024", ["AW24/Prada/A/02.png", "AW24/Prada/A/03.png"]),
    ]
    command("colours", tmp_path / "all", "--group-by", "brand", "--json", tmp_path / "c.json")
    names = [group["name"] for group in json.loads((tmp_path / "c.json").read_text())["groups"]]
    assert names == ["Gucci", "Prada"]
    monkeypatch.chdir(tmp_path)  # and by a relative name
    assert command("colours", "all", "--group-by", "folder", "--json", tmp_path / "c.json").code == 0
    names = [group["name"] for group in json.loads((tmp_path / "c.json").read_text())["groups"]]
    assert names == ["AW24/Prada/A", "SS24/Gucci/A"]


def test_nothing_to_group_by_is_said(folder: Path, command: Callable[..., Any]) -> None:
    outcome = command("colours", folder, "--group-by", "month")
    assert outcome.code == 0
    assert "Warning: nothing says the month of any photo; --fields has a table of it.\n" in outcome.err
    assert "Warning" not in command("colours", folder, "--group-by", "folder").err


def test_what_is_read_is_not_overwritten(folder: Path, table: Path, command: Callable[..., Any]) -> None:
    for option, path in (("--csv", table), ("--report", folder / "A" / "00.png"), ("--json", table)):
        before = path.read_bytes()
        refused = command("colours", folder, "--fields", table, option, path)
        assert refused.code == 2
        assert "would be overwritten" in refused.sentence
        assert path.read_bytes() == before


def test_what_cannot_be_used(folder: Path, tmp_path: Path, command: Callable[..., Any]) -> None:
    assert "no class 'socks'" in command("colours", folder, "--class", "socks").sentence
    assert "no class 'background'" in command("colours", folder, "--class", "background").sentence
    assert "no weighting" in command("colours", folder, "--weight", "grams").sentence
    assert "does not exist" in command("colours", tmp_path / "none").sentence
    (tmp_path / "empty").mkdir()
    assert "no photos" in command("colours", tmp_path / "empty").sentence
    assert "to group by" in command("colours", folder, "--group-by", "mood").sentence
    (tmp_path / "bad.csv").write_bytes(b"\x89PNG\0")
    assert "bad.csv" in command("colours", folder, "--fields", tmp_path / "bad.csv").sentence
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / "empty" / "1.png")
    assert "no quality" in command("colours", tmp_path / "empty", "--quality", "best").sentence
