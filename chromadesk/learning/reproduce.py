"""A training once more, from its record into a new folder, and the two compared to the last digit."""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from chromadesk import reading
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import DatasetError, InputError, ModelError
from chromadesk.images import file_hash
from chromadesk.jobs.messages import Cancelled, Message, Metrics, Report, ignore, never
from chromadesk.learning import checkpoint, run_record
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.loop import train
from chromadesk.learning.run_record import RunRecord
from chromadesk.models import library
from chromadesk.models.info import read_info

_METRICS, _WEIGHTS = "metrics.jsonl", "model.safetensors"
#: Figures that are no outcome of the training.
_CLOCK = ("epoch", "seconds")


@dataclass(frozen=True)
class Parting:
    """The first figure that came out otherwise, and the largest distance between any two."""

    epoch: int
    name: str
    then: float | None
    now: float | None
    largest: float


@dataclass(frozen=True)
class Comparison:
    """What came of it. ``epochs`` were compared; ``parting`` is None when all their figures are the same to the last
    digit; ``weights`` whether those kept are, bit by bit (None: one of the two kept none); ``elsewhere`` says what
    computes otherwise here than there, ``data`` what became of the photos and masks; ``gave_up`` what the first one
    met on its way that a second cannot meet in the same place.
    """

    epochs: int
    parting: Parting | None
    weights: bool | None
    elsewhere: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    gave_up: str = ""
    cancelled: bool = False

    @property
    def equal(self) -> bool:
        """Every figure, and the weights."""
        return self.epochs > 0 and self.parting is None and self.weights is not False


def reproduce(
    run: Path,
    out: Path,
    *,
    dataset: Path | None = None,
    device: str | None = None,
    anyway: bool = False,
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> Comparison:
    """Train in ``out`` as the training in ``run`` was, on the same photos in the same order, and compare.

    ``dataset`` and ``device`` replace the record's; ``anyway`` trains though photos, masks or the weights begun from
    have changed. As many epochs are trained as ``run`` has. Raises InputError and its kin, also for what has changed.
    """
    record = run_record.read(run)
    wanted = figures(run)
    if not wanted:
        raise InputError(f"The training in {run} has ended no epoch yet; there is nothing to compare with.")
    asked = {"out": str(out), "dataset": str(dataset or record.config["dataset"]), "resume": False}
    config = TrainConfig.from_json({**record.config, **asked, **({} if device is None else {"device": device})})
    opened = Dataset.open(Path(config.dataset))
    changed = changes(record, opened, config)
    if changed and not anyway:
        more = f", and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise DatasetError(f"The data is not what {run} was trained on ({changed[0]}{more}); --anyway trains on it.")
    ended = 0

    def listen(message: Message) -> None:
        nonlocal ended
        ended += isinstance(message, Metrics) and "train_loss" in message.values
        report(message)

    threads, before = record.machine.get("threads"), torch.get_num_threads()
    if isinstance(threads, int) and 0 < threads <= 1024:
        torch.set_num_threads(threads)  # sums depend on how they are shared out
    try:
        elsewhere = differences(record)
        train(config, listen, lambda: cancelled() or ended >= len(wanted), record.lesson)
    finally:
        torch.set_num_threads(before)
    return compare(run, out, elsewhere, changed, cancelled())


def compare(run: Path, out: Path, elsewhere: list[str], data: list[str], cancelled: bool = False) -> Comparison:
    """The trainings in two folders, epoch by epoch as far as both have come. Raises InputError."""
    then, now = figures(run), figures(out)
    epochs = min(len(then), len(now))
    same = [_weights(run), _weights(out)] if len(then) == len(now) else ["", ""]
    return Comparison(
        epochs,
        _parting(then[:epochs], now[:epochs]),
        same[0] == same[1] if all(same) else None,
        elsewhere,
        data,
        _gave_up(run),
        cancelled,
    )


def figures(run: Path) -> list[dict[str, float | None]]:
    """Of each epoch of the training in ``run`` every figure by its name. Raises InputError."""
    path = run / _METRICS
    try:
        lines = reading.read_text(path).splitlines()
        rows = [{name: value for name, value in json.loads(line).items() if name not in _CLOCK} for line in lines]
        return [dict(_flat(row, "")) for row in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(f"The figures in {path} cannot be read ({error}).") from error


def changes(record: RunRecord, dataset: Dataset, config: TrainConfig) -> list[str]:
    """A few words on each photo, mask and file of weights that is not what the record says. Raises ImageError."""
    found = [f"{key} is kept for testing now" for key in record.lesson["photos"] if _tests(dataset, key)]
    for key, (photo, mask) in record.data.items():
        if key not in dataset or not dataset[key].has_mask:
            found.append(f"{key} or its mask is gone")
            continue
        here = run_record.pair_hashes(dataset[key])
        if here[0] != photo:
            found.append(f"the photo {key} has changed")
        if here[1] != mask:
            found.append(f"the mask of {key} has changed")
    if config.init is not None and file_hash(library.find(config.init, dataset.state)) != record.init:
        found.append(f"the weights {Path(config.init).name} have changed")
    return found


def differences(record: RunRecord) -> list[str]:
    """A few words on each version and trait of the machine that is another here than in the record."""
    found = []
    for there, here in ((record.versions, run_record.versions()), (record.machine, run_record.machine())):
        for name in sorted(there.keys() | here.keys()):
            if there.get(name) != here.get(name):
                found.append(f"{name} {here.get(name, 'missing')} here, {there.get(name, 'missing')} there")
    return found


def _tests(dataset: Dataset, key: str) -> bool:
    return key in dataset and dataset[key].split == "test"


def _flat(values: dict[str, Any], before: str) -> list[tuple[str, float | None]]:
    found: list[tuple[str, float | None]] = []
    for name, value in values.items():
        if isinstance(value, dict):
            found += _flat(value, f"{before}{name} ")
        elif value is None or isinstance(value, int | float):
            found.append((before + name, value))
    return found


def _parting(then: list[dict[str, float | None]], now: list[dict[str, float | None]]) -> Parting | None:
    first, largest = None, 0.0
    for epoch, (one, other) in enumerate(zip(then, now, strict=True), 1):
        for name in [*one, *(name for name in other if name not in one)]:
            before, after = one.get(name), other.get(name)
            if before == after:
                continue
            first = first or (epoch, name, before, after)
            if before is not None and after is not None:
                largest = max(largest, abs(after - before))
    return None if first is None else Parting(*first, largest)


def _weights(run: Path) -> str:
    """A digest of the tensors in the weights that a training kept, whatever their file says besides; empty without."""
    path = run / _WEIGHTS
    try:
        read_info(path)
        with reading.opened(path) as handle:
            (length,) = struct.unpack("<Q", handle.read(8))
            header = json.loads(handle.read(length))
            header.pop("__metadata__")
            digest = hashlib.sha256(json.dumps(header, sort_keys=True).encode())
            while block := handle.read(1 << 20):
                digest.update(block)
    except (ModelError, OSError):
        return ""
    return digest.hexdigest()


def _gave_up(run: Path) -> str:
    """What the training in ``run`` gave up on its way (see learning.recovery), in words; empty for nothing."""
    try:
        state = checkpoint.load(run, mmap=True)
        had, batch = state["recovery"], state["config"]["batch"]
    except (ModelError, KeyError):
        return ""
    told = ["it met too little memory and took fewer photos at a time"] if had["at_once"] < batch else []
    told += ["its loss was no number once and its rate was halved"] if had["halved"] else []
    return " and ".join(told)
