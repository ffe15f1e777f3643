"""Finding weights by name and by path."""

from __future__ import annotations

from pathlib import Path

import pytest

from chromadesk.errors import ModelError
from chromadesk.models import library


def test_names_paths_and_a_data_set_s_own_versions(tmp_path: Path) -> None:
    version = tmp_path / "models" / "mine-v2.safetensors"
    version.parent.mkdir()
    version.write_bytes(b"x")
    assert library.find("mine-v2", tmp_path) == version
    assert library.find(version) == version
    assert (version, False) in library.list_weights(tmp_path)
    with pytest.raises(ModelError, match="mine-v2"):
        library.find("theirs", tmp_path)


def test_the_default_is_bundled_and_describes_itself() -> None:
    from chromadesk.models.info import read_info

    info = read_info(library.find(library.DEFAULT))
    assert info.architecture == "chromanet"
    assert info.scores["miou"] > 0.7
    assert len(info.trained_on) > 100
