"""The paper's U-Net (Section 4, "U-Net"; the generator of Isola et al. 2017 without its tanh)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk.classes import COUNT
from chromadesk.models.network import Network


class UNet(Network):
    """``depth`` halvings by 4x4 convolutions (LeakyReLU 0.2), as many doublings by transposed ones (ReLU), skips
    concatenated.

    Widths double from ``width`` up to 8x. The paper's U-Net1-6: 4x64, 5x64, 6x64, 7x64, 7x128, 7x192.
    """

    def __init__(self, depth: int = 4, width: int = 64, normalise: str = "imagenet", outputs: int = COUNT) -> None:
        super().__init__(normalise)
        if not 2 <= depth <= 8 or width < 1:
            raise ValueError("depth is 2 to 8 and width at least 1")
        self.stride = 2**depth
        channels = [width * min(2**level, 8) for level in range(depth)]
        self.down = nn.ModuleList()
        self.down_norm = nn.ModuleList()
        self.up = nn.ModuleList()
        self.up_norm = nn.ModuleList()
        for level, here in enumerate(channels):
            outermost, innermost = level == 0, level == depth - 1
            above = 3 if outermost else channels[level - 1]
            self.down.append(nn.Conv2d(above, here, 4, stride=2, padding=1, bias=False))
            self.down_norm.append(nn.Identity() if outermost or innermost else nn.BatchNorm2d(here))
            below = here if innermost else 2 * here
            target = outputs if outermost else above
            self.up.append(nn.ConvTranspose2d(below, target, 4, stride=2, padding=1, bias=outermost))
            self.up_norm.append(nn.Identity() if outermost else nn.BatchNorm2d(target))

    def scores(self, x: Tensor) -> Tensor:
        """See Network.scores."""
        return self.climb(x)

    def climb(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) normalised -> (N, outputs, H, W): down, and up again."""
        skips: list[Tensor] = []
        for level, (convolution, norm) in enumerate(zip(self.down, self.down_norm, strict=True)):
            x = norm(convolution(F.leaky_relu(x, 0.2) if level else x))
            skips.append(x)
        for level in reversed(range(len(self.up))):
            if level < len(self.up) - 1:
                x = torch.cat([skips[level], x], dim=1)
            x = self.up_norm[level](self.up[level](F.relu(x)))
        return x
