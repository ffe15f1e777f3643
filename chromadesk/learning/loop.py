"""Training, from the first line to the last in one file (the paper's Algorithm 1, on Hugging Face accelerate).

``train`` writes into ``config.out``: ``model.safetensors`` (after each epoch; averaged weights where the recipe
averages), ``metrics.jsonl`` (one line an epoch) and ``checkpoint`` (everything needed to go on as if nothing had
happened).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader

import chromadesk
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.dataset.splits import ensure_split, photo_hash
from chromadesk.errors import ChromaDeskError, InputError
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Metrics, Progress, Report, Started, Warned, ignore, never
from chromadesk.learning import checkpoint
from chromadesk.learning.config import RANDOM, TrainConfig
from chromadesk.learning.data import EpochSampler, Pairs, approved_pairs
from chromadesk.learning.evaluate import measure
from chromadesk.learning.metrics import scores
from chromadesk.learning.objective import Objective, accelerator_for, objective, optimiser_for
from chromadesk.models import library, weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.network import Network
from chromadesk.models.registry import architecture, build

_CHECKPOINT_EVERY = 120.0  # seconds, and at every epoch's end


def train(config: TrainConfig, report: Report = ignore, cancelled: Cancelled = never) -> dict[str, Any]:
    """Train as ``config`` says; returns model, checkpoint, epochs_done, seconds, scores (test photos, may be empty),
    cancelled.

    Raises InputError (and its kin) for what the person can mend, ChromaDeskError when the training cannot go on.
    """
    begun = time.monotonic()
    out = Path(config.out)
    state_file = out / "checkpoint"
    if state_file.exists() and not config.resume:
        raise InputError(f"{out} already holds a training; resume it (--resume) or choose another folder.")
    resumed = checkpoint.load(state_file) if config.resume else None

    dataset = Dataset.open(Path(config.dataset))
    ensure_split(dataset, config.seed, config.test_share)
    photos = approved_pairs(dataset, "train", config.photos)
    test = approved_pairs(dataset, "test") if dataset.select("test") else []
    recipe = architecture(config.model).recipe
    network, info = _network(config, dataset, report, fresh=resumed is None)
    seen = {photo_hash(item.photo) for item in photos} | set(info.trained_on)  # a parent's photos stay seen
    info = dataclasses.replace(info, trained_on=tuple(sorted(seen)), split=_digest(photos))

    accelerator = accelerator_for(config.device, config.precision)
    network = network.to(accelerator.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = optimiser_for(network, recipe, config.peak_lr)
    on_gpu = accelerator.device.type == "cuda"
    sampler = EpochSampler(len(photos), config.seed)
    samples = Pairs(photos, config.size, config.augment or recipe.augment, config.seed)
    loader: Any = DataLoader(
        samples,
        config.batch,
        sampler=sampler,
        num_workers=4 if on_gpu else 0,
        pin_memory=on_gpu,
        generator=torch.Generator(),  # its own, so that beginning an epoch again draws nothing from dropout's
    )
    steps = -(-len(photos) // config.batch)
    schedule = _schedule(optimiser, config.schedule or recipe.schedule, steps * config.total_epochs)
    average = AveragedModel(network, multi_avg_fn=_averaging(recipe.ema), use_buffers=True) if recipe.ema else None
    model, optimiser, loader = accelerator.prepare(network, optimiser, loader)
    aim = objective(config.loss_kind, accelerator, model, optimiser, recipe, config.peak_lr)

    epoch, step, loss_sum, last = 0, 0, 0.0, {}
    if resumed is not None:
        _check_same(resumed["config"], config, out)
        info = dataclasses.replace(info, encoder=resumed["encoder"])
        network.load_state_dict(resumed["network"])
        optimiser.load_state_dict(resumed["optimiser"])
        schedule.load_state_dict(resumed["schedule"])
        aim.load_state_dict(resumed["objective"])
        if average is not None:
            average.load_state_dict(resumed["average"])
        if accelerator.scaler is not None:
            accelerator.scaler.load_state_dict(resumed["scaler"])
        torch.set_rng_state(resumed["random"])
        epoch, step, loss_sum, last = resumed["epoch"], resumed["step"], resumed["loss_sum"], resumed["last"]
    elif not config.resume:
        torch.manual_seed(config.seed)

    def save_checkpoint() -> None:
        checkpoint.save(
            {
                "config": config.to_json(),
                "encoder": info.encoder,
                "network": network.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
                "objective": aim.state_dict(),
                "average": average.state_dict() if average is not None else {},
                "scaler": accelerator.scaler.state_dict() if accelerator.scaler is not None else {},
                "random": torch.get_rng_state(),
                "epoch": epoch,
                "step": step,
                "loss_sum": loss_sum,
                "last": last,
            },
            state_file,
        )

    def result(stopped: bool) -> dict[str, Any]:
        model_file = out / "model.safetensors"
        return {
            "model": str(model_file) if model_file.exists() else None,
            "checkpoint": str(state_file),
            "epochs_done": epoch,
            "seconds": round(time.monotonic() - begun, 1),
            "scores": last,
            "test": [item.key for item in test],
            "cancelled": stopped,
        }

    total, first = steps * config.total_epochs, epoch * steps + step
    report(Started("train", total))
    log = _Log(out / "metrics.jsonl", epoch)
    loop_begun = saved = time.monotonic()
    while epoch < config.total_epochs:
        model.train()
        sampler.epoch, sampler.skip = epoch, step * config.batch
        for inputs, labels in loader:
            if cancelled():
                save_checkpoint()
                return result(stopped=True)
            loss = _step(aim, inputs, labels)
            if not accelerator.optimizer_step_was_skipped:  # fp16 skips steps whose gradients overflow
                schedule.step()
                if average is not None:
                    average.update_parameters(network)
            step, loss_sum = step + 1, loss_sum + loss
            done = epoch * steps + step
            left = (time.monotonic() - loop_begun) / (done - first) * (total - done)
            report(Progress(done, total, f"epoch {epoch + 1} of {config.total_epochs}", left))
            report(Metrics(done / steps, {"loss": loss}))
            if time.monotonic() - saved > _CHECKPOINT_EVERY:
                save_checkpoint()
                saved = time.monotonic()
        final = cast(Network, average.module) if average is not None else network
        segmenter = Segmenter.of(final, info, str(accelerator.device), config.precision)
        last = scores(measure(segmenter, test, config.size, stretched=True, batch=config.batch).matrix) if test else {}
        info = dataclasses.replace(info, scores=last, epochs=epoch + 1)
        weights.save(final, info, out / "model.safetensors")
        rate = float(schedule.get_last_lr()[-1])
        figures = {"train_loss": loss_sum / steps, "lr": rate, **_headline(last)}
        epoch, step, loss_sum = epoch + 1, 0, 0.0
        report(Metrics(float(epoch), figures))
        log.write(
            {"epoch": epoch, "seconds": round(time.monotonic() - loop_begun, 1), **figures, "iou": last.get("iou")}
        )
        save_checkpoint()
        saved = time.monotonic()
    return result(stopped=False)


def _step(aim: Objective, inputs: Tensor, labels: Tensor) -> float:
    """One step of Algorithm 1 on uint8 photos; returns the loss."""
    try:
        photos = inputs.float().div_(255).contiguous(memory_format=torch.channels_last)
        value = float(aim.step(photos, labels))
    except torch.OutOfMemoryError:
        value = -1.0
    except ValueError as error:
        if "more than 1 value per channel" not in str(error):
            raise
        raise InputError(
            "A single photo of this size shrinks to one pixel inside this network, which cannot learn from that; "
            "choose a larger size or a larger batch."
        ) from error
    if value == -1.0:  # outside the except block, so that the failed step's tensors are free again
        raise ChromaDeskError(
            "The GPU's memory is too small for this batch; choose a smaller batch or a smaller network."
        )
    if not value < float("inf"):
        raise ChromaDeskError(
            "The loss is no number any more, so the training was stopped; resume with a lower learning rate."
        )
    return value


def _network(config: TrainConfig, dataset: Dataset, report: Report, *, fresh: bool) -> tuple[Network, WeightsInfo]:
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


def _schedule(optimiser: torch.optim.Optimizer, kind: str, total: int) -> LambdaLR:
    """The rate over ``total`` steps: constant (the paper), or one cycle: a tenth of the way up, then down along a
    cosine.
    """

    def one_cycle(step: int) -> float:
        rise = max(1, total // 10)
        if step < rise:
            return (step + 1) / rise
        return 0.01 + 0.99 * 0.5 * (1 + float(torch.cos(torch.tensor(torch.pi * (step - rise) / max(1, total - rise)))))

    return LambdaLR(optimiser, one_cycle if kind == "one-cycle" else lambda step: 1.0)


def _averaging(decay: float) -> Any:
    """Exponential averaging of weights whose memory grows with the steps taken, so that short runs are not held at
    their start.
    """

    @torch.no_grad()
    def update(averaged: Any, current: Any, count: Tensor | int) -> None:
        taken = min(decay, (1 + int(count)) / (10 + int(count)))
        for mine, theirs in zip(averaged, current, strict=True):
            if mine.is_floating_point():
                mine.lerp_(theirs.to(mine.dtype), 1 - taken)
            else:
                mine.copy_(theirs)

    return update


def _check_same(old: dict[str, Any], config: TrainConfig, out: Path) -> None:
    """Refuse to resume what was another training; where it runs may change."""
    new = config.to_json()
    for name in sorted(set(new) - {"dataset", "out", "resume", "device", "precision", "encoder_weights"}):
        before = tuple(old[name]) if isinstance(old.get(name), list) else old.get(name)
        if before != new[name]:
            raise InputError(
                f"The training in {out} had {name} = {before}, not {new[name]}; resume it with the same settings."
            )


def _digest(items: list[Item]) -> str:
    return hashlib.sha256("\n".join(sorted(item.key for item in items)).encode()).hexdigest()[:16]


def _headline(values: dict[str, Any]) -> dict[str, float]:
    names = ("miou", "miou_without_background", "pixel_accuracy")
    return {name: values[name] for name in names if values.get(name) is not None}


class _Log:
    """metrics.jsonl: one line an epoch; a resumed run drops lines of epochs it will do again."""

    def __init__(self, path: Path, epochs_done: int) -> None:
        self.path = path
        if path.exists():
            kept = path.read_text().splitlines(keepends=True)[:epochs_done]
            path.write_text("".join(kept))

    def write(self, values: dict[str, Any]) -> None:
        with open(self.path, "a") as handle:
            handle.write(json.dumps(values) + "\n")
