"""A studio that is killed at any moment: what it had acknowledged is there again, and nothing half done.

This file is also the program that is killed: a hand that draws its strokes from a seed, and says after each act, once
the journal has it, which photo looks how.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import store
from chromadesk.masks import read_mask

ROOT = Path(__file__).resolve().parents[2]
SIZES, ACTS, KILLS = ((120, 80), (81, 133), (64, 64)), 150, 8


def paint_away(folder: Path, seed: int) -> None:
    """Strokes, undo, redo, saves and other photos, each told on stdout."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from chromadesk.studio.window import Window

    app, draw = QApplication(["chromadesk"]), random.Random(seed)
    window = Window()
    window.session.active.path = None
    window.show()
    session, canvas = window.session, window.paint.canvas
    session.open_dataset(folder)
    for act in range(ACTS):
        while session.item is None or session._opening is not None:
            app.processEvents()
        what = draw.choices(("stroke", "undo", "redo", "save", "next"), (70, 12, 6, 5, 4))[0]
        if what == "next":
            session.open_photo(draw.choice(session.items).key)
            continue
        if what == "stroke":
            window.tool_state.set_class(draw.randrange(5))
            window.tool_state.set_size(draw.randrange(3, 30))
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*_somewhere(draw, canvas)))
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*_somewhere(draw, canvas)))
        else:
            window.actions_table[what].trigger()
        assert session._opened is not None
        session._opened.journal.flush()
        _tell(act, session.item.key, zlib.crc32(session._opened.document.labels))
    _tell("end")
    window.leave()


def _tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def _somewhere(draw: random.Random, canvas) -> tuple[int, int]:
    return draw.randrange(canvas.width() // 4, canvas.width() * 3 // 4), draw.randrange(20, canvas.height() - 20)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    (tmp_path / "0" / "A").mkdir(parents=True)
    draw = np.random.default_rng(0)
    for number, size in enumerate(SIZES):
        Image.fromarray(draw.integers(0, 256, (*size, 3), np.uint8)).save(tmp_path / "0" / "A" / f"{number}.png")
    return tmp_path / "0"


def start(folder: Path, seed: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, __file__, str(folder), str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.slow
def test_killed_anywhere_it_has_what_it_acknowledged(photos: Path) -> None:
    draw = random.Random(1)
    for number in range(1, KILLS + 1):
        whole = photos.with_name(f"{number} whole")
        killed = photos.with_name(f"{number} killed")
        shutil.copytree(photos, whole)
        shutil.copytree(photos, killed)
        with start(whole, number) as child:
            assert child.stdout is not None
            told = [line.split() for line in child.stdout]
        assert told[-1] == ["end"]
        with start(killed, number) as child:
            assert child.stdout is not None
            heard = [child.stdout.readline() for _ in range(draw.randrange(1, len(told) - 1))]
            time.sleep(draw.uniform(0, 0.02))
            child.send_signal(signal.SIGKILL)
            heard += list(child.stdout)
        assert child.returncode == -signal.SIGKILL
        safe = len([line for line in heard if line.endswith("\n")])
        assert [line.split() for line in heard[:safe]] == told[:safe]  # the same hand
        dataset = Dataset.open(killed)
        for item in dataset.items:
            looks = [zlib.crc32(np.zeros(SIZES[int(item.name[0])], np.uint8))]
            looks += [int(crc) for _, key, crc in told[:safe] if key == item.key]
            following = told[safe]  # it may have been done, and not yet told
            possible = {looks[-1]} | ({int(following[2])} if following[1:2] == [item.key] else set())
            opened = store.open_document(item, dataset.state)
            opened.close()
            assert zlib.crc32(opened.document.labels) in possible
            if item.mask.exists():
                assert zlib.crc32(read_mask(item.mask).labels) in {*looks, *possible}


if __name__ == "__main__":
    paint_away(Path(sys.argv[1]), int(sys.argv[2]))
