"""Models of other programs: their labels become the five classes, and what is none of any use is refused in words."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.classes import CLASSES
from chromadesk.errors import InputError, ModelError
from chromadesk.inference import foreign
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.segmenter import Server
from chromadesk.masks import read_mask
from chromadesk.models import library, onnx_export, weights

pytest.importorskip("onnxruntime")
strangers = pytest.importorskip("tests.strangers")

ROOT = Path(__file__).parents[2]
SEGFORMER = ROOT / "tests" / "data" / "segformer"  # made by transformers 5.24, with random weights
#: Labels of a stranger, and the colours by which it knows them.
LABELS = {"Sky": (0.1, 0.1, 0.9), "Jeans": (0.1, 0.1, 0.4), "Coat": (0.9, 0.1, 0.1), "Blur": (0.1, 0.9, 0.1)}
MAP = """
title = "strange"
labels = [
  { id = 0, name = "Sky", class = "background" },
  { id = 1, name = "Jeans", class = "clothes" },
  { id = 2, name = "Coat", class = "clothes" },
  { id = 3, name = "Blur", class = "nearest" },
]
[photos]
size = [64, 32]
mean = [0, 0, 0]
std = [1, 1, 1]
"""


@pytest.fixture
def picture() -> np.ndarray:
    """The four colours one under the other, (64, 32, 3)."""
    rows = np.array(list(LABELS.values())) * 255
    return np.ascontiguousarray(rows.round().astype(np.uint8).repeat(16, 0)[:, None].repeat(32, 1))


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A model that knows these colours, and a map beside it."""
    (tmp_path / "strange.toml").write_text(MAP)
    (tmp_path / "strange.onnx").write_bytes(strangers.by_colour(list(LABELS.values())))
    return tmp_path / "strange.onnx"


def segmenter(path: Path, **options: Any) -> Segmenter:
    return Segmenter(path, "cpu", "fp32", **options)


def test_labels_become_classes_and_their_chances_add_up(stranger: Path, picture: np.ndarray) -> None:
    used = segmenter(stranger)
    assert used.info.input_size == (64, 32)
    assert used.precision == "fp32"
    chances = used.chances(picture)
    assert np.allclose(chances.sum(axis=0), 1, atol=1e-4)
    assert chances.argmax(axis=0)[:48, 0].tolist() == [0] * 16 + [3] * 32
    assert (chances[[1, 2, 4]] < 1e-5).all()
    # what is "nearest" has no chance of its own: the label that comes next has its pixels
    assert (chances.argmax(axis=0)[48:] == 3).all()


@pytest.mark.parametrize("quality", ["fast", "standard", "careful"])
def test_every_quality_gives_a_mask_of_the_photos_size(stranger: Path, picture: np.ndarray, quality: str) -> None:
    large = picture.repeat(5, 0).repeat(5, 1)
    labels = segmenter(stranger, quality=quality).labels(large)
    assert labels.shape == large.shape[:2]
    assert (labels[:70] == 0).all()
    assert (labels[90:230] == 3).all()


def test_a_model_of_one_size_that_answers_coarsely_gets_what_it_takes(tmp_path: Path, picture: np.ndarray) -> None:
    colours = list(LABELS.values())
    (tmp_path / "fixed.onnx").write_bytes(strangers.by_colour(colours, (1, 3, 128, 64), (1, 4, 32, 16), coarse=4))
    (tmp_path / "fixed.toml").write_text(MAP)
    used = segmenter(tmp_path / "fixed.onnx")
    assert used.info.input_size == (128, 64)
    scores = used.scores(np.stack([picture, picture]))
    assert scores.shape == (2, 5, 64, 32)
    assert np.array_equal(scores[0], scores[1])
    assert scores[0].argmax(axis=0)[8].tolist() == [0] * 32


def test_a_given_map_goes_before_the_one_beside(stranger: Path, picture: np.ndarray, tmp_path: Path) -> None:
    (tmp_path / "hair.toml").write_text(MAP.replace('"clothes"', '"hair"'))
    labels = segmenter(stranger, class_map=str(tmp_path / "hair.toml")).labels(picture)
    assert (labels[18:46] == 4).all()


