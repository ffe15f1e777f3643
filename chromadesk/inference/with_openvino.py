"""OpenVINO as a back end: the network traced once, for photos of any size."""

from __future__ import annotations

import sys
import threading
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from chromadesk.inference.fused import fused
from chromadesk.inference.ranges import Ranges
from chromadesk.models.network import Network

# OpenVINO reports each conversion to its makers unless it lacks this package; nothing here goes out unasked.
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
import openvino  # noqa: E402

from chromadesk.inference.quantised import core, quantise  # noqa: E402

#: With integers, what is none of their business is quickest in f32: each change of form between costs.
_HINTS = {"fp32": "f32", "bf16": "bf16", "fp16": "f16", "int8": "f32"}


def convert(network: Network) -> openvino.Model:
    """``network`` as OpenVINO has it: (N, H, W, 3) uint8 -> (N, 5, H, W) float32 scores, for H and W that are multiples
    of its stride.
    """
    with warnings.catch_warnings():  # tracing warns of sizes that depend on the photo; multiples of the stride do not
        warnings.simplefilter("ignore")
        sides = max(128, 2 * network.stride), max(64, network.stride)
        example = torch.zeros(1, *sides, 3, dtype=torch.uint8)
        model = openvino.convert_model(_FromBytes(fused(network).cpu()), example_input=example)
    model.reshape([-1, -1, -1, 3])
    return model


class _FromBytes(nn.Module):
    """A network from a photo's bytes on, without the cropping that a photo of such sides does not need."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, photos: Tensor) -> Tensor:
        x = photos.permute(0, 3, 1, 2).float() / 255
        return self.network.scores((x - self.network.mean) / self.network.std)


class WithOpenVINO:
    """The network on the CPU by OpenVINO, convolutions in ``precision``.

    It is compiled when it is first asked, for as many threads as PyTorch would have used then: one photo on all cores,
    or, where each thread has a core of its own, as many photos as there are cores.
    """

    name = "openvino"

    def __init__(self, network: Network, precision: str, ranges: Ranges | None = None) -> None:
        """``ranges``: needed for int8."""
        self.precision = precision
        self._model = convert(network)
        if precision == "int8":
            assert ranges is not None
            quantise(self._model, ranges)
        self._stride = network.stride
        self._compiled: Any = None
        self._lock, self._own = threading.Lock(), threading.local()

    def __call__(self, photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """See backends.Backend."""
        request = getattr(self._own, "request", None)
        if request is None:
            request = self._own.request = self._ready().create_infer_request()
        height, width = photos.shape[1:3]
        down, right = -height % self._stride, -width % self._stride
        if down or right:  # what the network itself does is frozen at the size it was traced with
            photos = np.pad(photos, ((0, 0), (0, down), (0, right), (0, 0)), mode="edge")
        # The request's own memory, in and out: one copy, or the next answer would overwrite this one.
        scores = request.infer({0: np.ascontiguousarray(photos)}, share_inputs=True, share_outputs=True)[0]
        return np.array(scores[..., :height, :width], np.float32)

    def _ready(self) -> Any:
        with self._lock:
            if self._compiled is None:
                config = {"INFERENCE_PRECISION_HINT": _HINTS[self.precision], "PERFORMANCE_HINT": "LATENCY"}
                if torch.get_num_threads() == 1:
                    # Not each stream tied to a core, where the thread that asks the other may be at work.
                    config |= {"PERFORMANCE_HINT": "THROUGHPUT", "ENABLE_CPU_PINNING": "NO"}
                self._compiled = core().compile_model(self._model, "CPU", config)
            return self._compiled
