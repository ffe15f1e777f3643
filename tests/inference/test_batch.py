"""Batches: what is planned, what is written, and that one bad photo stops nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.errors import InputError, StorageError
from chromadesk.inference.batch import Task, overlay, plan, run, spare
from chromadesk.jobs.messages import Message, Progress, Warned
from chromadesk.masks import read_mask


def photo(path: Path, size: tuple[int, int] = (20, 30)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((*size, 3), 90, dtype=np.uint8)).save(path)
    return path


def halves(pixels: np.ndarray) -> np.ndarray:
    labels = np.zeros(pixels.shape[:2], dtype=np.uint8)
    labels[: len(labels) // 2] = 3
    return labels


def test_files_and_folders_are_planned_in_order(tmp_path: Path) -> None:
    one = photo(tmp_path / "one.jpg")
    photo(tmp_path / "more" / "b10.png")
    photo(tmp_path / "more" / "b9.png")
    out = tmp_path / "out"
    tasks = plan([one, tmp_path / "more"], out)
    assert [task.mask.name for task in tasks] == ["one.png", "b9.png", "b10.png"]
    assert tasks[0] == Task(one, out / "one.png")


def test_equal_stems_lost_photos_and_nothing_are_refused(tmp_path: Path) -> None:
    first, second = photo(tmp_path / "a" / "x.jpg"), photo(tmp_path / "b" / "X.png")
    with pytest.raises(InputError, match="would both write"):
        plan([first, second], tmp_path / "out")
    with pytest.raises(InputError, match="would replace the photo"):
        plan([second], second.parent)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match=r"no photos in .*empty"):
        plan([empty], tmp_path / "out")
    with pytest.raises(InputError, match="is a file, not a folder"):
        plan([first], second)


def test_masks_of_a_data_set_are_not_replaced(tmp_path: Path) -> None:
    photo, mask = tmp_path / "A" / "one.jpg", tmp_path / "B" / "one.png"
    spare([Task(photo, mask)])
    mask.parent.mkdir()
    mask.write_bytes(b"an hour's work")
    with pytest.raises(InputError, match=r"somebody's work; nothing was replaced. --resume"):
        spare([Task(photo, mask)])
    mask.parent.rename(tmp_path / "out")
    spare([Task(photo, tmp_path / "out" / "one.png")])


def test_one_bad_photo_is_named_and_the_others_are_written(tmp_path: Path) -> None:
    good = [photo(tmp_path / "in" / "a.jpg"), photo(tmp_path / "in" / "c.png")]
    bad = tmp_path / "in" / "b.jpg"
    bad.write_text("no photo")
    messages: list[Message] = []
    failures = run(plan([tmp_path / "in"], tmp_path / "out"), halves, overlays=True, report=messages.append)
    assert len(failures) == 1
    assert str(bad) in next(iter(failures.values()))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "a-overlay.jpg",
        "a.png",
        "c-overlay.jpg",
        "c.png",
    ]
    for path in good:
        assert np.array_equal(read_mask(tmp_path / "out" / f"{path.stem}.png").labels, halves(np.zeros((20, 30, 3))))
    assert [m for m in messages if isinstance(m, Warned)] == [Warned(text) for text in failures.values()]
    assert [m.done for m in messages if isinstance(m, Progress)] == [1, 2, 3]


def test_several_at_a_time_write_the_same_and_tell_it_in_order(tmp_path: Path) -> None:
    for number in range(9):
        photo(tmp_path / "in" / f"{number}.png", (20 + number, 30))
    (tmp_path / "in" / "5.png").write_text("no photo")
    told: list[Message] = []
    tasks = plan([tmp_path / "in"], tmp_path / "out")
    failures = run(tasks, halves, threads=4, report=told.append)
    assert [task.photo.stem for task in failures] == ["5"]
    assert [m.text for m in told if isinstance(m, Progress)] == [task.photo.name for task in tasks]
    for task in tasks:
        if task not in failures:
            assert read_mask(task.mask).labels.shape == (20 + int(task.photo.stem), 30)


def test_stopping_and_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    photo(tmp_path / "in" / "a.jpg")
    tasks = plan([tmp_path / "in"], tmp_path / "out")
    assert run(tasks, halves, cancelled=lambda: True) == {}
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").write_text("a file that came in the way")
    with pytest.raises(StorageError):
        run(tasks, halves)


def test_overlays_leave_the_background_bare_but_for_borders() -> None:
    pixels = np.full((40, 40, 3), 100, dtype=np.uint8)
    labels = np.zeros((40, 40), dtype=np.uint8)
    labels[10:20, 10:20] = 2
    shown = overlay(pixels, labels)
    assert np.array_equal(shown[25:], pixels[25:])
    assert tuple(shown[10, 10]) == (224, 16, 115)
    assert tuple(shown[15, 15]) == (143, 71, 105)
