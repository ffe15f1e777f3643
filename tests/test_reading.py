"""Only plain files of a bounded size are read, whatever lies under their name."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from chromadesk import reading
from chromadesk.errors import ImageError, JobError, ModelError, SwatchError


def test_what_is_no_file_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
    Path("device").symlink_to("/dev/zero")
    for name in ("pipe", "socket", "device"):
        with pytest.raises(reading.NoFileError, match="a pipe, a socket or a device"):
            reading.opened(Path(name))
    with pytest.raises(IsADirectoryError):
        reading.opened(tmp_path)
    with pytest.raises(FileNotFoundError):
        reading.opened(tmp_path / "gone")


def test_no_reader_waits_for_a_pipe(tmp_path: Path) -> None:
    from chromadesk.colour.formats import table
    from chromadesk.dataset import tables
    from chromadesk.errors import DatasetError, InputError
    from chromadesk.images import file_hash, photo_size, read_photo, read_thumbnail
    from chromadesk.jobs import record
    from chromadesk.masks import read_mask
    from chromadesk.models.info import read_info

    for name, reads in {
        "a.jpg": (read_photo, photo_size, file_hash, read_mask, lambda path: read_thumbnail(path, 9)),
        "a.dng": (read_photo, photo_size, lambda path: read_thumbnail(path, 9)),
        "a.ase": (table.read,),
        "a.csv": (tables.read,),
        "a.safetensors": (read_info,),
        "request.json": (lambda path: record.read_request(path.parent),),
    }.items():
        os.mkfifo(tmp_path / name)
        for read in reads:
            kinds = (ImageError, InputError, DatasetError, SwatchError, ModelError, JobError)
            with pytest.raises(kinds, match="it is a pipe") as caught:
                read(tmp_path / name)  # type: ignore[operator]
            assert name.partition("request")[0] in str(caught.value)


def test_size_depth_and_encoding_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"x" * 11)
    with pytest.raises(OSError, match="larger than"):
        reading.read_bytes(path, 10)
    assert reading.read_bytes(path, 11) == b"x" * 11
    for broken, why in (
        (b"[" * 200_000, "too deeply"),
        (b"\xff", "decode"),
        (b"{", "Expecting"),
        (b"9" * 9999, "digits"),
    ):
        path.write_bytes(broken)
        with pytest.raises(ValueError, match=why):
            reading.read_json(path)
    path.write_text('{"a": [1]}')
    assert reading.read_json(path) == {"a": [1]}
    with open(path, "wb") as hole:  # a terabyte of nothing
        hole.truncate(2**40)
    with pytest.raises(OSError, match="larger than"):
        reading.read_json(path)
