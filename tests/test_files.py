"""Whatever fails, and whenever, a file on disk is the old one or the new one, and nothing else is left lying about."""

from __future__ import annotations

import ast
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


@pytest.mark.skipif(os.name != "posix", reason="pipes with names are POSIX")
def test_a_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(StorageError, match="is a device or a pipe"):
            files.write_bytes(path, b"new")
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert names(tmp_path) == ["link", "pipe"]


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


def test_what_is_checked_before_may_refuse(tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    files.write_bytes(path, b"old")

    def refuse(temporary: Path) -> None:
        assert temporary.read_bytes() == b"new"
        raise StorageError("it reads back otherwise")

    with pytest.raises(StorageError, match="reads back"), files.replacing(path, refuse) as temporary:
        temporary.write_bytes(b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["mask.png"]


def leftover(folder: Path, process: int, machine: str | None = None) -> Path:
    path = folder / f".mask.png.{machine or files._MACHINE}-{process:x}-0123abcd.tmp"
    path.write_bytes(b"half")
    return path


def dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    return child.pid


def test_only_what_dead_writers_left_is_swept(tmp_path: Path) -> None:
    dead, alive = leftover(tmp_path, dead_process()), leftover(tmp_path, os.getppid())
    ours, elsewhere = leftover(tmp_path, os.getpid()), leftover(tmp_path, 1, machine="00000000")
    nameless = tmp_path / ".mask.png.0123abcd.tmp"
    stranger = tmp_path / ".mask.png.tmp"
    for path in (nameless, stranger):
        path.write_bytes(b"half")
    files.sweep(tmp_path)
    assert not dead.exists()
    assert not ours.exists()  # of a process before this one that had its number
    assert all(path.exists() for path in (alive, elsewhere, nameless, stranger))
    for path in (alive, elsewhere, nameless, stranger):
        os.utime(path, (1, 1))
    files.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == [stranger]
    files.sweep(tmp_path / "not there")


def test_a_killed_writers_leftover_goes_with_the_next_write(tmp_path: Path) -> None:
    left = leftover(tmp_path, dead_process())
    with files.replacing(tmp_path / "other.png") as temporary:
        temporary.write_bytes(b"x")
        assert not left.exists()
        files.sweep(tmp_path)
        assert temporary.exists()


def test_a_copy_is_a_link_where_there_are_links_and_keeps_the_rights(tmp_path: Path) -> None:
    source, target = tmp_path / "mask.png", tmp_path / "deep" / "copy.png"
    files.write_bytes(source, b"one")
    source.chmod(0o640)
    for data in (b"one", b"two"):
        files.write_bytes(source, data)
        files.copy(source, target)
        files.copy(source, target)
        assert target.read_bytes() == data
        assert target.samefile(source)
    files.write_bytes(source, b"three")
    assert target.read_bytes() == b"two"
    assert source.stat().st_mode & 0o777 == 0o640
    assert names(target.parent) == ["copy.png"]


def test_a_copy_is_a_copy_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "mask.png", tmp_path / "copy.png"
    files.write_bytes(source, b"one")

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    files.copy(source, target)
    assert target.read_bytes() == b"one"
    assert not target.samefile(source)
    source.unlink()
    with pytest.raises(StorageError):
        files.copy(source, target)
    assert target.read_bytes() == b"one"


def test_what_is_moved_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    source, target = tmp_path / "new", tmp_path / "old"
    for data in (b"one", b"two"):
        files.write_bytes(source, data)
        files.move(source, target)
        assert target.read_bytes() == data
    with pytest.raises(StorageError, match=r"Could not write .*old"):
        files.move(source, target)
    assert target.read_bytes() == b"two"


def test_a_line_of_a_log_is_whole_whatever_came_before(tmp_path: Path) -> None:
    path = tmp_path / "log"
    files.append(path, "first")
    with open(path, "ab") as handle:
        handle.write(b"torn by a cra")
    files.append(path, "grün")
    assert path.read_text("utf-8").splitlines() == ["first", "torn by a cra", "grün"]
    with pytest.raises(StorageError, match="Could not write"):
        files.append(tmp_path / "none" / "log", "x")


WRITERS = ["write_bytes", "write_text", "FileIO", "open_memmap", "copyfile", "symlink_to", "rename", "imwrite", "touch"]
#: Those that go past ``replacing``, and why they may.
ALLOWED = {
    "files.py": "it is the way",
    "dataset/target.py": "a photo to look at, in a temporary folder",
    "bench/paper.py": "links to photos in a folder that counts only once its last file, complete, is there",
    "bench/studio.py": "photos of a benchmark, in a temporary folder",
    "bench/many.py": "links to photos of a benchmark, in a temporary folder",
    "bench/first_mask.py": "photos of a benchmark, in a temporary folder",
    "bench/garments.py": "a picture of a benchmark, in a temporary folder",
    "editing/recording.py": "the journal is appended to; what is torn is told by its checksum",
    "editing/recovery.py": "a journal that cannot be read is given another name",
    "editing/identity.py": "a lock file, which stays empty",
    "learning/log.py": "a log is appended to",
    "jobs/record.py": "a heartbeat is a time of change and holds nothing",
    "crashes.py": "what a dying process says",
    "dataset/database.py": "an index that is damaged is given another name",
    "mending.py": "what is damaged is given another name",
    "learning/loop.py": "lines are appended to a log; a resumed run writes it anew, and it only tells",
    "jobs/segmenter.py": "a plane in shared memory, in a temporary folder",
    "jobs/worker.py": "the log of what went wrong",
    "settings.py": "a file that cannot be understood is given another name",
    "studio/app.py": "the log of what went wrong",
}


def test_everything_else_is_written_through_here() -> None:
    root = Path(files.__file__).parent
    past = set()
    for path in root.rglob("*.py"):
        text = path.read_text("utf-8")
        if not any(f"{name}(" in text for name in ("open", "replace", "link", *WRITERS)):
            continue
        if any(_writes(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            past.add(path.relative_to(root).as_posix())
    assert past <= ALLOWED.keys()


def _writes(call: ast.Call) -> bool:
    """It opens a file for writing, or renames one, by itself; in a block of ``replacing`` that is ``temporary``."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    owner = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
    said = ast.unparse(call)
    if "temporary" in said or (owner in ("", "files") and name in ("write_bytes", "write_text")):
        return False
    if name == "open":
        modes = [each.value for each in call.args[1:2] if isinstance(each, ast.Constant)]
        modes += [
            each.value.value for each in call.keywords if each.arg == "mode" and isinstance(each.value, ast.Constant)
        ]
        return any(isinstance(mode, str) and set(mode) & set("wxa+") for mode in modes)
    return (owner == "os" and name in ("replace", "link")) or name in WRITERS


def test_a_lasting_folder_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    root = tmp_path / "set"
    files.write_text(root / "a" / "b.txt", "1")
    files.lasting(root)
    files.write_text(root / "c" / "d" / "e.txt", "2")
    root.rename(tmp_path / "away")
    for path in (root / "a" / "b.txt", root / "new" / "f.txt", root / "g.txt"):
        with pytest.raises(StorageError, match="is gone; bring it"):
            files.write_text(path, "3")
        with pytest.raises(StorageError, match="is gone; bring it"):
            files.copy(tmp_path / "away" / "a" / "b.txt", path)
    assert not root.exists()
    (tmp_path / "away").rename(root)
    files.write_text(root / "a" / "b.txt", "4")
    assert (root / "a" / "b.txt").read_text() == "4"
