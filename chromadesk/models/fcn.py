"""The paper's fully convolutional networks on VGG16 (Section 4, "Fully Connected Network"; Long et al. 2015)."""

from __future__ import annotations

import itertools
from typing import cast

from torch import Tensor, nn

from chromadesk.classes import COUNT
from chromadesk.errors import ModelError
from chromadesk.models.network import Network
from chromadesk.models.pretrained import vgg16

_BLOCKS = (2, 2, 3, 3, 3)  # convolutions before each of VGG16's five poolings


def vgg16_features(width: int = 64) -> nn.Sequential:
    """VGG16's convolutional part, indexed as torchvision's ``features``; ``width`` 64 is the real one."""
    layers: list[nn.Module] = []
    inputs = 3
    for block, count in enumerate(_BLOCKS):
        outputs = width * min(2**block, 8)
        for _ in range(count):
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(inplace=True)]
            inputs = outputs
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers)


class FCN1s(Network):
    """VGG16 features, five 2x transposed convolutions (512-512-256-128-64-32), skips from pool4..pool1 added after
    batch norm.

    ``width`` scales every channel count (64: the paper's network).
    """

    stride = 32

    def __init__(self, width: int = 64, normalise: str = "imagenet") -> None:
        super().__init__(normalise)
        if width < 2:
            raise ValueError("width is at least 2")
        self.width = width
        self.features = vgg16_features(width)
        channels = [8 * width, 8 * width, 4 * width, 2 * width, width, width // 2]
        pairs = list(itertools.pairwise(channels))
        self.up = nn.ModuleList(nn.ConvTranspose2d(i, o, 3, stride=2, padding=1, output_padding=1) for i, o in pairs)
        self.norm = nn.ModuleList(nn.BatchNorm2d(o) for _, o in pairs)
        self.activation = nn.ReLU(inplace=True)
        self.classifier = nn.Conv2d(channels[-1], COUNT, 1)

    def scores(self, x: Tensor) -> Tensor:
        """See Network.scores."""
        pools: list[Tensor] = []
        for layer in self.features:
            x = layer(x)
            if isinstance(layer, nn.MaxPool2d):
                pools.append(x)
        skips: list[Tensor | None] = [*reversed(pools[:-1]), None]
        for up, norm, skip in zip(self.up, self.norm, skips, strict=True):
            x = norm(self.activation(up(x)))
            if skip is not None:
                x = x + skip
        return cast(Tensor, self.classifier(x))

    def load_pretrained(self, encoder_weights: str | None = None) -> str | None:
        """ImageNet VGG16 through torchvision where there is a network, or from a file with torchvision's names."""
        if self.width != 64:
            return "Narrow VGG16 twins have no ImageNet weights, so training starts from random ones."
        state = vgg16(encoder_weights)
        if state is None:
            return (
                "ImageNet weights for VGG16 could not be downloaded, so training starts from random ones; "
                "give a file with --encoder-weights to start better."
            )
        try:
            self.load_state_dict(state, strict=False)
        except RuntimeError as error:
            raise ModelError(f"{encoder_weights} holds no VGG16 of torchvision's layout.") from error
        missing = [key for key in self.features.state_dict() if f"features.{key}" not in state]
        if missing:
            raise ModelError(
                f"{encoder_weights} holds no VGG16 of torchvision's layout: features.{missing[0]} is missing."
            )
        return None
