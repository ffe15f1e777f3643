"""Models of other programs as a back end: any ONNX file, or a SegFormer in a folder as Hugging Face keeps it.

Their labels become the five classes by a map (dataset.mapping): chances of labels of one class add up, labels of no
class ("nearest") drop out. How photos enter is what the map's table ``[photos]`` says (``size``, ``mean``, ``std``),
else the ``preprocessor_config.json`` beside the model, else 512 x 512 by ImageNet's means and deviations. ChromaDesk's
own ONNX files bring all of it along. Only processes that segment open such a file, never the studio.
"""

from __future__ import annotations

import functools
import importlib.util
import math
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import psutil
import torch

from chromadesk import reading
from chromadesk.classes import COUNT
from chromadesk.dataset import mapping
from chromadesk.dataset.mapping import NEAREST, UNDECIDED, ClassMap, Label, Unmapped
from chromadesk.errors import InputError, ModelError
from chromadesk.inference.entering import Entering, beside, photos_of
from chromadesk.inference.resize import resize_photo
from chromadesk.inference.runtime import DTYPES, choose_device, choose_precision
from chromadesk.models.info import KEY, WeightsInfo
from chromadesk.models.onnx_export import MISSING

Floats = npt.NDArray[np.float32]
#: (N, 3, H, W) float32 as the network wants it -> (N, labels, h, w) float32 scores.
Raw = Callable[[Floats], Floats]

#: Beside a folder's model; a file's map has the file's name.
MAP = "map.toml"
_MOST_BYTES = (1 << 31) - 1
_MOST_LABELS = 1000
#: A label's chance is never less than this, so that its logarithm is a number.
_LEAST = 1e-7


@dataclass(frozen=True)
class Found:
    """A model opened: an ``onnx`` or a ``segformer``, and where and in what it computes.

    ``own`` is what it says of itself where it is ChromaDesk's; ``fixed`` the only size it takes; ``names`` its labels'
    by number, as far as it gives any; ``labels`` how many it answers with, as far as it says so.
    """

    kind: str
    raw: Raw
    device: torch.device
    precision: str
    own: WeightsInfo | None
    fixed: tuple[int, int] | None
    names: dict[int, str]
    labels: int | None
    entering: Entering


class _Place(NamedTuple):
    """An input or an output of an ONNX model; a side of ``shape`` is a number, a name or None."""

    name: str
    type: str
    shape: list[Any]


class Foreign:
    """A back end (see inference.backends) round a model of another program."""

    def __init__(self, found: Found, class_of: npt.NDArray[np.uint8] | None) -> None:
        self.name, self.precision, self.device = found.kind, found.precision, found.device
        self._found, self._class_of = found, class_of
        entering = Entering(mean=(0, 0, 0), std=(1, 1, 1)) if class_of is None else found.entering
        self._mean = np.array(entering.mean, np.float32)[:, None, None]
        self._std = np.array(entering.std, np.float32)[:, None, None]

    def __call__(self, photos: npt.NDArray[np.uint8]) -> Floats:
        """See backends.Backend."""
        height, width = photos.shape[1:3]
        fixed = self._found.fixed
        if fixed is not None and fixed != (height, width):
            photos = np.stack([resize_photo(photo, fixed) for photo in photos])
        batch = photos.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
        entering: Floats = np.ascontiguousarray((batch - self._mean) / self._std, np.float32)
        return np.stack([self._classes(scores, (width, height)) for scores in self._found.raw(entering)])

    def _classes(self, scores: Floats, size: tuple[int, int]) -> Floats:
        """(labels, h, w) scores -> (5, H, W), ``size`` being (W, H)."""
        labels = COUNT if self._class_of is None else len(self._class_of)
        if len(scores) != labels:
            raise ModelError(f"The model answers with {len(scores)} labels and not {labels}; choose another.")
        if self._class_of is not None:
            counted, class_of = scores[self._class_of != NEAREST], self._class_of[self._class_of != NEAREST]
            grown = np.exp(counted - counted.max(axis=0))
            chances = np.stack([grown[class_of == each].sum(axis=0) for each in range(COUNT)])
            scores = np.log(np.maximum(chances / chances.sum(axis=0), _LEAST))
        if scores.shape[1:] == (size[1], size[0]):
            return np.asarray(scores, np.float32)
        planes = [cv2.resize(np.ascontiguousarray(plane), size, interpolation=cv2.INTER_LINEAR) for plane in scores]
        return np.asarray(np.stack(planes), np.float32)


