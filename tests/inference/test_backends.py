"""Back ends: every network says the same on each, at any size and from any thread; which one is taken, and why."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from chromadesk import settings
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import InputError
from chromadesk.images import read_photo
from chromadesk.inference import backends
from chromadesk.inference.backends import choose_backend, ready, remember, there
from chromadesk.inference.resize import resize_photo
from chromadesk.inference.runtime import a_core_each
from chromadesk.inference.segment import Segmenter
from chromadesk.models import library, weights
from chromadesk.models.registry import build
from tests.models.test_contract import NARROW

#: One of each family; the others are their sisters.
SOON = ("chromanet", "fcn1s", "unet1")
CPU = torch.device("cpu")
OTHERS = [pytest.param(name, marks=pytest.mark.skipif(not there(name), reason=f"{name} is not installed"))
          for name in backends.BACKENDS[2:]]  # fmt: skip


class SignalStack(ctypes.Structure):
    """Where a thread's signals are handled, as sigaltstack tells it."""

    _fields_ = (("start", ctypes.c_void_p), ("flags", ctypes.c_int), ("size", ctypes.c_size_t))


@pytest.mark.parametrize("backend", OTHERS)
@pytest.mark.parametrize(
    "name", [name if name in SOON else pytest.param(name, marks=pytest.mark.slow) for name in NARROW]
)
def test_every_network_says_the_same_at_every_size(name: str, backend: str) -> None:
    torch.manual_seed(0)
    network = build(name, NARROW[name]).eval()
    draw = np.random.default_rng(0)
    other = ready(network, backend, CPU, "fp32")
    for batch, height, width in ((1, 96, 64), (2, 70, 131)):
        photos = draw.integers(0, 256, (batch, height, width, 3), np.uint8)
        with torch.inference_mode():
            said = network(torch.from_numpy(photos).permute(0, 3, 1, 2).float() / 255).numpy()
        np.testing.assert_allclose(other(photos), said, rtol=0, atol=2e-3 * np.abs(said).max())
    assert sys.modules.get("openvino_telemetry") is None  # nobody was told


@pytest.mark.parametrize("backend", ["torch", *OTHERS])
def test_threads_do_not_mix_their_photos(backend: str) -> None:
    network = build("chromanet", NARROW["chromanet"]).eval()
    photos = np.random.default_rng(0).integers(0, 256, (12, 1, 64, 96, 3), np.uint8)
    with a_core_each(4):
        answer = ready(network, backend, CPU, "fp32")
        alone = [answer(photo) for photo in photos]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(answer, photos))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at Linux's list of memory")
@pytest.mark.parametrize("backend", OTHERS)
def test_signals_have_a_stack_when_a_network_went_in_another_thread(backend: str) -> None:
    """OpenVINO took it away, and Ctrl+C then ended the process by a fault."""
    answers = [ready(build("unet1", NARROW["unet1"]).eval(), backend, CPU, "fp32")]
    answers[0](np.zeros((1, 96, 64, 3), np.uint8))
    going = threading.Thread(target=answers.clear)
    going.start()
    going.join()
    gc.collect()
    stack = SignalStack()
    assert ctypes.CDLL(None).sigaltstack(None, ctypes.byref(stack)) == 0
    lines = Path("/proc/self/maps").read_text().splitlines()
    spans = [[int(end, 16) for end in line.split()[0].split("-")] for line in lines]
    assert not stack.start or any(first <= stack.start < last for first, last in spans)


@pytest.mark.slow
@pytest.mark.parametrize("model", ["chromanet", "chromanet-fast"])
@pytest.mark.parametrize("precision", ["bf16", "fp16"])
@pytest.mark.parametrize("backend", ["torch", *OTHERS])
def test_half_precision_changes_hardly_a_pixel(backend: str, precision: str, model: str, data: Path) -> None:
    """One in a thousand on average over 50 photos, at the size the network was made for."""
    network, _ = weights.load(library.find(model))
    exact, quick = (ready(network, name, CPU, how) for name, how in (("torch", "fp32"), (backend, precision)))
    changed = []
    for item in Dataset.open(data / "ccp5").items[::16][:50]:
        photo = resize_photo(read_photo(item.photo).pixels, (512, 256))[None]
        changed.append((exact(photo).argmax(1) != quick(photo).argmax(1)).mean())
    assert len(changed) == 50
    assert np.mean(changed) <= 1e-3


def test_what_was_found_quickest_is_taken_unless_something_else_is_asked_for() -> None:
    assert choose_backend("auto", "chromanet", CPU, "fp32") == ("torch", "fp32")
    remember("chromanet", CPU, "torch", "fp32")
    remember("unet", CPU, "torch", "bf16")
    assert choose_backend("auto", "chromanet", CPU, "auto") == ("torch", "fp32")
    assert choose_backend("auto", "unet", CPU, "auto") == ("torch", "bf16")
    assert choose_backend("torch", "unet", CPU, "fp32") == ("torch", "fp32")
    senseless = {"chromanet": ["abacus", "fp32"], "unet": "fast", "fcn1s": ["torch", ["fp32"]], "fcn8s": [{}, "fp32"]}
    settings.put("quickest", {f"{name} cpu": said for name, said in senseless.items()})
    for name in senseless:
        assert backends.remembered(name, CPU) == ("torch", "auto")
    settings.put("quickest", {})


@pytest.mark.parametrize("backend", OTHERS)
def test_one_that_no_longer_loads_is_not_taken(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    remember("chromanet", CPU, backend, "bf16")
    assert choose_backend("auto", "chromanet", CPU, "auto") == (backend, "bf16")
    assert choose_backend("auto", "chromanet", CPU, "fp16") == ("torch", "fp16")  # which it would not compute
    monkeypatch.setitem(sys.modules, f"chromadesk.inference.with_{backend}", None)
    backends.there.cache_clear()
    try:
        assert choose_backend("auto", "chromanet", CPU, "fp32") == ("torch", "fp32")
        with pytest.raises(InputError, match="does not load"):
            choose_backend(backend, "chromanet", CPU, "fp32")
    finally:
        backends.there.cache_clear()
        settings.put("quickest", {})


def test_a_back_end_that_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="no back end"):
        Segmenter(library.find("chromanet-fast"), backend="abacus")
    if there("openvino"):
        with pytest.raises(InputError, match="on the CPU here"):
            choose_backend("openvino", "chromanet", torch.device("cuda"), "auto")
    else:
        with pytest.raises(InputError, match="does not load"):
            choose_backend("openvino", "chromanet", CPU, "auto")
