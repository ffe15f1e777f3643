"""What every network of ChromaDesk is: RGB in 0..1 of any size in, five class scores a pixel out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk.errors import InputError

MEAN_AND_STD = {
    "none": ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    "imagenet": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "symmetric": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}


class Network(nn.Module, ABC):
    """Base of the architectures. ``forward``: (N, 3, H, W) float in 0..1 -> (N, 5, H, W) scores (logits), any H, W >=
    1.

    Subclasses set ``stride`` (what H and W must be multiples of) and write ``scores``. Normalisation is part of the
    network, so a weights file cannot be fed wrongly; its constants are no part of the state dict.
    """

    stride = 32
    mean: Tensor
    std: Tensor

    def __init__(self, normalise: str = "imagenet") -> None:
        super().__init__()
        mean, std = MEAN_AND_STD[normalise]
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)

    def forward(self, photos: Tensor) -> Tensor:
        """Scores at the photos' own size."""
        return self._fitted(photos, self.scores)

    def _fitted(self, photos: Tensor, function: Callable[[Tensor], Tensor]) -> Tensor:
        """Normalise, pad to the stride by repeating the edge, apply ``function``, crop back."""
        height, width = photos.shape[-2:]
        x = (photos - self.mean) / self.std
        down, right = -height % self.stride, -width % self.stride
        if down or right:
            x = F.pad(x, (0, right, 0, down), mode="replicate")
        return function(x)[..., :height, :width]

    @abstractmethod
    def scores(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) normalised, H and W multiples of ``stride`` -> (N, 5, H, W)."""

    def load_pretrained(self, encoder_weights: str | None = None) -> str:
        """Fill the encoder with ImageNet weights, from the file named if any, and say where they came from. Does
        nothing for a network without an encoder; raises InputError when there are none, or a file is named for nothing.
        """
        if encoder_weights is not None:
            raise InputError(f"{type(self).__name__} has no pretrained encoder; leave out --encoder-weights.")
        return ""

    def parameter_groups(self, lr: float) -> list[dict[str, Any]]:
        """Parameters with their learning rates, for the optimiser."""
        return [{"params": list(self.parameters()), "lr": lr}]
