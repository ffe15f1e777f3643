from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from chromadesk.dataset import splits
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import JobError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Message, Metrics, Progress, Started, Warned
from chromadesk.jobs.record import Request
from chromadesk.jobs.worker import resolve, run_job
from chromadesk.learning import checkpoint
from chromadesk.models.info import read_info


def make(pairs: Path, kind: str, config: dict[str, Any], nice: int = 0) -> Path:
    places = {"dataset": "../../.."} if kind == "evaluate" else {"dataset": "../../..", "out": "."}
    return record.create(pairs / ".chromadesk", Request(kind, {**places, **config}, nice))


def test_train_writes_everything_into_the_jobs_folder(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "train", tiny)
    heard: list[Message] = []
    assert run_job(folder, heard.append) == 0
    assert read_info(folder / "model.safetensors").architecture == "unet"
    assert (folder / "checkpoint").is_file()
    said = record.Tail(folder).read()
    assert said[0] == Started("train", 2)
    assert [type(message) for message in said if isinstance(message, Metrics | Progress)]
    last = said[-1]
    assert isinstance(last, Finished)
    assert last == record.outcome(folder) == heard[-1]
    assert last.result["epochs_done"] == 1
    assert last.result["seconds_per_step"] > 0
    assert not record.running(folder)


def test_improve_evaluates_old_and_new(pairs: Path, tiny: dict[str, Any], tiny_weights: Path) -> None:
    config = {**tiny, "parameters": {}, "init": str(tiny_weights), "baseline": str(tiny_weights)}
    folder = make(pairs, "improve", config)
    assert run_job(folder) == 0
    last = record.outcome(folder)
    assert isinstance(last, Finished)
    for which in ("new", "old"):
        evaluation = last.result[which]
        assert set(evaluation["iou"]) == {"background", "accessories", "skin", "clothes", "hair"}
        assert evaluation["photos"] == len(evaluation["per_photo"]) >= 1
    assert read_info(folder / "model.safetensors").parent == "tiny"
    assert last.result["better"] is False
    assert last.result["why"].startswith(
        ("Too close to call on 1 test photo: mIoU over five classes", "The new model is")
    )


def test_improve_in_its_own_process_mixes_weighs_and_judges(
    pairs: Path, tiny: dict[str, Any], tiny_weights: Path
) -> None:
    splits.ensure_split(Dataset.open(pairs), 0, 0.4)
    dataset = Dataset.open(pairs)
    with Index.open(dataset) as index:
        index.set_status(dataset.select("train")[0].key, "approved")
    config = {**tiny, "parameters": {}, "init": str(tiny_weights), "baseline": str(tiny_weights), "epochs": 3}
    folder = make(pairs, "improve", {**config, "trust": 0.3, "patience": 1, "lr": 0.5})
    command = [sys.executable, "-m", "chromadesk.jobs.worker", str(folder)]
    assert subprocess.run(command, check=False).returncode == 0
    last = record.outcome(folder)
    assert isinstance(last, Finished)
    trained = last.result["train"]
    assert trained["photos"] == {"corrected": 1, "others": 3}
    assert trained["judged_on"] == "test"
    assert 1 <= trained["epoch_kept"] <= trained["epochs_done"]
    assert last.result["new"]["miou"] == pytest.approx(trained["scores"]["miou"], abs=1e-6)
    assert last.result["better"] is False  # on two photos nothing can be told
    assert "on 2 test photos" in last.result["why"]


def test_improve_without_a_baseline(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "improve", {**tiny, "baseline": None})
    assert run_job(folder) == 0
    last = record.outcome(folder)
    assert isinstance(last, Finished)
    assert last.result["old"] is None
    assert last.result["new"]["miou"] is not None
    assert last.result["better"] is None
    assert "there is no older one" in last.result["why"]


def test_improve_where_nothing_is_kept_for_testing(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "improve", {**tiny, "test_share": 0, "baseline": None})
    heard: list[Message] = []
    assert run_job(folder, heard.append) == 0
    last = record.outcome(folder)
    assert isinstance(last, Finished)
    assert last.result["new"] is None
    assert last.result["train"]["epochs_done"] == 1
    assert any("No photo is kept for testing" in message.text for message in heard if isinstance(message, Warned))


def test_stop_and_go_on(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "improve", {**tiny, "epochs": 3, "baseline": None})
    steps: list[Message] = []

    def report(message: Message) -> None:
        if isinstance(message, Progress):
            steps.append(message)
            if len(steps) == 3:  # in the second epoch
                record.ask_to_stop(folder)

    assert run_job(folder, report) == 0
    last = record.outcome(folder)
    assert isinstance(last, Finished)
    assert last.result["cancelled"]
    assert last.result["train"]["epochs_done"] == 1
    assert run_job(folder) == 0
    last = record.outcome(folder)
    assert isinstance(last, Finished)
    assert last.result["train"]["epochs_done"] == 3
    assert "cancelled" not in last.result


def test_a_stopped_evaluation_is_no_failure(pairs: Path, tiny_weights: Path) -> None:
    folder = make(pairs, "evaluate", {"model": str(tiny_weights), "size": [64, 32]})
    assert run_job(folder, cancelled=lambda: True) == 0
    assert record.outcome(folder) == Finished({"cancelled": True})


