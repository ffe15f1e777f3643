"""The batch on a Ray cluster of this machine's own: what it writes, when workers die and when it is stopped, too."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from chromadesk.errors import InputError
from chromadesk.inference import on_ray
from chromadesk.inference.batch import plan
from chromadesk.masks import read_mask

ROOT = Path(__file__).parents[2]


class Run:
    """A ``chromadesk segment`` under way in a process group of its own."""

    def __init__(self, *arguments: object) -> None:
        command = [sys.executable, "-m", "chromadesk", "segment", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        self.family: set[psutil.Process] = set()

    def workers(self, doing: str) -> list[psutil.Process]:
        """The workers that are ``doing`` something: load or write."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            self.family.add(child)
            with contextlib.suppress(psutil.NoSuchProcess):
                if child.cmdline()[:1] == [f"ray::_Worker.{doing}"]:
                    found.append(child)
        return found

    def writing(self) -> psutil.Process:
        """A worker that is writing a mask, once there is one."""
        for _ in self._patiently():
            if found := self.workers("write"):
                return found[0]
        raise AssertionError

    def until(self, out: Path, masks: int) -> None:
        """Wait until ``out`` holds so many masks."""
        for _ in self._patiently():
            if len(list(out.glob("*.png"))) >= masks:
                return

    def listening(self) -> set[str]:
        """The addresses at which its processes await connections."""
        found = set()
        for each in self.family | {psutil.Process(self.process.pid)}:
            with contextlib.suppress(psutil.NoSuchProcess):
                found |= {one.laddr.ip for one in each.net_connections() if one.status == psutil.CONN_LISTEN}
        return found

    def end(self) -> tuple[int, str, str]:
        """Exit code, stdout and stderr; none of its processes is left."""
        out, err = self.process.communicate(timeout=300)
        _, alive = psutil.wait_procs(self.family, timeout=20)
        assert not alive
        return self.process.returncode, out, err

    def _patiently(self) -> Iterator[None]:
        until = time.monotonic() + 240
        while time.monotonic() < until:
            assert self.process.poll() is None, self.process.communicate()
            yield
            time.sleep(0.01)
        self.process.kill()
        raise AssertionError("it took too long")


@pytest.fixture
def photos(tmp_path: Path, scene: object) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(20):
        Image.fromarray(scene(number, (300, 200))).save(folder / f"{number:02}.jpg")  # type: ignore[operator]
    return folder


def test_without_ray_a_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_weights: Path
) -> None:
    Image.fromarray(np.zeros((9, 9, 3), np.uint8)).save(tmp_path / "a.png")
    monkeypatch.setitem(sys.modules, "ray", None)  # as where it is not installed
    before = dict(os.environ)
    with pytest.raises(InputError, match=r"pip install \"chromadesk\[ray\]\""):
        on_ray.run(plan([tmp_path], tmp_path / "out"), tiny_weights)
    assert dict(os.environ) == before
    assert on_ray.run([], tiny_weights) == {}


@pytest.mark.slow
def test_a_worker_killed_mid_run_costs_no_mask_and_doubles_none(photos: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    assert Run(photos, "--out", tmp_path / "plain").end()[0] == 0
    out, listed = tmp_path / "ray", tmp_path / "masks.json"
    run = Run(photos, "--out", out, "--engine", "ray", "--workers", 2, "--json", listed)
    run.until(out, 3)
    victim = run.writing()
    assert run.listening() <= {"127.0.0.1", "::ffff:127.0.0.1"}
    victim.send_signal(signal.SIGKILL)
    code, said, complaints = run.end()
    assert (code, said) == (0, f"Wrote 20 of 20 masks to {out}.\n")
    assert "A worker ended while it worked on" in complaints
    assert len(complaints.splitlines()) == 1
    names = [f"{number:02}.png" for number in range(20)]
    assert sorted(os.listdir(out)) == names
    assert [Path(row["mask"]).name for row in json.loads(listed.read_text())["masks"]] == names
    differ = [read_mask(out / name).labels != read_mask(tmp_path / "plain" / name).labels for name in names]
    assert np.mean(differ) <= 0.001


@pytest.mark.slow
def test_photos_that_cannot_be_read_are_told_as_elsewhere_and_ctrl_c_leaves_the_rest_to_resume(
    photos: Path, tmp_path: Path
) -> None:
    pytest.importorskip("ray")
    (photos / "00.jpg").write_text("I am a poem.")
    odd = os.fsdecode(b"ph\xf6to.jpg")
    (photos / "01.jpg").rename(photos / odd)
    out = tmp_path / "out"
    asked = (photos, "--out", out, "--engine", "ray", "--workers", 2, "--overlay")
    run = Run(*asked)
    run.until(out, 2)
    run.workers("write")
    os.killpg(run.process.pid, signal.SIGINT)  # as a terminal does
    code, _, said = run.end()
    assert code == 130
    assert "Stopping after this step" in said
    masks = {path.name: path.stat() for path in out.glob("*.png")}
    assert 2 <= len(masks) < 19
    code, said, complaints = Run(*asked, "--resume").end()
    assert code == 2
    assert f"{len(masks)} of 20 masks are there already." in said
    assert "00.jpg is not a picture" in " ".join(complaints.split())
    assert complaints.count("Warning") == 1
    stems = {f"{number:02}" for number in range(2, 20)} | {odd.removesuffix(".jpg")}
    assert set(os.listdir(out)) == {f"{stem}{end}" for stem in stems for end in (".png", "-overlay.jpg")}
    assert all((out / name).stat() == before for name, before in masks.items())


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_photo_that_ends_worker_after_worker_is_told_and_left(tmp_path: Path, tiny_weights: Path) -> None:
    pytest.importorskip("ray")
    large = tmp_path / "large.png"  # long enough at work for a kill each time
    Image.fromarray(np.zeros((12_000, 10_000), np.uint8)).save(large)
    run = Run(large, "--out", tmp_path / "out", "--model", tiny_weights, "--engine", "ray", "--workers", 1)
    for _ in range(3):
        victim = run.writing()
        victim.send_signal(signal.SIGKILL)
        victim.wait(20)
    code, said, complaints = run.end()
    assert code == 2
    assert f"{large} ended 3 workers" in complaints
    assert said.startswith("Wrote 0 of 1 masks")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (("--engine", "ray", "--quality", "best"), "careful"),
        (("--engine", "ray", "--address", "127.0.0.1:1"), "The Ray cluster at 127.0.0.1:1 cannot be reached"),
        (("--engine", "spark"), "choose plain or ray"),
        (("--address", "127.0.0.1:1"), "add --engine ray"),
        (("--engine", "ray", "--out", "FILE/masks"), "Could not write"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    photos: Path, tmp_path: Path, asked: tuple[str, ...], reason: str
) -> None:
    pytest.importorskip("ray")
    (tmp_path / "file").touch()
    words = [word.replace("FILE", str(tmp_path / "file")) for word in asked]
    code, _, complaints = Run(photos, "--out", tmp_path / "out", *words).end()
    assert code == 2
    assert reason in complaints
    assert len(complaints.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
