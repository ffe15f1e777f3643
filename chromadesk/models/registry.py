"""Every architecture by name, without importing torch: what the train panel and the command line can offer.

To add one: write ``models/<name>.py`` with a ``Network`` subclass, add a row here; the contract suite picks it up.
Other packages add theirs by the entry point group ``chromadesk.models``, whose entries are rows.
"""

from __future__ import annotations

import functools
import importlib
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chromadesk import plugins
from chromadesk.errors import ModelError

if TYPE_CHECKING:
    from chromadesk.models.network import Network


@dataclass(frozen=True)
class Recipe:
    """How an architecture is trained unless the person says otherwise.

    ``lr`` is the peak rate; ``schedule`` is ``constant`` (the paper) or ``one-cycle``; ``decay`` is AdamW's weight
    decay (0: plain Adam); ``augment`` is ``none``, ``flip`` or ``strong``; ``ema`` is the decay of averaged weights
    (0: none). ``loss`` is one of LOSSES or ``gan``; ``betas`` are Adam's.
    """

    epochs: int
    lr: float = 1e-4
    schedule: str = "constant"
    decay: float = 0.0
    augment: str = "flip"
    ema: float = 0.0
    loss: str = "weighted"
    betas: tuple[float, float] = (0.9, 0.999)


@dataclass(frozen=True)
class Architecture:
    """One row of the table. ``factory`` is ``module:class``; ``parameters`` are its keyword arguments with defaults.
    Of those that are a name, ``choices`` holds every value there is, with its title; ``bounds`` are the least and the
    greatest of those that are a number (1 and 1024 unless said).

    ``fit`` and ``normalise`` are how photos enter unless the person says otherwise; ``encoder`` names what may start
    from ImageNet weights (empty: nothing).
    """

    name: str
    title: str
    description: str
    factory: str
    recipe: Recipe
    parameters: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)
    fit: str = "stretch"
    normalise: str = "imagenet"
    encoder: str = ""

    @property
    def losses(self) -> tuple[str, ...]:
        """What it can be trained with, the default first: cross-entropy, or its own adversarial loss."""
        return (
            ("gan",) if self.recipe.loss == "gan" else tuple(sorted(LOSSES, key=lambda loss: loss != self.recipe.loss))
        )


#: Cross-entropy weighted by Eq. 2, vanilla, or weighted and with soft Dice.
LOSSES = ("weighted", "vanilla", "dice")
ARCHITECTURES: dict[str, Architecture] = {}
_LITE = {"lite0": "EfficientNet-Lite0", "lite1": "EfficientNet-Lite1", "lite2": "EfficientNet-Lite2"}
#: Millions of numbers in the networks that a person should not start unawares.
_HUGE = {"unet5": 167, "unet6": 376}


def _register(architecture: Architecture) -> None:
    if architecture.name in ARCHITECTURES:
        raise ValueError(f"{architecture.name} is registered twice")
    ARCHITECTURES[architecture.name] = architecture


def _register_all() -> None:
    _register(
        Architecture(
            name="chromanet",
            title="ChromaNet",
            description="ImageNet-pretrained EfficientNet-Lite encoder with a light decoder; ours, the default",
            factory="chromadesk.models.chromanet:ChromaNet",
            recipe=Recipe(
                epochs=24, lr=1e-3, schedule="one-cycle", decay=0.01, augment="strong", ema=0.998, loss="dice"
            ),
            parameters={"encoder": "lite0", "widths": [128, 64, 48, 32]},
            choices={"encoder": _LITE},
            fit="aspect",
            encoder="EfficientNet-Lite",
        )
    )
    for name, skips in (("1s", "pool4 to pool1; the paper's own best"), ("8s", "pool4 and pool3"), ("16s", "pool4")):
        _register_fcn(name, f"skips from {skips}")
    _register_fcn("32s", "no skips")
    for name, title, depth, width in (
        ("unet", "U-Net", 4, 64),  # the one whose depth and width are anybody's to choose
        ("unet1", "U-Net1", 4, 64),
        ("unet2", "U-Net2", 5, 64),
        ("unet3", "U-Net3", 6, 64),
        ("unet4", "U-Net4", 7, 64),
        ("unet5", "U-Net5", 7, 128),
        ("unet6", "U-Net6", 7, 192),
    ):
        sizes = "of your own depth and width" if name == "unet" else f"{depth} halvings, {width} channels at first"
        if name in _HUGE:
            sizes += f"; huge ({_HUGE[name]} million numbers), for a GPU with much memory"
        _register(
            Architecture(
                name=name,
                title=title,
                description=f"strided 4x4 convolutions down, transposed up; {sizes}",
                factory="chromadesk.models.unet:UNet",
                recipe=Recipe(epochs=15),
                parameters={"depth": depth, "width": width},
                bounds={"depth": (2, 8)},
            )
        )
    _register(
        Architecture(
            name="pix2pix",
            title="Pix2Pix",
            description="U-Net generator against a 70x70 patch discriminator; paints the mask; the paper's base line",
            factory="chromadesk.models.pix2pix:Pix2Pix",
            recipe=Recipe(epochs=15, lr=2e-4, loss="gan", betas=(0.5, 0.999)),
            parameters={"depth": 8, "width": 64},
            bounds={"depth": (2, 8)},
            normalise="symmetric",
        )
    )
    _register(
        Architecture(
            name="deeplabv3plus",
            title="DeepLabV3+",
            description="atrous pooling and a decoder; encoder resnet50, or lite0 to lite2",
            factory="chromadesk.models.deeplab:DeepLabV3Plus",
            recipe=Recipe(epochs=10),
            parameters={"encoder": "resnet50"},
            choices={"encoder": {"resnet50": "ResNet-50"} | _LITE},
            encoder="ResNet-50",
        )
    )
    _register(
        Architecture(
            name="deeplabv3",
            title="DeepLabV3",
            description="torchvision's deeplabv3_resnet50, which the authors' public code calls DeepLabV3+",
            factory="chromadesk.models.deeplab:DeepLabV3",
            recipe=Recipe(epochs=10),
            encoder="ResNet-50",
        )
    )
    _register(
        Architecture(
            name="lraspp",
            title="LR-ASPP",
            description="torchvision's lraspp_mobilenet_v3_large: MobileNetV3 with a gated pooling branch",
            factory="chromadesk.models.lraspp:LRASPP",
            recipe=Recipe(epochs=10),
            encoder="MobileNetV3",
        )
    )


