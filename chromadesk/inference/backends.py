"""What computes a network: PyTorch, or OpenVINO where it is installed. One call, whichever it is."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import logging
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from chromadesk import settings
from chromadesk.errors import InputError
from chromadesk.inference.fused import fused
from chromadesk.inference.ranges import Ranges
from chromadesk.inference.runtime import DTYPES, choose_precision
from chromadesk.models.network import Network

_log = logging.getLogger(__name__)

#: ``auto``: what ``doctor --tune`` found quickest on this machine, PyTorch where it was never asked.
BACKENDS = ("auto", "torch", "openvino")


class Backend(Protocol):
    """A network ready to answer; may be asked from several threads."""

    name: str
    precision: str

    def __call__(self, photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """(N, H, W, 3) uint8 photos -> (N, 5, H, W) float32 scores."""


def choose_backend(
    name: str, architecture: str, device: torch.device, precision: str, ranges: Ranges | None = None
) -> tuple[str, str]:
    """A back end and a precision for a network of this architecture, with ``ranges`` also int8. Raises InputError for
    what is not there.
    """
    if name not in BACKENDS:
        raise InputError(f"{name!r} is no back end; choose one of {', '.join(BACKENDS)}.")
    if name == "openvino":
        if not there("openvino"):
            raise InputError('OpenVINO is not here, or does not load; install it: pip install "chromadesk[openvino]".')
        if device.type != "cpu":
            raise InputError("OpenVINO computes on the CPU here; choose --device cpu, or the back end torch.")
    if name == "auto" and precision == "int8" and device.type == "cpu" and there("openvino"):
        name = "openvino"
    if name == "auto":
        name, quickest = remembered(architecture, device)
        if quickest == "int8" and ranges is None:
            quickest = "auto"
        precision = quickest if precision == "auto" else precision
        if precision == "fp16" and device.type == "cpu":
            name = "torch"  # OpenVINO takes it for bf16 on most CPUs
    if precision == "int8":
        if name != "openvino":
            raise InputError("int8 is computed by OpenVINO; choose the back end openvino, or another precision.")
        if ranges is None:
            raise InputError("Nothing was measured for int8 with these weights; choose another precision.")
        return name, precision
    return name, choose_precision(precision, device)


@functools.cache
def there(name: str) -> bool:
    """Whether a back end can be used on this machine: it is installed, and loads."""
    if name == "torch":
        return True
    if importlib.util.find_spec(name) is None:
        return False
    try:
        importlib.import_module(f"chromadesk.inference.with_{name}")
    except (ImportError, OSError) as error:
        _log.warning("%s is installed but does not load: %s", name, error)
        return False
    return True


def remembered(architecture: str, device: torch.device) -> tuple[str, str]:
    """The back end and the precision that were found quickest; ``torch`` and ``auto`` where nothing was measured or the
    back end is gone.
    """
    said = settings.get("quickest").get(f"{architecture} {device.type}")
    if isinstance(said, list) and len(said) == 2 and said[0] in BACKENDS[1:] and there(said[0]):
        backend, precision = said
        if isinstance(precision, str) and (precision in DTYPES or (backend, precision) == ("openvino", "int8")):
            return backend, precision
    return "torch", "auto"


def remember(architecture: str, device: torch.device, backend: str, precision: str) -> None:
    """Use these from now on where nothing else is asked for. Raises StorageError."""
    kept = settings.get("quickest")
    settings.put("quickest", {**kept, f"{architecture} {device.type}": [backend, precision]})


def ready(network: Network, name: str, device: torch.device, precision: str, ranges: Ranges | None = None) -> Backend:
    """``network``, which stays as it is, on the back end ``name`` (not auto); int8 goes by ``ranges``."""
    if name == "openvino":
        from chromadesk.inference.with_openvino import WithOpenVINO

        return WithOpenVINO(network, precision, ranges)
    return WithTorch(network, device, precision)


class WithTorch:
    """PyTorch: channels last, batch norms folded, convolutions in ``precision``."""

    name = "torch"

    def __init__(self, network: Network, device: torch.device, precision: str) -> None:
        self.precision = precision
        self._device = device
        self._network = fused(network).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]

    @torch.inference_mode()
    def __call__(self, photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """See Backend."""
        batch = torch.from_numpy(photos).to(self._device).permute(0, 3, 1, 2).float().div_(255)
        batch = batch.contiguous(memory_format=torch.channels_last)
        with torch.autocast(self._device.type, dtype=DTYPES[self.precision], enabled=self.precision != "fp32"):
            scores: Tensor = self._network(batch)
        return np.asarray(scores.float().cpu().contiguous())