def test_the_folder_runs_elsewhere_on_another_copy_of_the_data(
    pairs: Path, tiny: dict[str, Any], tmp_path: Path
) -> None:
    folder = make(pairs, "train", tiny)
    carried, copy = tmp_path / "elsewhere" / "job", tmp_path / "copy"
    shutil.copytree(folder, carried)
    shutil.copytree(pairs, copy)
    shutil.rmtree(pairs)
    assert run_job(carried, dataset=copy) == 0
    assert (carried / "model.safetensors").is_file()


def test_what_the_person_can_mend_becomes_its_sentence(tmp_path: Path, tiny: dict[str, Any]) -> None:
    folder = make(tmp_path, "train", tiny)
    assert run_job(folder) == 2
    last = record.outcome(folder)
    assert isinstance(last, Failed)
    assert "empty" in last.text
    assert not (folder / "log.txt").exists()


def test_an_unknown_kind_and_a_config_that_is_none(pairs: Path) -> None:
    for kind, config in (("fly", {}), ("train", {"wings": 2})):
        folder = make(pairs, kind, config)
        assert run_job(folder) == 2
        assert isinstance(record.outcome(folder), Failed)


def test_a_bug_becomes_one_sentence_and_its_traceback_goes_to_the_log(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "train", tiny)

    def broken(message: Message) -> None:
        if isinstance(message, Progress):
            raise ZeroDivisionError("seven by zero")

    assert run_job(folder, broken) == 1
    last = record.outcome(folder)
    assert isinstance(last, Failed)
    assert last.text.startswith("The job failed unexpectedly (ZeroDivisionError: seven by zero)")
    assert "\n" not in last.text
    assert "Traceback" in (folder / "log.txt").read_text()
    assert not record.running(folder)


def test_out_of_memory_says_what_to_do(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "train", tiny)

    def full(message: Message) -> None:
        if isinstance(message, Progress):
            raise MemoryError

    assert run_job(folder, full) == 1
    last = record.outcome(folder)
    assert isinstance(last, Failed)
    assert "smaller batch" in last.text


def test_no_job_in_the_folder(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="no job folder"):
        run_job(tmp_path)


def test_resolve_makes_relative_paths_absolute_and_leaves_names(tmp_path: Path) -> None:
    config = {
        "dataset": "../..",
        "out": ".",
        "init": "../m.safetensors",
        "model": "chromanet",
        "baseline": None,
        "lr": 1,
    }
    found = resolve(config, tmp_path / "jobs" / "one")
    assert found == {
        "dataset": str(tmp_path),
        "out": str(tmp_path / "jobs" / "one"),
        "init": str(tmp_path / "jobs" / "m.safetensors"),
        "model": "chromanet",
        "baseline": None,
        "lr": 1,
    }
    assert resolve(config, tmp_path, Path("/data"))["dataset"] == os.path.abspath("/data")


@pytest.mark.skipif(not hasattr(os, "nice"), reason="priorities are POSIX")
def test_the_process_steps_back_and_prints_into_the_log(pairs: Path) -> None:
    folder = make(pairs, "fly", {}, nice=3)
    script = (
        "import os, sys; before = os.nice(0); sys.argv = ['worker', sys.argv[1]]\n"
        "from chromadesk.jobs import worker\n"
        "code = worker.main()\n"
        "print('lowered by', os.nice(0) - before, flush=True)\n"
        "sys.exit(code)"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stdout == ended.stderr == ""
    assert (folder / "log.txt").read_text() == "lowered by 3\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_request_to_terminate_keeps_the_checkpoint(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "train", {**tiny, "epochs": 10_000})
    with subprocess.Popen([sys.executable, "-m", "chromadesk.jobs.worker", str(folder)]) as child:
        tail, told = record.Tail(folder), list[Message]()
        while not any(isinstance(message, Metrics) for message in told):
            assert child.poll() is None
            told += tail.read()
            time.sleep(0.02)
        assert record.last_beat(folder) > 0
        child.send_signal(signal.SIGTERM)
        assert child.wait(60) == 0
    last = record.outcome(folder)
    assert isinstance(last, Finished)
    assert last.result["cancelled"]
    assert checkpoint.load(folder)["epoch"] == last.result["epochs_done"]
    assert not record.running(folder)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot be moved elsewhere")
def test_a_job_whose_folder_is_gone_ends(pairs: Path, tiny: dict[str, Any]) -> None:
    folder = make(pairs, "train", {**tiny, "epochs": 10_000})
    with subprocess.Popen([sys.executable, "-m", "chromadesk.jobs.worker", str(folder)]) as child:
        while not (folder / "metrics.jsonl").exists():
            assert child.poll() is None
            time.sleep(0.02)
        folder.rename(folder.with_name("elsewhere"))  # nobody would find it again
        assert child.wait(60) != 0
    assert not folder.exists()


def test_the_command_without_a_job_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chromadesk.jobs.worker", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "no job folder" in ended.stderr
