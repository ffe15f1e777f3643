"""Whatever fails, and whenever, a file on disk is the old one or the new one, and nothing else is left lying about."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chromadesk import files
from chromadesk.errors import StorageError


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_new_and_replaced_files(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "note.txt"
    files.write_text(path, "grün\n")
    assert path.read_bytes() == "grün\n".encode()
    files.write_bytes(path, b"second")
    assert path.read_bytes() == b"second"
    assert names(path.parent) == ["note.txt"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_permissions_are_those_of_the_old_file_or_of_any_new_one(tmp_path: Path) -> None:
    path, plain = tmp_path / "model", tmp_path / "plain"
    plain.touch()
    with files.replacing(path) as temporary:
        os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY, 0o600))
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o664)
    files.write_bytes(path, b"second")
    assert path.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_each_failing_step_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "mask.png"
    files.write_bytes(path, b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(StorageError, match=r"Could not write .*mask\.png: No space left on device") as caught:
        files.write_bytes(path, b"new")
    assert isinstance(caught.value.__cause__, OSError)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["mask.png"]


def test_a_block_that_fails_changes_nothing_and_keeps_its_error(tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    files.write_bytes(path, b"old")

    def half() -> None:
        with files.replacing(path) as temporary:
            temporary.write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["mask.png"]


def test_a_block_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError), files.replacing(tmp_path / "mask.png"):
        pass
    assert names(tmp_path) == []


def test_the_temporary_file_lies_beside_and_is_hidden(tmp_path: Path) -> None:
    with files.replacing(tmp_path / "mask.png") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.name.startswith(".")
        temporary.write_bytes(b"x")


def test_folders_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        files.write_bytes(tmp_path / "file" / "mask.png", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="folder"):
        files.write_bytes(tmp_path / "folder", b"x")
    assert names(tmp_path) == ["file", "folder"]


@pytest.mark.parametrize(
    "name",
    ["m" * 251 + ".png", "衣" * 80 + ".png", "👗" * 60 + ".png", ".hidden", "a b.png"],
    ids=["long", "three bytes a sign", "four bytes a sign", "hidden", "space"],
)
def test_any_name_the_disk_takes(tmp_path: Path, name: str) -> None:
    files.write_bytes(tmp_path / name, b"x")
    assert names(tmp_path) == [name]


def test_a_killed_writer_leaves_one_whole_version(tmp_path: Path) -> None:
    path = tmp_path / "mask.bin"
    code = (
        "import sys, itertools; from pathlib import Path; from chromadesk import files\n"
        "for n in itertools.count():\n"
        "    files.write_bytes(Path(sys.argv[1]), bytes([n % 256]) * 300_000)\n"
    )
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", code, str(path)]) as child:
            deadline = time.monotonic() + 20
            while not path.exists() and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(0.05)
            child.kill()
        content = path.read_bytes()
        assert len(content) == 300_000
        assert len(set(content)) == 1
        path.unlink()
