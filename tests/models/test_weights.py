"""Loading weights files that come from anywhere."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file, save_file

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
