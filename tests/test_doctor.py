"""The doctor finds what is there and says what to do about what is not."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from chromadesk import doctor, log, resources
from chromadesk.dataset import whose
from chromadesk.dataset.pairs import Dataset, state_elsewhere


def test_examines_this_machine() -> None:
    found = {check.name: check for check in doctor.examine()}
    assert list(found) == [
        "Python",
        "Packages",
        "PyTorch",
        "Device",
        "Qt",
        "Fonts",
        "Display",
        "Bundled model",
        "Bundled models",
        "Log folder",
        "Settings folder",
        "Kept elsewhere",
        "This folder",
        "This folder's disk",
        "Your own disk",
    ]
    for name in ("Python", "Packages", "PyTorch", "Device", "Qt", "Bundled models", "Log folder", "Settings folder"):
        assert found[name].fine, found[name]
    assert found["Qt"].found.endswith("(offscreen)")
    assert not found["Display"].fine
    assert not found["Display"].needed


def test_a_torchvision_that_does_not_load_is_advised_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torchvision", None)
    (check,) = doctor._torch()
    assert "torchvision" in check.found
    assert "pip install --force-reinstall torch torchvision." in check.advice
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (check,) = doctor._torch()
    assert check.advice == "PyTorch cannot be loaded; install ChromaDesk again."


def test_missing_weights_are_said_to_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    check = next(check for check in doctor.examine() if check.name == "Bundled model")
    assert not check.fine
    assert "chromanet" in check.advice


def test_damaged_weights_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(resources.folder() / "models", tmp_path / "models")
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    assert all(check.fine for check in doctor._weights())
    path = tmp_path / "models" / "chromanet.safetensors"
    content = bytearray(path.read_bytes())
    content[-5000] ^= 1
    path.write_bytes(content)
    (tmp_path / "models" / "fcn1s.safetensors").unlink()
    (check,) = doctor._weights()
    assert not check.fine
    assert check.found == "damaged: chromanet.safetensors, fcn1s.safetensors"


@pytest.mark.parametrize(
    ("requirement", "version", "fine"),
    [
        ("numpy>=1.26", "1.26.0", True),
        ("numpy>=1.26", "2.1", True),
        ("numpy>=1.26", "1.9.3", False),
        ("PySide6-Essentials!=6.12.0,>=6.7", "6.12.0", False),
        ("PySide6-Essentials!=6.12.0,>=6.7", "6.12.1", True),
        ("torch>=2.4", "2.4.0+cu121", True),
        ("rich (>=13.7) ; python_version > '3'", "13.6", False),
        ("psutil", "1", True),
    ],
)
def test_versions_are_held_against_the_bounds(requirement: str, version: str, fine: bool) -> None:
    name, bounds = doctor.parted(requirement)
    assert name == re.split(r"[^\w-]", requirement)[0]
    assert doctor.meets(version, bounds) == fine


def test_folders_that_cannot_be_written_are_advised_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(log, "folder", lambda: tmp_path / "file" / "log")
    found = {check.name: check for check in doctor._own_folders()}
    assert not found["Log folder"].fine
    assert not found["Log folder"].needed
    assert found["Settings folder"].fine


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


def test_work_of_a_data_set_that_is_gone_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    (check,) = doctor._elsewhere()
    assert check.fine
    root = tmp_path / "stick"
    root.mkdir()
    (root / "1.jpg").write_bytes(b"photo")
    journal = state_elsewhere(root) / "journal" / "1.jpg.journal"
    journal.parent.mkdir(parents=True)
    journal.touch()
    whose.remember(Dataset.open(root))
    assert doctor._elsewhere() == [check]
    shutil.rmtree(root)
    (check,) = doctor._elsewhere()
    assert not check.fine
    assert not check.needed
    assert f"{state_elsewhere(root)} (of {root})" in check.advice
