"""The paper's tables end to end, on a handful of synthetic pairs."""

from __future__ import annotations

import csv
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chromadesk.bench import sheets
from chromadesk.bench.paper import run
from chromadesk.bench.plan import Settings, parse_models
from chromadesk.errors import InputError
from chromadesk.jobs.messages import Message, Metrics

TINY = parse_models("fcn1s:width=4,unet1:depth=3:width=4,pix2pix:width=2,chromanet:widths=[8,8,8,8]")


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    return patchwork(tmp_path / "pairs", 10)


def settings(pairs: Path, out: Path, **changes: Any) -> Settings:
    values = {"models": TINY, "epochs": 1, "size": (64, 32), "batch": 2, "rounds": 1, "device": "cpu"}
    values |= {"precision": "fp32", "encoder_weights": {"fcn1s": "random"}}
    return Settings(str(pairs), str(out), **{**values, **changes})


@pytest.mark.slow
def test_a_stopped_benchmark_goes_on_to_the_same_tables(pairs: Path, tmp_path: Path) -> None:
    changes: dict[str, Any] = {"models": parse_models("unet1:depth=3:width=4,pix2pix:width=2"), "claims": "unet1"}
    whole = run(settings(pairs, tmp_path / "whole", **changes))
    assert whole["photos"] == {"train": 8, "test": 2}
    assert not whole["stopped"]
    seen: list[Message] = []
    request = settings(pairs, tmp_path / "part", **changes)
    stopped = run(request, seen.append, lambda: sum(isinstance(m, Metrics) for m in seen) >= 7)
    assert stopped["stopped"]
    assert 0 < len(stopped["rows"]) < len(whole["rows"])
    assert any("was stopped" in note for note in sheets.footnotes(stopped))
    resumed = run(request)
    assert list(resumed["rows"]) == list(whole["rows"])
    for name, row in whole["rows"].items():
        assert {**resumed["rows"][name], "seconds": 0} == {**row, "seconds": 0}, name
    assert resumed["speed"] == stopped["speed"]
    assert not list((tmp_path / "part").rglob("checkpoint"))
    with pytest.raises(InputError, match="had epochs = 1, not 2"):
        run(dataclasses.replace(request, epochs=2))
    with pytest.raises(InputError, match="holds other things"):
        run(settings(pairs, pairs))


@pytest.mark.slow
def test_rows_stand_beside_the_paper_s_in_every_format(pairs: Path, tmp_path: Path) -> None:
    results = run(settings(pairs, tmp_path / "out", photos=6))
    assert results["photos"] == {"train": 5, "test": 1}
    by_title = {sheet.title.partition(":")[0]: sheet for sheet in sheets.sheets(results)}
    three = by_title["Table 3"]
    assert [line[:2] for line in three.lines] == [
        ("Pix2Pix (width 2)", "ours"),
        ("Pix2Pix", "paper"),
        ("FCN1s (width 4)", "ours"),
        ("FCN1s", "paper"),
        ("ChromaNet (widths [8, 8, 8, 8])", "ours"),
    ]
    assert three.lines[3][2:] == ("0.992", "0.835", "0.955", "0.867", "0.607", "0.966", "0.862", "0.715", "3.6x")
    assert three.lines[0][-1] == "1.0x"
    scores = results["rows"]["fcn1s-vanilla"]["scores"]
    assert three.lines[2][2] == f"{scores['class_accuracy']['background']:.3f}"
    assert three.lines[2][7] == f"{scores['pixel_accuracy']:.3f}"
    assert [line[0] for line in by_title["Table 4"].lines] == [
        "FCN1s (width 4)",
        "FCN1s",
        "FCN1s-wl (width 4)",
        "FCN1s-wl",
    ]
    assert "Table 5" not in by_title
    assert by_title["Table 1"].lines[0][:4] == ("U-Net1 (depth 3, width 4)", "ours", "4", "3")
    assert by_title["Table 1"].lines[1][:4] == ("U-Net1", "paper", "64", "4")
    claims = by_title["The paper's side claims (Sections 4.2 and 5.2)"]  # fp32 is all there is, so nothing is mixed
    assert [line[0].partition(", ")[2] for line in claims.lines[::2]] == [
        "photos normalised (imagenet)",
        "photos as they are",
    ]

    files = {path.name: path.read_text() for path in sheets.write(results, tmp_path / "out")}
    assert json.loads(files["results.json"]) == json.loads(json.dumps(results))
    rows = list(csv.DictReader(files["results.csv"].splitlines()))
    assert {"Table 1", "Table 4"} <= {row["table"].partition(":")[0] for row in rows}
    assert all(float(row["value"]) is not None for row in rows)
    assert len({(row["table"], row["model"], row["source"], row["column"]) for row in rows}) == len(rows)
    assert files["results.tex"].count(r"\begin{tabular}") == files["results.tex"].count(r"\end{tabular}") == 6
    assert "FCN1s & paper & 0.992" in files["results.tex"]
    assert "| FCN1s | paper | 0.992 |" in files["results.md"]
    assert "Encoders that began from random weights: FCN1s (width 4)." in files["results.md"]
    assert r"\item Encoders that began" in files["results.tex"]
    assert r"\caption{FCN architectures" in files["results.tex"]


