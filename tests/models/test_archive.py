"""PyTorch's files are looked at before they are unpacked."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from chromadesk.errors import ModelError
from chromadesk.models import archive
from chromadesk.models.pretrained import read_state


class Runs:
    """Calls something when it is unpickled."""

    def __init__(self, call: Callable[..., Any], *arguments: object) -> None:
        self.call, self.arguments = call, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self.call, self.arguments


def zipped(pickled: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("archive/data.pkl", pickled)
        made.writestr("archive/version", "3\n")
        made.writestr("../../canary", "x")
    return buffer.getvalue()


def stored(value: object, **options: Any) -> bytes:
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


def squeezed() -> bytes:
    buffer = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(stored({"a": torch.zeros(100_000)})))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for each in whole.infolist():
            made.writestr(each.filename, whole.read(each))
    return buffer.getvalue()


@pytest.mark.parametrize("wrap", [bytes, zipped], ids=["bare", "zipped"])
@pytest.mark.parametrize("protocol", [0, 2, 4])
@pytest.mark.parametrize(
    "value",
    [Runs(os.system, "touch canary"), {"a": Runs(os.mkdir, "canary")}, Runs(exec, "open('canary', 'w')")],
    ids=["system", "mkdir", "exec"],
)
@pytest.mark.filterwarnings("ignore:Detected pickle protocol")
def test_no_code_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: object, protocol: int, wrap: Callable[[bytes], bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "model.pt"
    path.write_bytes(wrap(pickle.dumps(value, protocol)))
    with pytest.raises(ModelError, match="nothing in it was run"):
        read_state(path)
    assert [found.name for found in tmp_path.iterdir()] == ["model.pt"]


@pytest.mark.parametrize(
    "data",
    [
        squeezed(),
        zipped(pickle.dumps({"a": Runs(bytearray, 10**10)}, 2)),
        pickle.dumps({"a": Runs(bytearray, 10**10)}, 2),
        stored({"a": torch.zeros(1).expand(10**6, 10**6)}),
        stored({"a": torch.zeros(1).expand(10**6, 10**6)}, _use_new_zipfile_serialization=False),
    ],
    ids=["squeezed", "bytearray", "bare bytearray", "expanded", "expanded, old"],
)
@pytest.mark.filterwarnings("ignore:Detected pickle protocol")
def test_what_would_fill_memory_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(data)
    with pytest.raises(ModelError, match="no plain table of tensors"):
        read_state(path)


def test_honest_ones_pass(tmp_path: Path) -> None:
    for old in (True, False):
        path = tmp_path / "model.pt"
        torch.save({"a": torch.zeros(1000), "b": torch.zeros(3)[1:]}, path, _use_new_zipfile_serialization=old)
        archive.check(path)
        assert read_state(path)["a"].shape == (1000,)
