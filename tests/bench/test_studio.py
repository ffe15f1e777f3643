"""The studio's benchmark without its window: photos, figures, targets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chromadesk.bench import studio
from chromadesk.errors import InputError
from chromadesk.images import read_photo
from chromadesk.masks import read_mask


@pytest.mark.parametrize(("megapixels", "shape"), [(24, (6000, 4000)), (96, (12000, 8000)), (1, (1225, 816))])
def test_photos_are_portraits_of_the_size_asked_for(megapixels: float, shape: tuple[int, int]) -> None:
    assert studio.photo_shape(megapixels) == shape


def test_a_photo_is_the_same_every_time_and_its_mask_fits(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        studio.write_pair(tmp_path / folder, "x", 0.1, seed=3)
    one, two = (read_photo(tmp_path / folder / "A" / "x.jpg").pixels for folder in ("one", "two"))
    assert np.array_equal(one, two)
    assert np.ptp(one) > 100
    mask = read_mask(tmp_path / "one" / "B" / "x.png", one.shape[:2])
    assert set(np.unique(mask.labels)) == {0, 1, 2, 3, 4}


def test_many_photos_cost_the_disk_twenty(tmp_path: Path) -> None:
    stems = studio.write_many(tmp_path, 50)
    files = [tmp_path / "A" / f"{stem}.jpg" for stem in stems]
    assert len({file.stat().st_ino for file in files}) == 20
    assert files[0].samefile(files[20])


def test_a_summary_tells_the_middle_from_the_tail() -> None:
    figures = studio.summary([(1.0, 0.5)] * 98 + [(50.0, 2.0), (70.0, 2.0)])
    assert (figures["events"], figures["p50_ms"], figures["worst_ms"]) == (100, 1.0, 70.0)
    assert 50 <= figures["p99_ms"] < 70
    assert figures["cpu_p50_ms"] == 0.5


def results(**changed: Any) -> dict[str, Any]:
    """Made-up results at 1, 24 and 96 MP, all within their targets unless ``changed``."""
    time = {"events": 300, "p50_ms": 2.0, "p99_ms": 4.0, "worst_ms": 5.0, "cpu_p50_ms": 1.0, "cpu_p99_ms": 2.0}
    strokes = [
        {"megapixels": size, "zoom": "100 %", "radius": 10, "unit": "photo", "on_screen": True, "dab": time,
         "release": time}
        for size in (1, 24, 96)
    ]  # fmt: skip
    return {
        "strokes": strokes,
        "views": [{"megapixels": 24, "zoom": "fit", "what": what, "time": time} for what in ("pan", "zoom", "undo")],
        "opening": [
            {"megapixels": 0.5, "events": 20, "p50_ms": 30.0, "worst_ms": 40.0, "cpu_p50_ms": 25.0, "gap_ms": 12.0}
        ],
        "memory": {"megapixels": 24, "bytes_a_pixel": 7.5},
        "many": {"photos": 1000, "growth_mb": 3.0},
        "folder": {
            "photos": 100_000,
            "first_photo_ms": 900.0,
            "ready_ms": 1100.0,
            "opening_gap_ms": 30.0,
            "scrolling_gap_ms": 20.0,
            "growth_mb": 90.0,
        },
    } | changed


def test_targets_are_met_and_missed() -> None:
    assert all(target.met for target in studio.targets(results()))
    missed = studio.targets(results(memory={"megapixels": 24, "bytes_a_pixel": 8.01}))
    assert [target.limit for target in missed if not target.met] == [8.0]
    slow = results()
    slow["folder"]["scrolling_gap_ms"] = 60.0
    assert [target.name for target in studio.targets(slow) if not target.met] == [
        "longest silence while they are scrolled"
    ]


def test_only_what_was_measured_is_judged() -> None:
    few = results(memory={"megapixels": 1, "bytes_a_pixel": 90.0}, many={"photos": 20, "growth_mb": 99.0}, views=[])
    few["strokes"] = few["strokes"][:1]
    few["folder"]["photos"] = 60
    assert {target.unit for target in studio.targets(few)} == {"ms"}
    assert len(studio.targets(few)) == 2


def test_the_tables_hold_every_row_and_verdict() -> None:
    found = results()
    found["strokes"][2]["dab"] = found["strokes"][2]["dab"] | {"p50_ms": 9.0, "p99_ms": 20.0}
    found["targets"] = [target.to_json() for target in studio.targets(found)]
    strokes, views, opening, verdicts = studio.sheets(found)
    assert [line[0] for line in strokes.lines] == ["1 MP", "24 MP", "96 MP"]
    assert len(views.lines) == 3
    assert len(opening.lines) == 1
    assert [line[-1] for line in verdicts.lines if "96" in line[0]] == ["NOT MET", "NOT MET"]


@pytest.mark.parametrize("text", ["", "1,,2", "-1", "nan", "big", "inf"])
def test_sizes_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="names no sizes"):
        studio.parse_numbers(text, "sizes")


@pytest.mark.parametrize("megapixels", [0.01, 200.0])
def test_sizes_that_cannot_be_opened_are_refused(megapixels: float) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        studio.Settings((megapixels,))