def test_what_cannot_be_trained_or_read_is_refused_before_anything_is_made(pairs: Path, tmp_path: Path) -> None:
    few = settings(pairs, tmp_path / "out", models=parse_models("unet1:depth=3:width=4"), claims="", encoder_weights={})
    photo = str(next((pairs / "A").iterdir()))
    for changes, reason in (
        ({"models": parse_models("unet1:depth=99")}, "depth is 2 to 8"),
        ({"device": "cuda:99"}, "no cuda:99 device"),
        (
            {"models": parse_models("fcn8s"), "encoder_weights": {"fcn8s": photo}},
            "damaged",
        ),
    ):
        with pytest.raises(InputError, match=reason):
            run(dataclasses.replace(few, **changes))
        assert not (tmp_path / "out").exists()
    run(few)
    with pytest.raises(InputError, match=r"had the parameters .*'depth': 3"):
        run(dataclasses.replace(few, models=parse_models("unet1:depth=2:width=4")))
    for name in ("runs/unet1-vanilla/result.json", "speed.json", "benchmark.json"):
        before = (tmp_path / "out" / name).read_text()
        (tmp_path / "out" / name).write_text("[1]")
        with pytest.raises(InputError, match=f"{name} is damaged; delete it"):
            run(few)
        (tmp_path / "out" / name).write_text(before)


def test_mixed_precision_is_set_against_single(pairs: Path, tmp_path: Path) -> None:
    models = parse_models("unet1:depth=3:width=4")
    results = run(
        settings(pairs, tmp_path / "out", models=models, claims="unet1", precision="bf16", encoder_weights={})
    )
    (claims,) = [sheet for sheet in sheets.sheets(results) if "side claims" in sheet.title]
    assert claims.lines[0][0].endswith(", mixed precision (bf16)")
    assert claims.lines[2][0].endswith(", single precision (fp32)")
    assert claims.lines[2][-1] == "1.0x"


@pytest.mark.slow
def test_a_network_may_be_added_later(pairs: Path, tmp_path: Path) -> None:
    few = settings(pairs, tmp_path / "out", models=parse_models("unet1:depth=3:width=4"), claims="")
    first = run(few)
    second = run(dataclasses.replace(few, models=parse_models("unet1:depth=3:width=4,fcn1s:width=4")))
    assert second["rows"]["unet1-vanilla"] == first["rows"]["unet1-vanilla"]
    assert list(second["rows"]) == ["unet1-vanilla", "fcn1s-vanilla", "fcn1s-weighted"]
    assert list(second["speed"]["rows"]) == ["pix2pix", "fcn1s"]