def test_our_own_file_answers_as_the_weights_it_is_made_of(
    tiny_weights: Path, tmp_path: Path, scene: Callable[..., np.ndarray]
) -> None:
    done = onnx_export.export(tiny_weights, tmp_path / "out")
    pixels = scene(4)
    assert np.array_equal(segmenter(done.model).labels(pixels), segmenter(tiny_weights).labels(pixels))
    _, info = weights.load(tiny_weights)
    assert segmenter(done.model).info.name == info.name


def test_a_segformer_answers_as_transformers_did(tmp_path: Path, scene: Callable[..., np.ndarray]) -> None:
    import torch

    from chromadesk.models import segformer

    expected = np.load(SEGFORMER / "expected.npz")
    with torch.inference_mode():
        scores = segformer.load(SEGFORMER)(torch.from_numpy(expected["photos"])).numpy()
    assert np.abs(scores - expected["scores"]).max() < 1e-5
    used = segmenter(SEGFORMER, class_map="segformer-clothes")
    assert used.info.input_size == (96, 64)  # as its preprocessor_config.json says
    assert used.labels(scene(1)).shape == (240, 160)
    assert [each.name for each in foreign.labels(SEGFORMER)] == ["Background", "Hair", "Upper-clothes", "Face"]


def test_the_commands_take_it(stranger: Path, picture: np.ndarray, tmp_path: Path, command: Callable[..., Any]) -> None:
    (tmp_path / "A").mkdir()
    Image.fromarray(picture).save(tmp_path / "A" / "one.png")
    done = command("segment", tmp_path / "A", "--out", tmp_path / "B", "--model", stranger)
    assert done.code == 0, done.err
    assert set(np.unique(read_mask(tmp_path / "B" / "one.png").labels)) == {0, 3}
    done = command("evaluate", tmp_path, "--model", stranger, "--split", "all", "--json", tmp_path / "e.json")
    assert done.code == 0, done.err
    assert json.loads((tmp_path / "e.json").read_text())["miou"] > 0.9
    (tmp_path / "strange.toml").unlink()
    done = command("segment", tmp_path / "A", "--out", tmp_path / "C", "--model", stranger)
    assert done.code == 2
    assert "says no class of: '0', '1', '2', '3'" in done.sentence  # which are not our own numbers
    done = command("models", "draft-map", SEGFORMER, "--out", tmp_path / "draft.toml")
    assert done.code == 0, done.err
    assert '{ name = "Upper-clothes", class = "" }' in (tmp_path / "draft.toml").read_text()
    done = command("segment", tmp_path / "A", "--out", tmp_path / "C", "--model", SEGFORMER, "--map", "draft.toml")
    assert done.code == 2
    done = command("segment", tmp_path / "A", "--out", tmp_path / "C", "--model", "unet1", "--map", "ccp")
    assert done.code == 2
    assert "takes no map" in done.sentence


def test_the_segmenter_process_serves_it(stranger: Path, picture: np.ndarray, tmp_path: Path) -> None:
    Image.fromarray(picture).save(tmp_path / "one.png")
    request = {"id": 1, "model": str(stranger), "photo": str(tmp_path / "one.png"), "labels": str(tmp_path / "l.npy")}
    assert "error" not in Server(print).answer(json.dumps(request))
    assert set(np.unique(np.load(tmp_path / "l.npy"))) == {0, 3}


