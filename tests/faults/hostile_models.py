"""Model files from strangers: headers that lie, pickles that would run, archives that swell; each from its seed."""

from __future__ import annotations

import functools
import io
import json
import os
import pickle
import struct
import zipfile
from typing import Any

import numpy as np
import torch

from chromadesk.models.info import KEY, WeightsInfo
from chromadesk.models.registry import build
from tests.faults.hostile_images import Case, Random

_PARAMETERS = {"depth": 2, "width": 2}


def case(number: int) -> Case:
    """The file of this number, the same every time."""
    random = np.random.default_rng([8, number])
    make = _MAKERS[number % len(_MAKERS)]
    suffix, data, fate = make(random)
    return Case(f"{number:04d}-{make.__name__.strip('_')}{suffix}", data, fate)


@functools.cache
def _tensors() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return {name: value.float() for name, value in build("unet", _PARAMETERS).state_dict().items()}


def _parts(**said: Any) -> tuple[dict[str, Any], bytes]:
    """The header and the bytes of sound weights that say of themselves what is given."""
    info = WeightsInfo("stranger", "unet", _PARAMETERS, input_size=(64, 32)).metadata()
    fields = {**json.loads(info[KEY]), **said}
    header: dict[str, Any] = {"__metadata__": {**info, KEY: json.dumps(fields)}}
    body = b""
    for name, value in sorted(_tensors().items()):
        data = value.numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    return header, body


