"""Whatever a person did, deleting the index brings it back: it all lies in plain files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chromadesk.colour import board, kept
from chromadesk.colour.board import Board
from chromadesk.colour.kept import Grey, Kept
from chromadesk.colour.palette import Anchor
from chromadesk.dataset import splits
from chromadesk.dataset.database import BESIDE
from chromadesk.dataset.decisions import STATUSES
from chromadesk.dataset.index import FILE_NAME, Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import provenance
from chromadesk.editing.provenance import Provenance

KEYS = [f"A/{number}.jpg" for number in range(4)]
SIZE = (6, 5)
Step = Callable[[Dataset, Index], object]


def painted(key: str, seed: int) -> Step:
    def step(dataset: Dataset, index: Index) -> None:
        touched = np.random.default_rng(seed).random(SIZE) < 0.5
        provenance.write(provenance.path_of(dataset.state, key), Provenance(touched, bool(seed % 2)))

    return step


def arranged(key: str, title: str, grey: bool) -> Step:
    anchor = Anchor(((50.0, 1.5, -3.25),), None, title, True)
    said = Kept({"clothes": (anchor,)}, Grey((1, 2), (0.5, 0.5, 0.5)) if grey else None)
    return lambda dataset, index: kept.write(kept.path_of(dataset.state, key), said)


def authored(name: str) -> Step:
    def step(dataset: Dataset, index: Index) -> None:
        index.author = name

    return step


keys = st.sampled_from(KEYS)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
steps = st.one_of(
    st.builds(lambda key, to, note: lambda _, i: i.set_status(key, to, note), keys, st.sampled_from(STATUSES), texts),
    st.builds(lambda key, to: lambda _, i: i.set_status(key, to), keys, st.sampled_from(STATUSES)),
    st.builds(lambda key, note: lambda _, i: i.set_note(key, note), keys, texts),
    st.builds(authored, st.sampled_from(["", "AB", "Ö"])),
    st.builds(lambda key, side: lambda d, _: splits.assign(d, key, side), keys, st.sampled_from(["train", "test"])),
    st.builds(painted, keys, st.integers(0, 9)),
    st.builds(arranged, keys, texts, st.booleans()),
    st.builds(lambda name, note: lambda d, _: board.write(d.state, name, Board("t", note)), st.just("one"), texts),
    st.just(lambda _, index: index.refresh()),
)


def everything(dataset: Dataset, index: Index) -> dict[str, Any]:
    origins = {key: provenance.read(provenance.path_of(dataset.state, key), SIZE) for key in KEYS}
    return {
        "statuses": index.statuses(),
        "notes": {key: index.note(key) for key in KEYS},
        "approvals": index.approvals(0),
        "corrected": index.corrected(),
        "noted": index.noted(),
        "splits": {item.key: item.split for item in dataset.items},
        "drawn": splits.read(dataset),
        "provenance": {key: (each.touched.tobytes(), each.proposed) for key, each in origins.items() if each},
        "colours": {key: kept.read(kept.path_of(dataset.state, key)) for key in KEYS},
        "boards": {name: board.read(dataset.state, name) for name in board.listed(dataset.state)},
    }


@settings(max_examples=20)
@given(st.lists(steps, max_size=25))
def test_the_index_is_brought_back_by_the_files(history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for key in KEYS:
            (Path(folder) / key).parent.mkdir(exist_ok=True)
            (Path(folder) / key).touch()
        (Path(folder) / "B").mkdir()
        (Path(folder) / "B" / "0.png").touch()
        dataset = Dataset.open(folder)
        with Index.open(dataset) as index:
            for step in history:
                step(dataset, index)
            before = everything(dataset, index)
        with Index.open(Dataset.open(folder)) as again:
            assert everything(Dataset.open(folder), again) == before
        for suffix in ("", *BESIDE):
            (dataset.state / (FILE_NAME + suffix)).unlink(missing_ok=True)
        with Index.open(Dataset.open(folder)) as rebuilt:
            assert everything(Dataset.open(folder), rebuilt) == before
