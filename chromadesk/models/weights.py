"""Networks to and from safetensors files that describe themselves."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from safetensors.torch import save as serialised
from torch import Tensor

from chromadesk.errors import ModelError
from chromadesk.files import write_bytes
from chromadesk.models.info import WeightsInfo, read_header
from chromadesk.models.network import Network
from chromadesk.models.registry import build


def save(network: Network, info: WeightsInfo, path: Path, *, half: bool = False) -> None:
    """Write ``network`` to ``path`` atomically, as fp16 when ``half``. Raises ModelError rather than store a non-finite
    value.
    """
    tensors = {}
    for key, value in network.state_dict().items():
        tensor = value.detach().cpu()
        if tensor.is_floating_point():
            tensor = tensor.half() if half else tensor.float()
            if not torch.isfinite(tensor).all():
                raise ModelError(f"The network holds values that are no numbers (at {key}), so {path} was not written.")
        tensors[key] = tensor.contiguous()
    # as bytes: to write a file, safetensors makes one beside it that stays when the process is killed
    write_bytes(path, serialised(tensors, dataclasses.replace(info, tensors=len(tensors)).metadata()))


def load(path: Path) -> tuple[Network, WeightsInfo]:
    """The network of ``path`` in fp32, in eval mode, and what the file says of itself. Raises ModelError."""
    if path.suffix.lower() in (".pt", ".pth", ".ckpt", ".bin", ".pkl"):
        raise ModelError(f"{path} is a pickle, which can hide code; ChromaDesk loads .safetensors files.")
    info, held = read_header(path)
    try:
        with torch.device("meta"):  # shapes only: a header may name sizes that no memory holds
            shapes = build(info.architecture, info.parameters, normalise=info.normalise).state_dict()
    except (ModelError, RuntimeError, OverflowError) as error:
        raise ModelError(f"{path} cannot be used: {str(error).splitlines()[0].rstrip('.')}.") from error
    _check(shapes, held, path)  # before anything is read: a file may hold far more than its network needs
    tensors = _tensors(path)
    network = build(info.architecture, info.parameters, normalise=info.normalise)
    own = network.state_dict()
    network.load_state_dict({key: value.to(own[key].dtype) for key, value in tensors.items()})
    return network.eval(), info


def _tensors(path: Path) -> dict[str, Tensor]:
    try:
        tensors = load_file(path)
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{path} is damaged or no safetensors file; get it again.") from error
    if not all(torch.isfinite(value.float()).all() for value in tensors.values() if value.is_floating_point()):
        raise ModelError(f"{path} holds values that are no numbers; get it again.")
    return tensors


def _check(own: dict[str, Tensor], held: dict[str, tuple[int, ...]], path: Path) -> None:
    for key in sorted(own.keys() | held.keys()):
        if key not in held or key not in own or tuple(own[key].shape) != held[key]:
            raise ModelError(f"{path} holds weights of another architecture: they do not fit at {key}.")
