"""Checkpoints: written whole or not at all, read back, the last two kept, a damaged one passed over with a warning."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chromadesk.errors import ModelError, StorageError
from chromadesk.jobs.messages import Message, Warned
from chromadesk.learning import checkpoint
from chromadesk.learning.config import resumable


def state(number: int) -> dict[str, object]:
    return {"epoch": number, "step": 0, "network": {"weight": torch.full((64, 64), float(number))}}


def test_the_last_two_are_kept(tmp_path: Path) -> None:
    assert not resumable(tmp_path)
    for number in range(4):
        checkpoint.save(state(number), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"checkpoint", "checkpoint.before"}
    said: list[Message] = []
    found = checkpoint.load(tmp_path, said.append)
    assert (found["epoch"], float(found["network"]["weight"][0, 0]), said) == (3, 3.0, [])
    (tmp_path / "checkpoint").unlink()
    assert resumable(tmp_path)
    assert checkpoint.load(tmp_path, said.append)["epoch"] == 2
    assert said == []  # a kill right before the new one took its place is no damage


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), cut=st.booleans(), bit=st.integers(0, 7))
def test_whatever_byte_is_wrong_the_one_before_is_taken_with_a_warning(
    tmp_path: Path, at: float, cut: bool, bit: int
) -> None:
    checkpoint.save(state(1), tmp_path)
    checkpoint.save(state(2), tmp_path)
    path = tmp_path / "checkpoint"
    data = bytearray(path.read_bytes())
    place = int(at * len(data))
    if cut:
        path.write_bytes(data[:place])
    else:
        data[place] ^= 1 << bit
        path.write_bytes(data)
    said: list[Message] = []
    found = checkpoint.load(tmp_path, said.append)
    whole = state(found["epoch"])
    assert torch.equal(found["network"]["weight"], whole["network"]["weight"])  # type: ignore[index]
    if found["epoch"] == 1:
        (warning,) = said
        assert isinstance(warning, Warned)
        assert "is damaged, so the training goes on from the one before it" in warning.text
    else:  # a byte of padding, or of a date
        assert said == []


def test_there_are_two_files_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[int]] = []
    replace = os.replace

    def watched(*names: Path) -> None:
        both = (tmp_path / name for name in ("checkpoint", "checkpoint.before"))
        seen.append([path.stat().st_ino for path in both if path.exists()])
        replace(*names)

    monkeypatch.setattr(os, "replace", watched)
    for number in range(4):
        checkpoint.save(state(number), tmp_path)
    assert len(seen) == 1 + 3 * 2
    assert all(len(set(files)) == len(files) for files in seen)


def test_a_damaged_one_never_takes_the_place_of_the_sound_one_before(tmp_path: Path) -> None:
    checkpoint.save(state(1), tmp_path)
    checkpoint.save(state(2), tmp_path)
    (tmp_path / "checkpoint").write_bytes(b"torn")
    checkpoint.save(state(2), tmp_path)
    (tmp_path / "checkpoint").unlink()
    assert checkpoint.load(tmp_path)["epoch"] == 1


def test_both_damaged_or_none_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no checkpoint"):
        checkpoint.load(tmp_path)
    (tmp_path / "checkpoint").write_bytes(b"torn")
    with pytest.raises(ModelError, match="damaged"):
        checkpoint.load(tmp_path)
    assert not checkpoint.untouched(tmp_path)  # who knows what it held


def test_what_cannot_be_read_back_takes_nobodys_place(tmp_path: Path) -> None:
    checkpoint.save(state(1), tmp_path)
    with pytest.raises(StorageError, match="reads back otherwise"):
        checkpoint.save({"code": Path}, tmp_path)  # a class, which a checkpoint may not hold
    assert {path.name for path in tmp_path.iterdir()} == {"checkpoint"}
    assert checkpoint.load(tmp_path)["epoch"] == 1
