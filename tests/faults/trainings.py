"""Row 11: a training that is killed over and over, and once in a while finds its newest checkpoint damaged, ends with
the losses and the weights of one that was left alone.

This file is also the program that is killed, or rather its nursery.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from chromadesk.jobs.messages import Message, Started
from chromadesk.masks import write_mask
from tests.faults import nursery
from tests.faults.harness import Campaign, Turn

_TINY: dict[str, Any] = {"size": (64, 32), "batch": 4, "device": "cpu", "precision": "fp32", "augment": "strong"}
#: Averaged and scheduled, plain, and with dropout and a second player.
_NETWORKS: tuple[dict[str, Any], ...] = (
    {"model": "chromanet", "parameters": {"widths": [8, 8, 8, 8]}, "encoder_weights": "random", "epochs": 8},
    {"model": "unet", "parameters": {"depth": 3, "width": 8}, "epochs": 16},
    {"model": "pix2pix", "parameters": {"width": 4}, "epochs": 8},
)


def write_pairs(folder: Path, count: int, seed: int, shape: tuple[int, int] = (64, 48)) -> Path:
    """So many photos in A and their masks in B: a figure of each class in blocks, a colour each."""
    draw = np.random.default_rng(seed)
    colours = np.array([[30, 30, 30], [60, 160, 60], [230, 170, 150], [200, 60, 200], [90, 60, 20]], np.uint8)
    (folder / "A").mkdir(parents=True)
    for number in range(count):
        labels = draw.integers(0, 5, (shape[0] // 16, shape[1] // 16), np.uint8).repeat(16, 0).repeat(16, 1)
        noise = draw.integers(-15, 16, (*labels.shape, 3))
        pixels = (colours[labels] + noise).clip(0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / "A" / f"{number:02}.png")
        write_mask(folder / "B" / f"{number:02}.png", labels)
    return folder


def killed(turn: Turn) -> None:
    """Trainings of three kinds, each as long as it takes under fire."""
    for said in nursery.run("tests.faults.trainings", turn.within, turn.seed, turn.amount):
        turn.count(said["kills"])
        for sentence in said["failures"]:
            turn.fail(f"{said['model']}: {sentence}")
        for name in ("damaged", "kills a training"):
            turn.measure(name, said[name])


def _main(folder: Path, seed: int, kills: int) -> None:
    import torch
    from safetensors.torch import load_file

    from chromadesk.learning.config import TrainConfig, resumable
    from chromadesk.learning.loop import train

    torch.set_num_threads(1)
    pairs = write_pairs(folder / "pairs", 14, seed)
    draw, log = random.Random(seed), folder / "log.txt"

    def work(out: Path, network: dict[str, Any], *, only_begin: bool = False) -> None:
        settings = {"dataset": str(pairs), "out": str(out), **_TINY, **network, "seed": seed}
        begun: list[Message] = []

        def cancelled() -> bool:
            return only_begin and any(isinstance(m, Started) and m.kind == "train" for m in begun)

        train(TrainConfig(**settings, resume=resumable(out)), begun.append, cancelled)

    def lasts(seconds: float | None, *what: Any, **how: Any) -> tuple[int, float]:
        begun = time.monotonic()
        return nursery.life(lambda: work(*what, **how), seconds, log), time.monotonic() - begun

    for number, network in enumerate(_NETWORKS):
        work(folder / f"warm-{number}", network, only_begin=True)  # so that all lives have everything imported
    number = done = 0
    while done < kills:
        network = _NETWORKS[(seed + number) % len(_NETWORKS)]
        number += 1
        whole, out = folder / f"{number}-whole", folder / f"{number}-killed"
        _, start = lasts(None, folder / f"{number}-begun", network, only_begin=True)
        ended, seconds = lasts(None, whole, network)
        epoch = max(0.0, seconds - start) / network["epochs"]
        failures = [f"left alone it ended with {ended}: {log.read_text()[-400:]}"] if ended else []
        survived = hurt = 0
        while not failures:
            # Until anywhere from its start to its third epoch, writing or not; the last one may live.
            longest = None if done + survived >= kills else draw.uniform(0.3 * start, start + 2.5 * epoch)
            ended, _ = lasts(longest, out, network)
            if ended == 0:
                break
            survived += 1
            if ended != -9:
                failures.append(f"life {survived} ended with {ended}: {log.read_text()[-400:]}")
            if draw.random() < 0.2 and (out / "checkpoint.before").exists():
                data = (out / "checkpoint").read_bytes()
                (out / "checkpoint").write_bytes(data[: draw.randrange(len(data))])  # as a power cut may leave it
                hurt += 1
        if not failures and _losses(out) != _losses(whole):
            failures.append("the losses differ")
        if not failures:
            one, other = (load_file(each / "model.safetensors") for each in (out, whole))
            if one.keys() != other.keys() or not all(torch.equal(one[name], other[name]) for name in one):
                failures.append("the weights differ")
            left = {path.name for path in out.iterdir()}
            if left != {"checkpoint", "checkpoint.before", "metrics.jsonl", "model.safetensors", "run.json"}:
                failures.append(f"left behind: {sorted(left)}")
        done += survived
        about = {"kills": survived, "kills a training": survived, "damaged": hurt}
        nursery.say(model=network["model"], failures=failures, **about)
        if failures:
            return


def _losses(out: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    return [{name: value for name, value in row.items() if name != "seconds"} for row in rows]


CAMPAIGNS = (
    Campaign("11", "SIGKILL of a training; losses and weights equal to the uninterrupted", "kills", 100, 25, killed),
)

if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
