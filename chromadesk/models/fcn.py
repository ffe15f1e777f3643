"""The paper's fully convolutional networks on VGG16 (Section 4, "Fully Connected Network"; Long et al. 2015).

They differ in how much of the way up is helped by skips; all of them end at full resolution, by transposed
convolutions, and share names and shapes, so a state dict does not tell which of the four it is.
"""

from __future__ import annotations

import itertools
from typing import ClassVar, cast

from torch import Tensor, nn

from chromadesk.classes import COUNT
from chromadesk.errors import InputError
from chromadesk.models.network import Network
from chromadesk.models.pretrained import load_into, vgg16

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


class FCN(Network):
    """VGG16 features, five 2x transposed convolutions (512-512-256-128-64-32), each with ReLU and batch norm, and
    ``skips`` of the pools (from pool4 down) added on the way up: before the batch norm, or after it where ``late``.

    ``width`` scales every channel count (64: the paper's networks).
    """

    stride = 32
    skips: ClassVar[int]
    late: ClassVar[bool] = False

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
        helped: list[Tensor | None] = [*reversed(pools[:-1]), None]
        for level, (up, norm, pool) in enumerate(zip(self.up, self.norm, helped, strict=True)):
            x = self.activation(up(x))
            if pool is None or level >= self.skips:
                x = norm(x)
            else:
                x = norm(x) + pool if self.late else norm(x + pool)
        return cast(Tensor, self.classifier(x))

    def load_pretrained(self, encoder_weights: str | None = None) -> str:
        """ImageNet VGG16; see models.pretrained.vgg16."""
        if self.width != 64:
            raise InputError(
                "There are ImageNet weights for VGG16 at its full width of 64 only; start from random ones with "
                "--encoder-weights random (in the studio: Encoder, under Advanced)."
            )
        return load_into(self.features, vgg16(encoder_weights), "features.")


class FCN32s(FCN):
    """No skip at all."""

    skips = 0


class FCN16s(FCN):
    """pool4."""

    skips = 1


class FCN8s(FCN):
    """pool4 and pool3."""

    skips = 2


class FCN1s(FCN):
    """pool4 to pool1, added after the batch norm; the paper's own best."""

    skips = 4
    late = True
