"""Which trainings the paper's tables take, for the networks that were chosen. No torch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chromadesk.bench.published import TABLES
from chromadesk.errors import InputError
from chromadesk.learning.config import PAPER_SIZE, RANDOM, TrainConfig, parse_setting
from chromadesk.models.registry import architecture

#: The paper's networks and ours, in the order in which they are trained: what is quick and telling first.
ALL = (
    "pix2pix", "chromanet", "lraspp", "fcn1s", "deeplabv3plus", "unet1", "unet2", "unet3", "unet4",
    "fcn32s", "fcn16s", "fcn8s", "unet5", "unet6",
)  # fmt: skip


_COMMA = re.compile(r",(?=\s*(?:[a-z,]|$))")  # between names, not between the numbers of widths=[8,8,8,8]


@dataclass(frozen=True)
class Run:
    """One training: ``name`` is the folder of its files; ``precision`` and ``normalise`` differ only for the paper's
    side claims.
    """

    name: str
    model: str
    loss: str
    parameters: dict[str, Any] = field(default_factory=dict)
    precision: str | None = None
    normalise: str | None = None


@dataclass(frozen=True)
class Settings:
    """A benchmark as asked for.

    ``models`` are (architecture, parameters); ``epochs`` None: each architecture's recipe; ``photos`` None: all;
    ``encoder_weights`` gives files (or ``random``) by architecture; ``claims`` is the network that the paper's claims
    about mixed precision and normalisation are tried on (empty: not at all).
    """

    dataset: str
    out: str
    models: tuple[tuple[str, dict[str, Any]], ...] = tuple((name, {}) for name in ALL)
    epochs: int | None = None
    size: tuple[int, int] = PAPER_SIZE
    batch: int = 8
    photos: int | None = None
    test_share: float = 0.2
    seed: int = 0
    rounds: int = 3
    claims: str = "fcn1s"
    device: str = "auto"
    precision: str = "auto"
    encoder_weights: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.photos is not None and self.photos < 4:
            raise InputError(f"At least 4 photos are needed to train on some and test on others, not {self.photos}.")
        names = [name for name, _ in self.models]
        if not names:
            raise InputError("No network was named; name some with --models, or leave it out for all.")
        for name in names:
            architecture(name)
            if names.count(name) > 1:
                raise InputError(f"{name} is named twice; each network takes one row.")
        if self.claims and self.claims not in names:
            raise InputError(
                f"The side claims are tried on one of the networks named; {self.claims} is not among them."
            )
        for name, file in self.encoder_weights.items():
            if not architecture(name).encoder:
                raise InputError(f"{architecture(name).title} has no pretrained encoder; leave out its weights.")
            if file != RANDOM and not Path(file).is_file():
                raise InputError(f"There is no file {file} with encoder weights for {name}; check the name.")
        for run in runs(self):  # what a training would refuse is refused before the first
            self.training(run)

    def training(self, run: Run) -> TrainConfig:
        """What ``run`` asks of the training loop; raises InputError."""
        return TrainConfig(
            dataset=f"{self.out}/data",
            out=f"{self.out}/runs/{run.name}",
            model=run.model,
            parameters=run.parameters,
            encoder_weights=self.encoder_weights.get(run.model),
            epochs=self.epochs,
            batch=self.batch,
            loss=run.loss,
            normalise=run.normalise,
            size=self.size,
            test_share=self.test_share,
            device=self.device,
            precision=run.precision or self.precision,
            seed=self.seed,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values of all that the figures depend on; a benchmark is resumed only with the same."""
        names = ("epochs", "size", "batch", "photos", "test_share", "seed", "device", "precision", "encoder_weights")
        return json.loads(json.dumps({name: getattr(self, name) for name in names}))  # type: ignore[no-any-return]


def parse_models(text: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """``fcn1s,deeplabv3plus:encoder=lite0`` -> architectures with their parameters; raises InputError."""
    chosen = []
    for part in filter(None, (part.strip() for part in _COMMA.split(text))):
        name, *settings = part.split(":")
        chosen.append((architecture(name).name, dict(parse_setting(setting) for setting in settings)))
    return tuple(chosen)


def runs(settings: Settings) -> list[Run]:
    """The trainings, in the order they are done: those of the paper's tables for the networks chosen, our own recipe
    for networks of ours, then the side claims.
    """
    in_print = {row.run for table in TABLES for row in table.rows}
    found: list[Run] = []
    for name, parameters in settings.models:
        losses = [loss for loss in architecture(name).losses[::-1] if f"{name}-{loss}" in in_print]
        for loss in losses or [architecture(name).losses[0]]:
            found.append(Run(f"{name}-{loss}", name, loss, parameters))
    claimed = next((run for run in found if run.model == settings.claims), None)
    if claimed is not None:
        base = (claimed.model, claimed.loss, claimed.parameters)
        found.append(Run(f"{claimed.name}-fp32", *base, precision="fp32"))
        found.append(Run(f"{claimed.name}-raw", *base, normalise="none"))
    return found


def timed(settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    """The networks that have a Speed: the paper's Table 3, ours, and Pix2Pix, to which the others are compared; none
    when only networks without a Speed were chosen.
    """
    printed = {row.run.partition("-")[0] for table in TABLES for row in table.rows}
    with_speed = {row.run.partition("-")[0] for table in TABLES if "Speed" in table.columns for row in table.rows}
    found = [choice for choice in settings.models if choice[0] in with_speed or choice[0] not in printed]
    return with_reference(found) if found else []


def with_reference(models: Iterable[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """``models``, with Pix2Pix in front when it is not among them; raises InputError when there are none."""
    found = list(models)
    if not found:
        raise InputError("No network was named; name some with --models, such as fcn1s,unet1.")
    return found if any(name == "pix2pix" for name, _ in found) else [("pix2pix", {}), *found]
