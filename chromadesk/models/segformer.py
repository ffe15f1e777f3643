"""SegFormer (Xie et al. 2021) as Hugging Face keeps it: a folder with config.json and model.safetensors.

Written anew here, so that it takes no library of transformers; tensors have the names that those folders give them,
without the words that only nest. It is not trained here and its classes are its own: see inference.foreign.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from chromadesk import reading
from chromadesk.errors import ModelError
from chromadesk.models.info import tensor_shapes

CONFIG, WEIGHTS = "config.json", "model.safetensors"
_STAGES = 4
#: What config.json may say at most: twice the largest of the paper.
_WIDEST, _DEEPEST = 2048, 80
#: What nests in the folders' names and says nothing.
_NESTING = (
    ("segformer.encoder.", ""),
    ("decode_head.", "head."),
    ("attention.self.", "attention."),
    ("attention.output.", "attention."),
    ("dwconv.dwconv.", "dwconv."),
)


@dataclass(frozen=True)
class Shape:
    """What config.json says: a number for each of the four stages, how wide the ``decoder`` is, how many ``labels``."""

    widths: tuple[int, ...]
    depths: tuple[int, ...]
    heads: tuple[int, ...]
    reductions: tuple[int, ...]
    patches: tuple[int, ...]
    strides: tuple[int, ...]
    ratios: tuple[int, ...]
    decoder: int
    labels: int


class SegFormer(nn.Module):
    """(N, 3, H, W) normalised photos -> (N, labels, H / 4, W / 4) scores."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        widths = (3, *shape.widths)
        self.patch_embeddings = nn.ModuleList(
            _Patches(widths[stage], widths[stage + 1], shape.patches[stage], shape.strides[stage])
            for stage in range(_STAGES)
        )
        self.block = nn.ModuleList(
            nn.ModuleList(
                _Block(shape.widths[stage], shape.heads[stage], shape.reductions[stage], shape.ratios[stage])
                for _ in range(shape.depths[stage])
            )
            for stage in range(_STAGES)
        )
        self.layer_norm = nn.ModuleList(nn.LayerNorm(width) for width in shape.widths)
        self.head = _Head(shape)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        seen = []
        for patches, blocks, norm in zip(self.patch_embeddings, self.block, self.layer_norm, strict=True):
            tokens, height, width = patches(x)
            for block in cast(nn.ModuleList, blocks):
                tokens = block(tokens, height, width)
            x = _plane(norm(tokens), height, width)
            seen.append(x)
        return cast(Tensor, self.head(seen))


