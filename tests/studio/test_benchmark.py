"""The benchmark drives the real window, briefly."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chromadesk.bench import studio
from chromadesk.bench.studio import Settings
from chromadesk.errors import Cancelled
from chromadesk.studio.benchmark import measure
from chromadesk.studio.driver import driven


@pytest.mark.slow
def test_the_command_prints_tables_and_writes_every_number(
    dressed: QApplication, tmp_path: Path, command: Callable[..., Any]
) -> None:
    out = tmp_path / "studio.json"
    asked = (
        "--megapixels",
        "1",
        "--radii",
        "10,300",
        "--events",
        "8",
        "--photos",
        "10",
        "--folder",
        "60",
        "--json",
        out,
    )
    shown = command("benchmark", "studio", *asked)
    assert shown.code == 0, shown.err
    for text in ("From the event to painted pixels", "300 screen px", "zoom", "undo", "Targets", "<= 60"):
        assert text in shown.out
    found = json.loads(out.read_text())
    rows = {(row["zoom"], row["radius"], row["unit"]): row for row in found["strokes"]}
    assert len(rows) == 6
    assert rows["100 %", 300, "photo"]["on_screen"]
    assert all(row["dab"]["events"] == 8 and 0 < row["dab"]["p50_ms"] <= row["dab"]["p99_ms"] for row in rows.values())
    assert found["memory"]["strokes"] == 8
    assert (
        found["memory"]["arrays_a_pixel"] | {"photo": 3.0, "labels": 1.0, "provenance": 1.0}
        == (found["memory"]["arrays_a_pixel"])
    )
    assert found["many"]["photos"] == 10
    assert found["folder"]["photos"] == 60
    assert 0 < found["folder"]["first_photo_ms"] <= found["folder"]["ready_ms"]
    assert found["folder"]["scrolling_gap_ms"] > 0
    assert found["beside"]["training_steps"] > 0
    assert found["beside"]["silence"]["events"] > 10
    assert found["machine"]["cores"] >= 1
    assert found["versions"]["PySide6-Essentials"]


def test_events_paint_what_a_hand_would(dressed: QApplication, tmp_path: Path) -> None:
    studio.write_pair(tmp_path, "x", 1)
    with driven() as driver:
        driver.open_folder(tmp_path)
        (milliseconds, _), silence = driver.open_photo("A/x.jpg")
        assert 0 < silence <= milliseconds
        canvas = driver.canvas
        assert canvas.document is not None
        before = canvas.document.labels.copy()
        canvas.actual_size()
        driver.window.tool_state.set_class(4)
        driver.window.tool_state.set_size(60)
        wall, _ = driver.press((200, 200))
        driver.move((260, 200))
        driver.release((260, 200))
        assert wall > 0
        column, row = (math.floor(value) for value in canvas.transform.to_photo(230, 200))
        assert canvas.document.labels[row, column] == 4
        driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert np.array_equal(canvas.document.labels, before)
        scale = canvas.transform.scale
        driver.wheel((230, 200), 2)
        assert canvas.transform.scale > scale


def test_it_stops_when_asked(dressed: QApplication) -> None:
    with pytest.raises(Cancelled):
        measure(Settings((1,), (10,), 10, 10), lambda message: None, lambda: True)
