"""Plug-ins by entry points: the example package works, a broken one is one sentence, and nobody pays for none."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chromadesk import plugins
from chromadesk.dataset.formats import table
from chromadesk.errors import InputError, ModelError
from chromadesk.models import registry
from tests.plugged import EXAMPLE, announce, install

ROOT = Path(__file__).parents[1]
BROKEN = {
    "chromadesk.models": {"gone": "no_such_module_anywhere:ROW", "wrong": "json:loads", "chromanet": "json:loads"},
    "chromadesk.formats": {"quits": "quits_at_once:FORMAT", "coco": "json:loads"},
}


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example package, importable while the test runs."""
    monkeypatch.syspath_prepend(str(install(tmp_path / "site")))
    for name in [name for name in sys.modules if name.startswith("chromadesk_example")]:
        monkeypatch.delitem(sys.modules, name)
    return tmp_path / "site"


def test_a_network_of_another_package_trains_and_segments(
    example: Path, command: Callable[..., Any], patchwork: Callable[..., Path], tmp_path: Path
) -> None:
    root, out = patchwork(tmp_path / "data", 4), tmp_path / "run"
    options = ("--epochs", 1, "--size", "64x32", "--device", "cpu", "--precision", "fp32", "--set", "width=4")
    done = command("train", root, "--out", out, "--model", "plain5", *options)
    assert done.code == 0, done.err
    done = command("segment", root / "A", "--out", tmp_path / "masks", "--model", out / "model.safetensors")
    assert done.code == 0, done.err
    assert len(list((tmp_path / "masks").glob("*.png"))) == 4
    assert "plain5" in command("models", "--json").out


def test_a_format_of_another_package_comes_back_pixel_by_pixel(
    example: Path, command: Callable[..., Any], patchwork: Callable[..., Path], tmp_path: Path
) -> None:
    from chromadesk.masks import read_mask

    root = patchwork(tmp_path / "data", 3)
    done = command("export", root, "--format", "numpy", "--out", tmp_path / "npy")
    assert (done.code, done.err) == (0, "")
    assert command("import", tmp_path / "npy", "--format", "numpy", "--out", tmp_path / "back").code == 0
    for mask in (root / "B").iterdir():
        back = next((tmp_path / "back").rglob(f"B/{mask.name}"))
        assert np.array_equal(read_mask(back).labels, read_mask(mask).labels)


def test_broken_plug_ins_are_a_sentence_each_and_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "quits_at_once.py").write_text("raise SystemExit('I quit')\n")
    announce(tmp_path, "broken-thing", BROKEN)
    monkeypatch.syspath_prepend(str(tmp_path))
    with caplog.at_level(logging.WARNING):
        assert registry.architectures() == registry.ARCHITECTURES
        assert table.formats() == table.FORMATS
        assert registry.find("gone") is None
        with pytest.raises(ModelError, match="no architecture called 'gone'"):
            registry.architecture("gone")
        with pytest.raises(InputError, match="no format 'quits'"):
            table.to_read("quits")
    said = [record.message for record in caplog.records]
    assert len(said) == 5
    assert all(text.endswith("mend or remove that package.") and "broken-thing" in text for text in said)
    assert set(said) <= set(plugins.problems())


def test_a_network_whose_module_is_broken_is_refused_when_it_is_built(example: Path) -> None:
    (example / "chromadesk_example" / "network.py").write_text("import no_such_module_anywhere\n")
    with pytest.raises(ModelError, match="Plain5 cannot be loaded"):
        registry.build("plain5")


def test_a_row_that_brings_torch_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "heavy_row.py").write_text(
        "import torch\nfrom chromadesk.models.registry import Architecture, Recipe\n"
        "ROW = Architecture('heavy', 'Heavy', '', 'heavy_row:ROW', Recipe(1))\n"
    )
    (tmp_path / "torch.py").write_text("")  # only its name counts
    announce(tmp_path, "heavy", {"chromadesk.models": {"heavy": "heavy_row:ROW"}})
    code = "import sys; sys.path.insert(0, sys.argv[1]); from chromadesk.models import registry; registry.find('heavy')"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "its row imports torch" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_to_look_for_plug_ins_takes_next_to_no_time() -> None:
    """The studio's tools are looked for at every start; 5 ms are what that may cost."""

    def once() -> float:
        plugins._announced.cache_clear()
        plugins._told.cache_clear()
        begun = time.perf_counter()
        plugins.load("tools", lambda name, found: found)
        return time.perf_counter() - begun

    assert min(once() for _ in range(5)) < 0.005


@pytest.mark.slow
def test_pip_installs_the_example(tmp_path: Path) -> None:
    options = ("--no-index", "--no-deps", "--no-build-isolation", "--quiet", "--target", str(tmp_path / "site"))
    package = shutil.copytree(EXAMPLE, tmp_path / "package")  # setuptools builds beside its sources
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(package)], check=True, timeout=300)
    code = "from chromadesk.models import registry; registry.build('plain5')"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(tmp_path / "site")))}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
