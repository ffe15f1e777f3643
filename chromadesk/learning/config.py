"""What a training or an evaluation is asked to do: plain data, the same from the command line, the studio and a job
file.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from chromadesk.errors import InputError
from chromadesk.models.info import NORMALISATIONS
from chromadesk.models.registry import architecture

PAPER_SIZE = (512, 256)
#: In a training's folder: its whole state, and the one before.
CHECKPOINT, CHECKPOINT_BEFORE = "checkpoint", "checkpoint.before"
#: How an evaluation looks at the photos: as the paper does, or with one of inference.looks' qualities.
EVALUATED_AS = ("paper", "fast", "standard", "careful")
#: In place of a file of encoder weights: begin with random ones, and be content with that.
RANDOM = "random"
PHOTOS = ("all", "corrected", "mixed")
#: What a pixel that no person touched counts beside one that was painted, where provenance is to weigh.
TRUST = 0.3
#: A fine-tune's epochs; each shows but ``_FEW_SAMPLES`` photos where all would take too long.
_TUNING_EPOCHS = 14
#: Of the rate that trains from nothing.
_TUNING_RATE = 0.4
_FEW_SAMPLES = 160
#: A corrected photo is shown so often an epoch at most, lest a handful be learned by heart.
_MOST_LOOKS = 4
_PATIENCE = 3
#: Below so many samples an epoch, batches say less of brightness and contrast than the parent knows.
_STEADY_SAMPLES = 200


class _Config:
    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return dataclasses.asdict(self)  # type: ignore[call-overload, no-any-return]

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The reverse; raises InputError for unknown, missing or unfit values."""
        try:
            fields = dict(values)
            unknown = sorted(set(fields) - {field.name for field in dataclasses.fields(cls)})  # type: ignore[arg-type]
            if unknown:
                raise InputError(f"The request asks for {', '.join(unknown)}, which nobody here knows; make it anew.")
            if "size" in fields:
                fields["size"] = tuple(fields["size"])
            return cls(**fields)
        except TypeError as error:
            raise InputError(f"The request cannot be understood ({error}); make it anew.") from error