def _register_fcn(name: str, skips: str) -> None:
    _register(
        Architecture(
            name=f"fcn{name}",
            title=f"FCN{name}",
            description=f"VGG16 features, five transposed convolutions, {skips}",
            factory=f"chromadesk.models.fcn:FCN{name}",
            recipe=Recipe(epochs=10),
            parameters={"width": 64},
            bounds={"width": (2, 1024)},
            encoder="VGG16",
        )
    )


_register_all()


def architectures() -> dict[str, Architecture]:
    """Every row by name: our own, then those of other packages."""
    return {**ARCHITECTURES, **_plugged(tuple(sys.path))}


def find(name: str) -> Architecture | None:
    """The row called ``name``, if there is one; other packages are asked only for what is none of our own."""
    return ARCHITECTURES.get(name) or architectures().get(name)


def architecture(name: str) -> Architecture:
    """The row called ``name``; raises ModelError naming those that exist."""
    row = find(name)
    if row is None:
        raise ModelError(
            f"There is no architecture called {name!r}; choose one of {', '.join(sorted(architectures()))}."
        )
    return row


@functools.lru_cache(maxsize=8)
def _plugged(path: tuple[str, ...]) -> dict[str, Architecture]:
    """The rows of other packages on the import path."""
    with_torch = "torch" in sys.modules

    def check(name: str, row: object) -> Architecture:
        if not isinstance(row, Architecture) or not isinstance(row.recipe, Recipe) or row.name != name:
            raise plugins.Unfit("it is no Architecture of that name")
        if name in ARCHITECTURES or not re.fullmatch("[A-Za-z0-9_]{1,60}", name):
            raise plugins.Unfit("its name is taken, or has more than letters, digits and underscores")
        if not with_torch and "torch" in sys.modules:
            raise plugins.Unfit("its row imports torch, which only the network's own module may")
        return row

    return plugins.load("models", check)


def build(name: str, parameters: dict[str, Any] | None = None, *, normalise: str | None = None) -> Network:
    """A fresh network (imports torch). ``parameters`` and ``normalise`` override the defaults; unknown or unfit ones
    raise ModelError.
    """
    row = architecture(name)
    unknown = set(parameters or {}) - set(row.parameters)
    if unknown:
        raise ModelError(
            f"{row.title} has no parameter {', '.join(sorted(unknown))}; it has {', '.join(row.parameters) or 'none'}."
        )
    for key, value in (parameters or {}).items():
        usual = row.parameters[key]
        if isinstance(usual, int) and isinstance(value, str):
            raise ModelError(f"{row.title} takes a number as {key}, not {value!r}; write it as {key}={usual}.")
    module, _, attribute = row.factory.partition(":")
    try:
        factory = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        if row.name in ARCHITECTURES:
            raise
        raise ModelError(f"{row.title} cannot be loaded ({error}); mend the package it comes from.") from error
    try:
        network: Network = factory(**{**row.parameters, **(parameters or {})}, normalise=normalise or row.normalise)
    except (TypeError, ValueError, KeyError) as error:
        raise ModelError(f"{row.title} cannot be built with {parameters}: {error}.") from error
    return network
