"""Weights that other code trained, as files of ours: state dicts of the paper's public code, and of torchvision's
networks that it used.

Only names change. A file is taken when every tensor fits, and refused by the first ones that do not.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

import chromadesk
from chromadesk import reading
from chromadesk.classes import COUNT, NAMES
from chromadesk.errors import InputError, ModelError
from chromadesk.models.info import NORMALISATIONS, WeightsInfo, parameter_count, read_info
from chromadesk.models.library import SUFFIX
from chromadesk.models.pretrained import read_state
from chromadesk.models.registry import ARCHITECTURES, architecture, build
from chromadesk.models.weights import save

_FCNS = ("fcn1s", "fcn8s", "fcn16s", "fcn32s")
_COUNTER = "num_batches_tracked"  # old files lack it and nothing needs it
_SHOWN = 3  # keys named in a sentence
_LONGEST = 200  # characters of a text in WeightsInfo
_PHOTOS = {
    "none": "photos as they are (no normalisation)",
    "imagenet": "photos normalised by ImageNet's means and deviations",
    "symmetric": "photos normalised to -1..1",
}


@dataclass(frozen=True)
class _Layout:
    """How a state dict names its tensors. ``names``: the architectures it may be of, the likeliest first;
    ``theirs``: a key of ours -> the file's; ``head``: the last convolution's weight, with its classes along ``axis``;
    ``unused``: prefix of what inference does without.
    """

    title: str
    names: tuple[str, ...]
    theirs: Callable[[str], str]
    head: str
    parameters: dict[str, Any]
    axis: int = 0
    unused: str | None = None


def convert(path: Path, out: Path, as_: str | None = None, normalise: str = "none") -> WeightsInfo:
    """Write the state dict of ``path`` (.pt, .pth, .safetensors) as ChromaDesk weights to ``out``, whose description is
    returned.

    ``as_`` is the architecture, needed where names and shapes do not tell; ``normalise`` is how photos were fed to the
    network while it learned. Raises ModelError when the file or ``as_`` does not fit, InputError for ``out`` and
    ``normalise``; then nothing is written.
    """
    if out.suffix.lower() != SUFFIX:
        raise InputError(f"{out} does not end in {SUFFIX}; ChromaDesk writes no other weights.")
    if normalise not in NORMALISATIONS:
        raise InputError(f"Photos are normalised by one of {', '.join(NORMALISATIONS)}, not by {normalise!r}.")
    state = _read(path)
    if out.exists():
        raise InputError(f"{out} is there already; give the new file another name, or delete that one.")
    layout = _recognise(state, path)
    if as_ is not None and as_ not in layout.names:
        raise ModelError(f"{path} is no {as_}: it holds {layout.title}, so --as may be {' or '.join(layout.names)}.")
    head = state.get(layout.head)
    if head is not None and head.ndim == 4 and head.shape[layout.axis] != COUNT:
        classes = head.shape[layout.axis]
        raise ModelError(f"{path} has {classes} output classes and {COUNT} are needed: {', '.join(NAMES)}.")
    name = as_ or layout.names[0]
    try:
        with torch.device("meta"):  # shapes only: the tensors are the file's
            network = build(name, layout.parameters, normalise=normalise)
    except (ModelError, RuntimeError) as error:
        raise ModelError(f"{path} cannot be used: {str(error).splitlines()[0].rstrip('.')}.") from error
    tensors = _renamed(state, network.state_dict(), layout, path)
    if as_ is None and layout.names == _FCNS:
        raise ModelError(
            f"{path} fits {', '.join(_FCNS[:-1])} and {_FCNS[-1]} alike, for they share all names and shapes; "
            "say which one was trained, such as --as fcn1s (the class FCNs of the paper's code)."
        )
    network.load_state_dict(tensors, assign=True)
    info = WeightsInfo(
        name=out.stem[:_LONGEST],
        architecture=name,
        parameters=layout.parameters,
        normalise=normalise,
        parent=path.name[:_LONGEST],
        version=chromadesk.__version__,
        licence="unknown, see its source",
    )
    save(network, info, out)
    return info


def summary(path: Path) -> str:
    """What the weights file ``path`` holds, in half a sentence; raises ModelError."""
    info = read_info(path)
    row = architecture(info.architecture)
    sizes = ", ".join(f"{name} {value}" for name, value in info.parameters.items())
    title = row.title if info.parameters == row.parameters else f"{row.title} ({sizes})"
    return f"{title}, {parameter_count(path) / 1e6:.1f} M numbers, {_PHOTOS[info.normalise]}"


def _read(path: Path) -> dict[str, Tensor]:
    try:
        reading.opened(path).close()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}; check the name.") from error
    try:
        read_info(path)
    except ModelError:  # as it should be
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's words about archives that are then refused in ours
            return read_state(path)
    raise ModelError(f"{path} is a ChromaDesk model already; use it as it is.")


def _recognise(state: dict[str, Tensor], path: Path) -> _Layout:
    def has(prefix: str) -> bool:
        return any(key.startswith(prefix) for key in state)

    if has("pretrained_net.features."):
        width = _width(state, "pretrained_net.features.0.weight", path)
        return _Layout("an FCN on VGG16", _FCNS, _fcn_key, "classifier.weight", {"width": width})
    if has("model.model."):
        return _unet(state, path)
    if has("classifier.0.convs."):
        title, head = "torchvision's deeplabv3_resnet50", "classifier.4.weight"
        return _Layout(title, ("deeplabv3",), str, head, {}, unused="aux_classifier.")
    if has("classifier.cbr."):
        title, head = "torchvision's lraspp_mobilenet_v3_large", "classifier.low_classifier.weight"
        return _Layout(title, ("lraspp",), str, head, {})
    if all(key.startswith("module.") for key in state):
        raise ModelError(f"{path} was saved out of a DataParallel; save model.module.state_dict() instead.")
    raise ModelError(
        f"{path} is of no layout known here (it holds {_few(list(state))}): give an FCN or U-Net of the paper's code, "
        "or torchvision's deeplabv3_resnet50 or lraspp_mobilenet_v3_large."
    )


def _width(state: dict[str, Tensor], key: str, path: Path) -> int:
    """How many channels the convolution ``key`` puts out; raises ModelError."""
    weight = state.get(key)
    if weight is None or weight.ndim != 4:
        raise ModelError(f"{path} lacks the convolution {key}, which says how wide its network is.")
    return weight.shape[0]


def _fcn_key(ours: str) -> str:
    part, _, rest = ours.partition(".")
    if part == "features":
        return f"pretrained_net.{ours}"
    if part in ("up", "norm"):
        level, _, tensor = rest.partition(".")
        return f"{'deconv' if part == 'up' else 'bn'}{int(level) + 1}.{tensor}"
    return ours


def _unet(state: dict[str, Tensor], path: Path) -> _Layout:
    """The generator of Isola et al., whose blocks lie in one another; it ends in a tanh, which has no parameters and
    leaves the highest score the highest.
    """
    depth = 1
    while any(key.startswith(_unet_block(depth)) for key in state):
        depth += 1
    parameters = {"depth": depth, "width": _width(state, "model.model.0.weight", path)}
    own = ARCHITECTURES["unet"]
    alike = [row.name for row in ARCHITECTURES.values() if (row.factory, row.parameters) == (own.factory, parameters)]
    return _Layout(
        f"a U-Net of depth {depth} and width {parameters['width']}",
        (*(name for name in alike if name != own.name), own.name),
        functools.partial(_unet_key, depth=depth),
        "model.model.3.weight",
        parameters,
        axis=1,  # transposed
    )


def _unet_block(level: int) -> str:
    return "model.model." + ("1.model." + "3.model." * (level - 1) if level else "")


def _unet_key(ours: str, depth: int) -> str:
    part, level, tensor = ours.split(".")
    if level == "0":
        places = {"down": 0, "up": 3}
    elif int(level) == depth - 1:
        places = {"down": 1, "up": 3, "up_norm": 4}
    else:
        places = {"down": 1, "down_norm": 2, "up": 5, "up_norm": 6}
    return f"{_unet_block(int(level))}{places[part]}.{tensor}"


def _renamed(state: dict[str, Tensor], own: dict[str, Tensor], layout: _Layout, path: Path) -> dict[str, Tensor]:
    """Copies of ``state``'s tensors under the keys and in the dtypes of ``own``; raises ModelError."""
    pairs = {layout.theirs(ours): like for ours, like in own.items()}
    there = {key: (state[key], like) for key, like in pairs.items() if key in state}
    faults = {
        "missing": [key for key in pairs if key not in state and not key.endswith(_COUNTER)],
        "unexpected": [
            key for key in state if key not in pairs and not (layout.unused and key.startswith(layout.unused))
        ],
        "wrong shape": [
            f"{key} is {list(value.shape)}, not {list(like.shape)}"
            for key, (value, like) in there.items()
            if value.shape != like.shape
        ],
        "no plain numbers": [
            key for key, (value, like) in there.items() if not key.endswith(_COUNTER) and not _is_plain(value, like)
        ],
    }
    if any(faults.values()):
        told = "; ".join(f"{fault}: {_few(keys)}" for fault, keys in faults.items() if keys)
        raise ModelError(f"{path} does not fit {layout.title}; {told}.")
    return {
        ours: state[layout.theirs(ours)].detach().to(like.dtype, copy=True)  # safetensors stores no shared memory
        if layout.theirs(ours) in state
        else torch.zeros(like.shape, dtype=like.dtype)
        for ours, like in own.items()
    }


def _is_plain(value: Tensor, like: Tensor) -> bool:
    """Whether there are numbers in memory to copy: neither sparse, nor complex, nor a shape only."""
    return (
        value.layout == torch.strided
        and value.device.type == "cpu"
        and value.is_floating_point() == like.is_floating_point()
    )


def _few(keys: list[str]) -> str:
    """The first ``keys``, each short and on one line, and how many there are besides."""
    shown = ", ".join(ascii(key)[1:-1][:100] for key in keys[:_SHOWN])
    return shown if len(keys) <= _SHOWN else f"{shown} and {len(keys) - _SHOWN} more"
