"""``chromadesk benchmark paper``: train and measure every row of the paper's tables on one data set.

Everything lies in one folder: ``data`` (the photos, in the split they are used in), ``runs/<name>`` (a training each,
with its ``result.json`` once it is done), ``speed.json`` and the results. What is done is not done again, so a
benchmark that was stopped goes on where it was.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import platform
import shutil
import time
from pathlib import Path
from typing import Any

import torch

from chromadesk import files
from chromadesk.bench import plan, speed
from chromadesk.bench.plan import Run, Settings
from chromadesk.dataset import splits, twins
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.errors import DatasetError, InputError, PretrainedError
from chromadesk.inference.runtime import choose_device, choose_precision
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Report, Warned, ignore, never
from chromadesk.learning.config import CHECKPOINT, CHECKPOINT_BEFORE, RANDOM, resumable
from chromadesk.learning.data import approved_pairs
from chromadesk.learning.evaluate import measure
from chromadesk.learning.loop import train
from chromadesk.learning.metrics import as_the_authors_count, scores
from chromadesk.models import weights
from chromadesk.models.registry import build


def run(settings: Settings, report: Report = ignore, cancelled: Cancelled = never) -> dict[str, Any]:
    """The results (``bench.results`` turns them into tables): ``settings``, ``machine``, ``photos``, ``split``,
    ``rows`` by run name, ``speed`` by architecture, ``claims``, ``stopped``.

    Raises InputError and its kin; a stop asked for ends the run in hand and returns what there is.
    """
    out = Path(settings.out)
    Dataset.open(Path(settings.dataset))
    runs = _checked(settings, plan.runs(settings))  # before a folder is made in vain
    _claim(out, settings)
    train_photos, test_photos = _lay_out(settings, out / "data")
    data = Dataset.open(out / "data")
    test = data.select("test")
    results: dict[str, Any] = {
        "dataset": Path(settings.dataset).absolute().name,
        "settings": settings.to_json(),
        "machine": machine(settings),
        "photos": {"train": train_photos, "test": test_photos},
        "split": hashlib.sha256("\n".join(sorted(item.key for item in test)).encode()).hexdigest()[:16],
        "rows": {},
        "speed": {},
        "stopped": False,
    }
    try:
        results["speed"] = _speeds(settings, out / "speed.json", report, cancelled)
        for each in runs:
            results["rows"][each.name] = _row(settings, each, test, report, cancelled)
    except CancelledError:
        results["stopped"] = True
    return results


def _checked(settings: Settings, runs: list[Run]) -> list[Run]:
    """``runs`` less what this machine cannot tell apart; raises InputError for what a training would refuse only when
    its turn comes.
    """
    precision = choose_precision(settings.precision, choose_device(settings.device), training=True)
    for each in runs:
        with torch.device("meta"):
            build(each.model, each.parameters)
        kept = Path(settings.training(each).out) / "result.json"
        before = _read(kept, "parameters")["parameters"] if kept.exists() else each.parameters
        if before != each.parameters:
            raise InputError(
                f"The {each.name} in {settings.out} had the parameters {before or 'by default'}, "
                f"not {each.parameters or 'those by default'}; choose another folder."
            )
    for name, parameters in settings.models:
        file = settings.encoder_weights.get(name)
        if file not in (None, RANDOM):
            build(name, parameters).load_pretrained(file)
    return [each for each in runs if each.precision is None or precision != each.precision]


def _read(path: Path, key: str) -> dict[str, Any]:
    """The JSON object of a benchmark's own file, which has ``key``; raises InputError when it is torn."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        found[key]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is damaged; delete it, and the same command does that part again.") from error
    return found


def machine(settings: Settings) -> dict[str, Any]:
    """What the figures were measured on."""
    device = choose_device(settings.device)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else _processor()
    return {
        "device": device.type,
        "name": name,
        "threads": torch.get_num_threads(),
        "precision": choose_precision(settings.precision, device, training=True),
        "torch": torch.__version__,
    }


def _processor() -> str:
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as handle:
        for line in handle:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _claim(out: Path, settings: Settings) -> None:
    """Make ``out`` this benchmark's, or see that it is."""
    request = out / "benchmark.json"
    asked = settings.to_json() | {"dataset": str(Path(settings.dataset).absolute())}
    if request.exists():
        before = _read(request, "dataset")
        for name in asked:
            if before.get(name) != asked[name]:
                raise InputError(
                    f"The benchmark in {out} had {name} = {before.get(name)}, not {asked[name]}; "
                    "go on with the same settings or choose another folder."
                )
    elif out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} holds other things; choose an empty or a new folder for the benchmark.")
    else:
        files.write_text(request, json.dumps(asked, indent=2) + "\n")


