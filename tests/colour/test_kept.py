"""chromadesk.colour.kept: what a person decided comes back as it was; what is no such file decides nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour import source, spaces
from chromadesk.colour.kept import Grey, Kept, Region, path_of, read, write
from chromadesk.colour.palette import Anchor
from chromadesk.errors import StorageError

NUMBERS = st.floats(-128, 128)
TRIPLES = st.tuples(NUMBERS, NUMBERS, NUMBERS)
PLACES = st.tuples(st.integers(0, 9999), st.integers(0, 9999))
ANCHORS = st.builds(
    Anchor,
    st.lists(TRIPLES, min_size=1, max_size=3).map(tuple),
    st.none() | TRIPLES,
    st.text(max_size=9),
    st.booleans(),
)
KEPT = st.builds(
    Kept,
    st.dictionaries(st.text(max_size=9), st.lists(ANCHORS, min_size=1, max_size=4).map(tuple), max_size=3),
    st.none() | st.builds(Grey, PLACES, TRIPLES),
    st.lists(
        st.builds(Region, st.text(max_size=9), st.integers(0, 4), st.lists(PLACES, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
)


@given(KEPT)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, kept: Kept) -> None:
    path = tmp_path_factory.mktemp("kept") / "a" / "one.json"
    write(path, kept)
    assert read(path) == kept
    assert path.exists() == (kept != Kept())


def test_nothing_decided_leaves_no_file(tmp_path: Path) -> None:
    path = path_of(tmp_path, "train/one")
    write(path, Kept().with_anchors("clothes", (Anchor(((50.0, 0.0, 0.0),)),)))
    assert path.exists()
    write(path, read(path).with_anchors("clothes", ()))
    assert not path.exists()
    write(path, Kept())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"anchors": {"a": [{"members": [], "colour": null, "title": ""}]}, "grey": null, "regions": []}',
        '{"anchors": {}, "grey": {"at": [1, 2], "xyz": [NaN, 1, 1]}, "regions": []}',
        '{"anchors": {}, "grey": null, "regions": [{"name": "a", "class": "hat", "seeds": []}]}',
    ],
)
def test_what_is_no_such_file_decides_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    assert read(tmp_path / "x.json") == Kept()
    assert read(tmp_path / "missing.json") == Kept()


def test_every_colour_says_its_white(tmp_path: Path) -> None:
    write(tmp_path / "x.json", Kept({"hair": (Anchor(((1.0, 2.0, 3.0),)),)}, Grey((1, 2), (0.9, 1.0, 1.1))))
    fields = json.loads((tmp_path / "x.json").read_text())
    assert fields["grey"]["white"] == fields["anchors"]["hair"][0]["white"] == "D65"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "colours").write_text("a file in the way")
    with pytest.raises(StorageError, match="Could not write"):
        write(path_of(tmp_path, "one"), Kept(grey=Grey((1, 2), (1.0, 1.0, 1.0))))


@given(TRIPLES.map(lambda lab: (50 + lab[0] / 4, lab[1] / 4, lab[2] / 4)))
def test_what_was_arranged_moves_with_the_light_and_comes_back(lab: tuple[float, float, float]) -> None:
    held = Kept({"clothes": (Anchor((lab,), lab, "a"),)})
    warm, cool = Grey((1, 2), (0.6, 0.5, 0.3)), Grey((3, 4), (0.4, 0.45, 0.6))
    lit = held.under(warm)
    assert lit.grey == warm
    (anchor,) = lit.anchors["clothes"]
    assert anchor.colour == anchor.members[0]
    x, y, z = spaces.lab_to_xyz(np.array(lab)).tolist()  # the photo's own pixel moves the same way
    (expected,) = spaces.xyz_to_lab(spaces.adapted(np.array([[x, y, z]]), source.light_of(warm.xyz), spaces.WHITE))
    np.testing.assert_allclose(anchor.members[0], expected, atol=1e-6)
    back = lit.under(cool).under(None)
    np.testing.assert_allclose(back.anchors["clothes"][0].members[0], lab, atol=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"anchors": {}, "regions": [], "grey": {"at": [1e999, 0], "xyz": [1, 1, 1]}}',
        '{"anchors": {}, "regions": [], "grey": {"at": [-1, 0], "xyz": [1, 1, 1]}}',
        '{"anchors": {}, "regions": [{"name": "x", "class": "clothes", "seeds": [[0, 99999999]]}], "grey": null}',
    ],
)
def test_decisions_that_nobody_could_have_made_count_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    assert read(path) == Kept()
