"""The network itself, loaded when it is trained or used."""

from __future__ import annotations

from torch import Tensor, nn

from chromadesk.classes import COUNT
from chromadesk.models.network import Network


class Plain5(Network):
    """Five 3x3 convolutions of ``width`` channels, each with twice the reach of the one before."""

    stride = 1

    def __init__(self, width: int = 16, normalise: str = "imagenet") -> None:
        super().__init__(normalise)
        if width < 1:
            raise ValueError("width is at least 1")
        layers: list[nn.Module] = []
        inputs = 3
        for level in range(4):
            layers += [nn.Conv2d(inputs, width, 3, padding=2**level, dilation=2**level), nn.ReLU()]
            inputs = width
        self.layers = nn.Sequential(*layers, nn.Conv2d(width, COUNT, 3, padding=1))

    def scores(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) normalised -> (N, 5, H, W)."""
        found: Tensor = self.layers(x)
        return found
