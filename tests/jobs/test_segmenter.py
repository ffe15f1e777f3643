from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.images import read_photo
from chromadesk.inference.segment import Segmenter
from chromadesk.inference.uncertainty import doubt
from chromadesk.jobs.segmenter import Server


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (70, 45, 3), np.uint8)).save(path)
    return path


class Child:
    """The real process, spoken to as the studio does."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "chromadesk.jobs.segmenter", str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **request: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        while True:
            answer: dict[str, Any] = json.loads(self.process.stdout.readline())
            if answer != {"alive": True}:
                return answer

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait(timeout=30)


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    (tmp_path / "labels").mkdir()
    made = Child(tmp_path / "labels")
    yield made
    made.close()


def test_the_process_answers_survives_bad_input_and_leaves_with_the_studio(
    child: Child, photo: Path, tiny_weights: Path, tmp_path: Path
) -> None:
    target = tmp_path / "labels" / "1.npy"
    request = {"id": 1, "photo": str(photo), "model": str(tiny_weights), "labels": str(target)}
    answer = child.ask(**request)
    assert answer["id"] == 1
    assert answer["seconds"] > 0
    labels = np.load(target, mmap_mode="r")
    assert (labels.shape, labels.dtype) == ((70, 45), np.uint8)
    first = np.array(labels)
    del labels

    broken = tmp_path / "broken.jpg"
    broken.write_text("no photo")
    assert "broken.jpg" in child.ask(**{**request, "id": 2, "photo": str(broken)})["error"]
    assert "nowhere" in child.ask(**{**request, "id": 3, "photo": str(tmp_path / "nowhere.jpg")})["error"]
    assert (
        "There is no model" in child.ask(**{**request, "id": 4, "model": str(tmp_path / "none.safetensors")})["error"]
    )
    assert "does not know" in child.ask(id=5, photo=str(photo))["error"]
    assert child.ask(**{**request, "id": 6, "photo": None}).keys() == {"id", "seconds"}

    again = tmp_path / "labels" / "7.npy"
    assert "error" not in child.ask(**{**request, "id": 7, "labels": str(again)})
    assert np.array_equal(np.load(again), first)
    assert "error" not in child.ask(**{**request, "id": 8, "labels": str(again), "quality": "careful"})
    assert not np.array_equal(np.load(again), first)
    assert "careful" in child.ask(**{**request, "id": 9, "quality": "best"})["error"]

    assert child.process.stdin is not None
    child.process.stdin.close()
    assert child.process.wait(timeout=10) == 0
    assert not (tmp_path / "labels").exists()


def test_it_leaves_at_once_even_before_it_has_answered(photo: Path, tiny_weights: Path, tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    child = Child(tmp_path / "labels")
    assert child.process.stdin is not None
    request = {"id": 1, "photo": str(photo), "model": str(tiny_weights), "labels": str(tmp_path / "labels" / "1.npy")}
    child.process.stdin.write(json.dumps(request) + "\n")
    child.process.stdin.close()
    began = time.monotonic()
    child.process.wait(timeout=60)
    assert time.monotonic() - began < 60
    child.close()


def test_the_model_stays_loaded_until_its_file_changes(photo: Path, tiny_weights: Path, tmp_path: Path) -> None:
    server = Server(print)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(tiny_weights.read_bytes())
    request = {"id": 1, "photo": str(photo), "model": str(weights), "labels": str(tmp_path / "1.npy")}
    assert "error" not in server.answer(json.dumps(request))
    loaded = server._segmenter
    assert loaded is not None
    server.answer(json.dumps(request))
    assert server._segmenter is loaded
    os.utime(weights, ns=(1, 1))
    server.answer(json.dumps(request))
    assert server._segmenter is not loaded


def test_what_is_no_request_is_answered(tmp_path: Path) -> None:
    server = Server(print)
    for line in ("", "no json", "[]", "3", "{}"):
        answer = server.answer(line)
        assert answer["id"] is None
        assert "\n" not in answer["error"]


def test_an_answer_tells_doubt_and_labels_are_the_segmenters_own(
    photo: Path, tiny_weights: Path, tmp_path: Path
) -> None:
    request = {"id": 1, "photo": str(photo), "model": str(tiny_weights), "labels": str(tmp_path / "1.npy")}
    answer = Server(print).answer(json.dumps(request))
    segmenter = Segmenter(tiny_weights)
    pixels = read_photo(photo).pixels
    assert np.array_equal(np.load(tmp_path / "1.npy"), segmenter.labels(pixels))
    expected = doubt(segmenter.chances(pixels))
    assert answer["doubt"] == pytest.approx(expected.score, abs=1e-4)
    assert answer["reason"] == expected.reason


def test_scores_lie_beside_the_labels_when_asked_for(photo: Path, tiny_weights: Path, tmp_path: Path) -> None:
    request = {"id": 1, "photo": str(photo), "model": str(tiny_weights), "labels": str(tmp_path / "1.npy")}
    assert "error" not in Server(print).answer(json.dumps({**request, "scores": str(tmp_path / "1.scores.npy")}))
    found = np.load(tmp_path / "1.scores.npy")
    chances = Segmenter(tiny_weights).chances(read_photo(photo).pixels)
    assert found.dtype == np.uint8
    assert np.abs(found / 255 - chances).max() <= 0.5 / 255 + 1e-6


def test_a_large_photo_is_answered_coarsely_before(tiny_weights: Path, tmp_path: Path) -> None:
    photo = tmp_path / "large.jpg"
    said: list[dict[str, Any]] = []
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (8, 6, 3), np.uint8)).resize((1800, 2400)).save(photo)
    request = {"id": 3, "photo": str(photo), "model": str(tiny_weights), "labels": str(tmp_path / "3.npy")}
    server = Server(said.append)
    assert "error" not in server.answer(json.dumps(request))
    assert said == []  # nobody wants it
    assert "error" not in server.answer(json.dumps({**request, "coarse": str(tmp_path / "3.coarse.npy")}))
    assert said == [{"id": 3, "coarse": True}]
    assert np.load(tmp_path / "3.coarse.npy").shape == (1200, 900)
    assert np.load(tmp_path / "3.npy").shape == (2400, 1800)
