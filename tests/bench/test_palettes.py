"""chromadesk.bench.palettes: the tables print what was measured."""

from __future__ import annotations

from chromadesk.bench import palettes


def test_tables_say_what_was_measured() -> None:
    row = {"way": "ours", "mean_error": 0.5, "worst_error": 1.5, "by_count": {1: 0.25, 2: 0.75}, "mean_surplus": 0.125}
    speed = {"megapixels": 24.0, "scratch_ms": 161.7, "stroke_ms": 15.5, "runs": 10, "same": False}
    garments, times = palettes.sheets({"garments": [row | {"milliseconds": 8.0}], "speed": speed})
    assert garments.lines == (("ours", "0.50", "1.50", "0.25", "0.75", "0.12", "8"),)
    assert len(garments.columns) == len(garments.lines[0])
    assert times.lines == (("162", "16", "NO"),)
