"""LR-ASPP (Howard et al. 2019), torchvision's ``lraspp_mobilenet_v3_large``."""

from __future__ import annotations

from typing import Any

from torch import Tensor
from torch.nn import functional as F
from torchvision.models.segmentation import lraspp_mobilenet_v3_large

from chromadesk.classes import COUNT
from chromadesk.models.network import Network
from chromadesk.models.pretrained import load_into, mobilenet_v3_large


class LRASPP(Network):
    """A MobileNetV3 at stride 16, gated by a pooled view of the whole photo; its names are torchvision's."""

    def __init__(self, normalise: str = "imagenet") -> None:
        super().__init__(normalise)
        network: Any = lraspp_mobilenet_v3_large(weights=None, weights_backbone=None, num_classes=COUNT)
        self.backbone, self.classifier = network.backbone, network.classifier

    def scores(self, x: Tensor) -> Tensor:
        """See Network.scores."""
        scores = self.classifier(self.backbone(x))
        return F.interpolate(scores, size=x.shape[-2:], mode="bilinear", align_corners=False)

    def load_pretrained(self, encoder_weights: str | None = None) -> str:
        """ImageNet MobileNetV3-Large; see models.pretrained.mobilenet_v3_large."""
        return load_into(self.backbone, mobilenet_v3_large(encoder_weights), "features.")
