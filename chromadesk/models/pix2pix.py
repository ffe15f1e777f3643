"""Pix2Pix (Isola et al. 2017), the paper's base line: a U-Net that paints a picture, and a judge of its patches."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk.classes import PALETTE
from chromadesk.models.unet import UNet

_SMALLEST = 32  # the least side of what the discriminator sees; four halvings and two 4x4 kernels leave one patch


class Pix2Pix(UNet):
    """An 8-level U-Net-64 whose output is an RGB picture of the mask, in -1..1.

    ``forward`` decodes that to scores: minus the squared distance to each class colour, less what they have in
    common, so the argmax is the class of the nearest colour. Three levels drop half of their values, in training only.
    """

    colours: Tensor

    def __init__(self, depth: int = 8, width: int = 64, normalise: str = "symmetric") -> None:
        super().__init__(depth, width, normalise, outputs=3)
        self.width = width
        for level in range(4, depth - 1):  # as in the reference: levels of full width on both sides
            self.up_norm[level] = nn.Sequential(self.up_norm[level], nn.Dropout(0.5))
        self.register_buffer("colours", torch.from_numpy(PALETTE / 127.5 - 1).float(), persistent=False)

    def forward(self, photos: Tensor, *, picture: bool = False) -> Tensor:
        """(N, 5, H, W) scores, or the (N, 3, H, W) ``picture`` itself, in -1..1."""
        painted = self._fitted(photos, lambda x: torch.tanh(self.climb(x)))
        return painted if picture else self._decode(painted)

    def scores(self, x: Tensor) -> Tensor:
        """See Network.scores."""
        return self._decode(torch.tanh(self.climb(x)))

    def paint(self, labels: Tensor) -> Tensor:
        """(N, H, W) class ids -> the (N, 3, H, W) picture that the network shall paint, in -1..1."""
        return self.colours[labels].permute(0, 3, 1, 2)

    def _decode(self, picture: Tensor) -> Tensor:
        with torch.autocast(picture.device.type, enabled=False):  # colours may lie as near as bfloat16's steps
            kernel = 2 * self.colours.view(-1, 3, 1, 1)
            return F.conv2d(picture.float(), kernel, -self.colours.square().sum(1))


class PatchDiscriminator(nn.Module):
    """The 70x70 PatchGAN: (N, 3, H, W) photo and picture, both in -1..1 -> a logit a patch, high where real."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(6, width, 4, stride=2, padding=1), nn.LeakyReLU(0.2, inplace=True)]
        for inputs, outputs, stride in ((1, 2, 2), (2, 4, 2), (4, 8, 1)):
            layers += [
                nn.Conv2d(inputs * width, outputs * width, 4, stride=stride, padding=1, bias=False),
                nn.BatchNorm2d(outputs * width),
                nn.LeakyReLU(0.2, inplace=True),
            ]
        layers.append(nn.Conv2d(8 * width, 1, 4, stride=1, padding=1))
        self.layers = nn.Sequential(*layers)

    def forward(self, photos: Tensor, pictures: Tensor) -> Tensor:
        """See the class."""
        pair = torch.cat([photos, pictures], dim=1)
        down, right = max(0, _SMALLEST - pair.shape[2]), max(0, _SMALLEST - pair.shape[3])
        return cast(Tensor, self.layers(F.pad(pair, (0, right, 0, down), mode="replicate")))
