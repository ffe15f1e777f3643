from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from chromadesk.models import choice
from chromadesk.models.promote import promote


def test_back_through_everything_that_was_used(tmp_path: Path, versions: Callable[[Path, int], list[Path]]) -> None:
    first, second, third = versions(tmp_path, 3)
    assert choice.go_back(tmp_path) is None
    choice.remember_model(tmp_path, first)
    choice.remember_model(tmp_path, second, first)
    choice.remember_model(tmp_path, third, second)
    assert choice.remembered_model(tmp_path) == (third, "")
    assert choice.earlier_models(tmp_path) == [first, second]
    assert choice.go_back(tmp_path) == second
    assert choice.go_back(tmp_path) == first
    assert choice.go_back(tmp_path) is None
    assert choice.remembered_model(tmp_path) == (first, "")


def test_a_file_that_is_gone_is_passed_over_and_an_older_note_is_read(
    tmp_path: Path, versions: Callable[[Path, int], list[Path]]
) -> None:
    first, second, third = versions(tmp_path, 3)
    (tmp_path / choice.FILE_NAME).write_text(json.dumps({"model": str(first)}))  # as before there was a way back
    assert choice.earlier_models(tmp_path) == []
    choice.remember_model(tmp_path, second, first)
    choice.remember_model(tmp_path, third, second)
    second.unlink()
    assert choice.go_back(tmp_path) == first
    for broken in ("[]", "{", '{"before": 3}'):
        (tmp_path / choice.FILE_NAME).write_text(broken)
        assert choice.earlier_models(tmp_path) == []
        assert choice.go_back(tmp_path) is None


def test_quality_and_model_do_not_undo_each_other(tmp_path: Path, tiny_weights: Path) -> None:
    assert choice.remembered_quality(tmp_path) == "standard"
    choice.remember_quality(tmp_path, "careful")
    model = promote(tiny_weights, tmp_path, "tiny")
    choice.remember_model(tmp_path, model)
    assert choice.remembered_quality(tmp_path) == "careful"
    choice.remember_quality(tmp_path, "fast")
    assert choice.remembered_model(tmp_path) == (model, "")
    (tmp_path / choice.FILE_NAME).write_text('{"quality": "best"}')
    assert choice.remembered_quality(tmp_path) == "standard"
