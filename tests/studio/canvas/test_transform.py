"""The arithmetic of zoom and pan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.studio.canvas.transform import MAX_SCALE, Transform


@given(st.floats(0.05, 20), st.floats(0.2, 5), st.integers(0, 800), st.integers(0, 600))
def test_zoom_keeps_the_place_under_the_cursor(scale: float, factor: float, x: int, y: int) -> None:
    transform = Transform(scale, 30, -12)
    before = transform.to_photo(x, y)
    transform.zoom(factor, x, y, smallest=0.01)
    after = transform.to_screen(*before)
    assert after[0] == pytest.approx(x, abs=0.51)  # the photo lies on whole screen pixels
    assert after[1] == pytest.approx(y, abs=0.51)


def test_zoom_has_bounds_and_stops_at_actual_size() -> None:
    transform = Transform(20)
    transform.zoom(100, 0, 0, smallest=0.1)
    assert transform.scale == MAX_SCALE
    transform.zoom(1e-9, 0, 0, smallest=0.1)
    assert transform.scale == 0.1
    transform.zoom(10.1, 0, 0, smallest=0.1)
    assert transform.scale == 1.0


def test_fit_shows_everything_in_the_middle() -> None:
    transform = Transform()
    transform.fit((825, 550), (800, 1000), margin=10)
    assert transform.scale == pytest.approx(780 / 825)
    left, top = transform.to_screen(0, 0)
    right, bottom = transform.to_screen(550, 825)
    assert top == pytest.approx(800 - bottom, abs=1)
    assert left == pytest.approx(1000 - right, abs=1)


@given(st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_the_photo_never_leaves_the_view(dx: float, dy: float) -> None:
    transform = Transform(0.5)
    transform.pan(dx, dy, (400, 600), (300, 200))
    left, top = transform.to_screen(0, 0)
    right, bottom = transform.to_screen(600, 400)
    assert right >= 47
    assert bottom >= 47
    assert left <= 153
    assert top <= 253
