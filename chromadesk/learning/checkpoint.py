"""A training's whole state in one file, replaced atomically, loaded without running anything in it.

Each is read back before it counts, and the one before stays beside it (``checkpoint.before``), a file of its own at
every moment: where the newest turns out to be damaged a training goes on from that. The best weights so far are
``model.safetensors``.
"""

from __future__ import annotations

import contextlib
import dataclasses
import zipfile
from pathlib import Path
from typing import Any

import torch

from chromadesk import files
from chromadesk.errors import InputError, ModelError, StorageError
from chromadesk.jobs.messages import Report, Warned, ignore
from chromadesk.learning.config import CHECKPOINT, CHECKPOINT_BEFORE, TrainConfig
from chromadesk.models import archive

#: What a training may be resumed with otherwise.
_MAY_CHANGE = {"dataset", "out", "resume", "device", "precision", "encoder_weights", "cache", "compile"}


def save(state: dict[str, Any], out: Path) -> None:
    """Write ``state`` (tensors, numbers, text, lists, dicts) as the newest checkpoint in ``out``. Raises StorageError,
    also when it cannot be read back; the one that was there is then there still.
    """
    path = out / CHECKPOINT

    def verify(temporary: Path) -> None:
        try:
            _read(temporary, mmap=True)
        except ModelError as error:
            raise StorageError(f"What was written to {path} reads back otherwise; check the disk.") from error
        with contextlib.suppress(ModelError):
            _read(path, mmap=True)  # a damaged one must not take the place of a sound one
            files.move(path, out / CHECKPOINT_BEFORE)

    with files.replacing(path, verify) as temporary:
        try:
            torch.save(state, temporary)
        except RuntimeError as error:  # what its C++ writer makes of a full disk
            raise StorageError(f"Could not write {path}: {error}. Check the folder's free space.") from error


def load(out: Path, report: Report = ignore, *, mmap: bool = False) -> dict[str, Any]:
    """The state saved last in ``out``; the one before, with a warning, where that is damaged, and without one where the
    next was about to take its place. ``mmap``: tensors are read from the file when they are looked at, not before.
    Raises ModelError when there is none that can be read.
    """
    newest, before = out / CHECKPOINT, out / CHECKPOINT_BEFORE
    if not newest.is_file() and not before.is_file():
        raise ModelError(f"There is no checkpoint {newest} to resume from; start without --resume.")
    if not newest.is_file():
        return _read(before, mmap)
    try:
        return _read(newest, mmap)
    except ModelError:
        if not before.is_file():
            raise
    state = _read(before, mmap)
    report(Warned(f"The checkpoint {newest} is damaged, so the training goes on from the one before it."))
    return state


def untouched(out: Path) -> bool:
    """Whether the training in ``out`` has certainly not taken a step, so that nothing is lost with it."""
    try:
        state = load(out, mmap=True)
    except ModelError:
        return False
    return bool(state["epoch"] == state["step"] == 0)


def again(out: Path, said: dict[str, Any]) -> TrainConfig:
    """The config of the training in ``out``, to go on with; ``said`` are fields of a TrainConfig given anew. Raises
    ModelError, and InputError where they contradict what it had.
    """
    had = _had(load(out, mmap=True)["config"])
    if "parameters" in said:
        said = {**said, "parameters": {**had["parameters"], **said["parameters"]}}
    _refuse_another(had, said, out)
    return TrainConfig.from_json({**had, **said})


def same(old: dict[str, Any], config: TrainConfig, out: Path) -> TrainConfig:
    """``config`` with what it leaves open as the training in ``out`` had it, whose config was ``old``. Raises
    InputError for what was another training; where it runs may change.
    """
    had = _had(old)
    left_open = {name: had[name] for name in ("photos", "patience", "freeze_norm") if getattr(config, name) is None}
    config = dataclasses.replace(config, **left_open)
    _refuse_another(had, config.to_json(), out)
    return config


def _had(old: dict[str, Any]) -> dict[str, Any]:
    # what a checkpoint made before there were such things did
    return TrainConfig.from_json({"patience": 0, "freeze_norm": False, **old}).to_json()


def _refuse_another(had: dict[str, Any], new: dict[str, Any], out: Path) -> None:
    for name in sorted(new.keys() - _MAY_CHANGE):
        if had[name] != new[name] and not (name == "init" and _one_file(had[name], new[name])):
            raise InputError(
                f"The training in {out} had {name} = {had[name]}, not {new[name]}; resume it with the same settings."
            )


def _one_file(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and Path(one).resolve() == Path(other).resolve()


def _read(path: Path, mmap: bool) -> dict[str, Any]:
    """What ``path`` holds, once every byte of it has been found to be the one that was written."""
    damaged = f"The checkpoint {path} is damaged; start without --resume."
    try:
        archive.check(path)
        with zipfile.ZipFile(path) as packed:  # torch writes checksums, and does not look at them
            torn = packed.testzip()
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True, mmap=mmap)
    except Exception as error:  # both raise whatever a broken file provokes
        raise ModelError(damaged) from error
    if torn is not None:
        raise ModelError(damaged)
    return state
