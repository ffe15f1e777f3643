"""``chromadesk models``: the tree, and adopting a new version only if it is better or somebody insists."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from chromadesk.dataset import splits
from chromadesk.dataset.pairs import Dataset
from chromadesk.masks import write_mask
from chromadesk.models import choice, library, weights
from chromadesk.models.info import WeightsInfo, read_info

Command = Callable[..., Any]  # the fixture of tests/conftest.py


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    """Twelve photos, half of them for test."""
    root = patchwork(tmp_path / "pairs", 12, cells=(4, 2), side=16)
    splits.ensure_split(Dataset.open(root), 0, 0.5)
    return root


@pytest.fixture
def trained(pairs: Path, tmp_path: Path, command: Command) -> Path:
    """Weights that have learned those colours."""
    tiny = ("--set", "depth=2", "--set", "width=8", "--size", "64x32", "--batch", "2", "--lr", "0.01")
    done = command("train", pairs, "--out", tmp_path / "good", "-m", "unet", *tiny, "--epochs", "8", "--device", "cpu")
    assert done.code == 0, done.err
    return tmp_path / "good" / "model.safetensors"


def altered(model: Path, out: Path, noise: float, **said: str) -> Path:
    """The same network with its weights disturbed, under another name and parent."""
    network, info = weights.load(model)
    torch.manual_seed(0)
    with torch.no_grad():
        for value in network.parameters():
            value += noise * torch.randn_like(value)
    weights.save(network, dataclasses.replace(info, name=out.stem, **said), out)
    return out


def test_the_better_one_is_adopted_and_the_worse_one_only_anyway(
    pairs: Path, trained: Path, tmp_path: Path, command: Command
) -> None:
    state = Dataset.open(pairs).state
    (state / "models").mkdir(parents=True, exist_ok=True)
    first = altered(trained, state / "models" / "net-v1.safetensors", 0.0)
    worse = altered(trained, tmp_path / "worse.safetensors", 0.3, parent="net-v1")
    refused = command("models", "adopt", worse, "--dataset", pairs, "--device", "cpu")
    assert refused.code == 2
    assert "The new model is worse on 6 test photos: mIoU over five classes" in refused.sentence
    assert refused.sentence.endswith("--anyway adopts it all the same.")
    assert library.own(state) == [first]

    done = command("models", "adopt", worse, "--dataset", pairs, "--device", "cpu", "--anyway")
    assert done.code == 0, done.err
    second = state / "models" / "net-v2.safetensors"
    assert "net-v2 makes the proposals" in done.out
    assert (read_info(second).name, read_info(second).parent) == ("net-v2", "net-v1")
    assert choice.remembered_model(state)[0] == second

    again = command("models", "adopt", worse, "--dataset", pairs)
    assert (again.code, again.out) == (0, f"{worse} is net-v2, which makes the proposals for {pairs} already.\n")
    assert command("models", "adopt", "net-v2", "--dataset", pairs).out.startswith("net-v2 makes the proposals")
    assert library.own(state) == [first, second]

    better = altered(trained, tmp_path / "better.safetensors", 0.0, parent="net-v2")
    done = command("models", "adopt", better, "--dataset", pairs, "--device", "cpu")
    assert done.code == 0, done.err
    assert "The new model is better on 6 test photos" in done.out
    assert choice.remembered_model(state)[0] == state / "models" / "net-v3.safetensors"
    assert choice.go_back(state) == second
    same = command("models", "adopt", "net-v1", "--dataset", pairs, "--against", "net-v3", "--device", "cpu")
    assert same.code == 2
    assert "just as good" in same.sentence
    command("models", "adopt", "net-v1", "--dataset", pairs, "--against", "net-v3", "--device", "cpu", "--anyway")
    assert choice.remembered_model(state)[0] == first  # a version already: no copy is made
    copied = command("models", "adopt", worse, "--dataset", pairs, "--device", "cpu", "--anyway")
    assert f"{worse} is kept as net-v2 already; no copy was made." in copied.out
    assert choice.remembered_model(state)[0] == second
    assert len(library.own(state)) == 3


def test_without_test_photos_somebody_has_to_insist(tmp_path: Path, tiny_weights: Path, command: Command) -> None:
    root = tmp_path / "photos"
    for number in range(2):
        (root / "train" / "A").mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (32, 64)).save(root / "train" / "A" / f"{number}.png")
        write_mask(root / "train" / "B" / f"{number}.png", np.zeros((64, 32), np.uint8))
    refused = command("models", "adopt", tiny_weights, "--dataset", root)
    assert refused.code == 2
    assert "There are no test photos" in refused.sentence
    done = command("models", "adopt", tiny_weights, "--dataset", root, "--anyway")
    assert "unet-v1 makes the proposals" in done.out
    assert command("models", "adopt", "nothing", "--dataset", root).code == 2


def test_the_tree_shows_parents_figures_and_what_is_gone(tmp_path: Path, tiny_weights: Path, command: Command) -> None:
    root = tmp_path / "photos"
    (root / "A").mkdir(parents=True)
    Image.new("RGB", (32, 64)).save(root / "A" / "0.png")
    models = root / ".chromadesk" / "models"
    models.mkdir(parents=True)
    network, info = weights.load(tiny_weights)
    for name, parent in (("net-v1", "run7"), ("net-v2", "net-v1"), ("net-v3", "net-v2"), ("x", "y"), ("y", "x")):
        said: dict[str, Any] = {
            "name": name,
            "parent": parent,
            "trained_on": ("a" * 64, "b" * 64),
            "scores": {"miou": 0.5},
        }
        weights.save(network, dataclasses.replace(info, **said), models / f"{name}.safetensors")
    (models / "broken.safetensors").touch()
    done = command("models", "--tree", "--dataset", root)
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    at = lines.index("run7 (its file is not here)")
    shown = [line.rsplit("  ", 1)[0] for line in lines]
    assert shown[at + 1 : at + 4] == ["└── net-v1", "    └── net-v2", "        └── net-v3"]
    assert "unet · mIoU 50.0 · 2 photos · 20" in lines[at + 1]
    assert any(line.startswith("chromanet") or "── chromanet" in line for line in lines)
    assert any(line.startswith("broken  ") for line in lines)
    assert shown[shown.index("x") + 1] == "└── y"  # each says that it comes from the other
    assert "run7" not in command("models", "--tree").out
    assert WeightsInfo("a", "unet").parent == ""