class _Patches(nn.Module):
    """Overlapping patches, each a token; and how many lie below and beside one another."""

    def __init__(self, inputs: int, outputs: int, size: int, stride: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(inputs, outputs, size, stride, size // 2)
        self.layer_norm = nn.LayerNorm(outputs)

    def forward(self, x: Tensor) -> tuple[Tensor, int, int]:
        x = self.proj(x)
        return self.layer_norm(_tokens(x)), x.shape[2], x.shape[3]


class _Attention(nn.Module):
    """Attention whose keys and values are seen at a reduced resolution."""

    def __init__(self, width: int, heads: int, reduction: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.dense = nn.Linear(width, width)
        if reduction > 1:
            self.sr = nn.Conv2d(width, width, reduction, reduction)
            self.layer_norm = nn.LayerNorm(width)

    def forward(self, x: Tensor, height: int, width: int) -> Tensor:
        seen = x
        if hasattr(self, "sr"):
            seen = self.layer_norm(_tokens(self.sr(_plane(x, height, width))))

        def parted(tokens: Tensor) -> Tensor:
            return tokens.reshape(*tokens.shape[:2], self.heads, -1).transpose(1, 2)

        found = F.scaled_dot_product_attention(parted(self.query(x)), parted(self.key(seen)), parted(self.value(seen)))
        return cast(Tensor, self.dense(found.transpose(1, 2).flatten(2)))


class _Mlp(nn.Module):
    """Two layers with a 3x3 convolution a channel between them, which tells where a token lies."""

    def __init__(self, width: int, ratio: int) -> None:
        super().__init__()
        inner = width * ratio
        self.dense1 = nn.Linear(width, inner)
        self.dwconv = nn.Conv2d(inner, inner, 3, padding=1, groups=inner)
        self.dense2 = nn.Linear(inner, width)

    def forward(self, x: Tensor, height: int, width: int) -> Tensor:
        x = _tokens(self.dwconv(_plane(self.dense1(x), height, width)))
        return cast(Tensor, self.dense2(F.gelu(x)))


class _Block(nn.Module):
    """Attention and the two layers, each beside what it adds to."""

    def __init__(self, width: int, heads: int, reduction: int, ratio: int) -> None:
        super().__init__()
        self.layer_norm_1, self.layer_norm_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = _Attention(width, heads, reduction)
        self.mlp = _Mlp(width, ratio)

    def forward(self, x: Tensor, height: int, width: int) -> Tensor:
        x = x + self.attention(self.layer_norm_1(x), height, width)
        return cast(Tensor, x + self.mlp(self.layer_norm_2(x), height, width))


class _Linear(nn.Module):
    """A layer under the name the folders give it."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.proj = nn.Linear(inputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, self.proj(x))


class _Head(nn.Module):
    """Every stage to one width and to the finest resolution, joined, the coarsest first."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.linear_c = nn.ModuleList(_Linear(width, shape.decoder) for width in shape.widths)
        self.linear_fuse = nn.Conv2d(shape.decoder * _STAGES, shape.decoder, 1, bias=False)
        self.batch_norm = nn.BatchNorm2d(shape.decoder)
        self.classifier = nn.Conv2d(shape.decoder, shape.labels, 1)

    def forward(self, seen: list[Tensor]) -> Tensor:
        size = seen[0].shape[-2:]
        planes = []
        for layer, x in zip(self.linear_c, seen, strict=True):
            plane = _plane(layer(_tokens(x)), *x.shape[-2:])
            planes.append(F.interpolate(plane, size, mode="bilinear", align_corners=False))
        fused = F.relu(self.batch_norm(self.linear_fuse(torch.cat(planes[::-1], dim=1))))
        return cast(Tensor, self.classifier(fused))


def _tokens(plane: Tensor) -> Tensor:
    """(N, C, H, W) -> (N, H * W, C)"""
    return plane.flatten(2).transpose(1, 2)


def _plane(tokens: Tensor, height: int, width: int) -> Tensor:
    """(N, H * W, C) -> (N, C, H, W)"""
    return tokens.transpose(1, 2).reshape(len(tokens), -1, height, width)


def load(folder: Path) -> SegFormer:
    """The network in ``folder``, fp32, in eval mode. Raises ModelError for one that is none or whose files disagree."""
    path = folder / WEIGHTS
    held = {_renamed(name): shape for name, shape in tensor_shapes(path).items()}
    labels = held.get("head.classifier.weight")
    if not labels:
        raise ModelError(f"{path} holds no SegFormer that segments; export other networks as ONNX.")
    shape = _shape(folder / CONFIG, labels[0])
    try:
        with torch.device("meta"):  # shapes only: a config may name sizes that no memory holds
            wanted = {name: tuple(value.shape) for name, value in SegFormer(shape).state_dict().items()}
    except (RuntimeError, OverflowError, ValueError, ZeroDivisionError) as error:
        raise ModelError(f"{folder / CONFIG} describes no network that can be built ({error}).") from error
    strange = sorted(name for name in wanted.keys() | held.keys() if wanted.get(name) != held.get(name))
    if strange:
        raise ModelError(f"{path} does not fit its {CONFIG}: they differ at {strange[0]}.")
    try:
        tensors = {_renamed(name): value for name, value in load_file(path).items()}
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{path} is damaged or no safetensors file; get it again.") from error
    tensors = {name: value.float() if value.is_floating_point() else value for name, value in tensors.items()}
    if not all(torch.isfinite(value).all() for value in tensors.values()):
        raise ModelError(f"{path} holds values that are no numbers; get it again.")
    network = SegFormer(shape)
    network.load_state_dict(tensors)
    return network.eval()


def _renamed(name: str) -> str:
    for nesting, short in _NESTING:
        name = name.replace(nesting, short)
    return name


def _shape(path: Path, labels: int) -> Shape:
    try:
        said = reading.read_json(path)
        kind = said["model_type"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read or is no model's description ({error}).") from error
    if kind != "segformer" or said.get("hidden_act", "gelu") != "gelu" or said.get("num_channels", 3) != 3:
        raise ModelError(
            f"{path} describes a {json.dumps(kind)[:60]}; of folders only SegFormer's are read, ONNX of all."
        )
    defaults = {"patch_sizes": [7, 3, 3, 3], "strides": [4, 2, 2, 2], "mlp_ratios": [4] * _STAGES}
    names = ("hidden_sizes", "depths", "num_attention_heads", "sr_ratios", *defaults)
    rows = [_numbers(said.get(name, defaults.get(name)), name, path) for name in names]
    (decoder,) = _numbers([said.get("decoder_hidden_size")], "decoder_hidden_size", path, 1)
    if sum(rows[1]) > _DEEPEST:
        raise ModelError(f"{path} describes a network of {sum(rows[1])} blocks; at most {_DEEPEST} are read.")
    if any(width % heads for width, heads in zip(rows[0], rows[2], strict=True)):
        raise ModelError(f"{path} describes heads that do not share its hidden_sizes evenly; get it again.")
    return Shape(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], decoder, labels)


def _numbers(values: Any, name: str, path: Path, count: int = _STAGES) -> tuple[int, ...]:
    if not isinstance(values, list) or len(values) != count:
        raise ModelError(f"{path} does not say {name} as {count} whole numbers.")
    if not all(type(value) is int and 1 <= value <= _WIDEST for value in values):
        raise ModelError(f"{path} says {name} with what are no whole numbers from 1 to {_WIDEST}.")
    return tuple(values)
