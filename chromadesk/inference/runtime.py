"""Which device and which precision: what the person chose, or the best this machine has."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import cv2
import torch

from chromadesk.errors import InputError

PRECISIONS = ("auto", "fp32", "bf16", "fp16")


def choose_device(name: str = "auto") -> torch.device:
    """``auto``: CUDA when there is one, else the CPU. Raises InputError for a device that is not there."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise InputError(f"{name!r} is no device; choose auto, cpu or cuda.") from error
    if device.type not in ("cpu", "cuda"):
        raise InputError(f"{name!r} is no device; choose auto, cpu or cuda.")
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise InputError(f"This machine has no {name} device that PyTorch can use; choose cpu.")
    return device


def check_torchvision() -> None:
    """Raise ImportError, OSError or RuntimeError when torchvision is missing, or was built for another PyTorch."""
    import torchvision  # noqa: F401


def cpu_has_bf16() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware (AVX512-BF16, AMX)."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported()) and _flag("avx512_bf16", "amx_bf16")


def _flag(*names: str) -> bool:
    try:
        with open("/proc/cpuinfo") as handle:
            return any(name in line for line in handle if line.startswith("flags") for name in names)
    except OSError:  # no Linux, nothing to read it from: fp32 is right everywhere
        return False


def choose_precision(name: str, device: torch.device, *, training: bool = False) -> str:
    """``fp32``, ``bf16`` or ``fp16``. ``auto``: fp16 (bf16 for training where it is native) on CUDA, bf16 on CPUs that
    have it, else fp32.
    """
    if name not in PRECISIONS:
        there = PRECISIONS if training else (*PRECISIONS, "int8")  # which a back end of its own computes
        raise InputError(f"{name!r} is no precision; choose one of {', '.join(there)}.")
    if name == "fp16" and device.type == "cpu" and training:
        raise InputError("Training in fp16 needs a GPU; choose bf16 or fp32 on a CPU.")
    if name != "auto":
        return name
    if device.type == "cuda":
        return "bf16" if training and torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"
    return "bf16" if cpu_has_bf16() else "fp32"


DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


@contextlib.contextmanager
def a_core_each(threads: int) -> Iterator[None]:
    """While it lasts, networks and OpenCV work only in the thread that calls them, if there are several ``threads``:
    a photo a core is quicker than a photo on all of them.
    """
    before = torch.get_num_threads(), cv2.getNumThreads()
    if threads > 1:
        torch.set_num_threads(1)
        cv2.setNumThreads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before[0])
        cv2.setNumThreads(before[1])
