"""A training's whole state in one file, replaced atomically, loaded without running anything in it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import torch

from chromadesk.errors import InputError, ModelError, StorageError
from chromadesk.files import replacing
from chromadesk.learning.config import TrainConfig
from chromadesk.models import archive


def save(state: dict[str, Any], path: Path) -> None:
    """Write ``state`` (tensors, numbers, text, lists, dicts) to ``path`` atomically. Raises StorageError."""
    with replacing(path) as temporary:
        try:
            torch.save(state, temporary)
        except RuntimeError as error:  # what its C++ writer makes of a full disk
            raise StorageError(f"Could not write {path}: {error}. Check the folder's free space.") from error


def load(path: Path, *, mmap: bool = False) -> dict[str, Any]:
    """The state saved at ``path``; raises ModelError when there is none or it cannot be read. ``mmap``: tensors are
    read from the file when they are looked at, not before.
    """
    if not path.is_file():
        raise ModelError(f"There is no checkpoint {path} to resume from; start without --resume.")
    try:
        archive.check(path)
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True, mmap=mmap)
    except Exception as error:  # torch.load raises whatever a broken pickle provokes
        raise ModelError(f"The checkpoint {path} is damaged; start without --resume.") from error
    return state


def again(out: Path, said: dict[str, Any]) -> TrainConfig:
    """The config of the training in ``out``, to go on with; ``said`` are fields of a TrainConfig given anew. Raises
    ModelError, and InputError where they contradict what it had.
    """
    had = _had(load(out / "checkpoint", mmap=True)["config"])
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
    for name in sorted(new.keys() - {"dataset", "out", "resume", "device", "precision", "encoder_weights"}):
        if had[name] != new[name] and not (name == "init" and _one_file(had[name], new[name])):
            raise InputError(
                f"The training in {out} had {name} = {had[name]}, not {new[name]}; resume it with the same settings."
            )


def _one_file(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and Path(one).resolve() == Path(other).resolve()