def use(path: Path, map_name: str | None, device: str, precision: str) -> tuple[Foreign, WeightsInfo]:
    """The model at ``path`` ready to answer, and what is to be known of it. Raises ModelError, InputError, Unmapped.

    ``map_name`` is a map's file or the name of a shipped one; None: the one beside the model, ``map.toml`` in a folder,
    else the file's name with .toml. ``device`` and ``precision`` are those of inference.runtime.
    """
    own_map = path / MAP if path.is_dir() else path.with_suffix(".toml")
    if map_name is None and own_map.is_file():
        map_name = str(own_map)
    class_map = None if map_name is None else mapping.find(map_name)
    where = choose_device(device)
    found = _open(path, where, choose_precision(precision, where))
    if device.startswith("cuda") and found.device.type != "cuda":
        raise InputError("This onnxruntime computes on the CPU only; choose --device cpu, or install onnxruntime-gpu.")
    entering = photos_of(Path(map_name).expanduser()) if map_name is not None and map_name.endswith(".toml") else None
    if entering is not None:
        found = replace(found, entering=entering)
    if found.own is not None and class_map is None:
        if found.labels not in (None, COUNT):
            raise ModelError(f"{path} says that it has the five classes, but answers with {found.labels}.")
        return Foreign(found, None), found.own
    size = found.fixed or found.entering.size
    info = WeightsInfo(path.absolute().stem, "", input_size=size, fit="stretch", licence="unknown, see its source")
    return Foreign(found, _table(found, class_map, path)), info


def labels(path: Path) -> list[Label]:
    """The labels of a model, undecided: by name where it gives any, else by number. Raises as ``use`` does."""
    found = _open(path, torch.device("cpu"), "fp32")
    numbers = range(_count(found, path))
    return [
        Label(found.names.get(number) or str(number), UNDECIDED, None if found.names.get(number) else number)
        for number in numbers
    ]


def _table(found: Found, class_map: ClassMap | None, path: Path) -> npt.NDArray[np.uint8]:
    """(labels,) the class of each label, NEAREST for none."""
    chosen = class_map or mapping.OWN
    names = {number: found.names.get(number, "") for number in range(_count(found, path))}
    classes = {number: chosen.class_of(number, name) for number, name in names.items()}
    guessed = class_map is None and not found.names and len(names) != COUNT  # by numbers that mean something else
    unknown = [names[number] or str(number) for number, each in classes.items() if guessed or each == UNDECIDED]
    if unknown:
        title = f"the map {chosen.title!r}"
        if class_map is None:
            title += " (chromadesk models draft-map writes one to fill in)"
        raise Unmapped(path, unknown, title)
    if all(each == NEAREST for each in classes.values()):
        raise ModelError(f"The map {chosen.title!r} gives no label of {path} a class; give one.")
    return np.array(list(classes.values()), np.uint8)


def _count(found: Found, path: Path) -> int:
    count = found.labels if found.labels is not None else len(found.names)
    if not 2 <= count <= _MOST_LABELS:
        raise ModelError(f"{path} answers with {count} labels; from 2 to {_MOST_LABELS} can be mapped.")
    return count


def _open(path: Path, device: torch.device, precision: str) -> Found:
    if not path.is_dir():
        return _open_onnx(path, path.parent, device)
    inside = next((path / name for name in ("model.onnx", "onnx/model.onnx") if (path / name).is_file()), None)
    if inside is not None and not (path / "model.safetensors").exists():
        return _open_onnx(inside, path, device)
    from chromadesk.models import segformer

    network = segformer.load(path)
    count = network.head.classifier.out_channels
    network.to(device)

    @torch.inference_mode()
    def raw(photos: Floats) -> Floats:
        with torch.autocast(device.type, dtype=DTYPES[precision], enabled=precision != "fp32"):
            scores = network(torch.from_numpy(photos).to(device))
        return np.asarray(scores.float().cpu())

    return Found("segformer", raw, device, precision, None, None, _names(path), count, beside(path))


