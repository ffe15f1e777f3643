"""DeepLab: V3+ (Chen et al. 2018) from segmentation-models-pytorch, and torchvision's V3 (Chen et al. 2017), which the
authors' public code calls DeepLabV3+.
"""

from __future__ import annotations

from typing import Any, cast

from torch import Tensor, nn
from torch.nn import functional as F
from torchvision.models.segmentation import deeplabv3_resnet50

from chromadesk.classes import COUNT
from chromadesk.models import pretrained
from chromadesk.models.network import Network

_ENCODERS = {"resnet50": "resnet50"} | {lite: f"tu-tf_efficientnet_{lite}" for lite in ("lite0", "lite1", "lite2")}


class _PooledNorm(nn.BatchNorm2d):
    """Batch norm of the branch that pools the whole photo: a batch of one photo has no spread to learn from, so there
    the running figures serve.
    """

    def forward(self, x: Tensor) -> Tensor:
        if self.training and x.shape[0] * x.shape[2] * x.shape[3] == 1:
            return F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps)
        return super().forward(x)


def _allow_single_photos(network: nn.Module) -> None:
    """Give every branch that pools to one pixel (ASPP's last) a norm that bears a batch of one."""
    for branch in network.modules():
        if isinstance(branch, nn.Sequential) and len(branch) and isinstance(branch[0], nn.AdaptiveAvgPool2d):
            for place, layer in enumerate(branch):
                if type(layer) is nn.BatchNorm2d:
                    branch[place] = _PooledNorm(layer.num_features)


class DeepLabV3Plus(Network):
    """Atrous spatial pyramid pooling at stride 16, joined with features of stride 4.

    ``encoder``: ``resnet50``, or ``lite0`` to ``lite2`` (EfficientNet-Lite, whose ImageNet weights are installed).
    """

    def __init__(self, encoder: str = "resnet50", normalise: str = "imagenet") -> None:
        super().__init__(normalise)
        if encoder not in _ENCODERS:
            raise ValueError(f"encoder is {', '.join(_ENCODERS)}, not {encoder}")
        # here, not above: it brings dozens of architectures along, and takes seconds to import
        import segmentation_models_pytorch as smp

        self.encoder_name = encoder
        network: Any = smp.DeepLabV3Plus(_ENCODERS[encoder], encoder_weights=None, classes=COUNT)
        self.encoder, self.decoder, self.head = network.encoder, network.decoder, network.segmentation_head
        _allow_single_photos(self)

    def scores(self, x: Tensor) -> Tensor:
        """See Network.scores."""
        return cast(Tensor, self.head(self.decoder(self.encoder(x))))

    def load_pretrained(self, encoder_weights: str | None = None) -> str:
        """ImageNet weights for the encoder; see models.pretrained."""
        if self.encoder_name == "resnet50":
            return pretrained.load_into(self.encoder, pretrained.resnet50(encoder_weights))
        return pretrained.fill_efficientnet_lite(cast(Any, self.encoder).model, self.encoder_name, encoder_weights)


class DeepLabV3(Network):
    """torchvision's ``deeplabv3_resnet50``: atrous pooling at stride 8, no decoder; its names are the state dict's."""

    def __init__(self, normalise: str = "imagenet") -> None:
        super().__init__(normalise)
        network: Any = deeplabv3_resnet50(weights=None, weights_backbone=None, num_classes=COUNT, aux_loss=False)
        self.backbone, self.classifier = network.backbone, network.classifier
        _allow_single_photos(self)

    def scores(self, x: Tensor) -> Tensor:
        """See Network.scores."""
        scores = self.classifier(self.backbone(x)["out"])
        return F.interpolate(scores, size=x.shape[-2:], mode="bilinear", align_corners=False)

    def load_pretrained(self, encoder_weights: str | None = None) -> str:
        """ImageNet ResNet-50; see models.pretrained.resnet50."""
        return pretrained.load_into(self.backbone, pretrained.resnet50(encoder_weights))
