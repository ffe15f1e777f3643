"""The processes that are killed: made by a server, one at a time, and listened to; and the photos they work on."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from chromadesk.masks import write_mask
from tests.faults import hand
from tests.faults.harness import ROOT

SIZES = ((120, 80), (81, 133), (64, 64))
#: No hand takes longer to begin, or to end, seconds.
PATIENCE = 60.0
#: What a hand told, and when.
Told = list[tuple[float, list[str]]]


class Server:
    """The program that makes the hands; ``lines`` come as (moment, words)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", hand.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._lines: queue.Queue[tuple[float, list[str]]] = queue.Queue()
        #: The hand is.
        self.ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line == "ready\n":
                self.ready.set()
            self._lines.put((time.monotonic(), line.split()))
        self._lines.put((time.monotonic(), ["ended", "server"]))

    def begin(self, work: str, folder: Path, seed: int) -> None:
        """Let a hand begin."""
        assert self._process.stdin is not None
        self.ready.clear()
        self._process.stdin.write(f"{work}\t{folder}\t{seed}\n")
        self._process.stdin.flush()

    def follow(self, life: float = 1e6) -> tuple[Told, float]:
        """What the hand tells until it ends, or is killed ``life`` seconds after it was ready, and when that was (0.0:
        it went well by itself; -1.0: it killed itself). AssertionError when it fails.
        """
        told: Told = []
        pid, killed = 0, 0.0
        until = time.monotonic() + PATIENCE
        while True:
            try:
                moment, words = self._lines.get(timeout=max(until - time.monotonic(), 0))
            except queue.Empty:
                assert pid, "the hand did not begin"
                assert not killed, "the hand did not end"
                killed = time.monotonic()
                os.kill(pid, signal.SIGKILL)
                assert life < PATIENCE, "the hand hung"
                until = killed + PATIENCE
                continue
            if words[0] == "pid":
                pid = int(words[1])
            elif words[0] == "ready":
                until = moment + min(life, PATIENCE)
            elif words[0] == "ended":
                if not killed and words[1] == str(int(signal.SIGKILL)):
                    killed = -1.0
                assert killed or words[1] == "0", f"the hand failed: {self.close()}"
                return told, killed
            else:
                told.append((moment, words))

    def close(self) -> str:
        """End the program; what it said on stderr."""
        assert self._process.stdin is not None
        assert self._process.stderr is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        said = self._process.stderr.read()
        self._process.wait()
        self._reader.join()
        self._process.stderr.close()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return said


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """A program that makes hands, until the block ends."""
    made = Server()
    try:
        yield made
    finally:
        made.close()


def photos(folder: Path, masks: bool = False) -> Path:
    """A small data set; with ``masks``, all of them approved by having some."""
    (folder / "A").mkdir(parents=True)
    draw = np.random.default_rng(0)
    for number, size in enumerate(SIZES):
        Image.fromarray(draw.integers(0, 256, (*size, 3), np.uint8)).save(folder / "A" / f"{number}.png")
        if masks:
            blocks = draw.integers(0, 5, (4, 4), np.uint8).repeat(40, 0).repeat(40, 1)
            write_mask(folder / "B" / f"{number}.png", np.ascontiguousarray(blocks[: size[0], : size[1]]))
    return folder