def _joined(header: object, body: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def _whole(random: Random) -> tuple[str, bytes, str]:
    return ".safetensors", _joined(*_parts()), "read"


def _lying(random: Random) -> tuple[str, bytes, str]:
    """Metadata that says something else, or nothing one could mean."""
    lies: list[dict[str, Any]] = [
        {"architecture": "../../../../tmp/canary"},
        {"architecture": "unet\n\x1b[2J"},
        {"architecture": "chromanet", "parameters": {}},
        {"parameters": {"depth": 2, "width": 10**30}},
        {"parameters": {"depth": 2, "width": 0}},
        {"parameters": {"depth": 2, "width": -4}},
        {"parameters": {"depth": 10**9, "width": 2}},
        {"parameters": {"depth": 2.5, "width": "2"}},
        {"parameters": {"depth": [2], "width": {"a": 1}}},
        {"parameters": {"__class__": 1}},
        {"architecture": "deeplabv3plus", "parameters": {"encoder": "../../etc/passwd"}},
        {"name": "../../../canary"},
        {"name": "<img src=x onerror=alert(1)>"},
        {"name": "a" * 10**6},
        {"input_size": [10**9, 10**9]},
        {"input_size": ["a", None]},
        {"normalise": "zeros"},
        {"scores": {"miou": float("nan")}},
        {"scores": {"miou": 10**400}},
        {"scores": {"miou": {"a": {"b": {}}}}},
        {"epochs": 10**400},
        {"trained_on": ["x"] * 10},
        {"classes": ["cat"] * 5},
        {"surprise": 1},
        {"parent": "/etc/passwd"},
    ]
    return ".safetensors", _joined(*_parts(**lies[random.integers(len(lies))])), ""


def _header(random: Random) -> tuple[str, bytes, str]:
    """Offsets that overlap, shapes that no memory holds, types that nobody has."""
    header, body = _parts()
    names = [name for name in header if name != "__metadata__"]
    entry = header[names[random.integers(len(names))]]
    lies: list[dict[str, Any]] = [
        {"shape": [10**9, 10**9]},
        {"shape": [2] * 200_000},
        {"shape": [10**300] * 500},
        {"shape": [-1]},
        {"shape": "x"},
        {"shape": [True]},
        {"shape": None},
        {"dtype": "F8_E4M3"},
        {"dtype": "F64"},
        {"dtype": "COMPLEX"},
        {"dtype": ["F32"]},
        {"data_offsets": [0, 10**18]},
        {"data_offsets": [0, 4]},
        {"data_offsets": [4, 0]},
        {"data_offsets": [-8, 0]},
        {"data_offsets": "ab"},
    ]
    entry.update(lies[random.integers(len(lies))])
    return ".safetensors", _joined(header, body), "refused"


def _framed(random: Random) -> tuple[str, bytes, str]:
    """A header of the wrong length, too deep, or no JSON."""
    whole = _joined(*_parts())
    heads = [
        struct.pack("<Q", 2**63) + whole[8:],
        struct.pack("<Q", 100 * 2**20) + b"{" + b" " * 1000,
        struct.pack("<Q", 0),
        struct.pack("<Q", 200_000) + b"[" * 200_000,
        struct.pack("<Q", 200_000) + b'{"__metadata__":' + b"[" * (200_000 - 16),
        whole[: int(random.integers(0, len(whole) - 1))],
        whole + bytes(1000),
        b"",
        random.bytes(4000),
        _joined([], b""),
        _joined({"__metadata__": 7}, b""),
        _joined({"__metadata__": {KEY: "[" * 100_000}}, b""),
        _joined({"__metadata__": {KEY: "9" * 100_000}}, b""),
    ]
    return ".safetensors", heads[random.integers(len(heads))], "refused"


def _values(random: Random) -> tuple[str, bytes, str]:
    """Numbers that are none, or too large once they are rounded."""
    header, body = _parts()
    values = np.frombuffer(body, np.float32).copy()
    values[int(random.integers(len(values)))] = [np.nan, np.inf, -np.inf][random.integers(3)]
    return ".safetensors", _joined(header, values.tobytes()), ""


class _Runs:
    """What a pickle runs when it is opened."""

    def __init__(self, call: Any, *arguments: Any) -> None:
        self._call, self._arguments = call, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self._call, self._arguments


def _zipped(pickled: bytes, *more: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in (("archive/data.pkl", pickled), ("archive/version", b"3\n"), *more):
            archive.writestr(name, data)
    return buffer.getvalue()


def _pickle(random: Random) -> tuple[str, bytes, str]:
    """Code in a pickle, bare or as PyTorch wraps it."""
    runs = [
        _Runs(os.system, "touch canary"),
        _Runs(exec, "open('canary', 'w')"),
        _Runs(open, "canary", "w"),
        {"a": _Runs(os.mkdir, "canary")},
        {"a": _Runs(getattr, _Runs(__import__, "os"), "system")},
        {"a": _Runs(bytearray, 10**10)},
        {"a": _Runs(torch.Size, [10**9] * 4)},
        {"a": _Runs(torch.load, "/etc/passwd")},
    ]
    data = pickle.dumps(runs[random.integers(len(runs))], int(random.choice([0, 2, 4])))
    suffix = str(random.choice([".pt", ".pth", ".safetensors"]))
    return (
        suffix,
        data if random.integers(2) else _zipped(data, ("../../canary", b"x"), ("/tmp/canary", b"x")),
        "refused",
    )


def _archive(random: Random) -> tuple[str, bytes, str]:
    """Squeezed, shown a billion times over, scripted, a whole module, cut short, or changed here and there."""
    buffer = io.BytesIO()
    kind = random.integers(6)
    old = bool(random.integers(2))
    if kind == 0:
        torch.save({"pretrained_net.features.0.weight": torch.zeros(8_000_000)}, buffer)
        with zipfile.ZipFile(buffer) as whole:
            squeezed = io.BytesIO()
            with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as archive:
                for each in whole.infolist():
                    archive.writestr(each.filename, whole.read(each))
        return ".pt", squeezed.getvalue(), "refused"
    if kind == 1:
        wide = {"pretrained_net.features.0.weight": torch.zeros(1).expand(10**6, 3, 10**3, 10**3)}
        torch.save(wide, buffer, _use_new_zipfile_serialization=not old)
    elif kind == 2:
        torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), buffer)  # type: ignore[no-untyped-call]
    elif kind == 3:
        torch.save(torch.nn.Linear(2, 2), buffer)
    else:
        torch.save(
            {f"pretrained_net.{n}": v for n, v in _tensors().items()}, buffer, _use_new_zipfile_serialization=not old
        )
    data = bytearray(buffer.getvalue())
    if kind == 4:
        del data[int(random.integers(1, len(data))) :]
    elif kind == 5:
        for place in random.integers(0, len(data), 30):
            data[place] = int(random.integers(256))
    return ".pt", bytes(data), "refused"


_MAKERS = (_whole, _lying, _header, _framed, _values, _pickle, _archive, _lying, _header, _pickle)
