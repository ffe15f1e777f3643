"""``chromadesk link`` on the command line; ``forget`` is in test_traces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from chromadesk import links


def test_link_says_where_the_file_is(command: Callable[..., Any], tmp_path: Path) -> None:
    said = command("link", tmp_path, "--out", tmp_path / "desk" / "mine.chromadesk")
    assert said.code == 0
    assert "mine.chromadesk" in said.out
    assert links.followed(tmp_path / "desk" / "mine.chromadesk") == tmp_path


def test_link_to_nothing_is_refused_in_a_sentence(command: Callable[..., Any], tmp_path: Path) -> None:
    said = command("link", tmp_path / "nothing")
    assert said.code == 2
    assert "is no folder" in said.sentence
    assert command("link", tmp_path, "--out", tmp_path / "mine.txt").code == 2
