"""The verdict on a new model: what it says, and that it does not say more than the photos show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chromadesk.learning.gate import compare
from chromadesk.learning.metrics import scores


def evaluation(rights: list[float], pixels: int = 10_000) -> dict[str, Any]:
    """As learning.evaluate gives it: in each photo so large a share of every class is found."""
    rows = []
    for number, right in enumerate(rights):
        hits = round(right * pixels / 5)
        matrix = np.diag([hits] * 5) + np.roll(np.diag([pixels // 5 - hits] * 5), 1, axis=1)
        rows.append({"key": f"{number:03}", "confusion": matrix.tolist()})
    total = np.sum([row["confusion"] for row in rows], axis=0)
    return {"photos": len(rows), "per_photo": rows, **scores(total)}


def draw(count: int, mean: float, spread: float, seed: int) -> list[float]:
    return list(np.random.default_rng(seed).normal(mean, spread, count).clip(0, 1))


def test_clearly_better_and_clearly_worse() -> None:
    rights = draw(60, 0.8, 0.1, 0)
    old, new = evaluation(rights), evaluation([right + 0.02 for right in rights])
    verdict = compare(old, new)
    assert verdict.better is True
    assert verdict.why.startswith("The new model is better on 60 test photos: mIoU over five classes 0.")
    assert f"{old['miou']:.4f} → {new['miou']:.4f}" in verdict.why
    assert "flatters" in compare(old, new, chosen_on_these=True).why
    worse = compare(new, old)
    assert (worse.better, worse.close) == (False, False)
    assert "is worse on 60 test photos" in worse.why


@pytest.mark.parametrize("count", [1, 4, 12])
def test_a_small_change_on_few_photos_is_too_close_to_call(count: int) -> None:
    rights = draw(count, 0.8, 0.1, 1)
    shifted = [right + shift for right, shift in zip(rights, draw(count, 0.5, 0.05, 2), strict=True)]
    verdict = compare(evaluation(rights), evaluation([right - 0.498 for right in shifted]))
    assert (verdict.better, verdict.close) == (False, True)
    assert verdict.why.startswith(f"Too close to call on {count} test photo")


def test_photos_that_one_of_them_has_learned_from_do_not_count() -> None:
    rights = draw(60, 0.8, 0.1, 0)
    old, new = evaluation(rights), evaluation([right + 0.02 for right in rights])
    keys = [row["key"] for row in new["per_photo"]]
    verdict = compare(old, {**new, "seen": keys[:40]})
    assert verdict.better is True
    assert "on 20 test photos" in verdict.why
    for before, after in ((keys, []), ([], keys)):
        verdict = compare({**old, "seen": before}, {**new, "seen": after})
        assert (verdict.better, verdict.close) == (False, True)
        assert "was in the training" in verdict.why


def test_the_same_is_just_as_good() -> None:
    same = evaluation(draw(20, 0.8, 0.1, 3))
    assert "just as good" in compare(same, same).why
    assert compare(same, same).better is False


def test_nothing_to_compare_with() -> None:
    new = evaluation([0.9] * 6)
    assert compare(None, new).better is None
    assert compare(None, None).better is None
    assert "no test photos" in compare(new, None).why
    assert "no older one" in compare(None, new).why


def test_chance_alone_passes_seldom() -> None:
    passed = 0
    for seed in range(100):
        rights = draw(40, 0.8, 0.1, seed)
        noise = draw(40, 0.5, 0.03, 1000 + seed)
        other = [right + shift - 0.5 for right, shift in zip(rights, noise, strict=True)]
        passed += compare(evaluation(rights), evaluation(other)).better is True
    assert passed <= 12  # one in twenty is meant
