"""Every architecture by name, without importing torch: what the train panel and the command line can offer.

To add one: write ``models/<name>.py`` with a ``Network`` subclass, add a row here; the contract suite picks it up.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chromadesk.errors import ModelError

if TYPE_CHECKING:
    from chromadesk.models.network import Network


@dataclass(frozen=True)
class Recipe:
    """How an architecture is trained unless the person says otherwise.

    ``lr`` is the peak rate; ``schedule`` is ``constant`` (the paper) or ``one-cycle``; ``decay`` is AdamW's weight
    decay (0: plain Adam); ``augment`` is ``none``, ``flip`` or ``strong``; ``ema`` is the decay of averaged weights
    (0: none).
    """

    epochs: int
    lr: float = 1e-4
    schedule: str = "constant"
    decay: float = 0.0
    augment: str = "flip"
    ema: float = 0.0


@dataclass(frozen=True)
class Architecture:
    """One row of the table. ``factory`` is ``module:class``; ``parameters`` are its keyword arguments with defaults."""

    name: str
    title: str
    description: str
    factory: str
    recipe: Recipe
    parameters: dict[str, Any] = field(default_factory=dict)
    fit: str = "stretch"


ARCHITECTURES: dict[str, Architecture] = {}


def _register(architecture: Architecture) -> None:
    if architecture.name in ARCHITECTURES:
        raise ValueError(f"{architecture.name} is registered twice")
    ARCHITECTURES[architecture.name] = architecture


_register(
    Architecture(
        name="chromanet",
        title="ChromaNet",
        description="ImageNet-pretrained EfficientNet-Lite encoder with a light decoder; ours, the default",
        factory="chromadesk.models.chromanet:ChromaNet",
        recipe=Recipe(epochs=24, lr=1e-3, schedule="one-cycle", decay=0.01, augment="strong", ema=0.998),
        parameters={"encoder": "lite0", "widths": [128, 64, 48, 32]},
        fit="aspect",
    )
)
_register(
    Architecture(
        name="fcn1s",
        title="FCN1s",
        description="VGG16 features, five transposed convolutions, skips from pool4..pool1; the paper's own best",
        factory="chromadesk.models.fcn:FCN1s",
        recipe=Recipe(epochs=10),
        parameters={"width": 64},
    )
)
_register(
    Architecture(
        name="unet",
        title="U-Net",
        description="strided 4x4 convolutions down, transposed up; the paper's U-Net1-6 are depth 4-7, width 64-192",
        factory="chromadesk.models.unet:UNet",
        recipe=Recipe(epochs=15),
        parameters={"depth": 4, "width": 64},
    )
)


def architecture(name: str) -> Architecture:
    """The row called ``name``; raises ModelError naming those that exist."""
    try:
        return ARCHITECTURES[name]
    except KeyError:
        raise ModelError(
            f"There is no architecture called {name!r}; choose one of {', '.join(sorted(ARCHITECTURES))}."
        ) from None


def build(name: str, parameters: dict[str, Any] | None = None, *, normalise: str = "imagenet") -> Network:
    """A fresh network (imports torch). ``parameters`` override the defaults; unknown or unfit ones raise ModelError."""
    row = architecture(name)
    unknown = set(parameters or {}) - set(row.parameters)
    if unknown:
        raise ModelError(
            f"{row.title} has no parameter {', '.join(sorted(unknown))}; it has {', '.join(row.parameters)}."
        )
    module, _, attribute = row.factory.partition(":")
    factory = getattr(importlib.import_module(module), attribute)
    try:
        network: Network = factory(**{**row.parameters, **(parameters or {})}, normalise=normalise)
    except (TypeError, ValueError, KeyError) as error:
        raise ModelError(f"{row.title} cannot be built with {parameters}: {error}.") from error
    return network
