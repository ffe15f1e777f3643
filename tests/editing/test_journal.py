"""The journal: what was appended comes back, whatever the tail looks like."""

from __future__ import annotations

import json
import struct
import tempfile
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chromadesk.editing.brush import dab
from chromadesk.editing.document import Document
from chromadesk.editing.journal import DIRECTIONS, head, labels_checksum, read
from chromadesk.editing.recording import Journal
from chromadesk.editing.stroke import Stroke

SIZE = (20, 30)
OLD = b'{"format": 2, "size": [20, 30], "base": 0}\n'
NEWER = b'{"format": 3, "size": [20, 30], "base": 0, "name": ""}'
NEWER += b" %08x\n" % zlib.crc32(NEWER)
#: (x, y, class), or -1 for undo and -2 for redo.
actions = st.lists(
    st.one_of(st.tuples(st.integers(0, 29), st.integers(0, 19), st.integers(0, 4)), st.sampled_from([-1, -2])),
    max_size=12,
)


def blank() -> Document:
    return Document(Path("a.jpg"), np.zeros(SIZE, np.uint8))


def do(document: Document, action: int | tuple[int, int, int]) -> None:
    if action == -1:
        document.undo()
    elif action == -2:
        document.redo()
    else:
        x, y, class_id = action
        stroke = Stroke(document, class_id)
        stroke.add(*dab((x, y), 5))
        stroke.finish()


def replayed(path: Path) -> Document:
    document = blank()
    content = read(path)
    for direction, patch, _, _ in content.steps if content else []:
        document.replay(direction, patch)
    return document


@settings(max_examples=25)
@given(actions)
def test_replay_rebuilds_labels_provenance_and_history(done: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.journal"
        document = blank()
        journal = Journal(path, SIZE, labels_checksum(document.labels))
        document.recorders.append(journal.append)
        for action in done:
            do(document, action)
        journal.close()
        again = replayed(path)
        assert np.array_equal(again.packed(again.bounds), document.packed(document.bounds))
        assert len(again.history.done) == len(document.history.done)
        while document.undo():
            assert again.undo()
            assert np.array_equal(again.labels, document.labels)


def painted(path: Path) -> list[np.ndarray]:
    """Four strokes and an undo in a journal at ``path``; the packed planes after none, one, ... of them."""
    document = blank()
    journal = Journal(path, SIZE, 7)
    document.recorders.append(journal.append)
    planes = [document.packed(document.bounds)]
    for action in ((3, 8, 1), (9, 8, 2), (15, 8, 3), -1, (21, 8, 4)):
        do(document, action)
        planes.append(document.packed(document.bounds))
    journal.close()
    return planes


@settings(max_examples=150)
@given(st.data())
def test_of_cut_or_flipped_bytes_a_true_beginning_comes_back(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.journal"
        planes = painted(path)
        whole = bytearray(path.read_bytes())
        if data.draw(st.booleans()):
            del whole[data.draw(st.integers(0, len(whole))) :]
            whole += data.draw(st.binary(max_size=40))
        else:
            whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(whole)
        content = read(path)
        steps = content.steps if content is not None else []
        again = replayed(path)
        assert np.array_equal(again.packed(again.bounds), planes[len(steps)])
        if content is None:
            return
        # Painting goes on after the torn tail, and comes back too.
        more = Journal(path, SIZE, 7, keep=content.length, before=content.steps)
        again.recorders.append(more.append)
        do(again, (25, 15, 4))
        more.close()
        assert np.array_equal(replayed(path).labels, again.labels)


def test_a_damaged_record_is_told_from_a_torn_tail(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    painted(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    torn = read(path)
    assert torn is not None
    assert (len(torn.steps), torn.damaged) == (4, False)
    middle = torn.steps[1].end + 30
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    damaged = read(path)
    assert damaged is not None
    assert (len(damaged.steps), damaged.damaged) == (2, True)


def first_format(steps: list[tuple[bytes, bytes]], base: int) -> bytes:
    """A journal as the first version wrote it."""
    head = json.dumps({"format": 1, "size": list(SIZE), "base": base}).encode() + b"\n"
    return head + b"".join(
        struct.pack("<cII", kind, len(payload), zlib.crc32(payload)) + payload for kind, payload in steps
    )


def test_a_journal_of_the_first_format_still_replays(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    painted(path)
    content = read(path)
    assert content is not None
    records = [(DIRECTIONS[step.direction], step.patch.encode()) for step in content.steps]
    path.write_bytes(first_format([*records[:2], (b"S", (99).to_bytes(4, "little")), *records[2:]], 7))
    old = read(path)
    assert old is not None
    assert [(step.direction, step.patch.box) for step in old.steps] == [
        (step.direction, step.patch.box) for step in content.steps
    ]
    assert (old.format, old.marks, old.damaged, old.steps[-1].at) == (1, [(2, 99)], False, 0.0)


def test_a_hostile_length_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    record = struct.pack("<cId", b"D", 2**32 - 1, 0.0)
    with open(path, "wb") as handle:
        handle.write(head(SIZE, 0, "x") + record + struct.pack("<I", zlib.crc32(record)))
        handle.truncate(2**33)  # as long as it says, without a byte on the disk
    tracemalloc.start()
    content = read(path)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
    assert content is not None
    assert (content.steps, content.damaged) == ([], True)


def test_steps_from_before_the_journal_are_redone_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    document = blank()
    for x in (3, 9):
        do(document, (x, 8, 1))
    journal = Journal(path, SIZE, labels_checksum(document.labels))  # as after a save
    document.recorders.append(journal.append)
    for action in ((15, 8, 2), -1, -1, -1, -2):  # a step of its own, then back into what was before
        do(document, action)
    journal.close()
    content = read(path)
    assert content is not None
    again = Document(Path("a.jpg"), np.zeros(SIZE, np.uint8))
    for x in (3, 9):
        do(again, (x, 8, 1))
    again.history.done.clear()
    for direction, patch, _, _ in content.steps:
        again.replay(direction, patch)
    for _ in range(3):
        assert np.array_equal(again.labels, document.labels)
        assert [patch.box for patch in again.history.undone] == [patch.box for patch in document.history.undone]
        assert again.redo() == document.redo()
    while again.undo():
        document.undo()
        assert np.array_equal(again.labels, document.labels)


@pytest.mark.parametrize("data", [b"", b"not json\n", b"{}\n", b'{"size": [1], "base": 0}\n', OLD, NEWER])
def test_a_damaged_head_is_no_journal(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(data)
    assert read(path) is None
