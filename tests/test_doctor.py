"""The doctor finds what is there and says what to do about what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from chromadesk import doctor, resources


def test_examines_this_machine() -> None:
    found = {check.name: check for check in doctor.examine()}
    assert list(found) == ["Python", "PyTorch", "Device", "Qt", "Fonts", "Display", "Bundled model", "This folder"]
    for name in ("Python", "PyTorch", "Device", "Qt"):
        assert found[name].fine, found[name]
    assert found["Qt"].found.endswith("(offscreen)")
    assert not found["Display"].fine
    assert not found["Display"].needed


def test_missing_weights_are_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    check = next(check for check in doctor.examine() if check.name == "Bundled model")
    assert not check.fine
    assert "chromanet" in check.advice


def test_qt_that_does_not_start_is_advised_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonesuch")
    check = next(check for check in doctor.examine() if check.name == "Qt")
    assert not check.fine
    assert "Qt cannot start" in check.advice


def test_debian_packages_are_those_the_installer_installs() -> None:
    script = (Path(__file__).parents[1] / "scripts" / "install.sh").read_text()
    listed = script.split("packages=(")[1].split(")")[0].split()
    assert listed == doctor.QT_PACKAGES.split()
