"""Files beside a photo have names that every file system takes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chromadesk.sidecars import LONGEST, beside, fitting

names = st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=255)


@given(names, st.sampled_from([".json", ".journal", ".other-size.journal", "-overlay.jpg"]))
def test_every_name_fits_and_short_ones_stay(name: str, suffix: str) -> None:
    made = beside(Path("/state"), f"train/A/{name}", suffix)
    assert len(made.name.encode()) <= LONGEST
    assert str(made).startswith("/state/train/A/")
    if len((name + suffix).encode()) <= LONGEST:
        assert str(made) == f"/state/train/A/{name}{suffix}"


def test_long_ones_stay_apart() -> None:
    long = ["n" * 250 + end for end in ("a.jpg", "b.jpg")]
    assert len({fitting(name, ".json") for name in long}) == 2
    assert len({beside(Path(), name, ".json").name for name in long}) == 2
