"""What a training or an evaluation is asked to do: plain data, the same from the command line, the studio and a job
file.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, Literal, Self

from chromadesk.errors import InputError
from chromadesk.models.info import NORMALISATIONS
from chromadesk.models.registry import architecture

PAPER_SIZE = (512, 256)
#: How an evaluation looks at the photos: as the paper does, or with one of inference.looks' qualities.
EVALUATED_AS = ("paper", "fast", "standard", "careful")
#: In place of a file of encoder weights: begin with random ones, and be content with that.
RANDOM = "random"


class _Config:
    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return dataclasses.asdict(self)  # type: ignore[call-overload, no-any-return]

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The reverse; raises InputError for unknown, missing or unfit values."""
        try:
            fields = dict(values)
            if "size" in fields:
                fields["size"] = tuple(fields["size"])
            return cls(**fields)
        except TypeError as error:
            raise InputError(f"The request cannot be understood ({error}); make it anew.") from error


def _check_size(size: tuple[int, int]) -> None:
    if len(size) != 2 or not all(isinstance(side, int) and 16 <= side <= 4096 for side in size):
        raise InputError(f"The size {size} is not two whole numbers (height, width) between 16 and 4096.")


def parse_size(text: str) -> tuple[int, int]:
    """``512x256`` -> (512, 256), height first as in the paper; raises InputError."""
    parts = text.lower().split("x")
    if len(parts) != 2 or not all(part.strip().isdigit() for part in parts):
        raise InputError(f"{text!r} is no size; write height x width, such as 512x256.")
    size = int(parts[0]), int(parts[1])
    _check_size(size)
    return size


def parse_setting(text: str) -> tuple[str, Any]:
    """``depth=5`` -> ("depth", 5); the value is JSON, or else text. Raises InputError."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise InputError(f"{text!r} sets nothing; write NAME=VALUE, such as depth=5.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


@dataclass(frozen=True)
class TrainConfig(_Config):
    """One training run. ``None`` means the architecture's own recipe (models.registry) or, with ``init``, a
    fine-tune's.

    ``dataset`` and ``out`` are folders; ``model`` an architecture; ``parameters`` its own; ``init`` a weights file
    or name to start from; ``encoder_weights`` a file of ImageNet weights, or ``random`` to do without; ``loss`` is
    ``weighted`` (Eq. 2, per batch), ``vanilla``, or Pix2Pix's ``gan``; ``size`` (height, width); ``photos`` is ``all``
    or ``corrected`` (those a person corrected); ``test_share`` is used only when the data set has no split yet.
    """

    dataset: str
    out: str
    model: str = "chromanet"
    parameters: dict[str, Any] = dataclasses.field(default_factory=dict)
    init: str | None = None
    encoder_weights: str | None = None
    epochs: int | None = None
    lr: float | None = None
    batch: int = 8
    loss: str | None = None
    augment: str | None = None
    schedule: str | None = None
    normalise: str | None = None
    size: tuple[int, int] = PAPER_SIZE
    photos: str = "all"
    test_share: float = 0.2
    device: str = "auto"
    precision: str = "auto"
    seed: int = 0
    resume: bool = False

    def __post_init__(self) -> None:
        row = architecture(self.model)
        _check_size(self.size)
        if self.loss not in (None, *row.losses):
            raise InputError(f"The loss of {row.title} is {' or '.join(row.losses)}, not {self.loss!r}.")
        if self.photos not in ("all", "corrected"):
            raise InputError(f"The photos to train on are all or corrected, not {self.photos!r}.")
        if self.augment not in (None, "none", "flip", "strong"):
            raise InputError(f"The augmentation is none, flip or strong, not {self.augment!r}.")
        if self.schedule not in (None, "constant", "one-cycle"):
            raise InputError(f"The schedule is constant or one-cycle, not {self.schedule!r}.")
        if self.normalise not in (None, *NORMALISATIONS):
            raise InputError(f"The normalisation is {', '.join(NORMALISATIONS)}, not {self.normalise!r}.")
        if self.init and (self.encoder_weights or self.normalise):
            raise InputError(
                "Weights to start from bring their own encoder and normalisation; leave those options out."
            )
        if self.epochs is not None and not 1 <= self.epochs <= 10_000:
            raise InputError(f"Epochs lie between 1 and 10000, not at {self.epochs}.")
        if not 1 <= self.batch <= 1024:
            raise InputError(f"The batch size lies between 1 and 1024, not at {self.batch}.")
        if self.lr is not None and not 0 < self.lr <= 1:
            raise InputError(f"The learning rate lies above 0 and at most at 1, not at {self.lr}.")
        if not 0 <= self.test_share < 1:
            raise InputError(f"The share of test photos lies between 0 and 1, not at {self.test_share}.")
        unknown = set(self.parameters) - set(row.parameters)
        if unknown:
            raise InputError(
                f"{row.title} has no parameter {', '.join(sorted(unknown))}; "
                f"it has {', '.join(row.parameters) or 'none'}."
            )

    @property
    def loss_kind(self) -> str:
        """``loss``, or the architecture's first."""
        return self.loss or architecture(self.model).losses[0]

    @property
    def total_epochs(self) -> int:
        """``epochs``, or the recipe's; a fine-tune takes a quarter of it."""
        epochs = architecture(self.model).recipe.epochs
        return self.epochs or (max(1, epochs // 4) if self.init else epochs)

    @property
    def peak_lr(self) -> float:
        """``lr``, or the recipe's; a fine-tune takes a fifth of it, lest it forget."""
        lr = architecture(self.model).recipe.lr
        return self.lr or (lr / 5 if self.init else lr)


@dataclass(frozen=True)
class EvaluateConfig(_Config):
    """One evaluation: ``split`` is ``train``, ``test`` or ``all``; ``native`` measures at each photo's own size instead
    of ``size``; ``quality`` is ``paper`` (photos and masks stretched to ``size``) or how a person would have the photos
    segmented (see inference.looks), by default what the model is made for; ``keys`` keeps to these photos of the split, whatever has become of their approval.
    """

    dataset: str
    model: str = "chromanet"
    split: Literal["train", "test", "all"] = "test"
    keys: list[str] | None = None
    native: bool = False
    quality: str | None = None
    size: tuple[int, int] = PAPER_SIZE
    batch: int = 8
    device: str = "auto"
    precision: str = "auto"

    def __post_init__(self) -> None:
        _check_size(self.size)
        if self.quality not in (None, *EVALUATED_AS):
            raise InputError(f"The quality is {', '.join(EVALUATED_AS)}, not {self.quality!r}.")
        if self.native and self.quality == "paper":
            raise InputError("The paper stretches every photo; leave out native, or choose another quality.")
        if self.split not in ("train", "test", "all"):
            raise InputError(f"The split is train, test or all, not {self.split!r}.")
