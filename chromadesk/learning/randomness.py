"""Every generator that a step may draw from, kept in a checkpoint so that a resumed run draws as if never stopped."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch
from torch import Tensor


def state() -> dict[str, Any]:
    """PyTorch's generators, of the CPU and of each GPU, NumPy's and Python's: tensors, numbers and text only."""
    name, keys, *rest = np.random.get_state(legacy=True)
    version, numbers, gauss = random.getstate()
    return {
        **torch_state(),
        "numpy": [name, torch.from_numpy(np.asarray(keys).astype(np.int64)), *rest],
        "python": [version, torch.tensor(numbers, dtype=torch.int64), gauss],
    }


def restore(kept: dict[str, Any] | Tensor) -> None:
    """Draw from now on as after ``state`` gave ``kept``; other GPUs than then go on as they are."""
    if isinstance(kept, Tensor):  # a checkpoint made when only the CPU's was kept
        kept = {"torch": kept, "cuda": []}
    restore_torch(kept)
    if "numpy" in kept:
        name, keys, *rest = kept["numpy"]
        np.random.set_state((name, keys.numpy().astype(np.uint32), *rest))
        version, numbers, gauss = kept["python"]
        random.setstate((version, tuple(numbers.tolist()), gauss))


def torch_state() -> dict[str, Any]:
    """PyTorch's part of it."""
    return {"torch": torch.get_rng_state(), "cuda": torch.cuda.get_rng_state_all() if _on_gpu() else []}


def restore_torch(kept: dict[str, Any]) -> None:
    """The reverse."""
    torch.set_rng_state(kept["torch"])
    if _on_gpu():
        for device, each in enumerate(kept["cuda"][: torch.cuda.device_count()]):
            torch.cuda.set_rng_state(each, device)


def _on_gpu() -> bool:
    return torch.cuda.is_available() and bool(torch.cuda.is_initialized())  # type: ignore[no-untyped-call]
