"""Training, from the first line to the last in one file (the paper's Algorithm 1, on Hugging Face accelerate).

``train`` writes into ``config.out``: ``model.safetensors`` (after each epoch, or after the best so far; averaged
weights where the recipe averages), ``metrics.jsonl`` (one line an epoch) and ``checkpoint`` (everything needed to go on
as if nothing had happened).
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
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader

from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.dataset.splits import ensure_split, overlap, photo_hash
from chromadesk.errors import ChromaDeskError, InputError
from chromadesk.inference.occupancy import Occupancy
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Metrics, Progress, Report, Started, Warned, ignore, never
from chromadesk.learning import checkpoint, lesson
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.data import comparing
from chromadesk.learning.early import Best
from chromadesk.learning.evaluate import measure
from chromadesk.learning.metrics import scores
from chromadesk.learning.objective import Objective, accelerator_for, objective, optimiser_for
from chromadesk.learning.sampling import EpochSampler, Samples
from chromadesk.learning.schedule import averaging, rates
from chromadesk.learning.start import begin, hold_norm
from chromadesk.learning.trust import Doubts
from chromadesk.models import weights
from chromadesk.models.network import Network
from chromadesk.models.registry import architecture

_CHECKPOINT_EVERY = 120.0  # seconds, and at every epoch's end


def train(config: TrainConfig, report: Report = ignore, cancelled: Cancelled = never) -> dict[str, Any]:
    """Train as ``config`` says; returns model, checkpoint, epochs_done, epoch_kept (whose weights the file holds),
    judged_on (``held`` or ``test``: what that epoch was chosen by; None: it is the last), photos (how many taught),
    seconds, scores (test photos, may be empty), test (their keys), cancelled.

    Raises InputError (and its kin) for what the person can mend, ChromaDeskError when the training cannot go on.
    """
    begun = time.monotonic()
    out = Path(config.out)
    state_file = out / "checkpoint"
    if state_file.exists() and not config.resume:
        raise InputError(f"{out} already holds a training; resume it (--resume) or choose another folder.")
    resumed = checkpoint.load(state_file) if config.resume else None
    if resumed is not None:
        config = checkpoint.same(resumed["config"], config, out)

    dataset = Dataset.open(Path(config.dataset))
    ensure_split(dataset, config.seed, config.test_share, comparing(report), cancelled)
    if resumed is not None and "lesson" in resumed:
        learned = lesson.again(resumed["lesson"], dataset, config, report, cancelled)
    else:
        learned = lesson.plan(dataset, config, report, cancelled)
    photos, test = learned.photos, learned.test
    portions = learned.portions(config)
    config = dataclasses.replace(
        config,
        photos=config.photos or config.kind_of_photos(learned.corrected),
        patience=config.total_patience,
        freeze_norm=config.freezes_norm(sum(portions)),
    )
    recipe = architecture(config.model).recipe
    network, info = begin(config, dataset, report, fresh=resumed is None)
    known = len(overlap(info.trained_on, test))
    if known:
        told = f"{known} of {len(test)} test photos were in the training of {info.parent}"
        report(Warned(f"{told}, which this one starts from: its scores are too good."))
    seen = {photo_hash(item.photo) for item in photos} | set(info.trained_on)  # a parent's photos stay seen
    info = dataclasses.replace(info, trained_on=tuple(sorted(seen)), split=_digest(photos))

    accelerator = accelerator_for(config.device, config.precision)
    network = network.to(accelerator.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = optimiser_for(network, recipe, config.peak_lr)
    on_gpu = accelerator.device.type == "cuda"
    sampler = EpochSampler(len(photos), config.seed, learned.corrected, portions)
    doubts = None if config.trust is None else Doubts(dataset.state, learned.decided, config.trust)
    loader: Any = DataLoader(
        Samples(photos, config.size, config.augment or recipe.augment, config.seed, doubts),
        config.batch,
        sampler=sampler,
        num_workers=4 if on_gpu else 0,
        pin_memory=on_gpu,
        generator=torch.Generator(),  # its own, so that beginning an epoch again draws nothing from dropout's
    )
    steps = -(-sampler.samples // config.batch)
    schedule = rates(optimiser, config.schedule or recipe.schedule, steps * config.total_epochs)
    average = AveragedModel(network, multi_avg_fn=averaging(recipe.ema), use_buffers=True) if recipe.ema else None
    model, optimiser, loader = accelerator.prepare(network, optimiser, loader)
    aim = objective(config.loss_kind, accelerator, model, optimiser, recipe, config.peak_lr)

    best = Best(config.total_patience if learned.judges else 0)
    epoch, step, loss_sum, last = 0, 0, 0.0, {}
    if resumed is not None:
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
        best.load_state_dict(resumed.get("best", {"epoch": epoch, "latest": epoch, "figure": None}))
    elif not config.resume:
        torch.manual_seed(config.seed)

    def save_checkpoint() -> None:
        checkpoint.save(
            {
                "config": config.to_json(),
                "lesson": learned.state_dict(),
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
                "best": best.state_dict(),
            },
            state_file,
        )

    def result(stopped: bool) -> dict[str, Any]:
        return {
            "model": str(model_file) if model_file.exists() else None,
            "checkpoint": str(state_file),
            "epochs_done": epoch,
            "epoch_kept": best.epoch,
            "judged_on": learned.judged_on if best.patience else None,
            "photos": {"corrected": learned.corrected, "others": len(photos) - learned.corrected},
            "seconds": round(time.monotonic() - begun, 1),
            "scores": last,
            "test": [item.key for item in test],
            "cancelled": stopped,
        }

    def measured(on: Network, items: list[Item]) -> dict[str, Any]:
        segmenter = Segmenter.of(on, info, str(accelerator.device), config.precision)
        return scores(measure(segmenter, items, config.size, stretched=True, batch=config.batch).matrix)

    model_file = out / "model.safetensors"
    held_out = best.patience > 0 and bool(learned.held)
    total, first = steps * config.total_epochs, epoch * steps + step
    report(Started("train", total))
    occupancy = Occupancy(accelerator.device, report)
    log = _Log(out / "metrics.jsonl", epoch)
    loop_begun = saved = time.monotonic()
    while epoch < config.total_epochs and not best.enough:
        model.train()
        if config.freeze_norm:
            hold_norm(model)
        sampler.epoch, sampler.skip = epoch, step * config.batch
        for inputs, labels, *trust in loader:
            if cancelled():
                save_checkpoint()
                return result(stopped=True)
            loss = _step(aim, inputs, labels, *trust)
            if not accelerator.optimizer_step_was_skipped:  # fp16 skips steps whose gradients overflow
                schedule.step()
                if average is not None:
                    average.update_parameters(network)
            step, loss_sum = step + 1, loss_sum + loss
            done = epoch * steps + step
            left = (time.monotonic() - loop_begun) / (done - first) * (total - done)
            report(Progress(done, total, f"epoch {epoch + 1} of {config.total_epochs}", left))
            occupancy.tell()
            report(Metrics(done / steps, {"loss": loss}))
            if time.monotonic() - saved > _CHECKPOINT_EVERY:
                save_checkpoint()
                saved = time.monotonic()
        final = cast(Network, average.module) if average is not None else network
        judged = measured(final, learned.held if held_out else test) if learned.judges else {}
        if best.add(epoch + 1, judged.get("miou")):
            last = {} if held_out else judged
            weights.save(final, dataclasses.replace(info, scores=last, epochs=epoch + 1), model_file)
        rate = float(schedule.get_last_lr()[-1])
        figures = {"train_loss": loss_sum / steps, "lr": rate, **_headline(judged)}
        epoch, step, loss_sum = epoch + 1, 0, 0.0
        report(Metrics(float(epoch), figures))
        log.write(
            {"epoch": epoch, "seconds": round(time.monotonic() - loop_begun, 1), **figures, "iou": judged.get("iou")}
        )
        save_checkpoint()
        saved = time.monotonic()
    if held_out and test and not last:  # the test photos are asked once, about the epoch that the held ones chose
        kept, said = weights.load(model_file)
        last = measured(kept.to(accelerator.device), test)
        weights.save(kept, dataclasses.replace(said, scores=last), model_file)
    return result(stopped=False)


def _step(aim: Objective, inputs: Tensor, labels: Tensor, trust: Tensor | None = None) -> float:
    """One step of Algorithm 1 on uint8 photos; returns the loss."""
    try:
        photos = inputs.float().div_(255).contiguous(memory_format=torch.channels_last)
        value = float(aim.step(photos, labels, trust))
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
            f"The GPU's memory is too small for {_photos(len(inputs))} at a time. "
            f"Choose a smaller {'batch, size' if len(inputs) > 1 else 'size'} or network."
        )
    if not value < float("inf"):
        raise ChromaDeskError(
            "The loss is no number any more, so the training was stopped; resume with a lower learning rate."
        )
    return value


def _photos(count: int) -> str:
    return "one photo" if count == 1 else f"{count} photos"


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
