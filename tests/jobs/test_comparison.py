"""Only what was measured on the same photos in the same way stands side by side."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from chromadesk.jobs import record
from chromadesk.jobs.comparison import comparable, scores
from chromadesk.jobs.messages import Finished
from chromadesk.jobs.record import Request
from chromadesk.models import library


def evaluation(keys: str, miou: float, quality: str = "standard", **more: Any) -> dict[str, Any]:
    rows = [{"key": key} for key in keys]
    return {
        "split": "test",
        "miou": miou,
        "miou_without_background": miou - 0.1,
        "quality": quality,
        "size": "512x256",
        "per_photo": rows,
        "seen": [],
        **more,
    }


def job(state: Path, kind: str, config: dict[str, Any], result: dict[str, Any], when: int) -> Path:
    folder = record.create(state, Request(kind, config))
    record.append(folder, Finished(result))
    os.utime(folder / record.OUTCOME, (when, when))
    return folder


def test_the_newest_terms_hold_and_what_a_training_measured_counts_once_adopted(tmp_path: Path) -> None:
    job(tmp_path, "evaluate", {"model": "x/v1.safetensors"}, evaluation("ab", 0.5), 100)
    job(tmp_path, "evaluate", {"model": "x/v1.safetensors"}, evaluation("ba", 0.6), 200)  # once more: the newer counts
    job(tmp_path, "evaluate", {"model": "v4"}, evaluation("abc", 0.9), 210)  # other photos
    job(tmp_path, "evaluate", {"model": "v5"}, evaluation("ab", 0.9, "paper"), 220)  # another look
    job(tmp_path, "evaluate", {"model": "v6"}, evaluation("ab", 0.9, split="train"), 999)  # no test photos
    both = {"new": evaluation("ab", 0.7, seen=["b"]), "old": evaluation("ab", 0.65)}
    trained = job(tmp_path, "improve", {"model": "unet", "baseline": "x/v2.safetensors"}, both, 300)
    terms, by_model = comparable(scores(tmp_path))
    assert terms is not None
    assert (terms.keys, terms.quality, terms.size) == ({"a", "b"}, "standard", "512x256")
    assert {name: score.miou for name, score in by_model.items()} == {"v1": 0.6, "v2": 0.65}
    (trained / record.ADOPTED).write_text("v3\n")
    _, by_model = comparable(scores(tmp_path))
    assert by_model["v3"].miou == 0.7
    assert (by_model["v3"].seen, by_model["v2"].seen) == (1, 0)


def test_a_bundled_model_replaced_since_is_not_what_was_measured(tmp_path: Path) -> None:
    bundled = library.bundled()[0]
    stamp = int(bundled.stat().st_mtime)
    job(tmp_path, "evaluate", {"model": str(bundled)}, evaluation("a", 0.5), stamp - 10)
    assert scores(tmp_path) == []
    job(tmp_path, "evaluate", {"model": str(bundled)}, evaluation("a", 0.6), stamp + 10)
    assert [score.miou for score in scores(tmp_path)] == [0.6]


def test_nothing_measured_and_nothing_readable(tmp_path: Path) -> None:
    assert comparable(scores(tmp_path)) == (None, {})
    job(tmp_path, "evaluate", {"model": "v1"}, {"cancelled": True}, 100)
    job(tmp_path, "improve", {"model": "unet", "baseline": None}, {"new": None, "old": None}, 100)
    assert scores(tmp_path) == []
