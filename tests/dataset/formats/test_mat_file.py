"""MATLAB files: ours in SciPy, SciPy's here, and hostile ones."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image
from scipy.io import loadmat, savemat

from chromadesk.dataset import importing, mapping
from chromadesk.dataset.formats import mat_file

SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9)
KINDS = st.sampled_from([np.uint8, np.int8, np.uint16, np.int16, np.int32, np.uint32, np.float32, np.float64])
MOST = 1_000_000


@given(arrays.arrays(np.uint8, SHAPES), st.lists(st.text("abc -", min_size=1, max_size=6), max_size=4))
def test_scipy_reads_what_we_write(plane: np.ndarray, names: list[str]) -> None:
    found = loadmat(io.BytesIO(mat_file.write({"groundtruth": plane, "label_list": names})))
    assert (found["groundtruth"] == plane).all()
    assert [str(cell[0]) for cell in found["label_list"].ravel()] == names


@given(KINDS.flatmap(lambda kind: arrays.arrays(kind, SHAPES, elements=st.integers(0, 100))), st.booleans())
def test_we_read_what_scipy_writes(plane: np.ndarray, packed: bool) -> None:
    buffer = io.BytesIO()
    names = np.array(["null", "bag"], object)
    savemat(buffer, {"x": plane, "names": names, "s": {"a": 1}, "l": 3}, do_compression=packed)
    found = mat_file.read(buffer.getvalue(), MOST)
    assert found["x"].dtype == plane.dtype
    assert (found["x"] == plane).all()
    assert found["names"] == ["null", "bag"]
    assert "s" not in found


@given(st.binary(max_size=300), st.integers(0, 250))
def test_any_bytes_are_read_or_refused(garbage: bytes, place: int) -> None:
    sound = mat_file.write({"x": np.arange(12, dtype=np.uint8).reshape(3, 4)})
    for data in (garbage, sound[:place] + garbage, sound[:128] + garbage, sound[:place]):
        with contextlib.suppress(mat_file.Broken):
            mat_file.read(data, MOST)


def test_what_unpacks_to_too_much_is_refused() -> None:
    bomb = mat_file.write({"x": np.zeros((5000, 5000), np.uint8)})
    assert len(bomb) < 100_000
    with pytest.raises(mat_file.Broken, match="more than 1,000,000 bytes"):
        mat_file.read(bomb, MOST)


def test_version_73_is_said() -> None:
    with pytest.raises(mat_file.Broken, match="-v7"):
        mat_file.read(b"MATLAB 7.3 MAT-file".ljust(512), MOST)


def test_ccps_own_layout_is_read_by_its_map(tmp_path: Path) -> None:
    """photos/0001.jpg, annotations/pixel-level/0001.mat (uint8 "groundtruth"), label_list.mat (a cell of 59 names)."""
    names = [label.name for label in mapping.find("ccp").labels]
    (tmp_path / "ccp" / "photos").mkdir(parents=True)
    (tmp_path / "ccp" / "annotations" / "pixel-level").mkdir(parents=True)
    Image.new("RGB", (59, 2)).save(tmp_path / "ccp" / "photos" / "0001.jpg")
    truth = np.arange(59, dtype=np.uint8)[None].repeat(2, 0)
    savemat(tmp_path / "ccp" / "annotations" / "pixel-level" / "0001.mat", {"groundtruth": truth}, do_compression=True)
    for listed in (True, False):
        if listed:
            cell = np.empty((1, 59), object)
            cell[0] = names
            savemat(tmp_path / "ccp" / "label_list.mat", {"label_list": cell})
        else:
            (tmp_path / "ccp" / "label_list.mat").unlink()
        out = tmp_path / f"set {listed}"
        assert importing.run(tmp_path / "ccp", "matlab", out, mapping.find("ccp")).failures == {}
        labels = np.asarray(Image.open(out / "B" / "0001.png"))[0]
        assert labels.tolist() == [label.class_id for label in mapping.find("ccp").labels]


@pytest.mark.parametrize("plane", [np.array([[0.5]]), np.array([[-1.0]]), np.array([[np.nan]]), np.zeros((0, 0))])
def test_matrices_of_no_labels_are_refused(tmp_path: Path, plane: np.ndarray) -> None:
    (tmp_path / "x" / "photos").mkdir(parents=True)
    (tmp_path / "x" / "annotations" / "pixel-level").mkdir(parents=True)
    Image.new("RGB", (1, 1)).save(tmp_path / "x" / "photos" / "1.png")
    savemat(tmp_path / "x" / "annotations" / "pixel-level" / "1.mat", {"groundtruth": plane})
    (sentence,) = importing.run(tmp_path / "x", "matlab", tmp_path / "set").failures.values()
    assert "labels" in sentence
