"""What lies in a state folder under the name of a provenance is a PNG of the photo's size, or nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.editing import provenance
from chromadesk.editing.provenance import Provenance

SCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 6 4\n(canary) (w) file closefile\nshowpage\n"


def saved(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (6, 4)).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [SCRIPT, *map(saved, ("JPEG", "TIFF", "GIF", "PPM")), b"", b"\x89PNG\r\n\x1a\n"])
def test_another_format_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.jpg.png"
    path.write_bytes(data)
    assert provenance.read(path, (4, 6)) is None
    assert [found.name for found in tmp_path.iterdir()] == ["a.jpg.png"]


def test_it_comes_back_and_fits_its_photo(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg.png"
    for proposed in (True, False):
        provenance.write(path, Provenance(np.eye(4, 6, dtype=bool), proposed))
        read = provenance.read(path, (4, 6))
        assert read is not None
        assert read.proposed == proposed
        np.testing.assert_array_equal(read.touched, np.eye(4, 6, dtype=bool))
    assert provenance.read(path, (6, 4)) is None
    path.unlink()
    assert provenance.read(path, (4, 6)) is None
    os.mkfifo(path)
    assert provenance.read(path, (4, 6)) is None