def _hostile() -> dict[str, bytes]:
    from onnx import TensorProto, helper

    sound = strangers.by_colour([each.colour for each in CLASSES])
    cast = [helper.make_node("ArgMax", ["x"], ["y"], axis=1, keepdims=0)]
    return {
        "empty": b"",
        "garbage": bytes(range(256)) * 40,
        "cut": sound[: len(sound) // 2],
        "a pickle": b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
        "weights elsewhere": strangers.elsewhere("../../etc/passwd"),
        "an unknown operator": strangers.model([helper.make_node("Explode", ["x"], ["y"])], {}),
        "two colours": strangers.by_colour([(0, 0, 0)] * 5, taken=("n", 2, "h", "w")),
        "a row": strangers.model([helper.make_node("Identity", ["x"], ["y"])], {}, (3, "w"), (3, "w")),
        "an answer of classes": strangers.model(cast, {}, given=("n", "h", "w"), kinds=(1, TensorProto.INT64)),
        "one label": strangers.by_colour([(0, 0, 0)]),
        "no numbers": strangers.no_numbers(),
        "too many numbers": strangers.swelling(1 << 40),
        "too many bytes": strangers.swelling((1 << 63) - 1),
    }


@pytest.mark.parametrize("name", list(_hostile()))
def test_what_is_no_model_is_refused_in_a_sentence(name: str, tmp_path: Path, picture: np.ndarray) -> None:
    path = tmp_path / "hostile.onnx"
    path.write_bytes(_hostile()[name])
    with pytest.raises((ModelError, InputError)) as refused:
        segmenter(path).labels(picture)
    text = str(refused.value)
    assert text.endswith(".")
    assert len(text) < 500
    assert "\n" not in text


def test_every_cut_and_change_of_a_sound_file_is_refused_or_used(
    tmp_path: Path, picture: np.ndarray, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cut.onnx"
    whole = strangers.by_colour([each.colour for each in CLASSES])
    damaged = [whole[:length] for length in range(0, len(whole), 29)]
    for at in range(0, len(whole), 3):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        damaged.append(bytes(changed))
    for data in damaged:
        path.write_bytes(data)
        with contextlib.suppress(ModelError, InputError):
            segmenter(path).labels(picture)
    assert capfd.readouterr().out == ""  # in which onnxruntime would retry aloud


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("config.json", "{}"),
        ("config.json", "["),
        ("config.json", '{"model_type": "bert"}'),
        ("config.json", '{"hidden_sizes": [4, 8, 12, 99999999]}'),
        ("config.json", '{"depths": [2, 1, 1, 2000]}'),
        ("config.json", '{"depths": [2, 1, 1]}'),
        ("config.json", '{"num_attention_heads": [3, 2, 3, 4]}'),
        ("config.json", '{"strides": [0, 2, 2, 2]}'),
        ("config.json", '{"decoder_hidden_size": "8"}'),
        ("preprocessor_config.json", '{"size": 1}'),
        ("preprocessor_config.json", '{"size": {"height": 1e9, "width": 3}}'),
        ("preprocessor_config.json", '{"image_std": [0, 0, 0]}'),
        ("preprocessor_config.json", '{"image_mean": [NaN, 0, 0]}'),
        ("preprocessor_config.json", "[]"),
        ("model.safetensors", "nothing"),
        ("model.safetensors", ""),
    ],
)
def test_a_folder_that_disagrees_with_itself_is_refused(name: str, text: str, tmp_path: Path) -> None:
    folder = shutil.copytree(SEGFORMER, tmp_path / "it")
    said = json.loads((folder / "config.json").read_text())
    if name == "config.json" and text.startswith('{"') and "model_type" not in text:
        text = json.dumps({**said, **json.loads(text)})
    (folder / name).write_text(text)
    with pytest.raises(ModelError, match=r"\.$"):
        segmenter(folder, class_map="segformer-clothes")


@pytest.mark.parametrize(
    "text", ["size = [1]", "size = [64, 64.5]", 'mean = "red"', "std = [0, 1, 1]", "mean = [1, 2]"]
)
def test_a_map_that_says_nonsense_of_photos_is_refused(text: str, stranger: Path) -> None:
    stranger.with_suffix(".toml").write_text(f"{MAP.partition('[photos]')[0]}[photos]\n{text}\n")
    with pytest.raises(InputError, match=r"\[photos\]"):
        segmenter(stranger)


def test_what_is_meant_is_found_by_its_path(stranger: Path) -> None:
    assert library.find(stranger) == stranger
    assert library.find(str(SEGFORMER)) == SEGFORMER
    with pytest.raises(ModelError, match="no model"):
        library.find(stranger.parent)


def test_cuda_is_refused_where_there_is_none(stranger: Path) -> None:
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this onnxruntime computes on a GPU")
    with pytest.raises(InputError, match=r"cuda|CPU only"):
        Segmenter(stranger, "cuda")
