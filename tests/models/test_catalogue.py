"""The list of models: one set of keys for every row, and a broken file never hides the others."""

from __future__ import annotations

import json
from pathlib import Path

from chromadesk.models import catalogue, library
from chromadesk.models.registry import ARCHITECTURES


def test_every_architecture_and_every_bundled_file_is_a_row() -> None:
    rows = catalogue.rows()
    assert [row["name"] for row in rows if row["kind"] == "architecture"] == list(ARCHITECTURES)
    assert [row["file"] for row in rows if row["bundled"]] == [str(path) for path in library.bundled()]
    assert len({tuple(row) for row in rows}) == 1
    json.dumps(rows)


def test_a_data_sets_own_versions_follow(tmp_path: Path, tiny_weights: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "v2.safetensors").write_bytes(tiny_weights.read_bytes())
    (tmp_path / "models" / "worse.safetensors").touch()
    own = [row for row in catalogue.rows(tmp_path) if row["kind"] == "weights" and not row["bundled"]]
    assert [row["name"] for row in own] == ["v2", "worse"]
    assert own[0]["error"] is None
    assert own[0]["parameter_count"] > 0
    assert "worse.safetensors" in own[1]["error"]
