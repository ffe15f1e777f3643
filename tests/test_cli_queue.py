"""``chromadesk queue``: what waits for a person, most doubtful first, and the same work as a job."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import InputError
from chromadesk.images import read_photo
from chromadesk.inference.rank import RankConfig, rank
from chromadesk.inference.segment import Segmenter
from chromadesk.inference.uncertainty import doubt
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Message, Progress, Warned
from chromadesk.jobs.record import Request
from chromadesk.jobs.worker import run_job
from chromadesk.masks import write_mask


@pytest.fixture
def folder(tmp_path: Path, scene: Callable[..., np.ndarray]) -> Path:
    """Six photos: 1 is ground truth, 2 excluded, 3 proposed, 4 no photo at all, 5 and 6 new."""
    root = tmp_path / "set"
    (root / "A").mkdir(parents=True)
    for number in range(1, 7):
        Image.fromarray(scene(number, (64, 32))).save(root / "A" / f"{number}.png")
    write_mask(root / "B" / "1.png", np.zeros((64, 32), np.uint8))
    (root / "A" / "4.png").write_text("no photo")
    with Index.open(Dataset.open(root)) as index:
        index.set_status("A/2.png", "excluded")
        index.set_status("A/3.png", "proposed")
    return root


WAITING = {"A/3.png", "A/5.png", "A/6.png"}


def test_a_table_a_file_and_the_index_agree(
    folder: Path, tiny_weights: Path, tmp_path: Path, command: Callable[..., Any]
) -> None:
    outcome = command("queue", folder, "--model", tiny_weights, "--device", "cpu", "--json", tmp_path / "queue.json")
    assert outcome.code == 2  # for the one that is no photo
    assert "4.png" in outcome.sentence
    result = json.loads((tmp_path / "queue.json").read_text())
    assert {row["key"] for row in result["photos"]} == WAITING
    doubts = [row["doubt"] for row in result["photos"]]
    assert doubts == sorted(doubts, reverse=True)
    assert result["model"] == "tiny"
    lines = outcome.out.splitlines()
    assert lines[0].split() == ["rank", "photo", "doubt", "reason"]
    assert [line.split()[1] for line in lines[1:]] == [row["key"] for row in result["photos"]]
    segmenter = Segmenter(tiny_weights, "cpu")
    with Index.open(Dataset.open(folder)) as index:
        kept = index.doubts()
    assert kept.keys() == WAITING
    for row in result["photos"]:
        expected = doubt(segmenter.chances(read_photo(Path(row["photo"])).pixels))
        assert (row["doubt"], row["reason"]) == pytest.approx((expected.score, expected.reason))
        assert (kept[row["key"]].score, kept[row["key"]].reason) == (row["doubt"], row["reason"])


def test_what_was_asked_before_is_asked_again_only_when_the_photo_changed(folder: Path, tiny_weights: Path) -> None:
    (folder / "A" / "4.png").unlink()
    config = RankConfig(str(folder), str(tiny_weights), "cpu")

    def asked() -> list[str]:
        said: list[Message] = []
        rank(config, said.append)
        return [message.text for message in said if isinstance(message, Progress)]

    assert asked() == ["3.png", "5.png", "6.png"]
    assert asked() == []
    Image.new("RGB", (32, 64), "red").save(folder / "A" / "5.png")
    assert asked() == ["5.png"]


def test_a_stopped_one_keeps_what_it_found_and_goes_on(folder: Path, tiny_weights: Path) -> None:
    (folder / "A" / "4.png").unlink()
    config = RankConfig(str(folder), str(tiny_weights), "cpu")
    said: list[Message] = []
    stopped = rank(config, said.append, lambda: any(isinstance(message, Progress) for message in said))
    assert stopped["cancelled"]
    assert [row["key"] for row in stopped["photos"]] == ["A/3.png"]
    assert {row["key"] for row in rank(config)["photos"]} == WAITING


def test_lines_are_limited_and_nothing_may_be_left(
    folder: Path, tiny_weights: Path, command: Callable[..., Any]
) -> None:
    (folder / "A" / "4.png").unlink()
    outcome = command("queue", folder, "--model", tiny_weights, "--limit", 1)
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 3
    assert outcome.out.splitlines()[-1] == "And 2 more."
    with Index.open(Dataset.open(folder)) as index:
        for key in WAITING:
            index.set_status(key, "excluded")
    outcome = command("queue", folder, "--model", tiny_weights)
    assert outcome.code == 0
    assert "No photo is left" in outcome.out


def test_bad_input_is_one_sentence_and_exit_code_2(
    folder: Path, tiny_weights: Path, tmp_path: Path, command: Callable[..., Any]
) -> None:
    (tmp_path / "empty").mkdir()
    for arguments, said in (
        ((tmp_path / "nowhere",), "nowhere does not exist"),
        ((tmp_path / "empty",), "is empty"),
        ((folder, "--model", "nosuch"), "nosuch"),
        ((folder, "--model", tiny_weights, "--device", "abacus"), "abacus"),
    ):
        outcome = command("queue", *arguments)
        assert outcome.code == 2
        assert said in outcome.sentence
    assert command("queue", folder, "--limit", 0).code == 2


def test_the_job_does_the_same(folder: Path, tiny_weights: Path) -> None:
    config = {"dataset": "../../..", "model": str(tiny_weights)}
    job = record.create(folder / ".chromadesk", Request("queue", config))
    said: list[Message] = []
    assert run_job(job, said.append) == 0
    assert [message for message in said if isinstance(message, Warned)]
    last = record.outcome(job)
    assert isinstance(last, Finished)
    assert {row["key"] for row in last.result["photos"]} == WAITING
    job = record.create(folder / ".chromadesk", Request("queue", {**config, "keys": ["A/1.png"]}))
    assert run_job(job) == 2
    assert isinstance(record.outcome(job), Failed)
    with pytest.raises(InputError, match="cannot be understood"):
        RankConfig.from_json({"model": "tiny"})
