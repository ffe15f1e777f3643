"""The network a training begins with: fresh, with a pretrained encoder, or a parent's."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path
from typing import Any

import torch
from torch import nn

import chromadesk
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import InputError
from chromadesk.jobs.messages import Report, Warned
from chromadesk.learning.config import RANDOM, TrainConfig
from chromadesk.models import library, weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.network import Network
from chromadesk.models.registry import architecture, build


def begin(config: TrainConfig, dataset: Dataset, report: Report, *, fresh: bool) -> tuple[Network, WeightsInfo]:
    """A network to begin with and what its file will say: from ``init``, or fresh with a pretrained encoder."""
    row = architecture(config.model)
    about: dict[str, Any] = {
        "name": Path(config.out).absolute().name,
        "input_size": config.size,
        "loss": config.loss_kind,
        "dataset": dataset.root.name,
        "seed": config.seed,
        "version": chromadesk.__version__,
    }
    if config.init is not None:
        start = library.find(config.init, dataset.state)
        network, info = weights.load(start)
        if info.architecture != config.model:
            other = architecture(info.architecture).title
            raise InputError(
                f"{start} holds a {other}, not a {row.title}; choose that model or other weights to start from."
            )
        return network, dataclasses.replace(info, parent=info.name, **about)
    torch.manual_seed(config.seed)
    network = build(config.model, config.parameters, normalise=config.normalise)
    encoder = RANDOM if row.encoder else ""
    if fresh and config.encoder_weights != RANDOM:
        encoder = network.load_pretrained(config.encoder_weights)
    elif fresh and row.encoder:
        report(Warned(f"{row.title} starts from random weights, not from ImageNet's; expect less of it."))
    info = WeightsInfo(
        architecture=config.model,
        parameters={**row.parameters, **config.parameters},
        fit=row.fit,
        normalise=config.normalise or row.normalise,
        encoder=encoder,
        **about,
    )
    return network, info


def compile_network(network: nn.Module) -> None:
    """Let ``network`` be compiled when it is first called, for the shapes it then sees. Raises InputError."""
    if not any(map(shutil.which, (os.environ.get("CXX", "g++"), "clang++", "c++", "cl"))):
        raise InputError(
            "To compile a network PyTorch needs a C++ compiler, and there is none here; install one, such as g++, or "
            "leave out --compile."
        )
    network.compile(dynamic=False)


def hold_norm(model: nn.Module) -> None:
    """Keep the means and variances of the BatchNorm layers of a ``model`` in training as they are. Scale and shift
    still learn: these few numbers are what adapts a network best to a handful of photos (Frankle et al. 2021).
    """
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.eval()
