"""The data set of very many photos: its steps are timed, and from the second time on nothing of it is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chromadesk.bench import many
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import Cancelled

# Whoever opens a file from Python is heard of; what the audit hook hears of after the mark is printed.
SCRIPT = """
import sys
from pathlib import Path
from chromadesk.bench import many
from chromadesk.dataset import exporting, splits
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset

root, heard = Path(sys.argv[1]), []
sys.addaudithook(lambda event, details: heard.append(str(details[0])) if event == "open" else None)


def read():
    found = {Path(name).parent.name for name in heard if Path(name).parent in folders and not name.endswith(".tmp")}
    heard.clear()
    return sorted(found)


folders = {root / "A", root / "B", root / ".chromadesk" / "decisions" / "A"}
many.write(root, 30)
heard.clear()
dataset = Dataset.open(root)
with Index.open(dataset) as index:
    index.statuses()
splits.ensure_split(dataset, 0)
print("first", read())
(dataset.state / splits.FILE_NAME).unlink()
with Index.open(Dataset.open(root)) as index:
    index.statuses()
splits.ensure_split(dataset, 1)
exporting.chosen(dataset, "train", approved_only=True)
print("again", read())
"""


def test_a_second_time_no_photo_mask_or_decision_is_read(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "many")], capture_output=True, text=True, check=True
    )
    # that of decisions is called A, too
    assert done.stdout.splitlines() == ["first ['A']", "again []"]


def test_steps_are_timed_and_promises_are_for_a_hundred_thousand(tmp_path: Path) -> None:
    steps = many.measure(tmp_path / "many", 24)
    assert [step.what for step in steps][2:] == ["open", "filter", "split anew", "plan an export"]
    assert all(step.seconds >= 0 and step.photos == 24 and step.goal is None for step in steps)
    dataset = Dataset.open(tmp_path / "many")
    assert len(dataset.select("test")) == 5
    with Index.open(dataset) as index:
        assert sorted(set(index.statuses().values())) == ["approved", "edited", "excluded"]
    with pytest.raises(Cancelled):
        many.measure(tmp_path / "other", 24, cancelled=lambda: True)
