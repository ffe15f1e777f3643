"""Networks as ONNX files that say everything needed to use them, and that were compared with PyTorch first.

The file takes (N, 3, height, width) photos of any number and size, float32 RGB in 0..1: normalising, padding to the
network's stride and cropping back are inside. It answers (N, 5, height, width) float32 scores, of which the largest is
the pixel's class.
"""

from __future__ import annotations

import copy
import importlib.util
import io
import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk import files
from chromadesk.errors import InputError, ModelError
from chromadesk.models import hub_card
from chromadesk.models.info import KEY, WeightsInfo
from chromadesk.models.network import Network
from chromadesk.models.weights import load

MODEL, CARD = "model.onnx", "README.md"
MISSING = 'ONNX files take an extra; install it with: pip install "chromadesk[onnx]".'
#: Of the newest operators those that every runtime of the last years knows.
_OPSET = 17
#: So far may a score be from PyTorch's, as a share of the largest; so many pixels must be of the same class.
_APART, _ALIKE = 1e-3, 0.9999
#: What is compared: (photos, height, width), beside the size the network was made for.
_TRIED = ((2, 160, 96), (1, 101, 77))
#: The most bytes that fit into one file of this kind.
_MOST = (1 << 31) - 1


@dataclass(frozen=True)
class Exported:
    """``difference``: the largest between a score in the file and PyTorch's; ``alike``: the share of pixels of the same
    class, 0-1, over ``pixels`` that were compared.
    """

    model: Path
    difference: float
    alike: float
    pixels: int


class _Whole(nn.Module):
    """The network with what its ``forward`` does around it, in operators that know no fixed size."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = copy.deepcopy(network).eval()

    def forward(self, photos: Tensor) -> Tensor:
        network = self.network
        height, width = photos.shape[-2:]
        down = (network.stride - height % network.stride) % network.stride
        right = (network.stride - width % network.stride) % network.stride
        x = F.pad((photos - network.mean) / network.std, (0, right, 0, down), mode="replicate")
        return network.scores(x)[..., :height, :width]


def export(weights: Path, out: Path, *, replace: bool = False) -> Exported:
    """Write the network of ``weights`` to ``out``/model.onnx, and its card to ``out``/README.md.

    Raises InputError where the extra is missing or files are there already (unless ``replace``), ModelError for weights
    that cannot be used or do not come out as they should, StorageError.
    """
    if importlib.util.find_spec("onnx") is None or importlib.util.find_spec("onnxruntime") is None:
        raise InputError(MISSING)
    if out.is_file():
        raise InputError(f"{out} is a file, not a folder; name another folder with --out.")
    there = [name for name in (MODEL, CARD) if (out / name).exists()]
    if there and not replace:
        raise InputError(f"{out / there[0]} is there already; choose another folder, or write over it (--replace).")
    network, info = load(weights)
    data = encode(network, info)
    found = compare(data, network, info)
    said = f"the largest score is {found[0]:.2g} away and {100 * found[1]:.4f} % of the pixels are of the same class"
    if found[1] < _ALIKE or found[0] > _APART:
        raise ModelError(f"The ONNX file of {info.name} would not answer as the network does: {said}.")
    files.write_bytes(out / MODEL, data)
    files.write_text(out / CARD, hub_card.text(info, said, weights.with_suffix(".md")))
    return Exported(out / MODEL, *found)


def encode(network: Network, info: WeightsInfo) -> bytes:
    """The ONNX file of ``network``, with its metadata. Raises ModelError for one larger than such files can be."""
    import onnx

    height, width = (max(2 * network.stride, side // 4) for side in info.input_size)
    whole, plain = _Whole(network), io.BytesIO()
    axes = {0: "photos", 2: "height", 3: "width"}
    with warnings.catch_warnings():  # that this way of exporting is an old one, and what tracing thinks of sizes
        warnings.simplefilter("ignore")
        torch.onnx.export(
            whole,
            (torch.zeros(1, 3, height, width),),
            plain,  # type: ignore[arg-type]  # what is open will do too
            input_names=["photos"],
            output_names=["scores"],
            dynamic_axes={"photos": axes, "scores": axes},
            opset_version=_OPSET,
            dynamo=False,
        )
    if plain.tell() > _MOST:
        raise ModelError(f"{info.name} is too large for one ONNX file ({plain.tell() / 1e9:.1f} GB of at most 2).")
    model = onnx.load_from_string(plain.getvalue())
    model.producer_name, model.producer_version = "ChromaDesk", info.version
    model.doc_string = f"{info.name}: a photo's pixels into {', '.join(info.classes)}"
    onnx.helper.set_model_props(model, metadata(info))
    return bytes(model.SerializeToString())


def metadata(info: WeightsInfo) -> dict[str, str]:
    """What the file says of itself: ChromaDesk's own description, and the same in words that any program can use."""
    height, width = info.input_size
    return {
        KEY: info.metadata()[KEY],
        "classes": json.dumps(info.classes),
        "colours": json.dumps(info.colours),
        "input": "photos: float32 (N, 3, height, width), RGB in 0..1, sRGB, upright; any size; normalised inside",
        "input_size": json.dumps([height, width]),
        "fit": info.fit
        + {
            "stretch": f": photos stretched to {height} x {width}",
            "aspect": f": photos resized to about {height * width} pixels, proportions kept",
        }[info.fit],
        "output": "scores: float32 (N, 5, height, width); the class of a pixel is the largest; softmax gives chances",
        "licence": info.licence,
    }


def compare(data: bytes, network: Network, info: WeightsInfo) -> tuple[float, float, int]:
    """(largest difference of a score, share of pixels of one class, pixels) between the ONNX file ``data`` as
    onnxruntime computes it and ``network``: on smooth pictures of several sizes, one at a time and several.
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    largest, same, pixels = 0.0, 0, 0
    for number, height, width in ((1, *info.input_size), *_TRIED):
        photos = _pictures(number, height, width)
        with torch.inference_mode():
            own: np.ndarray[Any, Any] = network(torch.from_numpy(photos)).numpy()
        (other,) = session.run(None, {"photos": photos})
        largest = max(largest, float(np.abs(own - other).max()) / max(1.0, float(np.abs(own).max())))
        same += int(np.count_nonzero(own.argmax(axis=1) == other.argmax(axis=1)))
        pixels += number * height * width
    return largest, same / pixels, pixels


def _pictures(number: int, height: int, width: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """(number, 3, height, width) soft blobs of light and colour, the same every time."""
    coarse = torch.rand(number, 3, 12, 8, generator=torch.Generator().manual_seed(number))
    return F.interpolate(coarse, (height, width), mode="bicubic").clamp(0, 1).numpy()
