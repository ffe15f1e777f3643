"""The bundled model and the commands on real street photos; skipped where there are none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.images import photo_size
from chromadesk.learning.config import EvaluateConfig
from chromadesk.learning.evaluate import evaluate


def chromadesk(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chromadesk", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def sample(ccp5: Path, tmp_path: Path) -> Path:
    """Every fortieth pair, copied, since a data set's folder is written to."""
    root = tmp_path / "sample"
    for side in ("A", "B"):
        (root / side).mkdir(parents=True)
        for path in sorted((ccp5 / "train" / side).iterdir())[::40]:
            (root / side / path.name).write_bytes(path.read_bytes())
    return root


def test_the_bundled_model_knows_street_photos(sample: Path) -> None:
    result = evaluate(EvaluateConfig(str(sample)))
    assert result["photos"] == 21
    assert result["miou"] > 0.7
    assert min(result["iou"].values()) > 0.4
    native = evaluate(EvaluateConfig(str(sample), native=True))
    assert native["miou"] > 0.7


@pytest.mark.slow
def test_segment_and_palette_keep_their_contracts(sample: Path, tmp_path: Path) -> None:
    photos = sorted((sample / "A").iterdir())[:3]
    out = tmp_path / "masks"
    done = chromadesk("segment", *photos, "--out", out, "--overlay")
    assert done.returncode == 0, done.stderr
    for photo in photos:
        with Image.open(out / f"{photo.stem}.png") as mask:
            assert mask.mode == "P"
            labels = np.asarray(mask)
        assert labels.shape == photo_size(photo)
        assert labels.max() <= 4
        with Image.open(sample / "B" / f"{photo.stem}.png") as truth:
            assert (labels == np.asarray(truth)).mean() > 0.85
    written = []
    for name in ("one.json", "two.json"):
        mask = out / f"{photos[0].stem}.png"
        assert chromadesk("palette", photos[0], "--mask", mask, "-k", 5, "--json", tmp_path / name).returncode == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    clothes = json.loads(written[0])["classes"]["clothes"]
    assert sum(swatch["share"] for swatch in clothes) == pytest.approx(1, abs=0.01)
