"""The command line: what scripts rely on, and what it says to input it cannot use."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import chromadesk
from chromadesk import classes, cli
from chromadesk.explain import INTERRUPTED
from chromadesk.masks import encode_mask

TINY_UNET = ("--model", "unet", "--set", "depth=4", "--set", "width=8", "--size", "64x32", "--device", "cpu")


Command = Callable[..., Any]  # the fixture of tests/conftest.py


def write_photo(path: Path, seed: int, size: tuple[int, int] = (90, 60)) -> Path:
    """A photo of random blobs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blobs = np.random.default_rng(seed).integers(0, 255, (6, 4, 3), dtype=np.uint8)
    Image.fromarray(blobs).resize((size[1], size[0]), Image.Resampling.BICUBIC).save(path)
    return path


def write_bomb(path: Path) -> Path:
    """A PNG of a few bytes whose header promises 200 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """A data set of six small photos with masks, in A and B."""
    root = tmp_path / "pairs"
    for number in range(6):
        write_photo(root / "A" / f"{number}.jpg", number)
        labels = np.zeros((90, 60), dtype=np.uint8)
        labels[20:70, 10 + number : 50] = 3
        labels[5:20, 20:40] = 4
        (root / "B").mkdir(exist_ok=True)
        (root / "B" / f"{number}.png").write_bytes(encode_mask(labels))
    return root


class Pwned:
    """Unpickling this would make a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


def test_version_and_help(command: Command) -> None:
    assert command("--version").out.strip() == f"chromadesk {chromadesk.__version__}"
    helped = command("--help")
    assert helped.code == 0
    for name in ("demo", "studio", "segment", "train", "evaluate", "palette", "models", "run", "doctor"):
        assert name in helped.out
        assert command(name, "--help").code == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("segment",), "Missing argument 'PATHS...' (see chromadesk segment --help)."),
        (("nonsense",), "No such command 'nonsense' (see chromadesk --help)."),
        (("segment", "a.jpg"), "Missing option '--out' (see chromadesk segment --help)."),
        (("models", "import", "a.pt", "--bogus"), "No such option: --bogus"),
        (("evaluate", "x", "--batch", "many"), "Invalid value for '--batch': "),
        (("queue", "x", "--limit", "0"), "Invalid value for '--limit': "),
        (("benchmark", "framings", "x", "--photos", "0"), "Invalid value for '--photos': "),
    ],
)
def test_wrong_usage_is_one_sentence_and_exits_2(command: Command, asked: tuple[str, ...], said: str) -> None:
    refused = command(*asked)
    assert (refused.code, refused.out) == (2, "")
    assert refused.sentence.startswith(said)
    assert refused.sentence.endswith(" --help).")


def test_a_command_that_needs_another_shows_its_help(command: Command) -> None:
    shown = command("benchmark")
    assert (shown.code, shown.err) == (2, "")
    assert "framings" in shown.out


# ---- segment