def resumable(out: Path) -> bool:
    """Whether the folder ``out`` holds a training that can be gone on with."""
    return (out / CHECKPOINT).is_file() or (out / CHECKPOINT_BEFORE).is_file()


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
    ``weighted`` (Eq. 2, per batch), ``vanilla``, ``dice`` (weighted, with soft Dice), or Pix2Pix's ``gan``; ``size``
    (height, width); ``test_share`` is used only when the data set has no split yet.

    ``photos``: ``all``; ``corrected`` (those a person corrected); ``mixed``: all, the corrected ones more often; None:
    ``mixed`` for a fine-tune where there are corrected ones, else ``all``. ``corrected_share`` is theirs of a mixed
    epoch's samples, ``epoch_photos`` how many samples an epoch has (see ``portions``). ``trust``, 0..1, is what a
    pixel counts that is a model's proposal and that no person touched (None: as much as any). ``patience`` is how many
    epochs may pass without a better mIoU before the training stops, whose best epoch is then kept (0: never, and the
    last is kept; None: 3 for a fine-tune, else 0). ``freeze_norm`` keeps the parent's BatchNorm figures (means and
    variances; scale and shift still learn): None: for a fine-tune with fewer than 200 samples an epoch.

    ``batch`` photos are in memory at a time, on all devices together, and ``accumulate`` times as many make a step.
    ``cache``: so many GB of decoded photos are kept on disk (None: what there is room for); ``compile``: by
    torch.compile.
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
    accumulate: int = 1
    loss: str | None = None
    augment: str | None = None
    schedule: str | None = None
    normalise: str | None = None
    size: tuple[int, int] = PAPER_SIZE
    photos: str | None = None
    corrected_share: float = 0.5
    epoch_photos: int | None = None
    trust: float | None = None
    patience: int | None = None
    freeze_norm: bool | None = None
    test_share: float = 0.2
    device: str = "auto"
    precision: str = "auto"
    cache: float | None = None
    compile: bool = False
    seed: int = 0
    resume: bool = False

    def __post_init__(self) -> None:
        row = architecture(self.model)
        _check_size(self.size)
        if self.loss not in (None, *row.losses):
            raise InputError(f"The loss of {row.title} is {' or '.join(row.losses)}, not {self.loss!r}.")
        self._check_tuning()
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
        if not 1 <= self.accumulate <= 1024:
            raise InputError(f"Batches that make a step lie between 1 and 1024, not at {self.accumulate}.")
        if self.cache is not None and not 0 <= self.cache <= 100_000:
            raise InputError(f"The cache lies between 0 and 100000 GB, not at {self.cache}.")
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

    def _check_tuning(self) -> None:
        if self.photos not in (None, *PHOTOS):
            raise InputError(f"The photos to train on are all, corrected or mixed, not {self.photos!r}.")
        if not 0 <= self.corrected_share <= 1:
            raise InputError(f"The share of corrected photos lies between 0 and 1, not at {self.corrected_share}.")
        if self.epoch_photos is not None and not 1 <= self.epoch_photos <= 1_000_000:
            raise InputError(f"The photos of an epoch lie between 1 and 1000000, not at {self.epoch_photos}.")
        if self.trust is not None and not 0 <= self.trust <= 1:
            raise InputError(f"The trust in pixels that nobody touched lies between 0 and 1, not at {self.trust}.")
        if self.trust is not None and self.loss_kind == "gan":
            raise InputError(
                "An adversarial loss judges whole pictures and cannot trust some pixels less; leave trust out."
            )
        if self.patience is not None and not 0 <= self.patience <= 10_000:
            raise InputError(f"The patience lies between 0 and 10000 epochs, not at {self.patience}.")

    @property
    def loss_kind(self) -> str:
        """``loss``, or the architecture's first."""
        return self.loss or architecture(self.model).losses[0]

    @property
    def step(self) -> int:
        """How many photos a step learns from."""
        return self.batch * self.accumulate

    @property
    def total_epochs(self) -> int:
        """``epochs``, or the recipe's; a fine-tune takes 14 at most."""
        epochs = architecture(self.model).recipe.epochs
        return self.epochs or (min(_TUNING_EPOCHS, epochs) if self.init else epochs)

    @property
    def peak_lr(self) -> float:
        """``lr``, or the recipe's; a fine-tune takes two fifths of it, lest it forget."""
        lr = architecture(self.model).recipe.lr
        return self.lr or (lr * _TUNING_RATE if self.init else lr)

    @property
    def total_patience(self) -> int:
        """``patience``, or 3 for a fine-tune and 0 (never stop early) for a training."""
        return self.patience if self.patience is not None else _PATIENCE if self.init else 0

    def freezes_norm(self, samples: int) -> bool:
        """Whether BatchNorm keeps the parent's figures where an epoch has so many ``samples``."""
        if self.freeze_norm is not None:
            return self.freeze_norm
        return self.init is not None and samples < _STEADY_SAMPLES and self.loss_kind != "gan"

    def kind_of_photos(self, corrected: int) -> str:
        """``photos``, or what it comes to where so many are ``corrected``: without any, mixed is all."""
        if self.photos == "corrected":
            return self.photos
        return "mixed" if corrected and (self.photos == "mixed" or (self.photos is None and self.init)) else "all"

    def portions(self, corrected: int, others: int) -> tuple[int, int]:
        """How many samples an epoch has of so many ``corrected`` photos and ``others``.

        All: each once, or ``epoch_photos`` of them in turn. Mixed: ``epoch_photos`` (by default for a fine-tune twice
        the corrected ones, at least 160; else as many as there are photos), of which the others get what
        ``corrected_share`` leaves. Every corrected photo is shown once an epoch at least, and four times at most;
        ``corrected`` does the same without the others.
        """
        kind = self.kind_of_photos(corrected)
        if kind == "all":
            return 0, self.epoch_photos or corrected + others
        if kind == "corrected":
            others = 0
        usual = max(2 * corrected, _FEW_SAMPLES) if self.init else corrected + others
        samples = self.epoch_photos or usual
        rest = min(others, samples - round(self.corrected_share * samples))
        return min(max(samples - rest, corrected), _MOST_LOOKS * corrected), rest


@dataclass(frozen=True)
class EvaluateConfig(_Config):
    """One evaluation: ``split`` is ``train``, ``test`` or ``all``; ``native`` measures at each photo's own size instead
    of ``size``; ``quality`` is ``paper`` (photos and masks stretched to ``size``) or how a person would have the photos
    segmented (see inference.looks), by default what the model is made for; ``keys`` keeps to these photos of the split,
    whatever has become of their approval.
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