def _open_onnx(path: Path, folder: Path, device: torch.device) -> Found:
    if importlib.util.find_spec("onnxruntime") is None:
        raise InputError(MISSING)
    import onnxruntime

    try:
        data = reading.read_bytes(path, _MOST_BYTES)
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}.") from error
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # what it has to say comes as an error
    options.add_session_config_entry("session.use_env_allocators", "1")
    _bound_memory()
    gpu = device.type == "cuda" and "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    providers = ["CUDAExecutionProvider"] if gpu else []
    try:  # from its bytes: what lies in other files is not looked for
        providers = [*providers, "CPUExecutionProvider"]
        session = onnxruntime.InferenceSession(data, options, providers, enable_fallback=0)
        inputs, outputs = _signature(session)
        said = session.get_modelmeta().custom_metadata_map
    except Exception as error:  # whatever a broken file provokes
        reason = _first(error)
        raise ModelError(f"{path} is damaged or no ONNX model that can be used ({reason}); export it again.") from error
    if len(inputs) != 1 or not outputs or inputs[0].type != "tensor(float)" or len(inputs[0].shape) != 4:
        raise ModelError(f"{path} does not take one picture, float32 (N, 3, height, width); export it so.")
    if inputs[0].shape[1] not in (3, None) and not isinstance(inputs[0].shape[1], str):
        raise ModelError(f"{path} takes {inputs[0].shape[1]} channels and not 3; export it as (N, 3, height, width).")
    shape = outputs[0].shape
    if outputs[0].type not in ("tensor(float)", "tensor(float16)") or (shape and len(shape) != 4):
        raise ModelError(f"{path} does not answer with scores, float (N, labels, height, width); export it so.")
    sides = inputs[0].shape[2:]
    fixed = (int(sides[0]), int(sides[1])) if all(type(side) is int and side > 0 for side in sides) else None
    if fixed is not None and math.prod(fixed) > 1 << 24:
        raise ModelError(f"{path} takes pictures of {fixed[0]} x {fixed[1]}; at most 16 megapixels are given.")
    alone = inputs[0].shape[0] == 1
    lock = threading.Lock()

    def run(photos: Floats) -> Floats:
        try:
            with lock:
                found = np.asarray(session.run([outputs[0].name], {inputs[0].name: photos})[0], np.float32)
        except Exception as error:
            raise ModelError(f"{path} failed on a picture ({_first(error)}); choose another model.") from error
        if found.ndim != 4 or len(found) != len(photos) or not found.size:
            raise ModelError(f"{path} answers with {found.shape} and not with (N, labels, height, width).")
        return found

    def raw(photos: Floats) -> Floats:
        return np.concatenate([run(photo[None]) for photo in photos]) if alone else run(photos)

    count = shape[1] if shape and type(shape[1]) is int else None
    own = WeightsInfo.from_metadata(said, path) if KEY in said else None
    where = device if gpu else torch.device("cpu")
    return Found("onnx", raw, where, "fp32", own, fixed, _names(folder), count, beside(folder))


def _signature(session: Any) -> tuple[list[_Place], list[_Place]]:
    """What a model takes and what it answers with; raises whatever names that are no text provoke."""
    both = session.get_inputs(), session.get_outputs()
    takes, gives = ([_Place(str(each.name), str(each.type), list(each.shape)) for each in places] for places in both)
    return takes, gives


@functools.cache
def _bound_memory() -> None:
    """Lets models have half of the machine's memory in this process: a file of 300 bytes may ask for any amount."""
    import onnxruntime

    kind = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR
    where = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, onnxruntime.OrtMemType.DEFAULT)
    usual = -1
    most = onnxruntime.OrtArenaCfg(psutil.virtual_memory().total // 2, usual, usual, usual)
    onnxruntime.create_and_register_allocator(where, most)


def _first(error: Exception) -> str:
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return re.sub(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ", "", line)[:160].rstrip(".")


def _names(folder: Path) -> dict[int, str]:
    """The labels' names that a config.json in ``folder`` gives."""
    try:
        said = reading.read_json(folder / "config.json", 1 << 22)["id2label"]
        return {int(number): str(name)[:80] for number, name in list(said.items())[:_MOST_LABELS]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
