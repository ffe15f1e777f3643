"""Models for other programs: what is written answers as the network does, and says everything needed to use it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from chromadesk.classes import CLASSES, NAMES
from chromadesk.errors import InputError, ModelError
from chromadesk.models import onnx_export, weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.registry import build

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")
hub = pytest.importorskip("huggingface_hub")

SCORES = {"miou": 0.5, "miou_without_background": 0.4, "pixel_accuracy": 0.9, "iou": {"hair": 0.25}}
#: Architecture -> parameters that make it small.
SMALL: dict[str, dict[str, Any]] = {
    "unet": {"depth": 3, "width": 4},
    "fcn1s": {"width": 4},
    "pix2pix": {"depth": 3, "width": 4},
    "lraspp": {},
    "deeplabv3plus": {"encoder": "lite0"},
    "chromanet": {"widths": [8, 8, 8]},
}


def saved(folder: Path, name: str = "unet", **said: Any) -> Path:
    torch.manual_seed(1)
    network = build(name, SMALL[name])
    info = WeightsInfo("tried", name, SMALL[name], input_size=(64, 32), dataset="ds: #1", scores=SCORES, **said)
    weights.save(network, info, folder / "tried.safetensors")
    return folder / "tried.safetensors"


@pytest.mark.parametrize(
    "name", [name if name == "unet" else pytest.param(name, marks=pytest.mark.slow) for name in SMALL]
)
def test_the_file_answers_as_the_network_at_any_size_and_number(tmp_path: Path, name: str) -> None:
    done = onnx_export.export(saved(tmp_path, name), tmp_path / "out")
    assert done.difference < 1e-4
    assert done.alike == 1
    session = onnxruntime.InferenceSession(done.model, providers=["CPUExecutionProvider"])
    network, _ = weights.load(tmp_path / "tried.safetensors")
    for shape in ((3, 3, 65, 33), (1, 3, 96, 128)):
        photos = torch.rand(shape, generator=torch.Generator().manual_seed(0))
        with torch.inference_mode():
            own = network(photos).numpy()
        (scores,) = session.run(None, {"photos": photos.numpy()})
        assert scores.shape == (shape[0], 5, *shape[2:])
        assert np.abs(scores - own).max() < 1e-3 * max(1, np.abs(own).max())


def test_the_file_says_how_it_is_used(tmp_path: Path) -> None:
    done = onnx_export.export(saved(tmp_path, fit="aspect"), tmp_path / "out")
    model = onnx.load(done.model)
    onnx.checker.check_model(model, full_check=True)
    said = {each.key: each.value for each in model.metadata_props}
    assert json.loads(said["classes"]) == list(NAMES)
    assert json.loads(said["colours"]) == [each.hex for each in CLASSES]
    assert json.loads(said["input_size"]) == [64, 32]
    assert said["fit"].startswith("aspect")
    assert WeightsInfo.from_metadata(said, done.model).scores == SCORES
    assert {each.domain for each in model.opset_import} == {""}


def test_the_card_is_one_that_the_hub_reads(tmp_path: Path) -> None:
    out = onnx_export.export(saved(tmp_path), tmp_path / "out").model.parent
    card = hub.ModelCard.load(out / "README.md")
    assert card.data.license == "apache-2.0"
    assert card.data.pipeline_tag == "image-segmentation"
    found = {(each.metric_type, each.metric_value, each.dataset_name) for each in card.data.eval_results}
    assert found == {("mean_iou", 0.5, "ds: #1"), ("accuracy", 0.9, "ds: #1")}
    assert "| IoU |  | 0.250 |" in card.text


@pytest.mark.parametrize("fit", ["stretch", "aspect"])
def test_the_code_on_the_card_runs(
    tmp_path: Path, fit: str, scene: Callable[..., np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = onnx_export.export(saved(tmp_path, fit=fit), tmp_path / "out").model.parent
    Image.fromarray(scene(1)).save(out / "photo.jpg")
    code = re.search(r"```python\n(.*?)```", (out / "README.md").read_text(), re.DOTALL)
    assert code is not None
    monkeypatch.chdir(out)
    names: dict[str, Any] = {}
    exec(code[1], names)
    assert names["mask"].size == (160, 240)
    assert names["scores"].shape[2:] == ((64, 32) if fit == "stretch" else (55, 37))


def test_what_is_there_stays_unless_it_is_to_go(tmp_path: Path, command: Callable[..., Any]) -> None:
    path = saved(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "README.md").write_text("mine")
    done = command("models", "export", path, "--out", tmp_path / "out")
    assert done.code == 2
    assert "--replace" in done.sentence
    assert (tmp_path / "out" / "README.md").read_text() == "mine"
    done = command("models", "export", path, "--out", tmp_path / "out", "--replace")
    assert done.code == 0, done.err
    assert "100.0000 % of" in done.out
    done = command("models", "export", path, "--out", tmp_path / "out" / "README.md")
    assert done.code == 2
    assert "is a file" in done.sentence


def test_torchscript_is_refused_and_says_why(tmp_path: Path, command: Callable[..., Any]) -> None:
    done = command("models", "export", saved(tmp_path), "--out", tmp_path / "out", "--format", "torchscript")
    assert done.code == 2
    assert "holds a program" in done.sentence
    assert not (tmp_path / "out").exists()
    done = command("models", "export", saved(tmp_path), "--out", tmp_path / "out", "--format", "caffe")
    assert "no format 'caffe'" in done.sentence


def test_a_file_that_would_answer_otherwise_is_not_written(tmp_path: Path) -> None:
    network, info = weights.load(saved(tmp_path))
    data = onnx_export.encode(network, info)
    with torch.no_grad():
        next(network.parameters()).mul_(-3)
    difference, alike, _ = onnx_export.compare(data, network, info)
    assert difference > 1e-3
    assert alike < 1


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "onnx" else find(name))
    with pytest.raises(InputError, match=r"chromadesk\[onnx\]"):
        onnx_export.export(saved(tmp_path), tmp_path / "out")


def test_weights_that_cannot_be_used_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError):
        onnx_export.export(tmp_path / "bad.safetensors", tmp_path / "out")
    assert not (tmp_path / "out").exists()
