"""Weights that a test may run: small, and random."""

from __future__ import annotations

from pathlib import Path


def write_tiny(path: Path) -> None:
    """A U-Net of random weights for 64 x 32 pictures."""
    import torch

    from chromadesk.models.info import WeightsInfo
    from chromadesk.models.registry import build
    from chromadesk.models.weights import save

    torch.manual_seed(0)
    parameters = {"depth": 4, "width": 8}
    save(build("unet", parameters), WeightsInfo("tiny", "unet", parameters, input_size=(64, 32)), path)
