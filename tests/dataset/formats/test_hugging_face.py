"""Parquet files as others fill them: other columns, other pictures, none at all."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import importing, mapping
from chromadesk.dataset.formats import hugging_face
from chromadesk.errors import DatasetError
from chromadesk.masks import read_mask

ROOT = Path(__file__).parents[3]
pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def coded(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


def make(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


PHOTO = {"bytes": coded(np.zeros((6, 4, 3), np.uint8), "JPEG"), "path": None}


def test_columns_of_other_names_and_pictures_without_any(tmp_path: Path) -> None:
    """As the human parsing data sets on the hub are: image and mask, grey numbers of ATR, photos as JPEG."""
    label = {"bytes": coded(np.full((6, 4), 2, np.uint8)), "path": None}
    make(tmp_path / "x" / "data" / "train-0.parquet", [{"image": PHOTO, "mask": label}] * 40)
    result = importing.run(tmp_path / "x", "hugging-face", tmp_path / "set", mapping.find("atr"))
    assert (result.added, result.failures) == (40, {})
    assert (read_mask(tmp_path / "set" / "B" / "train-0-00039.png").labels == 4).all()
    assert (tmp_path / "set" / "A" / "train-0-00039.jpg").read_bytes() == PHOTO["bytes"]


def test_both_splits_are_kept(tmp_path: Path) -> None:
    label = {"bytes": coded(np.full((6, 4), 2, np.uint8)), "path": None}
    for name in ("train-00000-of-00001", "validation-00000-of-00001"):
        make(tmp_path / "x" / "data" / f"{name}.parquet", [{"image": {**PHOTO, "path": "p/1.jpg"}, "label": label}])
    importing.run(tmp_path / "x", "hugging-face", tmp_path / "set")
    assert sorted(str(file.relative_to(tmp_path / "set")) for file in (tmp_path / "set").rglob("*.jpg")) == [
        "test/A/1.jpg", "train/A/1.jpg",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("image", "label", "says"),
    [
        ({"bytes": None, "path": "http://x/1.jpg"}, {"bytes": coded(np.zeros((6, 4), np.uint8))}, "no photo in row 0"),
        ({"bytes": b"no picture"}, {"bytes": coded(np.zeros((6, 4), np.uint8))}, "none that can be read"),
        (PHOTO, {"bytes": None, "path": "x.png"}, "no label picture in row 0"),
        (PHOTO, {"bytes": b"no picture"}, "damaged"),
        (PHOTO, {"bytes": coded(np.zeros((6, 4, 3), np.uint8), "JPEG")}, "damaged"),
        (PHOTO, {"bytes": coded(np.full((6, 4, 3), (1, 2, 3), np.uint8))}, "holds colours"),
        (PHOTO, {"bytes": coded(np.zeros((6, 5), np.uint8))}, "its photo is 4 x 6"),
    ],
)
def test_rows_that_cannot_be_used_are_said(tmp_path: Path, image: Any, label: Any, says: str) -> None:
    path = make(tmp_path / "x.parquet", [{"image": image, "label": label}])
    (sentence,) = importing.run(path, "hugging-face", tmp_path / "set").failures.values()
    assert says in sentence
    assert not list((tmp_path / "set").rglob("A/*"))


def test_files_that_cannot_be_used_are_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no Parquet file"):
        hugging_face.reading(tmp_path, False)
    with pytest.raises(DatasetError, match="has the columns a, but no image or photo"):
        hugging_face.reading(make(tmp_path / "x.parquet", [{"a": 1}]), False)
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    with pytest.raises(DatasetError, match="no sound Parquet"):
        hugging_face.reading(tmp_path, False)


@pytest.mark.slow
def test_writing_and_reading_load_no_pandas(tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    """The studio does both in its own process."""
    root = patchwork(tmp_path / "set", 3)
    code = (
        "import sys; from pathlib import Path; from chromadesk.dataset import exporting, importing;"
        "from chromadesk.dataset.pairs import Dataset; source = Dataset.open(sys.argv[1]); out = Path(sys.argv[2]);"
        "assert exporting.run(source, source.items, 'hugging-face', out / 'a').written == 3;"
        "assert importing.run(out / 'a', 'hugging-face', out / 'b').added == 3;"
        "assert not {'pandas', 'scipy', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(root), str(tmp_path / "out")], check=True, cwd=ROOT, timeout=120)
