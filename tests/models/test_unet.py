"""U-Net against the paper's table of depths and widths."""

from __future__ import annotations

import pytest
import torch

from chromadesk.errors import ModelError
from chromadesk.models.registry import build
from chromadesk.models.unet import UNet


@pytest.mark.parametrize("depth", [4, 5, 6, 7])
def test_depth_counts_halvings_and_widths_double_up_to_eightfold(depth: int) -> None:
    network = UNet(depth, 4)
    widths = [layer.out_channels for layer in network.down]
    assert widths == [4, 8, 16, 32, 32, 32, 32][:depth]
    assert network.stride == 2**depth
    assert all(layer.kernel_size == (4, 4) and layer.stride == (2, 2) for layer in [*network.down, *network.up])
    with torch.inference_mode():
        assert network.eval()(torch.rand(1, 3, 130, 70)).shape == (1, 5, 130, 70)


def test_u_net6_has_the_size_the_paper_ran() -> None:
    with torch.device("meta"):
        network = UNet(7, 192)
    assert 370e6 < sum(p.numel() for p in network.parameters()) < 380e6


def test_unfit_parameters_are_refused_in_a_sentence() -> None:
    with pytest.raises(ModelError, match="depth is 2 to 8"):
        build("unet", {"depth": 40})
    with pytest.raises(ModelError, match="has no parameter colour"):
        build("unet", {"colour": 1})