def _lay_out(settings: Settings, data: Path) -> tuple[int, int]:
    """Put the photos and masks asked for into ``data`` (links, or copies where there are none), split into train and
    test as the data set is, or else as ``seed`` draws it. Returns how many train and test.
    """
    if not (data / "complete").exists():
        dataset = Dataset.open(Path(settings.dataset))
        items = approved_pairs(dataset, "all")
        if dataset.has_split:
            test = {item.key for item in items if item.split == "test"}
        else:
            keys = [item.key for item in items]
            test = splits.draw(keys, settings.seed, settings.test_share, alike=twins.groups(dataset, keys))
        chosen = _sample(items, test, settings)
        for item in chosen:
            folder = data / ("test" if item.key in test else "train")
            _place(item.photo, folder / "A" / item.photo.name)
            _place(item.mask, folder / "B" / item.mask.name)
        files.write_text(data / "complete", f"{len(chosen)}\n")
    laid = Dataset.open(data)
    return len(laid.select("train")), len(laid.select("test"))


def _sample(items: list[Item], test: set[str], settings: Settings) -> list[Item]:
    """As many photos as asked for, some of each side."""
    sides = [[i for i in items if i.key not in test], [i for i in items if i.key in test]]
    if not all(sides):
        raise DatasetError(
            f"{settings.dataset} has no {'train' if sides[1] else 'test'} photos; a benchmark needs both."
        )
    if settings.photos is None or settings.photos >= len(items):
        return items
    tests = min(max(1, round(settings.photos * len(sides[1]) / len(items))), len(sides[1]))
    wanted = (settings.photos - tests, tests)
    chosen: set[str] = set()
    for side, count in zip(sides, wanted, strict=True):
        order = sorted(side, key=lambda i: hashlib.sha256(f"{settings.seed}:{i.key}".encode()).digest())
        chosen.update(item.key for item in order[:count])
    return [item for item in items if item.key in chosen]


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        target.symlink_to(source.resolve())
    except OSError:  # Windows asks for a privilege, some drives have no links
        shutil.copyfile(source, target)


def _speeds(settings: Settings, path: Path, report: Report, cancelled: Cancelled) -> dict[str, Any]:
    """Timings by architecture; kept, unless a network was added since: they are compared within one run only."""
    wanted = plan.timed(settings)
    asked = {"models": json.loads(json.dumps(wanted)), "claims": settings.claims, "rounds": settings.rounds}
    claimed = [choice for choice in settings.models if choice[0] == settings.claims]
    if path.exists():
        kept = _read(path, "asked")
        if kept["asked"] == asked:
            return kept
    common: dict[str, Any] = {"size": settings.size, "batch": speed.BATCH, "rounds": settings.rounds}
    common |= {"device": settings.device, "report": report, "cancelled": cancelled}
    rows = speed.measure(wanted, precision=settings.precision, **common) if wanted else []
    found: dict[str, Any] = {
        "asked": asked,
        "rows": {name: dataclasses.asdict(row) for (name, _), row in zip(wanted, rows, strict=True)},
    }
    if claimed and choose_precision(settings.precision, choose_device(settings.device), training=True) != "fp32":
        mixed, whole = (speed.measure(claimed, precision=how, **common)[0] for how in (settings.precision, "fp32"))
        found |= {"mixed": dataclasses.asdict(mixed), "fp32": dataclasses.asdict(whole)}
    files.write_text(path, json.dumps(found, indent=2) + "\n")
    return found


def _row(settings: Settings, each: Run, test: list[Item], report: Report, cancelled: Cancelled) -> dict[str, Any]:
    """Train ``each`` (or go on with it) and measure it; done already: what was found then."""
    config = settings.training(each)
    folder = Path(config.out)
    kept = folder / "result.json"
    if kept.exists():
        return _read(kept, "scores")
    if cancelled():
        raise CancelledError("The benchmark was stopped.")
    config = dataclasses.replace(config, resume=resumable(folder))
    try:
        trained = train(config, report, cancelled)
    except PretrainedError as error:
        report(Warned(str(error)))
        trained = train(dataclasses.replace(config, encoder_weights=RANDOM), report, cancelled)
    if trained["cancelled"]:
        raise CancelledError("The benchmark was stopped.")
    segmenter = Segmenter(Path(trained["model"]), config.device, config.precision, backend="torch")
    begun = time.monotonic()
    measured = measure(segmenter, test, config.size, stretched=True, batch=config.batch, cancelled=cancelled)
    row = {
        "model": each.model,
        "title": speed.title(each.model, each.parameters),
        "parameters": each.parameters,
        "numbers": sum(p.numel() for p in weights.load(Path(trained["model"]))[0].parameters()),
        "loss": each.loss,
        "precision": choose_precision(config.precision, choose_device(config.device), training=True),
        "normalise": segmenter.info.normalise,
        "encoder": segmenter.info.encoder,
        "epochs": trained["epochs_done"],
        "seconds": round(trained["seconds"] + time.monotonic() - begun, 1),
        "scores": scores(measured.matrix),
        "authors": as_the_authors_count([photo.confusion for photo in measured.per_photo]),
        "confusion": measured.matrix.tolist(),
    }
    files.write_text(kept, json.dumps(row, indent=2) + "\n")
    for name in (CHECKPOINT, CHECKPOINT_BEFORE):
        files.remove(folder / name)  # gigabytes for the largest; nothing is left to resume
    return row
