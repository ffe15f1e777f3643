"""Foreign names never lead out of their folder, and make names that every system takes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset.formats import places
from chromadesk.errors import DatasetError


def test_files_inside_are_found(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    said_by = tmp_path / "list.json"
    assert places.inside(tmp_path, "a/x.jpg", said_by) == tmp_path.resolve() / "a" / "x.jpg"
    assert places.inside(tmp_path, "..\\x.jpg", said_by, tmp_path / "a" / "b") == tmp_path.resolve() / "a" / "x.jpg"


@pytest.mark.parametrize(
    "name", ["../x.jpg", "/etc/passwd", "a/../../x", "..\\..\\x", "\0", "", " ", "link/x", "x" * 5000 + "/../../../y"]
)
def test_paths_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    with pytest.raises(DatasetError, match=r"list\.json names the file .* not inside"):
        places.inside(root, name, root / "list.json")


@given(st.text(max_size=200))
def test_stems_fit_every_system(name: str) -> None:
    for stem in (places.stem_of(name), places.joined(name)):
        assert 0 < len(stem.encode()) <= 201
        assert PurePosixPath(stem).name == stem
        assert not set(stem) & set('<>:"/\\|?*\0')
        assert stem[0] != "."
        assert stem == stem.strip(" .")


def test_stems_keep_what_is_no_photo_suffix() -> None:
    assert places.stem_of("a/b/1.jpg") == "1"
    assert places.stem_of("shot.2024.final.PNG") == "shot.2024.final"
    assert places.stem_of("shot.2024") == "shot.2024"
    assert places.stem_of("CON.jpg") == "_CON"
    assert places.joined("a/b/1.jpg") == "a-b-1"
    assert places.split_called("Val") == "test"
    assert places.split_called("more") is None