def test_segment_writes_indexed_masks_of_the_photos_size(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    folder = tmp_path / "photos"
    write_photo(folder / "a.jpg", 1)
    alone = write_photo(tmp_path / "b.png", 2, (33, 47))
    out = tmp_path / "new" / "masks"
    done = command("segment", folder, alone, "--model", tiny_weights, "--out", out, "--overlay", "--device", "cpu")
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == ["a-overlay.jpg", "a.png", "b-overlay.jpg", "b.png"]
    for name, size in (("a", (90, 60)), ("b", (33, 47))):
        with Image.open(out / f"{name}.png") as mask:
            assert mask.mode == "P"
            assert mask.getpalette()[: 3 * classes.COUNT] == classes.PALETTE.ravel().tolist()
            assert np.asarray(mask).shape == size
        with Image.open(out / f"{name}-overlay.jpg") as overlay:
            assert overlay.size == (size[1], size[0])


def test_segment_goes_on_where_it_was_stopped(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    for name in ("a", "b"):
        Image.fromarray(np.full((40, 30, 3), 90, np.uint8)).save(tmp_path / f"{name}.png")
    out = tmp_path / "masks"
    asked = ("segment", str(tmp_path), "--out", str(out), "--model", str(tiny_weights))
    command(*asked)
    (out / "b.png").unlink()
    before = (out / "a.png").stat()
    result = command(*asked, "--resume")
    assert "1 of 2 masks are there already" in result.out
    assert (out / "a.png").stat() == before
    assert (out / "b.png").exists()


def test_segment_gives_the_same_bytes_twice(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    photo = write_photo(tmp_path / "a.jpg", 3)
    for out in ("one", "two"):
        arguments = ("--model", tiny_weights, "--out", tmp_path / out, "--precision", "fp32", "--device", "cpu")
        assert command("segment", photo, *arguments).code == 0
    assert (tmp_path / "one" / "a.png").read_bytes() == (tmp_path / "two" / "a.png").read_bytes()


def test_one_bad_photo_does_not_stop_the_others(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    folder = tmp_path / "photos"
    good = [write_photo(folder / f"good{number}.jpg", number) for number in range(2)]
    whole = good[0].read_bytes()
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "text.jpg").write_text("I am a poem.")
    (folder / "zero.jpg").touch()
    write_bomb(folder / "bomb.png")
    missing = tmp_path / "missing.jpg"
    out, listed = tmp_path / "out", tmp_path / "list.json"
    done = command("segment", folder, missing, "--model", tiny_weights, "--out", out, "--json", listed)
    assert done.code == 2
    assert sorted(path.name for path in out.iterdir()) == ["good0.png", "good1.png"]
    lines = done.err.strip().splitlines()
    assert len(lines) == 5
    for name, words in (
        ("cut.jpg", "damaged or cut short"),
        ("text.jpg", "not a picture"),
        ("zero.jpg", "zero bytes"),
        ("bomb.png", "200 megapixels"),
        ("missing.jpg", "does not exist"),
    ):
        assert any(name in line and words in line for line in lines), (name, done.err)
    report = json.loads(listed.read_text())
    assert [Path(row["photo"]) for row in report["masks"]] == good
    assert len(report["failures"]) == 5


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may read everything")
def test_a_photo_that_may_not_be_read_does_not_stop_the_others(
    command: Command, tmp_path: Path, tiny_weights: Path
) -> None:
    good, secret = write_photo(tmp_path / "good.jpg", 1), write_photo(tmp_path / "secret.jpg", 2)
    secret.chmod(0)
    done = command("segment", good, secret, "--model", tiny_weights, "--out", tmp_path / "out")
    assert done.code == 2
    assert f"{secret} may not be read" in done.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.png"]


def test_equal_stems_are_refused_before_anything_is_written(
    command: Command, tmp_path: Path, tiny_weights: Path
) -> None:
    one, two = write_photo(tmp_path / "x" / "a.jpg", 1), write_photo(tmp_path / "y" / "a.png", 2)
    done = command("segment", one, two, "--model", tiny_weights, "--out", tmp_path / "out")
    assert done.code == 2
    assert str(one) in done.sentence
    assert str(two) in done.sentence
    assert not (tmp_path / "out").exists()


def test_a_list_takes_the_place_of_no_photo_mask_or_weights(
    command: Command, tmp_path: Path, tiny_weights: Path
) -> None:
    photo, out = write_photo(tmp_path / "x" / "a.jpg", 1), tmp_path / "out"
    before = photo.read_bytes(), tiny_weights.read_bytes()
    for named in (photo, out / "a.png", tiny_weights):
        done = command("segment", photo, "--model", tiny_weights, "--out", out, "--json", named)
        assert done.code == 2
        assert str(named) in done.sentence
    assert (photo.read_bytes(), tiny_weights.read_bytes()) == before
    assert not out.exists()


def test_masks_that_went_meanwhile_are_not_counted(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    for number in range(20):
        write_photo(tmp_path / "x" / f"{number:02}.jpg", number)
    first = tmp_path / "out" / "00.png"

    def take() -> None:
        while not first.exists():
            time.sleep(0.001)
        first.unlink()

    taking = threading.Thread(target=take, daemon=True)
    taking.start()
    done = command("segment", tmp_path / "x", "--model", tiny_weights, "--out", first.parent, "--workers", 1)
    taking.join()
    assert done.code == 2
    assert "1 mask" in done.sentence
    assert "Wrote" not in done.out


def test_a_place_that_cannot_be_written_is_named(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    photo = write_photo(tmp_path / "a.jpg", 1)
    (tmp_path / "file").touch()
    done = command("segment", photo, "--model", tiny_weights, "--out", tmp_path / "file" / "masks")
    assert done.code == 2
    assert str(tmp_path / "file") in done.sentence


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_read_only_folder_is_named(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    photo = write_photo(tmp_path / "a.jpg", 1)
    out = tmp_path / "closed"
    out.mkdir(mode=0o555)
    done = command("segment", photo, "--model", tiny_weights, "--out", out)
    assert done.code == 2
    assert str(out) in done.sentence


def test_weights_that_cannot_be_used_are_refused(command: Command, tmp_path: Path) -> None:
    import torch

    photo = write_photo(tmp_path / "a.jpg", 1)
    torch.save({"weights": Pwned(tmp_path / "pwned")}, tmp_path / "evil.pt")
    (tmp_path / "evil.safetensors").write_bytes((tmp_path / "evil.pt").read_bytes())
    (tmp_path / "text.safetensors").write_text("none")
    for name in ("evil.pt", "evil.safetensors", "text.safetensors", "nowhere"):
        done = command("segment", photo, "--model", tmp_path / name, "--out", tmp_path / "out")
        assert done.code == 2
        assert name in done.sentence
    assert not (tmp_path / "pwned").exists()
    assert not (tmp_path / "out").exists()


# ---- train, evaluate


def test_train_resume_and_evaluate(command: Command, tmp_path: Path, pairs: Path) -> None:
    out, scores = tmp_path / "run", tmp_path / "scores.json"
    arguments = ("train", pairs, *TINY_UNET, "--epochs", 2, "--batch", 3, "--loss", "weighted", "--out", out)
    done = command(*arguments, "--json", tmp_path / "train.json")
    assert done.code == 0, done.err
    assert {"model.safetensors", "metrics.jsonl", "checkpoint"} <= {path.name for path in out.iterdir()}
    assert [json.loads(line)["epoch"] for line in (out / "metrics.jsonl").read_text().splitlines()] == [1, 2]
    split = json.loads((pairs / ".chromadesk" / "split.json").read_text())
    assert len(split["test"]) == 1

    refused = command(*arguments)
    assert refused.code == 2
    assert "--resume" in refused.sentence
    assert command(*arguments, "--resume").code == 0

    weights = out / "model.safetensors"
    done = command("evaluate", pairs, "--split", "test", "--model", weights, "--json", scores, "--device", "cpu")
    assert done.code == 0, done.err
    assert "w/o Null" in done.out
    result = json.loads(scores.read_text())
    assert {
        "confusion",
        "class_accuracy",
        "pixel_accuracy",
        "pixel_accuracy_without_background",
        "mean_class_accuracy",
        "iou",
        "miou",
        "miou_without_background",
        "photos",
        "model",
        "size",
    } <= set(result)
    assert np.array(result["confusion"]).shape == (5, 5)
    assert np.sum(result["confusion"]) == 512 * 256
    assert set(result["iou"]) == set(result["class_accuracy"]) == set(classes.NAMES)
    assert (result["photos"], result["size"]) == (1, "512x256")

    done = command("evaluate", pairs, "--split", "train", "--model", weights, "--json", scores, "--native")
    assert "were in the training of" in done.sentence
    result = json.loads(scores.read_text())
    assert (result["photos"], result["size"]) == (5, "native")
    refused = command("evaluate", pairs, "--model", weights, "--native", "--size", "512x256")
    assert refused.code == 2
    assert "leave out one of the two" in refused.sentence
    assert np.sum(result["confusion"]) == 5 * 90 * 60


def test_evaluate_takes_every_pair_where_there_is_no_split(
    command, tmp_path: Path, pairs: Path, tiny_weights: Path
) -> None:
    scores = tmp_path / "scores.json"
    done = command("evaluate", pairs, "--model", tiny_weights, "--size", "64x32", "--json", scores, "--device", "cpu")
    assert done.code == 0, done.err
    assert json.loads(scores.read_text())["photos"] == 6
    assert "has no split yet" in done.sentence
    assert not (pairs / ".chromadesk" / "split.json").exists()


@pytest.mark.parametrize("task", ["train", "evaluate"])
def test_data_sets_that_lack_something_are_refused(
    command: Command, task: str, tmp_path: Path, tiny_weights: Path
) -> None:
    rest = ("--model", tiny_weights) if task == "evaluate" else (*TINY_UNET, "--out", tmp_path / "run")
    (tmp_path / "empty").mkdir()
    write_photo(tmp_path / "photos" / "a.jpg", 1)
    for folder, words in (("missing", "does not exist"), ("empty", "is empty"), ("photos", "no masks")):
        done = command(task, tmp_path / folder, *rest)
        assert done.code == 2
        assert words in done.sentence
        assert str(tmp_path / folder) in done.sentence
    assert not (tmp_path / "run" / "model.safetensors").exists()


def test_masks_that_do_not_fit_are_refused(command: Command, pairs: Path, tiny_weights: Path) -> None:
    mask = pairs / "B" / "3.png"
    mask.write_bytes(encode_mask(np.zeros((10, 10), dtype=np.uint8)))
    done = command("evaluate", pairs, "--split", "all", "--model", tiny_weights)
    assert done.code == 2
    assert str(mask) in done.sentence
    noise = np.random.default_rng(0).integers(0, 255, (90, 60, 3), dtype=np.uint8)
    Image.fromarray(noise).save(mask)
    done = command("evaluate", pairs, "--split", "all", "--model", tiny_weights)
    assert done.code == 2
    assert str(mask) in done.sentence


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--model", "resnet"), "no architecture"),
        (("--epochs", "0"), "Epochs"),
        (("--loss", "squared"), "weighted or vanilla"),
        (("--size", "big"), "512x256"),
        (("--set", "depth"), "NAME=VALUE"),
        (("--set", "colour=3"), "no parameter"),
        (("--model", "unet", "--set", "depth=two"), "takes a number as depth"),
        (("--device", "tpu"), "no device"),
    ],
)
def test_training_settings_out_of_bounds_are_refused(
    command: Command, pairs: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = command("train", pairs, "--out", pairs / "run", *arguments)
    assert done.code == 2
    assert words in done.sentence


def test_weights_of_another_architecture_are_refused(
    command: Command, tmp_path: Path, pairs: Path, tiny_weights: Path
) -> None:
    done = command("train", pairs, "--model", "chromanet", "--init", tiny_weights, "--out", tmp_path / "run")
    assert done.code == 2
    assert str(tiny_weights) in done.sentence


def test_a_training_is_resumed_by_its_folder_alone(
    command: Command, tmp_path: Path, pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chromadesk.jobs.messages import Message, Metrics
    from chromadesk.learning.config import TrainConfig
    from chromadesk.learning.loop import train

    said: list[Message] = []
    parameters = {"depth": 4, "width": 8}
    begun = TrainConfig(
        str(pairs), str(tmp_path / "run"), "unet", parameters, batch=3, size=(64, 32), epochs=3, device="cpu"
    )
    assert train(begun, said.append, lambda: any(isinstance(message, Metrics) for message in said))["cancelled"]

    (tmp_path / "link").symlink_to(pairs)
    monkeypatch.chdir(tmp_path)
    alone = ("train", "link", "--out", "run", "--resume")
    done = command(*alone, "--json", "done.json")
    assert done.code == 0, done.err
    assert json.loads((tmp_path / "done.json").read_text())["epochs_done"] == 3
    assert command(*alone, "--set", "width=8", "--model", "unet", "--device", "auto", "--batch", 3).code == 0
    for option, value, reason in (
        ("--batch", 8, "had batch = 3, not 8"),
        ("--model", "chromanet", "had model = unet, not chromanet"),
        ("--set", "depth=3", "had parameters = {'depth': 4, 'width': 8}, not {'depth': 3, 'width': 8}"),
        ("--init", "tiny.safetensors", "had init = None, not "),
    ):
        refused = command(*alone, option, value)
        assert refused.code == 2
        assert reason in refused.sentence
    refused = command("train", pairs, "--out", tmp_path / "nothing", "--resume")
    assert refused.code == 2
    assert "There is no checkpoint" in refused.sentence

    tuned = ("train", pairs, "--out", tmp_path / "tuned")
    model = Path("run", "model.safetensors")
    assert command(*tuned, "--init", model, "--size", "64x32", "--epochs", 1, "--device", "cpu").code == 0
    monkeypatch.chdir(pairs)
    assert command(*tuned, "--resume").code == 0
    assert command(*tuned, "--resume", "--init", Path("..") / model).code == 0


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_ctrl_c_ends_a_training_with_its_checkpoint(tmp_path: Path, pairs: Path) -> None:
    out = tmp_path / "run"
    arguments = [str(part) for part in ("train", pairs, *TINY_UNET, "--epochs", 5000, "--out", out)]
    child = subprocess.Popen(
        [sys.executable, "-m", "chromadesk", *arguments], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        deadline = time.monotonic() + 60
        while not (out / "model.safetensors").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    finally:
        child.kill()
    assert child.returncode == INTERRUPTED, err
    assert f"chromadesk train {pairs} --out {out} --resume" in err
    assert "Traceback" not in err
    assert (out / "checkpoint").is_file()


# ---- models, run, doctor, studio


def test_models_lists_architectures_and_files(
    command: Command, tmp_path: Path, tiny_weights: Path, pairs: Path
) -> None:
    own = pairs / ".chromadesk" / "models"
    own.mkdir(parents=True)
    (own / "mine.safetensors").write_bytes(tiny_weights.read_bytes())
    (own / "broken.safetensors").write_text("none")
    done = command("models", "--dataset", pairs, "--json")
    assert done.code == 0
    rows = json.loads(done.out)
    assert {"chromanet", "fcn1s", "unet"} <= {row["name"] for row in rows if row["kind"] == "architecture"}
    for row in rows:
        assert {"name", "architecture", "parameters", "input", "licence", "scores", "bundled"} <= set(row)
    mine = next(row for row in rows if row["name"] == "mine")
    assert (mine["architecture"], mine["input"], mine["bundled"], mine["error"]) == ("unet", "64x32", False, None)
    assert mine["parameters"] == {"depth": 4, "width": 8}
    assert mine["parameter_count"] > 1000
    broken = next(row for row in rows if row["name"] == "broken")
    assert "broken.safetensors" in broken["error"]
    assert "mine" in command("models", "--dataset", pairs).out


def write_paper_weights(path: Path) -> Path:
    """A state dict of a narrow FCN under the names of the paper's public code."""
    import torch

    from chromadesk.models.registry import build

    names = {f"up.{level}": f"deconv{level + 1}" for level in range(5)}
    names |= {f"norm.{level}": f"bn{level + 1}" for level in range(5)} | {"features": "pretrained_net.features"}
    state = build("fcn1s", {"width": 4}).state_dict()
    for ours, theirs in names.items():
        state = {key.replace(f"{ours}.", f"{theirs}.", 1): value for key, value in state.items()}
    torch.save(state, path)
    return path


def test_models_import_makes_weights_that_other_commands_take(command: Command, tmp_path: Path) -> None:
    source, out = write_paper_weights(tmp_path / "FCNs.pt"), tmp_path / "new" / "authors.safetensors"
    done = command("models", "import", source, "--as", "fcn1s", "--out", out)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Wrote {out}: FCN1s (width 4), 0.1 M numbers, photos as they are (no normalisation).\n"
    photo = write_photo(tmp_path / "a.jpg", 1)
    assert command("segment", photo, "--model", out, "--out", tmp_path / "masks", "--device", "cpu").code == 0
    assert (tmp_path / "masks" / "a.png").is_file()
    again = command(
        "models", "import", source, "--as", "fcn32s", "--normalise", "imagenet", "--out", out.with_stem("again")
    )
    assert "FCN32s" in again.out
    assert "ImageNet" in again.out


def test_models_import_refuses_what_does_not_fit(command: Command, tmp_path: Path) -> None:
    source, out = write_paper_weights(tmp_path / "FCNs.pt"), tmp_path / "out.safetensors"
    (tmp_path / "text.pt").write_text("none")
    for arguments, words in (
        ((source,), "fcn1s, fcn8s, fcn16s and fcn32s"),
        ((source, "--as", "unet2"), "is no unet2"),
        ((source, "--as", "fcn1s", "--normalise", "loud"), "'loud'"),
        ((source, "--as", "fcn1s", "--out", tmp_path / "out.pt"), ".safetensors"),
        ((tmp_path / "text.pt",), "damaged"),
        ((tmp_path / "missing.pt",), "missing.pt cannot be read"),
        ((tmp_path,), "cannot be read"),
    ):
        done = command("models", "import", *(arguments if "--out" in arguments else (*arguments, "--out", out)))
        assert done.code == 2
        assert words in done.sentence
    assert command("models", "import", source).code == 2
    assert command("models", "export").code == 2
    assert not list(tmp_path.glob("out.*"))


def test_a_file_is_no_folder(command: Command, tmp_path: Path, pairs: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for words, expected in (
        (("run", file), f"{file} is no folder, so no job; give the folder that holds request.json."),
        (("train", pairs, "--out", file), f"{file} is a file, not a folder; name another folder with --out."),
        (("doctor", "--bundle", file / "x.zip"), f"Could not write {file / 'x.zip'}: {file} is no folder."),
    ):
        done = command(*words)
        assert done.code == 2
        assert done.sentence.startswith(expected)


def test_run_does_what_a_job_folder_asks(command: Command, tmp_path: Path, pairs: Path, tiny_weights: Path) -> None:
    job = tmp_path / "job"
    job.mkdir()
    config = {"dataset": str(pairs), "model": str(tiny_weights), "split": "all", "size": [64, 32], "device": "cpu"}
    (job / "request.json").write_text(json.dumps({"kind": "evaluate", "config": config}))
    done = command("run", job, "--messages")
    assert done.code == 0, done.err
    said = [json.loads(line) for line in done.out.splitlines()]
    assert (said[0]["type"], said[-1]["type"]) == ("Started", "Finished")
    assert said[-1]["result"]["photos"] == 6

    (job / "request.json").write_text(json.dumps({"kind": "evaluate", "config": config | {"model": "nowhere"}}))
    done = command("run", job)
    assert done.code == 2
    assert "nowhere" in done.sentence
    done = command("run", tmp_path)
    assert done.code == 2
    assert str(tmp_path) in done.sentence


def test_our_own_faults_exit_1_with_a_sentence(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(state: object) -> None:
        raise ZeroDivisionError("one over nought")

    monkeypatch.setattr("chromadesk.models.catalogue.rows", broken)
    done = command("models")
    assert done.code == 1
    assert "one over nought" in done.sentence


def test_too_little_memory_is_said_in_words(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(state: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.")

    monkeypatch.setattr("chromadesk.models.catalogue.rows", hungry)
    done = command("models")
    assert done.code == 1
    assert "not enough memory" in done.sentence


def test_the_debug_switch_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHROMADESK_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["chromadesk", "run", str(tmp_path)])
    with pytest.raises(chromadesk.errors.JobError):
        cli.main()


def test_demo_without_a_display_ends_well(command: Command, tmp_path: Path, tiny_weights: Path) -> None:
    photo, out = write_photo(tmp_path / "a.jpg", 1), tmp_path / "out"
    done = command("demo", photo, "--out", out, "--model", tiny_weights, "--device", "cpu")
    assert (done.code, done.err) == (0, "")
    assert str(out) in done.out
    assert (out / "report.html").as_uri() in done.out
    done = command("demo", tmp_path / "missing.jpg", "--out", out, "--model", tiny_weights, "--device", "cpu")
    assert done.code == 2
    assert "missing.jpg" in done.sentence


@pytest.mark.skipif(os.name != "posix", reason="DISPLAY belongs to X11")
def test_demo_says_when_the_studio_does_not_open(
    command: Command, tmp_path: Path, tiny_weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":12345")
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonesuch")
    done = command(
        "demo",
        write_photo(tmp_path / "a.jpg", 1),
        "--out",
        tmp_path / "out",
        "--model",
        tiny_weights,
        "--device",
        "cpu",
    )
    assert done.code == 0
    assert done.sentence.startswith("The studio could not be opened")


def test_doctor_says_whether_a_data_set_is_sound_and_mends_it(command: Command, pairs: Path, tmp_path: Path) -> None:
    done = command("doctor", pairs)
    assert (done.code, "is sound" in done.out) == (0, True)
    decision = pairs / ".chromadesk" / "decisions" / "A" / f"{next((pairs / 'A').iterdir()).name}.json"
    decision.parent.mkdir(parents=True)
    decision.write_text("{")
    done = command("doctor", pairs)
    assert done.code == 1
    assert "cannot be read" in done.out
    assert "--repair" in done.out
    assert decision.read_text() == "{"
    done = command("doctor", pairs, "--repair", "--thorough")
    assert done.code == 0
    assert "says edited now" in done.out
    assert "edited" in decision.read_text()
    assert command("doctor", pairs).code == 0


def test_doctor_refuses_what_it_cannot_do(command: Command, tmp_path: Path) -> None:
    assert "Only a data set" in command("doctor", "--repair").sentence
    done = command("doctor", tmp_path / "nowhere")
    assert (done.code, "does not exist" in done.sentence) == (2, True)
    file = tmp_path / "file"
    file.touch()
    done = command("doctor", file)
    assert (done.code, "is a file, not a data set folder" in done.sentence) == (2, True)
    for words in (("--bundle", file, "--repair"), ("--tune", tmp_path)):
        done = command("doctor", *words)
        assert (done.code, "in a call of its own" in done.sentence) == (2, True)
    assert file.read_bytes() == b""


def test_doctor_mends_what_a_mend_brings_to_light_and_says_what_is_left(command: Command, pairs: Path) -> None:
    state = pairs / ".chromadesk"
    (state / "boards").mkdir(parents=True)
    (state / "boards" / "Spring.json").write_text("{")
    (state / "split.json").write_text("{")  # stops the listing: the board is only found behind it
    (pairs / "A" / "empty.jpg").touch()
    lock = state / "studio.lock"
    lock.write_text('{"pid": 7, "started": 1.0, "space": "elsewhere", "host": "laptop", "user": "anna"}')
    done = command("doctor", pairs, "--repair")
    assert (done.code, "A studio on laptop" in done.sentence) == (2, True)
    lock.unlink()
    done = command("doctor", pairs, "--repair")
    assert done.code == 1
    assert "split.json is now" in done.out
    assert "Spring.json is now" in done.out
    said = done.out[done.out.index("What is left:") :]
    assert "empty.jpg" in said
    assert "1 error, 0 warnings, 0 notes." in said


@pytest.mark.slow
def test_doctor_tunes_and_remembers(command: Command) -> None:
    from chromadesk import settings

    done = command("doctor", "--tune")
    assert done.code == 0
    assert "From now on chromanet is computed by" in done.out
    assert {"chromanet cpu", "fcn1s cpu", "unet1 cpu"} <= set(settings.get("quickest"))
    settings.put("quickest", {})
