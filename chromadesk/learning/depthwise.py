"""Depthwise convolutions that learn on a CPU in bf16: their slopes are found in fp32.

oneDNN has no quick way to them in bf16: for 144 channels of 131x67, 5x5 by steps of 2, four photos, a core takes 107 ms
where fp32 takes 13, and the same forward (PyTorch 2.14, Zen 4). Depthwise layers were half of ChromaNet's step.
"""

from __future__ import annotations

from types import MethodType

import torch
from torch import Tensor, nn


def widen(network: nn.Module) -> None:
    """Let the depthwise convolutions of ``network`` compute in fp32 whatever autocast says; what they give is of the
    type that came in. Copies of ``network`` do the same.
    """
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and 1 < module.groups == module.in_channels:
            module.forward = MethodType(_in_fp32, module)  # type: ignore[method-assign]


def _in_fp32(module: nn.Conv2d, x: Tensor) -> Tensor:
    with torch.autocast(x.device.type, enabled=False):
        found: Tensor = type(module).forward(module, x.float())
    return found.to(x.dtype)
