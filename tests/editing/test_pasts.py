"""Histories of closed photos."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from chromadesk.editing.brush import dab
from chromadesk.editing.document import Document
from chromadesk.editing.pasts import Pasts, fingerprint
from chromadesk.editing.stroke import Stroke

SIZE = (64, 48)


def worked_on(name: str, steps: int = 3) -> Document:
    """A document with a noisy past, which packs badly."""
    made = Document(Path(name), np.zeros(SIZE, np.uint8))
    for seed in range(steps):
        made.predict(np.random.default_rng(seed).integers(0, 5, SIZE, np.uint8))
    return made


def opened_again(made: Document) -> Document:
    again = Document(made.photo, made.labels, made.touched)
    assert not again.history.done
    return again


def test_a_photo_as_it_was_gets_its_history_back() -> None:
    pasts, made = Pasts(), worked_on("a.jpg")
    made.undo()
    pasts.keep(made)
    again = opened_again(made)
    assert pasts.give_back(again, fingerprint(again))
    assert len(again.history.done) == 2
    assert again.proposal is not None
    again.undo()
    assert np.array_equal(again.labels, np.random.default_rng(0).integers(0, 5, SIZE, np.uint8))
    again.redo()
    again.redo()
    assert np.array_equal(again.labels, np.random.default_rng(2).integers(0, 5, SIZE, np.uint8))


def test_a_mask_changed_outside_loses_it() -> None:
    pasts, made = Pasts(), worked_on("a.jpg")
    pasts.keep(made)
    again = opened_again(made)
    again.labels[3, 3] ^= 1
    assert not pasts.give_back(again, fingerprint(again))
    assert not again.history.done
    assert len(pasts) == 0


def test_provenance_counts_too() -> None:
    pasts, made = Pasts(), worked_on("a.jpg")
    pasts.keep(made)
    again = opened_again(made)
    again.touched[3, 3] = True
    assert not pasts.give_back(again, fingerprint(again))


def test_the_least_recently_closed_go_when_the_budget_is_spent() -> None:
    pasts = Pasts(budget=30_000)
    made = [worked_on(f"{number}.jpg") for number in range(8)]
    for document in made:
        pasts.keep(document)
        assert pasts.nbytes <= 30_000
    assert 1 <= len(pasts) < 8
    last, first = opened_again(made[-1]), opened_again(made[0])
    assert pasts.give_back(last, fingerprint(last))
    assert not pasts.give_back(first, fingerprint(first))


def test_a_past_larger_than_the_budget_loses_its_oldest_steps() -> None:
    pasts, made = Pasts(budget=20_000), worked_on("a.jpg", steps=30)
    pasts.keep(made)
    assert pasts.nbytes <= 20_000
    again = opened_again(made)
    assert pasts.give_back(again, fingerprint(again))
    assert 1 < len(again.history.done) < 30
    again.undo()
    assert np.array_equal(again.labels, np.random.default_rng(28).integers(0, 5, SIZE, np.uint8))


def test_a_photo_only_looked_at_takes_no_room() -> None:
    pasts = Pasts()
    pasts.keep(Document(Path("a.jpg"), np.zeros(SIZE, np.uint8)))
    assert len(pasts) == 0


def test_five_hundred_strokes_survive_closing() -> None:
    pasts, made = Pasts(), Document(Path("a.jpg"), np.zeros((600, 600), np.uint8))
    for number in range(520):
        stroke = Stroke(made, number % 5)
        stroke.add(*dab((number + 20.0, number + 40.0), 41))
        stroke.finish()
    steps = len(made.history.done)
    assert steps > 500
    pasts.keep(made)
    again = opened_again(made)
    assert pasts.give_back(again, fingerprint(again))
    while again.undo():
        pass
    assert len(again.history.undone) == steps
    assert not again.labels.any()
