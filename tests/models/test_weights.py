"""Loading weights files that come from anywhere."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file

from chromadesk import files
from chromadesk.errors import ModelError
from chromadesk.models import weights
from chromadesk.models.info import read_info


def lying(tiny_weights: Path, path: Path, **fields: Any) -> Path:
    """A copy of real weights whose header says something else."""
    info = dataclasses.replace(read_info(tiny_weights), **fields)
    save_file(load_file(tiny_weights), path, metadata=info.metadata())
    return path


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"architecture": "resnet"}, "no architecture called 'resnet'"),
        ({"parameters": {"pretrained": True}}, "no parameter pretrained"),
        ({"architecture": "chromanet", "parameters": {"encoder": "os.system"}}, "encoder is lite0"),
        ({"architecture": "chromanet", "parameters": {"widths": [10**8, 64, 48, 32]}}, "do not fit"),
        ({"architecture": "chromanet", "parameters": {"widths": [10**18, 64, 48, 32]}}, "cannot be used"),
    ],
)
def test_a_header_that_lies_is_refused_by_file_without_taking_memory(
    tiny_weights: Path, tmp_path: Path, fields: dict[str, Any], reason: str
) -> None:
    path = lying(tiny_weights, tmp_path / "odd.safetensors", **fields)
    with pytest.raises(ModelError, match=f"odd.safetensors.*{reason}"):
        weights.load(path)


_KILLED = """
import resource, signal, sys
from pathlib import Path
from chromadesk.models import weights

network, info = weights.load(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the system's way of killing a writer in the middle
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
weights.save(network, info, Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has a limit to a file's length")
def test_a_killed_writer_leaves_nothing_that_is_not_swept(tiny_weights: Path, tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED, tiny_weights, tmp_path / "w.safetensors"], check=False)
    assert ended.returncode == -signal.SIGXFSZ
    assert list(tmp_path.iterdir())
    files.sweep(tmp_path)
    assert not list(tmp_path.iterdir())
