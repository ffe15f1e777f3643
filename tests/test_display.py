"""Where a window can be shown."""

from __future__ import annotations

import platform

import pytest

from chromadesk import display
from chromadesk.errors import ChromaDeskError


@pytest.mark.parametrize(
    ("qt", "x11", "wayland", "there"),
    [
        ("", "", "", False),
        ("", ":0", "", True),
        ("", "", "wayland-0", True),
        ("offscreen", ":0", "", False),
        ("minimal", ":0", "", False),
        ("offscreen:size=800x600", ":0", "", False),
        ("xcb", ":0", "", True),
        ("xcb", "", "", False),
    ],
)
def test_linux(monkeypatch: pytest.MonkeyPatch, qt: str, x11: str, wayland: str, there: bool) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    for name, value in (("QT_QPA_PLATFORM", qt), ("DISPLAY", x11), ("WAYLAND_DISPLAY", wayland)):
        monkeypatch.setenv(name, value)
    assert display.available() is there


def test_others_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert display.available()


def test_a_missing_display_is_said_in_words_unless_a_platform_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ChromaDeskError, match="no display"):
        display.require()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    display.require()
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    monkeypatch.setenv("DISPLAY", ":0")
    display.require()
