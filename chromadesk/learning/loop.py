"""Training, from the first line to the last in one file (the paper's Algorithm 1, on Hugging Face accelerate).

``train`` writes into ``config.out``: ``model.safetensors`` (after each epoch, or after the best so far; averaged
weights where the recipe averages), ``metrics.jsonl`` (one line an epoch), ``run.json`` (what it was made of) and
``checkpoint`` (everything needed to go on as if nothing had happened), with the one before. Several processes may share
each step (see team): all run these lines, and the first alone reports and writes. A step for which memory is too small,
or whose loss is no number, does not count: the training goes back to its checkpoint and on with fewer photos at a time,
or half the rate (see recovery).
"""

from __future__ import annotations

import dataclasses
import hashlib
import time
from pathlib import Path
from typing import Any

import torch
from torch.optim.swa_utils import AveragedModel

from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.dataset.splits import ensure_split, overlap
from chromadesk.errors import InputError
from chromadesk.inference.occupancy import Occupancy
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Metrics, Progress, Report, Started, Warned, ignore, never
from chromadesk.learning import checkpoint, decoded, lesson, run_record
from chromadesk.learning.config import CHECKPOINT, TrainConfig, resumable
from chromadesk.learning.course import Course
from chromadesk.learning.data import comparing
from chromadesk.learning.early import Best
from chromadesk.learning.evaluate import measure
from chromadesk.learning.log import Log
from chromadesk.learning.metrics import scores
from chromadesk.learning.objective import accelerator_for, objective, optimiser_for, prepared
from chromadesk.learning.recovery import Recovery, Trouble, attempt
from chromadesk.learning.sampling import EpochSampler, Samples, Steps, loader_of
from chromadesk.learning.schedule import averaging, rates
from chromadesk.learning.start import begin, compile_network, hold_norm
from chromadesk.learning.team import join
from chromadesk.learning.trust import Doubts
from chromadesk.models import weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.network import Network
from chromadesk.models.registry import architecture

_CHECKPOINT_EVERY = 120.0  # seconds, and at every epoch's end


