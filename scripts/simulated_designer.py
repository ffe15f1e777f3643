"""What a designer's corrections are worth: a model of half the pairs is fine-tuned on a few of the others, by the
studio's own job, and measured on the rest.

python scripts/simulated_designer.py DATASET OUT [--base WEIGHTS] [--epochs 10] [--correct 40] [--seeds 3]

The "designer" replaces the masks of photos that the queue names, or of photos drawn at random, by their truth and
approves them. OUT keeps every step; the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.inference.segment import Segmenter
from chromadesk.inference.uncertainty import doubt
from chromadesk.jobs import record
from chromadesk.jobs.messages import Finished
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.data import read_pair
from chromadesk.learning.evaluate import measure
from chromadesk.learning.loop import train
from chromadesk.learning.metrics import Confusion, scores
from chromadesk.terminal import Reporter

#: Photos of the other half that the job's gate compares old and new on; nobody corrects them.
JUDGES = 80


def main() -> None:
    """Do what is not done yet, then print the table."""
    arguments = _arguments()
    out: Path = arguments.out
    source = _flat(arguments.dataset, out / "pairs")
    pairs = source.select("all")
    order = sorted(pairs, key=lambda item: random.Random(f"0:{item.key}").random())
    half, others = order[: len(order) // 2], order[len(order) // 2 :]
    judges, pool = others[:JUDGES], others[JUDGES:]
    base = arguments.base or _base(half, out / "base", arguments.epochs)
    before = _measured(base, others, out / "before.json")
    doubts = _doubts(base, pool, out / "doubts.json")
    rows = []
    for seed in range(arguments.seeds):
        by_doubt = sorted(pool, key=lambda item: -doubts[item.key])[: arguments.correct]
        at_random = random.Random(seed).sample(pool, arguments.correct)
        for name, chosen in (("queue", by_doubt), ("random", at_random)):
            folder = out / f"{name}-{seed}"
            result = _improved(base, half, judges, chosen, folder, seed)
            after = _measured(Path(result["model"]), others, folder / "after.json")
            rows.append(
                {"chosen by": name, "seed": seed, "chosen": {item.key for item in chosen}, "after": after} | result
            )
    untouched = {item.key for item in others} - set().union(*(row["chosen"] for row in rows))
    _print(rows, before, {item.key for item in others}, untouched)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, help="weights trained on that half already")
    parser.add_argument("--epochs", type=int, default=10, help="of the base model")
    parser.add_argument("--correct", type=int, default=40)
    parser.add_argument("--seeds", type=int, default=3)
    return parser.parse_args()


def _flat(dataset: Path, folder: Path) -> Dataset:
    """A copy of all pairs, with nothing decided about any."""
    if not folder.exists():
        _copy(Dataset.open(dataset).select("all"), folder)
    return Dataset.open(folder)


def _copy(items: list[Item], folder: Path) -> None:
    for name in ("A", "B"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for item in items:
        shutil.copy(item.photo, folder / "A")
        shutil.copy(item.mask, folder / "B")


def _base(half: list[Item], folder: Path, epochs: int) -> Path:
    """A ChromaNet trained on ``half`` by its own recipe."""
    if not (folder / "pairs").exists():
        _copy(half, folder / "pairs")
    run = folder / "run"
    config = TrainConfig(
        str(folder / "pairs"), str(run), epochs=epochs, test_share=0, resume=(run / "checkpoint").exists()
    )
    with Reporter() as report:
        train(config, report)
    return run / "model.safetensors"


def _measured(weights: Path, items: list[Item], kept: Path) -> dict[str, Confusion]:
    """Each photo's confusion matrix at 512 x 256, standard quality."""
    if not kept.exists():
        measured = measure(Segmenter(weights), items, (512, 256))
        kept.write_text(json.dumps({item.key: counted.tolist() for item, counted in measured.per_photo}))
    return {key: np.asarray(counted) for key, counted in json.loads(kept.read_text()).items()}


def _doubts(weights: Path, items: list[Item], kept: Path) -> dict[str, float]:
    if not kept.exists():
        segmenter = Segmenter(weights)
        kept.write_text(
            json.dumps({item.key: doubt(segmenter.chances(read_pair(item)[0])).score for item in items}, indent=1)
        )
    return {str(key): float(value) for key, value in json.loads(kept.read_text()).items()}


def _improved(
    base: Path, half: list[Item], judges: list[Item], chosen: list[Item], folder: Path, seed: int
) -> dict[str, Any]:
    """Correct ``chosen`` in a data set of ``half``, and let the studio's job fine-tune ``base``, in a child process."""
    kept = folder / "result.json"
    if kept.exists():
        return dict(json.loads(kept.read_text()))
    shutil.rmtree(folder, ignore_errors=True)
    _copy([*half, *chosen], folder / "train")
    _copy(judges, folder / "test")
    dataset = Dataset.open(folder)
    names = {item.photo.name for item in chosen}
    with Index.open(dataset) as index:
        for item in dataset.select("train"):
            if item.photo.name in names:
                index.set_status(item.key, "approved")
    config = TrainConfig("../../..", ".", init=str(base.absolute()), seed=seed)
    job = record.create(
        dataset.state, record.Request("improve", {**config.to_json(), "baseline": str(base.absolute())})
    )
    begun = time.monotonic()
    subprocess.run([sys.executable, "-m", "chromadesk.jobs.worker", str(job)], check=True)
    ended = record.outcome(job)
    assert isinstance(ended, Finished), ended
    result = {
        "model": ended.result["train"]["model"],
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "better": ended.result.get("better"),
    }
    kept.write_text(json.dumps(result))
    return result


def _print(rows: list[dict[str, Any]], before: dict[str, Confusion], others: set[str], untouched: set[str]) -> None:
    names = ("background", "hair", "clothes", "skin", "accessories")
    print(
        "| photos | chosen by | seed | minutes | adopted | mIoU | w/o background | " + " | ".join(names) + " | error |"
    )
    print("|---" * (8 + len(names)) + "|")
    for row in rows:
        for title, keys in (("remaining", others - row["chosen"]), ("nobody's", untouched)):
            old, new = (_scores(counted, keys) for counted in (before, row["after"]))
            for when, values in (("before", old), ("after", new)):
                cells = [f"{title} {len(keys)}, {when}", row["chosen by"], row["seed"]]
                cells += [row["minutes"], row["better"]] if when == "after" else ["", ""]
                cells += [f"{values['miou']:.4f}", f"{values['miou_without_background']:.4f}"]
                cells += [f"{values['iou'][name]:.3f}" for name in names]
                fall = (new["miou"] - old["miou"]) / (1 - old["miou"])
                cells.append(f"{-100 * fall:+.1f} %" if when == "after" else "")
                print("| " + " | ".join(map(str, cells)) + " |")


def _scores(counted: dict[str, Confusion], keys: set[str]) -> dict[str, Any]:
    return scores(sum((counted[key] for key in sorted(keys)), np.zeros((5, 5), dtype=np.int64)))


if __name__ == "__main__":
    main()
