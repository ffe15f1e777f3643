"""``chromadesk benchmark``: what it prints and writes, and what it says to input it cannot use."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chromadesk.dataset.splits import photo_hash
from chromadesk.models import weights

Command = Callable[..., Any]  # the fixture of tests/conftest.py

TINY = ("--size", "64x32", "--batch", "2", "--rounds", "1", "--device", "cpu", "--epochs", "1")


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    return patchwork(tmp_path / "pairs", 6)


def test_speed_prints_a_table_with_pix2pix_in_it(tmp_path: Path, command: Command) -> None:
    timed = ("--models", "unet:width=4,pix2pix:width=2", "--size", "64x32", "--batch", "1", "--rounds", "1")
    out = tmp_path / "speed.json"
    shown = command("benchmark", "speed", *timed, "--device", "cpu", "--json", out)
    assert shown.code == 0
    assert "U-Net (width 4)" in shown.out
    assert "A matrix product reached" in shown.out
    rows = json.loads(out.read_text())["rows"]
    assert [row["model"] for row in rows] == ["U-Net (width 4)", "Pix2Pix (width 2)"]
    assert rows[1]["speed"] == 1.0
    assert all(row["train_ms"] > 0 and row["infer_flops"] > 0 and row["share"] > 0 for row in rows)


@pytest.mark.slow
def test_paper_prints_tables_writes_files_and_goes_on(pairs: Path, tmp_path: Path, command: Command) -> None:
    asked = ("--models", "unet1:width=2,fcn1s:width=2", "--encoder-weights", "fcn1s=random", "--claims", "none", *TINY)
    shown = command("benchmark", "paper", pairs, "--out", tmp_path / "out", *asked)
    assert shown.code == 0, shown.err
    for text in ("Table 1", "Table 2", "Table 3", "Table 4", "FCN1s-wl", "0.638", "MIoU, theirs"):
        assert text in shown.out
    assert "side claims" not in shown.out
    for name in ("results.json", "results.csv", "results.tex", "results.md"):
        assert (tmp_path / "out" / name).stat().st_size > 100
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    assert results["photos"] == {"train": 5, "test": 1}
    again = command("benchmark", "paper", pairs, "--out", tmp_path / "out", *asked)
    assert again.out == shown.out
    other = command("benchmark", "paper", pairs, "--out", tmp_path / "out", *asked, "--seed", "1")
    assert other.code == 2
    assert "had seed = 0, not 1" in other.sentence


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (("speed", "--models", "hal9000"), "hal9000"),
        (("speed", "--models", ""), "No network"),
        (("paper", "PAIRS", "--out", "OUT", "--models", "hal9000"), "hal9000"),
        (("paper", "PAIRS", "--out", "OUT", "--photos", "2"), "At least 4 photos"),
        (("paper", "PAIRS", "--out", "OUT", "--claims", "unet1", "--models", "fcn8s"), "unet1 is not among them"),
        (("paper", "PAIRS", "--out", "OUT", "--encoder-weights", "fcn1s"), "NAME=FILE"),
        (("paper", "PAIRS", "--out", "OUT", "--encoder-weights", "vgg=x.pth"), "vgg, which is not among"),
        (("paper", "PAIRS", "--out", "OUT", "--encoder-weights", "unet1=x.pth"), "no pretrained encoder"),
        (("paper", "PAIRS", "--out", "OUT", "--encoder-weights", "fcn8s=x.pth"), "no file x.pth"),
        (("paper", "OUT", "--out", "OUT"), "does not exist"),
        (("paper", "PAIRS", "--out", "PAIRS"), "holds other things"),
    ],
)
def test_input_that_cannot_be_used_is_refused(
    pairs: Path, tmp_path: Path, command: Command, asked: tuple[str, ...], reason: str
) -> None:
    places = {"PAIRS": pairs, "OUT": tmp_path / "out"}
    refused = command("benchmark", *(places.get(word, word) for word in asked))
    assert refused.code == 2
    assert reason in refused.sentence
    assert not (tmp_path / "out").exists()


def test_inference_of_no_model_is_refused(command: Command) -> None:
    done = command("benchmark", "inference", "--models", " ,")
    assert done.code == 2
    assert "No model is named" in done.sentence


def test_framings_of_a_few_photos(tmp_path: Path, pairs: Path, tiny_weights: Path, command: Command) -> None:
    file = tmp_path / "framings.json"
    asked = ("benchmark", "framings", pairs, "--split", "all", "--photos", "2", "--model", tiny_weights)
    shown = command(*asked, "--json", file)
    assert shown.code == 0, shown.err
    assert "upper body" in shown.out
    assert len(json.loads(file.read_text())["rows"]) == 5
    refused = command(*asked, "--quality", "best")
    assert refused.code == 2
    assert "careful" in refused.err


def test_qualities_are_timed_and_judged_on_the_same_photos(
    tmp_path: Path, pairs: Path, tiny_weights: Path, command: Command
) -> None:
    file = tmp_path / "qualities.json"
    common = (pairs, "--split", "all", "--model", tiny_weights, "--device", "cpu", "--json", file)
    shown = command("benchmark", "qualities", *common)
    assert (shown.code, shown.err) == (0, "")
    assert "6 photos, cpu, " in shown.out
    result = json.loads(file.read_text())
    rows = {row["quality"]: row for row in result["rows"]}
    assert list(rows) == ["fast", "standard", "careful"]
    assert rows["standard"]["ratio"] == 1.0
    assert all(row["ms"] > 0 and row["ms_mean"] > 0 for row in rows.values())
    assert (result["threads"] >= 1, result["photos"]) == (True, 6)
    for quality, row in rows.items():  # as an evaluation at 512x256 has it
        assert command("evaluate", *common, "--quality", quality).code == 0
        assert json.loads(file.read_text())["iou"] == row["iou"]
    assert "2 photos" in command("benchmark", "qualities", *common, "--photos", "2").out
    refused = command("benchmark", "qualities", pairs, "--split", "some")
    assert refused.code == 2
    assert "train, test or all" in refused.sentence


@pytest.mark.parametrize("benchmark", ["framings", "qualities"])
def test_photos_the_model_has_seen_are_warned_of(
    benchmark: str, tmp_path: Path, pairs: Path, tiny_weights: Path, command: Command
) -> None:
    network, info = weights.load(tiny_weights)
    seen = dataclasses.replace(info, trained_on=(photo_hash(pairs / "A" / "01.png"),))
    weights.save(network, seen, tmp_path / "seen.safetensors")
    asked = ("benchmark", benchmark, pairs, "--split", "all", "--model", tmp_path / "seen.safetensors")
    shown = command(*asked, "--photos", "2", "--device", "cpu")
    assert shown.code == 0
    assert shown.sentence == "Warning: 1 of 2 photos here were in the training of tiny: its scores are too good."
    assert command(*asked, "--photos", "1", "--device", "cpu").err == ""


def test_effort_of_both_arms_is_printed_and_written(
    tmp_path: Path, pairs: Path, tiny_weights: Path, command: Command
) -> None:
    file = tmp_path / "effort.json"
    asked = ("benchmark", "effort", pairs, "--split", "all", "--model", tiny_weights, "--device", "cpu")
    shown = command(*asked, "--photos", "1", "--goal", "0.2", "--json", file)
    assert (shown.code, shown.err) == (0, "")
    assert "smart tools" in shown.out
    assert "1000 x 760" in " ".join(shown.out.split())
    result = json.loads(file.read_text())
    assert (result["goal"], len(result["photos"]), set(result["arms"])) == (0.2, 1, {"brush", "smart"})


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (("NOWHERE",), "does not exist"),
        (("PAIRS", "--split", "some"), "train, test or all"),
        (("PAIRS", "--goal", "1.5"), "Invalid value for '--goal'"),
        (("PAIRS", "--photos", "0"), "Invalid value for '--photos'"),
        (("PAIRS", "--model", "hal9000"), "hal9000"),
    ],
)
def test_effort_refuses_what_it_cannot_use(
    tmp_path: Path, pairs: Path, command: Command, asked: tuple[str, ...], reason: str
) -> None:
    places = {"PAIRS": pairs, "NOWHERE": tmp_path / "nowhere"}
    refused = command("benchmark", "effort", *(places.get(word, word) for word in asked))
    assert refused.code == 2
    assert reason in refused.sentence
