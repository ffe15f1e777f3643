"""Provenance in the loss: from the document's save to what a pixel counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.patch import Box
from chromadesk.editing.store import open_document, snapshot, write
from chromadesk.learning.sampling import Samples
from chromadesk.learning.trust import Doubts
from chromadesk.masks import write_mask


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """``own`` had a mask before; ``fresh`` gets a proposal; a person paints the upper half of both."""
    (tmp_path / "A").mkdir()
    for name in ("own", "fresh"):
        pixels = np.random.default_rng(len(name)).integers(0, 256, (64, 32, 3), np.uint8)
        Image.fromarray(pixels).save(tmp_path / "A" / f"{name}.png")
    write_mask(tmp_path / "B" / "own.png", np.full((64, 32), 3, np.uint8))
    for name in ("own", "fresh"):
        opened = Dataset.open(tmp_path)
        document = open_document(opened[f"A/{name}.png"], opened.state)
        if name == "fresh":
            document.document.predict(np.full((64, 32), 3, np.uint8))
        upper = Box(0, 0, 32, 32)
        document.document.edit("brush", upper, np.full((32, 32), 4, np.uint8), np.ones((32, 32), bool))
        write(snapshot(document))
        document.close()
    return Dataset.open(tmp_path)


def test_only_what_a_model_proposed_and_nobody_painted_is_doubted(dataset: Dataset) -> None:
    decided = {"A/own.png", "A/fresh.png"}
    samples = Samples(
        [dataset["A/own.png"], dataset["A/fresh.png"]], (64, 32), "none", 0, Doubts(dataset.state, decided, 0.3)
    )
    _, labels, trust = samples[0, 0, 0]
    assert bool((trust == 1).all())
    for position in (0, 1):
        _, labels, trust = samples[0, position, 0]
        assert np.unique(labels[:32]).tolist() == [4]
        assert np.unique(labels[32:]).tolist() == [3]
    assert np.unique(trust[:32]).tolist() == [1]
    assert np.unique(trust[32:]).tolist() == [pytest.approx(0.3)]
    _, _, trust = Samples([dataset["A/fresh.png"]], (64, 32), "none", 0, Doubts(dataset.state, set(), 0.3))[0, 0, 0]
    assert bool((trust == 1).all())  # nobody decided on it: ground truth


def test_doubt_moves_with_its_pixels_and_changes_no_sample(dataset: Dataset) -> None:
    plain = Samples([dataset["A/fresh.png"]], (64, 32), "strong", 3)
    trusting = Samples([dataset["A/fresh.png"]], (64, 32), "strong", 3, Doubts(dataset.state, {"A/fresh.png"}, 0.3))
    for epoch in range(40):
        photo, labels = plain[epoch, 0, 0]
        same_photo, same_labels, trust = trusting[epoch, 0, 0]
        assert bool((photo == same_photo).all())
        assert bool((labels == same_labels).all())
        assert bool(((trust < 1) == (labels == 3)).all())


def test_provenance_says_where_the_rest_comes_from_until_it_is_replaced(dataset: Dataset) -> None:
    for name, proposed in (("own", False), ("fresh", True)):
        opened = open_document(dataset[f"A/{name}.png"], dataset.state)
        assert opened.document.proposed is proposed
        opened.document.predict(np.zeros((64, 32), np.uint8))
        assert opened.document.proposed
        opened.close()
    path = dataset.state / "provenance" / "A" / "own.png.png"
    Image.open(path).save(path)  # as before it was said
    opened = open_document(dataset["A/own.png"], dataset.state)
    assert opened.document.proposed
    opened.close()
