"""Depthwise convolutions in fp32 under autocast: nearer to the truth, and still so in a copy."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk.inference.fused import fused
from chromadesk.learning.depthwise import widen
from chromadesk.models.registry import build


def test_only_they_are_computed_in_full_and_a_copy_has_its_own_weights() -> None:
    torch.manual_seed(0)
    layers = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1, groups=8), nn.Conv2d(8, 4, 1))
    widen(layers)
    x = torch.randn(2, 8, 12, 10).bfloat16()
    copied = copy.deepcopy(layers)
    with torch.no_grad():
        copied[0].weight.zero_()
        copied[0].bias.zero_()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = layers[0](x)
        assert not copied[0](x).any()
    assert found.dtype == torch.bfloat16
    exact = F.conv2d(x.float(), layers[0].weight, layers[0].bias, padding=1, groups=8)
    assert torch.equal(found, exact.bfloat16())
    assert "forward" not in vars(layers[1])


def test_a_network_learns_nearly_the_same_and_folds_its_batch_norms_as_before() -> None:
    def slopes(widened: bool, precision: torch.dtype) -> Tensor:
        torch.manual_seed(0)
        network = build("chromanet", {"widths": [8, 8, 8, 8]})
        if widened:
            widen(network)
        draw = torch.Generator().manual_seed(1)
        photos = torch.rand(2, 3, 64, 64, generator=draw)
        with torch.autocast("cpu", dtype=precision, enabled=precision != torch.float32):
            scores = network(photos)
        scores.float().square().mean().backward()
        assert all(each.grad is not None for each in network.parameters())
        network.eval()
        with torch.inference_mode():
            torch.testing.assert_close(fused(network)(photos), network(photos), rtol=1e-3, atol=1e-3)
        return torch.cat([each.grad.flatten() for each in network.parameters() if each.grad is not None])

    exact = slopes(False, torch.float32)
    assert torch.equal(slopes(True, torch.float32), exact)
    off = [float((slopes(widened, torch.bfloat16) - exact).norm() / exact.norm()) for widened in (True, False)]
    assert off[0] < 1.2 * off[1]
