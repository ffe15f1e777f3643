"""A photo in, a mask of the photo's own size out: fit to the network's input, score, upsample the scores, decide."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch

from chromadesk.classes import COUNT
from chromadesk.inference.resize import resize_photo
from chromadesk.inference.runtime import DTYPES, choose_device, choose_precision
from chromadesk.models.info import WeightsInfo
from chromadesk.models.network import Network
from chromadesk.models.weights import load

#: What the paper's 512 x 256 input does to the usual 2:3 photo: its width shrinks to 3/4 of what its height asks for.
_SQUEEZE = 0.75


def input_size(photo: tuple[int, int], info: WeightsInfo) -> tuple[int, int]:
    """(height, width) at which a photo of ``photo`` (height, width) enters the network.

    ``stretch``: always the network's own size, as in the paper. ``aspect``: its height, and the width that keeps the
    proportions which 2:3 photos have there, a multiple of 32 between 1/2 and 4 times the network's own.
    """
    height, width = info.input_size
    if info.fit == "stretch":
        return height, width
    natural = round(height * photo[1] / photo[0] * _SQUEEZE / 32) * 32
    return height, int(np.clip(natural, width // 2, 4 * width))


class Segmenter:
    """A network kept warm. ``device``: auto, cpu, cuda; ``precision``: auto, fp32, bf16, fp16. Raises ModelError,
    InputError.
    """

    def __init__(self, weights: Path, device: str = "auto", precision: str = "auto") -> None:
        network, info = load(weights)
        self._use(network, info, device, precision)

    @classmethod
    def of(cls, network: Network, info: WeightsInfo, device: str = "auto", precision: str = "auto") -> Segmenter:
        """A segmenter round a network already in memory."""
        segmenter = cls.__new__(cls)
        segmenter._use(network, info, device, precision)
        return segmenter

    def _use(self, network: Network, info: WeightsInfo, device: str, precision: str) -> None:
        self.info = info
        self.device = choose_device(device)
        self.precision = choose_precision(precision, self.device)
        self.network = network.eval().to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]

    @torch.inference_mode()
    def scores(self, photos: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """(N, H, W, 3) uint8 photos as the network shall see them -> (N, 5, H, W) float32 scores."""
        batch = torch.from_numpy(photos).to(self.device).permute(0, 3, 1, 2).float().div_(255)
        batch = batch.contiguous(memory_format=torch.channels_last)
        enabled = self.precision != "fp32"
        with torch.autocast(self.device.type, dtype=DTYPES[self.precision], enabled=enabled):
            scores = self.network(batch)
        return np.asarray(scores.float().cpu().contiguous())

    def labels(self, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """(H, W, 3) uint8 sRGB photo -> (H, W) uint8 class ids, at the photo's own size."""
        height, width = pixels.shape[:2]
        scores = self.scores(resize_photo(pixels, input_size((height, width), self.info))[None])[0]
        return decide(scores, (height, width))


def decide(scores: npt.NDArray[np.float32], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """(5, h, w) scores -> (height, width) class ids: the scores are upsampled, not the labels, one class at a time to
    spare memory.
    """
    height, width = size
    labels = np.zeros(size, dtype=np.uint8)
    best = cv2.resize(scores[0], (width, height), interpolation=cv2.INTER_LINEAR)
    for index in range(1, COUNT):
        upsampled = cv2.resize(scores[index], (width, height), interpolation=cv2.INTER_LINEAR)
        labels[upsampled > best] = index
        np.maximum(best, upsampled, out=best)
    return labels
