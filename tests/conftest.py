"""What every test shares: no display, no one's home folder, and the real photos where this checkout has them."""

from __future__ import annotations

import dataclasses
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import settings
from PIL import Image

# Before anything imports Qt or platformdirs; child processes inherit all of it.
_home = tempfile.TemporaryDirectory(prefix="chromadesk-tests-")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Tiny networks gain nothing from threads, and threads that wait for one another lose minutes on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Temporary files, too: a studio ends what it finds there of studios that are gone, and other tests make some up.
tempfile.tempdir = os.environ["TMPDIR"] = str(Path(_home.name) / "tmp")
Path(tempfile.tempdir).mkdir()
Path(_home.name).chmod(0o755)  # some tests work as another user
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = str(Path(_home.name) / _name.lower())

settings.register_profile("chromadesk", max_examples=40, deadline=None, derandomize=True, database=None)
settings.load_profile("chromadesk")

#: Tests since all garbage was collected, which takes a tenth of a second.
_since_all: list[str] = []
_ALL_EVERY = 60
ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """How to say that the window is meant to look otherwise from now on."""
    parser.addoption("--renew-snapshots", action="store_true", help="write what the window looks like, compare nothing")


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Collect garbage here, between tests, and nowhere else: for the reason of ``studio.collecting``."""
    gc.disable()
    _since_all.append(item.nodeid)
    if len(_since_all) < _ALL_EVERY:
        gc.collect(1)
    else:
        _since_all.clear()
        gc.collect()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the stand-in home folder."""
    _home.cleanup()


@pytest.fixture(autouse=True)
def _nothing_kept_elsewhere() -> Iterator[None]:
    """Take away what a test kept of its data sets in the user's folder: the next one's may be the same to the byte."""
    yield
    shutil.rmtree(Path(os.environ["XDG_DATA_HOME"]) / "chromadesk" / "datasets", ignore_errors=True)


@pytest.fixture(scope="session")
def qapp(qapp: Any) -> Any:
    """pytest-qt's application, in English whatever this machine speaks."""
    from chromadesk.studio import words

    words.use("en")
    return qapp


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real photos (``ccp5``, ``ccp_unlabelled``): $CHROMADESK_DATA or ../shared/data; read only."""
    folder = Path(os.environ.get("CHROMADESK_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no real photos: set CHROMADESK_DATA to the folder that holds ccp5")
    return folder


@pytest.fixture(scope="session")
def ccp5(data: Path) -> Path:
    """The labelled data set (train/A, train/B); read only."""
    folder = data / "ccp5"
    if not folder.is_dir():
        pytest.skip(f"no ccp5 in {data}")
    return folder


@pytest.fixture(scope="session")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A U-Net of random weights for 64 x 32 pictures, small enough that a test may run it."""
    from tests.weights import write_tiny

    path = tmp_path_factory.mktemp("weights") / "tiny.safetensors"
    write_tiny(path)
    return path


@pytest.fixture
def versions(tiny_weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, int], list[Path]]:
    """(state folder, how many) -> versions of ``tiny`` there that differ in their seed, from tiny-v1 on."""
    from chromadesk.models import weights
    from chromadesk.models.promote import promote

    def make(state: Path, count: int) -> list[Path]:
        network, info = weights.load(tiny_weights)
        made = []
        for seed in range(count):
            trained = tmp_path_factory.mktemp("trained") / "model.safetensors"
            weights.save(network, dataclasses.replace(info, seed=seed), trained)
            made.append(promote(trained, state, "tiny"))
        return made

    return make


@pytest.fixture(scope="session")
def scene() -> Callable[..., np.ndarray]:
    """(seed, (H, W)) -> a picture of its own, (H, W, 3) uint8: soft blobs of light and colour, as photos have them."""

    def draw(seed: int, size: tuple[int, int] = (240, 160)) -> np.ndarray:
        coarse = np.random.default_rng(seed).integers(0, 256, (12, 8, 3), np.uint8)
        return cv2.resize(coarse, (size[1], size[0]), interpolation=cv2.INTER_CUBIC)

    return draw


#: By class id.
_COLOURS = np.array([[30, 30, 30], [60, 160, 60], [230, 170, 150], [200, 60, 200], [90, 60, 20]], np.uint8)


@pytest.fixture(scope="session")
def patchwork() -> Callable[..., Path]:
    """(folder, count, ...) -> the folder, with so many pairs in A and B: blocks of random classes, whose colours give
    them away. ``cells``: how many blocks below and beside one another, ``side`` pixels each; ``noise``: how far a pixel
    may be from its class's colour; ``start``: the first pair's number.
    """
    from chromadesk.masks import write_mask

    def write(
        folder: Path,
        count: int,
        cells: tuple[int, int] = (4, 3),
        side: int = 12,
        noise: int = 0,
        start: int = 0,
    ) -> Path:
        rng = np.random.default_rng(start)
        (folder / "A").mkdir(parents=True, exist_ok=True)
        for number in range(start, start + count):
            labels = rng.integers(0, 5, cells, np.uint8).repeat(side, 0).repeat(side, 1)
            pixels = _COLOURS[labels] + rng.integers(-noise, noise + 1, (*labels.shape, 3))
            Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(folder / "A" / f"{number:02}.png")
            write_mask(folder / "B" / f"{number:02}.png", labels)
        return folder

    return write


@pytest.fixture
def tiny() -> dict[str, Any]:
    """The part of a TrainConfig that makes a training take a second."""
    return {
        "model": "unet",
        "parameters": {"depth": 2, "width": 4},
        "size": [64, 32],
        "epochs": 1,
        "batch": 4,
        "device": "cpu",
        "precision": "fp32",
    }


class Outcome:
    """What a command left: exit code, stdout, stderr."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def sentence(self) -> str:
        """stderr, after checking that it is one line and no traceback."""
        assert "Traceback" not in self.err
        assert len(self.err.strip().splitlines()) == 1, self.err
        return self.err.strip()


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run ``chromadesk ARGS`` in this process, through ``main``."""

    from chromadesk import cli

    def run(*args: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["chromadesk", *map(str, args)])
        monkeypatch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), captured.out, captured.err)

    return run
