"""Folded batch norms change the speed of a network and not what it says."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from chromadesk.inference.fused import fused
from chromadesk.models.registry import build
from tests.models.test_contract import NARROW

#: Those whose norms stand right behind their convolutions.
FOLDED = ("chromanet", "deeplabv3", "deeplabv3plus", "lraspp")


@pytest.mark.parametrize("name", NARROW)
def test_every_network_says_the_same(name: str) -> None:
    torch.manual_seed(0)
    network = build(name, NARROW[name]).eval()
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:  # as after a training, not the 0 and 1 of a fresh network
        nn.init.uniform_(norm.running_mean, -0.2, 0.2)
        nn.init.uniform_(norm.running_var, 0.5, 2.0)
        nn.init.uniform_(norm.weight, 0.5, 1.5)
        nn.init.uniform_(norm.bias, -0.2, 0.2)
    photos = torch.rand(2, 3, 64, 96)
    with torch.inference_mode():
        said = network(photos)
        quick = fused(network)
        torch.testing.assert_close(quick(photos), said, rtol=1e-3, atol=1e-3 * float(said.abs().max()))
    assert len(norms) == sum(isinstance(module, nn.BatchNorm2d) for module in network.modules())  # a copy was folded
    left = sum(isinstance(module, nn.BatchNorm2d) for module in quick.modules())
    # Where something stands between, as the paper's ReLU does, or the modules lie apart, norms stay.
    assert left < len(norms) or name not in FOLDED
