"""A photo in, a mask of the photo's own size out: looked at by the network, then its edges found in the photo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from chromadesk.errors import InputError, ModelError
from chromadesk.inference import foreign, ranges
from chromadesk.inference.backends import Backend, choose_backend, ready
from chromadesk.inference.looks import look
from chromadesk.inference.quality import QUALITIES, Quality
from chromadesk.inference.ranges import Ranges
from chromadesk.inference.refine import refine
from chromadesk.inference.resize import resize_photo
from chromadesk.inference.runtime import choose_device
from chromadesk.models import library
from chromadesk.models.info import WeightsInfo
from chromadesk.models.network import Network
from chromadesk.models.weights import load


class Segmenter:
    """A network kept warm. ``device``: auto, cpu, cuda; ``precision``: auto, fp32, bf16, fp16, int8; ``quality``: see
    inference.looks; ``fast`` of the bundled network takes its small sister; ``backend``: see inference.backends.
    ``class_map``: a map from the labels of another program's model to ours, see inference.foreign. Raises ModelError,
    InputError.
    """

    info: WeightsInfo
    device: torch.device
    #: (N, H, W, 3) uint8 photos as the network shall see them -> (N, 5, H, W) float32 scores.
    scores: Backend

    def __init__(
        self,
        weights: Path,
        device: str = "auto",
        precision: str = "auto",
        quality: str = "standard",
        backend: str = "auto",
        class_map: str | None = None,
    ) -> None:
        self.quality = choose_quality(quality)
        if library.foreign(weights):
            answering, self.info = foreign.use(weights, class_map, device, precision)
            self.scores, self.device = answering, answering.device
            return
        if class_map is not None:
            raise InputError(f"{weights} has the five classes and takes no map; leave out --map.")
        small = library.small(weights) if self.quality == "fast" else None
        network, info = load(small or weights)
        self._use(network, info, device, precision, backend, ranges.read(small or weights))

    @classmethod
    def of(cls, network: Network, info: WeightsInfo, device: str = "auto", precision: str = "auto") -> Segmenter:
        """A segmenter of standard quality round a network already in memory, by PyTorch."""
        segmenter = cls.__new__(cls)
        segmenter.quality = "standard"
        segmenter._use(network, info, device, precision, "torch", None)
        return segmenter

    def _use(
        self, network: Network, info: WeightsInfo, device: str, precision: str, backend: str, known: Ranges | None
    ) -> None:
        self.info = info
        self.device = choose_device(device)
        name, how = choose_backend(backend, info.architecture, self.device, precision, known)
        self.scores = ready(network, name, self.device, how, known)

    @property
    def precision(self) -> str:
        """What the network computes in: fp32, bf16, fp16 or int8."""
        return self.scores.precision

    def chances(self, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """(H, W, 3) uint8 sRGB photo -> (5, h, w) float32 probabilities over all of it, at the size it was seen at.
        Raises ModelError when the network answers with what are no numbers.
        """
        height, width = self.info.input_size
        if self.info.fit == "stretch" and self.quality != "careful":  # as in the paper
            return np.asarray(self._probabilities(resize_photo(pixels, (height, width))[None])[0])
        return look(pixels, self._probabilities, height * width, self.quality)

    def labels(self, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """(H, W, 3) uint8 sRGB photo -> (H, W) uint8 class ids, at the photo's own size."""
        return self.refined(self.chances(pixels), pixels)

    def refined(self, chances: npt.NDArray[np.float32], pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """The labels that ``chances`` of (H, W, 3) ``pixels`` come to, at the photo's own size."""
        return refine(chances, pixels, fast=self.quality == "fast")

    def _probabilities(self, photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        scores = self.scores(photos)
        if not np.isfinite(scores).all():  # background would win everywhere, and nobody would know why
            raise ModelError(f"The model {self.info.name} answers with what are no numbers; choose another model.")
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def choose_quality(name: str) -> Quality:
    """``name`` when it is one of QUALITIES; raises InputError."""
    for quality in QUALITIES:
        if name == quality:
            return quality
    raise InputError(f"{name!r} is no quality; choose {', '.join(QUALITIES)}.")
