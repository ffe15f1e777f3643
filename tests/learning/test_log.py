from __future__ import annotations

import json
from pathlib import Path

from chromadesk.learning.log import Log


def test_a_line_an_epoch_and_back_to_any_of_them(tmp_path: Path) -> None:
    log = Log(tmp_path / "metrics.jsonl")
    log.go_back(0)
    assert not log.path.exists()
    for epoch in range(1, 4):
        log.write({"epoch": epoch})
    with open(log.path, "a") as handle:
        handle.write('{"epoch": 4, "tr')  # killed there
    log.go_back(4)
    assert [json.loads(line)["epoch"] for line in log.path.read_text().splitlines()] == [1, 2, 3]
    log.go_back(2)
    log.write({"epoch": 3, "again": True})
    assert [json.loads(line) for line in log.path.read_text().splitlines()] == [
        {"epoch": 1},
        {"epoch": 2},
        {"epoch": 3, "again": True},
    ]
