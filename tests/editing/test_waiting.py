"""Photos that have a journal are found by the journals' names."""

from __future__ import annotations

from pathlib import Path

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.waiting import waiting
from chromadesk.sidecars import beside


def test_photos_with_a_journal_in_order(tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    long = "x" * 250 + ".jpg"
    for name in ("2.jpg", "10.jpg", "1.jpg", long):
        (tmp_path / "A" / name).touch()
    dataset = Dataset.open(tmp_path)
    assert waiting(dataset) == []
    for key in ("A/10.jpg", "A/2.jpg", f"A/{long}", "A/gone.jpg"):
        path = beside(dataset.state / "journal", key, ".journal")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (dataset.state / "journal" / "A" / "1.jpg.damaged.journal").touch()
    assert waiting(dataset) == ["A/2.jpg", "A/10.jpg", f"A/{long}"]
