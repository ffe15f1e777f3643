from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from chromadesk.errors import ModelError, StorageError
from chromadesk.models.info import read_info
from chromadesk.models.library import bundled, find, own
from chromadesk.models.promote import next_name, promote, version_of
from chromadesk.models.weights import load, save


def child(weights: Path, path: Path) -> Path:
    """The same numbers, said to come from ``tiny``."""
    network, info = load(weights)
    save(network, dataclasses.replace(info, parent="tiny"), path)
    return path


def test_versions_count_up_by_family(tmp_path: Path, tiny_weights: Path) -> None:
    assert next_name("tiny", tmp_path) == "tiny-v1"
    first = promote(tiny_weights, tmp_path, "tiny")
    assert first == tmp_path / "models" / "tiny-v1.safetensors"
    second = promote(child(tiny_weights, tmp_path / "child.safetensors"), tmp_path, first.stem)
    assert second.stem == "tiny-v2"
    (tmp_path / "models" / "tiny-v10.safetensors").write_bytes(b"")
    assert next_name("tiny-v1", tmp_path) == "tiny-v11"
    assert next_name("tiny-net", tmp_path) == "tiny-net-v1"


def test_a_bundled_model_is_its_own_first_version(tmp_path: Path) -> None:
    for path in bundled():
        assert next_name(path.stem, tmp_path) == f"{path.stem}-v2"


def test_the_copy_has_its_own_name_and_the_same_tensors(tmp_path: Path, tiny_weights: Path) -> None:
    version = promote(tiny_weights, tmp_path, "tiny")
    info = read_info(version)
    assert info.name == "tiny-v1"
    assert (info.architecture, info.parameters) == ("unet", {"depth": 4, "width": 8})
    before, after = load_file(tiny_weights), load_file(version)
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[key], after[key]) for key in before)
    assert find("tiny-v1", tmp_path) == version


def test_a_file_becomes_one_version_only(tmp_path: Path, tiny_weights: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "broken.safetensors").write_bytes(b"none")
    other = child(tiny_weights, tmp_path / "child.safetensors")
    assert version_of(tiny_weights, tmp_path) is None
    version = promote(tiny_weights, tmp_path, "tiny")
    assert version_of(other, tmp_path) is None  # the same numbers, but from elsewhere
    (tmp_path / "copy.safetensors").write_bytes(tiny_weights.read_bytes())
    for same in (tiny_weights, tmp_path / "copy.safetensors", version, tmp_path / "models" / ".." / "models" / version):
        assert version_of(same, tmp_path) == version
        assert promote(same, tmp_path, "tiny") == version
    changed = bytearray(other.read_bytes())
    changed[-1] ^= 1
    promote(other, tmp_path, "tiny")
    other.write_bytes(changed)
    assert version_of(other, tmp_path) is None  # said to be the same, but other numbers
    assert len(own(tmp_path)) == 3
    for path in bundled():
        assert promote(path, tmp_path, "tiny") == path


def test_what_is_no_model_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"nothing")
    with pytest.raises(ModelError, match="no safetensors file"):
        promote(broken, tmp_path, "broken")
    assert not (tmp_path / "models").exists()


def test_a_place_that_cannot_be_written(tmp_path: Path, tiny_weights: Path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="Could not write"):
        promote(tiny_weights, tmp_path, "tiny")


def test_what_is_no_number_is_not_taken_into_use(tmp_path: Path, tiny_weights: Path) -> None:
    tensors, path = load_file(tiny_weights), tmp_path / "model.safetensors"
    name = next(name for name, values in tensors.items() if values.dtype.kind == "f")
    tensors[name] = np.full_like(tensors[name], np.nan)
    save_file(tensors, path, metadata=read_info(tiny_weights).metadata())
    with pytest.raises(ModelError, match="no numbers, so it was not taken into use"):
        promote(path, tmp_path, "tiny")
    assert own(tmp_path) == []
