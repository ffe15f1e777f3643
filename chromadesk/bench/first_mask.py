"""From asking for a photo's mask to having it, through the studio's own child process, whose model is warm."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from chromadesk import children
from chromadesk.bench import studio
from chromadesk.errors import InputError
from chromadesk.images import read_photo
from chromadesk.models import library

#: Megapixels of a photo from the web and of one from a camera.
SMALL, LARGE = 0.5, 24.0


def measure(photo: Path | None, rounds: int) -> dict[str, float]:
    """What is there after how many milliseconds, medians of ``rounds``: the first mask of a photo of SMALL and of LARGE
    megapixels, and the latter's at its own size. Both are ``photo`` (None: a made-up one), enlarged.
    """
    took: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="chromadesk-first-mask-") as name:
        folder = Path(name)
        photos = {size: _write(folder / f"{size:g}", size, photo) for size in (SMALL, LARGE)}
        (folder / "answers").mkdir()
        with _Child(folder / "answers") as child:
            for turn in range(rounds + 1):
                for size, path in photos.items():
                    coarse, fine = child.ask(path)
                    if not turn:
                        continue
                    took[f"first mask, {size:g} MP"].append(fine if coarse is None else coarse)
                    if coarse is not None:
                        took[f"mask at its own size, {size:g} MP"].append(fine)
    return {what: statistics.median(times) for what, times in took.items()}


class _Child:
    def __init__(self, answers: Path) -> None:
        self._answers, self._number = answers, 0
        command = children.command("chromadesk.jobs.segmenter", str(answers))
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *raised: object) -> None:
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()

    def ask(self, photo: Path) -> tuple[float | None, float]:
        """When its coarse labels were read, if there were any, and its labels, ms after it was asked."""
        assert self._process.stdin is not None
        self._number += 1
        coarse, labels = (self._answers / f"{self._number}{end}" for end in (".coarse.npy", ".npy"))
        request = {"id": self._number, "photo": str(photo), "model": str(library.find(library.DEFAULT))}
        begun = time.perf_counter()
        self._process.stdin.write(json.dumps({**request, "labels": str(labels), "coarse": str(coarse)}) + "\n")
        self._process.stdin.flush()
        first: float | None = None
        while "seconds" not in (answer := self._answer()):
            if "error" in answer:
                raise InputError(answer["error"])
            if "coarse" in answer:
                np.load(coarse)
                first = 1000 * (time.perf_counter() - begun)
        np.load(labels)
        return first, 1000 * (time.perf_counter() - begun)

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise InputError("The segmenter ended unexpectedly; chromadesk doctor may tell why.")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _write(folder: Path, megapixels: float, photo: Path | None) -> Path:
    """A JPEG of so many megapixels."""
    studio.write_pair(folder, "photo", megapixels)
    path = folder / "A" / "photo.jpg"
    if photo is not None:
        pixels = read_photo(photo).pixels
        scale = (megapixels * 1e6 / (pixels.shape[0] * pixels.shape[1])) ** 0.5
        size = round(pixels.shape[1] * scale), round(pixels.shape[0] * scale)
        grown = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
        grain = np.random.default_rng(0).integers(0, 12, (min(512, size[1]), size[0], 3), np.uint8)
        for top in range(0, size[1], len(grain)):  # as a sensor leaves it; without, it would decode too easily
            band = grown[top : top + len(grain)]
            cv2.add(band, grain[: len(band)], dst=band)
        cv2.imwrite(str(path), cv2.cvtColor(grown, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 90])
    return path