def train(
    config: TrainConfig,
    report: Report = ignore,
    cancelled: Cancelled = never,
    taught: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Train as ``config`` says; returns model, checkpoint, epochs_done, epoch_kept (whose weights the file holds),
    judged_on (``held`` or ``test``: what that epoch was chosen by; None: it is the last), photos (how many taught),
    seconds, scores (test photos, may be empty), test (their keys), cancelled. ``taught`` is the lesson of another
    training (see learning.run_record), to be given once more.

    Raises InputError (and its kin) for what the person can mend, ChromaDeskError when the training cannot go on.
    """
    begun = time.monotonic()
    out = Path(config.out)
    team = join(config.device)
    if not team.first:
        report = ignore
    if team.size > config.step:
        raise InputError(f"{team.size} processes cannot share {config.step} photos a step; choose a larger batch.")
    resumed = team.told(lambda: _kept(out, config, report))
    if resumed is not None:
        config = checkpoint.same(resumed["config"], config, out)

    dataset = Dataset.open(Path(config.dataset))
    taught = taught if resumed is None else resumed.get("lesson")
    learned = team.told(lambda: _lesson(dataset, config, taught, report, cancelled))
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
    info, data = team.told(lambda: _taught(info, learned, report))

    accelerator = accelerator_for(config.device, config.precision, team)
    network = network.to(accelerator.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = optimiser_for(network, recipe, config.peak_lr, fused=accelerator.scaler is None)
    on_gpu = accelerator.device.type == "cuda"
    sampler = EpochSampler(len(photos), config.seed, learned.corrected, portions)
    doubts = None if config.trust is None else Doubts(dataset.state, learned.decided, config.trust)
    most = (decoded.room() if config.cache is None else round(config.cache * 1e9)) // team.local_size
    samples = Samples(photos, config.size, config.augment or recipe.augment, config.seed, doubts, most)
    loader = loader_of(samples, Steps(sampler, config.step, team), on_gpu, team)
    steps = -(-sampler.samples // config.step)
    schedule = rates(optimiser, config.schedule or recipe.schedule, steps * config.total_epochs)
    average = AveragedModel(network, multi_avg_fn=averaging(recipe.ema), use_buffers=True) if recipe.ema else None
    model, optimiser = prepared(accelerator, network, optimiser)
    if config.compile:
        compile_network(model)
    aim = objective(config.loss_kind, accelerator, model, optimiser, recipe, config.peak_lr, team)

    best = Best(config.total_patience if learned.judges else 0)
    recovery = Recovery(-(-config.batch // team.size), report)
    course = Course(network, optimiser, schedule, aim, average, accelerator.scaler, best, recovery)
    log = Log(out / "metrics.jsonl")

    def go_on_from(state: dict[str, Any], *, resumed: bool) -> None:
        course.load_state_dict(state, resumed=resumed)
        if team.first:
            log.go_back(course.epoch)

    def save_checkpoint() -> None:
        if team.first:
            kept = {"config": config.to_json(), "lesson": learned.state_dict(), "encoder": info.encoder}
            checkpoint.save({**kept, **course.state_dict()}, out)

    if resumed is not None:
        info = dataclasses.replace(info, encoder=resumed["encoder"])
        go_on_from(resumed, resumed=True)
    else:
        torch.manual_seed(config.seed)
        go_on_from(team.told(course.state_dict), resumed=True)  # so that all begin with the same numbers
        if team.first:
            run_record.write(out, config, dataset, learned, data, accelerator, team.size)
        save_checkpoint()

    def result(stopped: bool) -> dict[str, Any]:
        return {
            "model": str(model_file) if model_file.exists() else None,
            "checkpoint": str(out / CHECKPOINT),
            "epochs_done": course.epoch,
            "epoch_kept": best.epoch,
            "judged_on": learned.judged_on if best.patience else None,
            "photos": {"corrected": learned.corrected, "others": len(photos) - learned.corrected},
            "seconds": round(time.monotonic() - begun, 1),
            "scores": course.last,
            "test": [item.key for item in test],
            "cancelled": stopped,
        }

    def measured(on: Network, items: list[Item]) -> dict[str, Any]:
        segmenter = Segmenter.of(on, info, str(accelerator.device), config.precision)
        own = items[team.share(len(items))]
        matrix = measure(segmenter, own, config.size, stretched=True, batch=recovery.at_once).matrix
        return scores(team.total(torch.from_numpy(matrix)).numpy())

    model_file = out / "model.safetensors"
    held_out = best.patience > 0 and bool(learned.held)
    total, first = steps * config.total_epochs, course.epoch * steps + course.step
    report(Started("train", total))
    occupancy = Occupancy(accelerator.device, report)
    loop_begun = saved = time.monotonic()
    while course.epoch < config.total_epochs and not best.enough:
        model.train()
        if config.freeze_norm:
            hold_norm(model)
        sampler.epoch, sampler.skip = course.epoch, course.step * config.step
        trouble = None
        for parts in loader:
            if team.agree(int(cancelled())):
                if course.is_sound():
                    save_checkpoint()
                return result(stopped=True)
            done = course.epoch * steps + course.step
            team.draw(config.seed, done)
            inputs, labels, *trust = (part.to(accelerator.device, non_blocking=True) for part in parts)
            loss = attempt(aim, inputs, labels, trust[0] if trust else None, recovery.at_once, team)
            if isinstance(loss, Trouble):
                trouble = loss
                break
            if not accelerator.optimizer_step_was_skipped:  # fp16 skips steps whose gradients overflow
                schedule.step()
                if average is not None:
                    average.update_parameters(network)
            course.step, course.loss_sum, done = course.step + 1, course.loss_sum + loss, done + 1
            left = (time.monotonic() - loop_begun) / max(1, done - first) * (total - done)
            report(Progress(done, total, f"epoch {course.epoch + 1} of {config.total_epochs}", left))
            occupancy.tell()
            report(Metrics(done / steps, {"loss": loss}))
            if time.monotonic() - saved > _CHECKPOINT_EVERY and course.is_sound():
                save_checkpoint()
                saved = time.monotonic()
        if trouble is None and team.agree(int(not course.is_sound())):
            trouble = Trouble.NO_NUMBER
        if trouble is not None:
            recovery.meet(trouble, accelerator.device)
            go_on_from(team.told(lambda: checkpoint.load(out, report)), resumed=False)
            continue
        team.spread(course.buffers())  # BatchNorm's figures: of the first's photos, in all of them
        judged = measured(course.final, learned.held if held_out else test) if learned.judges else {}
        if best.add(course.epoch + 1, judged.get("miou")):
            course.last = {} if held_out else judged
            if team.first:
                said = dataclasses.replace(info, scores=course.last, epochs=course.epoch + 1)
                weights.save(course.final, said, model_file)
        rate = float(schedule.get_last_lr()[-1])
        figures = {"train_loss": course.loss_sum / steps, "lr": rate, **_headline(judged)}
        course.epoch, course.step, course.loss_sum = course.epoch + 1, 0, 0.0
        epoch, seconds = course.epoch, round(time.monotonic() - loop_begun, 1)
        report(Metrics(float(epoch), figures))
        if team.first:
            log.write({"epoch": epoch, "seconds": seconds, **figures, "iou": judged.get("iou")})
        save_checkpoint()
        saved = time.monotonic()
    if held_out and test and not course.last:
        # the test photos are asked once, about the epoch that the held ones chose
        kept, said = team.told(lambda: weights.load(model_file))
        course.last = measured(kept.to(accelerator.device), test)
        if team.first:
            weights.save(kept, dataclasses.replace(said, scores=course.last), model_file)
    return result(stopped=False)


def _kept(out: Path, config: TrainConfig, report: Report) -> dict[str, Any] | None:
    """The state to go on from, where ``config`` says so. Raises InputError, ModelError."""
    if config.resume:
        return checkpoint.load(out, report)
    if resumable(out) and not checkpoint.untouched(out):
        raise InputError(f"{out} already holds a training; resume it (--resume) or choose another folder.")
    return None


def _lesson(
    dataset: Dataset, config: TrainConfig, taught: dict[str, Any] | None, report: Report, cancelled: Cancelled
) -> lesson.Lesson:
    """What teaches and what judges, as it was ``taught`` where it was. Raises DatasetError, Cancelled."""
    ensure_split(dataset, config.seed, config.test_share, comparing(report), cancelled)
    if taught is not None:
        return lesson.again(taught, dataset, config, report, cancelled)
    return lesson.plan(dataset, config, report, cancelled)


def _taught(
    info: WeightsInfo, learned: lesson.Lesson, report: Report
) -> tuple[WeightsInfo, dict[str, run_record.Hashes]]:
    """``info`` with what has taught the network, then and now, and the hashes of the lesson; warns of test photos that
    have taught it.
    """
    known = len(overlap(info.trained_on, learned.test))
    if known:
        told = f"{known} of {len(learned.test)} test photos were in the training of {info.parent}"
        report(Warned(f"{told}, which this one starts from: its scores are too good."))
    data = run_record.hashes(learned)
    seen = {data[item.key][0] for item in learned.photos} | set(info.trained_on)  # a parent's photos stay seen
    return dataclasses.replace(info, trained_on=tuple(sorted(seen)), split=_digest(learned.photos)), data


def _digest(items: list[Item]) -> str:
    return hashlib.sha256("\n".join(sorted(item.key for item in items)).encode()).hexdigest()[:16]


def _headline(values: dict[str, Any]) -> dict[str, float]:
    names = ("miou", "miou_without_background", "pixel_accuracy")
    return {name: values[name] for name in names if values.get(name) is not None}
