"""Timing a start: programs take turns, what they paint is told apart, and one that shows nothing is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chromadesk.bench import startup
from chromadesk.errors import DatasetError, InputError


@pytest.mark.slow
def test_every_program_is_timed(tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    rows = startup.measure(patchwork(tmp_path / "pairs", 3), rounds=1)
    assert [(row.program, row.what) for row in rows] == [
        ("Qt alone", "window"),
        ("ChromaDesk", "window"),
        ("ChromaDesk", "data set"),
        ("ChromaDesk", "photo"),
        ("segmenter", "first mask, 0.5 MP"),
        ("segmenter", "first mask, 24 MP"),
        ("segmenter", "mask at its own size, 24 MP"),
    ]
    assert 0 < rows[0].ms < rows[1].ms <= rows[2].ms <= rows[3].ms
    assert 0 < rows[5].ms < rows[6].ms
    assert all(row.of_labelme is None for row in rows)
    assert len(startup.sheet(rows).lines) == len(rows)


def test_a_program_that_shows_nothing_is_named(tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    (tmp_path / "python").write_text("#!/bin/sh\necho No module named labelme >&2\nexit 1\n")
    (tmp_path / "python").chmod(0o755)
    with pytest.raises(InputError, match=r"labelme showed no window .No module named labelme.: .*python"):
        startup.measure(patchwork(tmp_path / "pairs", 1), labelme=tmp_path / "python", rounds=1)
    with pytest.raises(InputError, match="cannot be started"):
        startup.measure(tmp_path / "pairs", labelme=tmp_path / "none", rounds=1)


def test_a_folder_without_photos_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no photos"):
        startup.measure(tmp_path, rounds=1)
    with pytest.raises(DatasetError):
        startup.measure(tmp_path / "none", rounds=1)
