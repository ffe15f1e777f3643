"""Networks in 8-bit integers: what they say stays, and what they need to know is theirs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from chromadesk import settings
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import InputError, ModelError
from chromadesk.images import read_photo
from chromadesk.inference import ranges
from chromadesk.inference.backends import choose_backend, ready, remember, there
from chromadesk.inference.ranges import Ranges
from chromadesk.inference.resize import resize_labels, resize_photo
from chromadesk.inference.segment import Segmenter
from chromadesk.learning.metrics import confusion, scores
from chromadesk.masks import read_mask
from chromadesk.models import library
from chromadesk.models.registry import build
from chromadesk.models.weights import load
from tests.models.test_contract import NARROW

if not there("openvino"):
    pytest.skip("OpenVINO is not installed", allow_module_level=True)

from chromadesk.inference.quantised import measure, quantise
from chromadesk.inference.with_openvino import convert

CPU = torch.device("cpu")
NONE = Ranges({}, 1, 0.5, 0.5)


@pytest.mark.parametrize(
    "name", ["unet1", *(pytest.param(each, marks=pytest.mark.slow) for each in ("chromanet", "fcn1s"))]
)
def test_integers_say_nearly_the_same(name: str) -> None:
    torch.manual_seed(0)
    network = build(name, NARROW[name]).eval()
    photos = np.random.default_rng(0).integers(0, 256, (1, 96, 64, 3), np.uint8)
    model = convert(network)
    known = Ranges(measure(model, [photos]), 1, 0.5, 0.5)
    exact, quick = ready(network, "openvino", CPU, "fp32"), ready(network, "openvino", CPU, "int8", known)
    assert quick.precision == "int8"
    one, other = exact(photos), quick(photos)
    assert not np.array_equal(one, other)
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.97
    with pytest.raises(ModelError, match="another network"):
        quantise(model, NONE)


def test_int8_is_taken_only_where_it_was_measured() -> None:
    assert choose_backend("openvino", "chromanet", CPU, "int8", NONE) == ("openvino", "int8")
    assert choose_backend("auto", "chromanet", CPU, "int8", NONE) == ("openvino", "int8")
    with pytest.raises(InputError, match="Nothing was measured"):
        choose_backend("openvino", "chromanet", CPU, "int8")
    with pytest.raises(InputError, match="computed by OpenVINO"):
        choose_backend("torch", "chromanet", CPU, "int8", NONE)
    remember("chromanet", CPU, "openvino", "int8")
    assert choose_backend("auto", "chromanet", CPU, "auto", NONE) == ("openvino", "int8")
    assert choose_backend("auto", "chromanet", CPU, "auto")[0] == "openvino"
    assert choose_backend("auto", "chromanet", CPU, "auto")[1] != "int8"  # weights of one's own
    assert choose_backend("auto", "chromanet", CPU, "fp32", NONE) == ("openvino", "fp32")
    settings.put("quickest", {})


def test_weights_of_ones_own_refuse_it_in_words(tiny_weights: Path) -> None:
    with pytest.raises(InputError, match="Nothing was measured for int8"):
        Segmenter(tiny_weights, device="cpu", precision="int8", backend="openvino")


@pytest.mark.slow
@pytest.mark.parametrize("weights", library.bundled(), ids=lambda path: path.stem)
def test_bundled_networks_lose_little(weights: Path, data: Path) -> None:
    """A twentieth of the photos, so that it takes a moment; all are judged when the ranges are measured."""
    known = ranges.read(weights)
    if known is None:
        pytest.skip("it is not offered in integers")
    assert known.good
    network, info = load(weights)
    matrices = {}
    for precision in ("fp32", "int8"):
        answer = ready(network, "openvino", CPU, precision, known)
        matrices[precision] = np.zeros((5, 5), np.int64)
        for item in Dataset.open(data / "ccp5").items[::20]:
            seen = resize_photo(read_photo(item.photo).pixels, info.input_size)[None]
            truth = resize_labels(read_mask(item.mask).labels, info.input_size)
            matrices[precision] += confusion(truth, answer(seen)[0].argmax(axis=0).astype(np.uint8))
    lost = scores(matrices["fp32"])["miou"] - scores(matrices["int8"])["miou"]
    assert lost <= 1.5 * ranges.MOST_LOST  # few photos, coarser judgement
