"""Every way in which the product writes a file that somebody would miss.

``begin`` makes the older state in an empty folder, ``change`` writes over it as the product does, and ``look`` reads
with the product's own eyes what is there: by name, so that of two files each may be old or new.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from chromadesk import files, masks, settings
from chromadesk.colour import board, kept
from chromadesk.colour.formats import board as boards_out
from chromadesk.colour.formats import lookbook, table
from chromadesk.colour.formats.swatchfile import Group, SwatchFile
from chromadesk.colour.palette import Anchor
from chromadesk.dataset import decisions, splits, tables
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import conflict, provenance, store
from chromadesk.editing.brush import dab
from chromadesk.editing.provenance import Provenance
from chromadesk.editing.stroke import Stroke
from chromadesk.inference import batch
from chromadesk.jobs import record
from chromadesk.jobs.messages import Finished, Warned
from chromadesk.models import choice
from chromadesk.studio.panels.thumbnail_cache import ThumbnailCache
from tests.swatches import of_rgb

SIZE = (40, 30)
KEY = "A/1.png"


@dataclass(frozen=True)
class Write:
    """One way, ``name``. ``begin`` gives what ``change`` and ``look`` want to have besides the folder."""

    name: str
    begin: Callable[[Path], Any]
    change: Callable[[Path, Any], object]
    look: Callable[[Path], dict[str, object]]


def labels(class_id: int) -> np.ndarray:
    """A mask of one class with a corner of another."""
    plane = np.full(SIZE, class_id, np.uint8)
    plane[:5, :7] = 0
    return plane


def _data_set(folder: Path) -> Dataset:
    (folder / "A").mkdir()
    for number in (1, 2, 3):
        Image.fromarray(np.full((*SIZE, 3), 60 * number, np.uint8)).save(folder / "A" / f"{number}.png")
    masks.write_mask(folder / "B" / "1.png", labels(1))
    return Dataset.open(folder)


def _opened(folder: Path) -> store.Opened:
    """Painted on and saved once, painted on again."""
    opened = store.open_document(_data_set(folder)[KEY], folder / ".chromadesk")
    _paint(opened, 2, 8)
    opened.document.predict(labels(3))
    store.write(store.snapshot(opened))
    _paint(opened, 4, 20)
    opened.journal.flush()
    return opened


def _paint(opened: store.Opened, class_id: int, x: float) -> None:
    stroke = Stroke(opened.document, class_id)
    stroke.add(*dab((x, 12.0), 9))
    stroke.finish()


def _mask(folder: Path) -> dict[str, object]:
    state = folder / ".chromadesk"
    origin = provenance.read(provenance.path_of(state, KEY), SIZE)
    opened = store.open_document(Dataset.open(folder)[KEY], state, looking=True)
    assert not opened.mask_unreadable
    return {
        "mask": masks.read_mask(folder / "B" / "1.png", SIZE).labels.tobytes(),
        "provenance": None if origin is None else origin.touched.tobytes(),
        "with the journal": opened.document.packed(opened.document.bounds).tobytes(),
    }


def _save(folder: Path, opened: store.Opened) -> None:
    try:
        store.write(store.snapshot(opened))
    finally:
        opened.journal.flush()


def _strokes(folder: Path, opened: store.Opened) -> None:
    for x in (5, 15, 25):
        _paint(opened, 1, x)
        opened.journal.flush()


def _painted(folder: Path) -> dict[str, object]:
    """The strokes that came back, any beginning of them, are held against what was acknowledged (see ``back``)."""
    found = store.open_document(Dataset.open(folder)[KEY], folder / ".chromadesk", looking=True)
    return {"mask": masks.read_mask(folder / "B" / "1.png", SIZE).labels.tobytes(), "some": found.recovered}


def back(opened: store.Opened) -> bool:
    """What is on disk leads to the document as it is in memory; over someone else's mask the strokes come back."""
    found = store.open_document(opened.item, opened.state, looking=True)
    if any("changed outside" in text for text, _ in found.notices):
        return found.recovered
    return bool(np.array_equal(found.document.labels, opened.document.labels))


def _conflict(folder: Path) -> store.Opened:
    opened = _opened(folder)
    masks.write_mask(opened.item.mask, labels(4))
    return opened


def _bytes(*names: str) -> Callable[[Path], dict[str, object]]:
    def look(folder: Path) -> dict[str, object]:
        return {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in names}

    return look


def _plain(name: str, write: Callable[[Path, int], object], file: str) -> Write:
    """A file of its own that is written the same way each time; ``write`` gets its path and 0 or 1."""
    return Write(name, lambda folder: write(folder / file, 0), lambda folder, _: write(folder / file, 1), _bytes(file))


def swatches(number: int) -> SwatchFile:
    """A file of two swatches."""
    return SwatchFile([Group("clothes", [of_rgb((10, 20 + 90 * number, 30), share=0.5), of_rgb((9, 9, 9))])], "Title")


def _entries(number: int) -> boards_out.Board:
    return boards_out.Board("Board", [boards_out.Entry(of_rgb((10, 20 + 90 * number, 30), share=0.5), "a note")])


def _picture(number: int) -> np.ndarray:
    return np.full((*SIZE, 3), 90 * number + 40, np.uint8)


def _kept(number: int) -> kept.Kept:
    return kept.Kept({"clothes": (Anchor(((50.0, 10.0 * number, 5.0),), None, f"title {number}", True),)})


def _settings(folder: Path, change: Callable[[], object]) -> None:
    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = str(folder)
    try:
        change()
    finally:
        os.environ.pop("XDG_CONFIG_HOME")
        if before is not None:
            os.environ["XDG_CONFIG_HOME"] = before


def _two_settings() -> None:
    settings.put("initials", "AB")
    settings.put("recent", [{"folder": "/somewhere", "opened": 1.0}])


def _job(folder: Path) -> Path:
    job = record.create(folder, record.Request("train", {"model": "unet"}))
    record.append(job, Warned("first"))
    record.note_begun(job)
    return job


def _end(folder: Path, job: Path) -> None:
    record.note_ended(job)
    record.ask_to_stop(job)
    record.append(job, Finished({"miou": 0.5}))


def _said(folder: Path) -> dict[str, object]:
    (job,) = record.list_jobs(folder)
    begun, ended = record.times(job)
    said = record.Tail(job).read()
    assert said[0] == Warned("first")
    return {
        "request": record.read_request(job),
        "last": said[-1],
        "outcome": record.outcome(job),
        "begun": begun is not None,
        "ended": ended is not None,
        "stop": record.stop_asked(job),
    }


def _decide(folder: Path, status: decisions.Status) -> None:
    dataset = Dataset.open(folder)
    with Index.open(dataset) as index:
        index.set_status(KEY, status, f"it is {status}")


def _decided(folder: Path) -> dict[str, object]:
    found = decisions.read(decisions.path_of(folder / ".chromadesk", KEY), 0)
    assert found is not None
    with Index.open(Dataset.open(folder)) as index:
        assert (index.status(KEY), index.note(KEY)) == (found.status, found.note)
    return {"decision": (found.status, found.note)}


def _split(folder: Path) -> Dataset:
    dataset = _data_set(folder)
    splits.assign(dataset, KEY, "test")
    return dataset


def _thumbnails(folder: Path, number: int) -> None:
    cache = ThumbnailCache(folder / "cache" / "thumbnails.sqlite")
    cache.put(folder / "A" / "1.png", _picture(number))
    cache.close()


def _thumbnail(folder: Path) -> dict[str, object]:
    cache = ThumbnailCache(folder / "cache" / "thumbnails.sqlite")
    found = cache.get(folder / "A" / "1.png")
    cache.close()
    return {"thumbnail": None if found is None else int(np.median(found)) // 20}


def _model(folder: Path, name: str) -> None:
    (folder / "models").mkdir(exist_ok=True)
    (folder / "models" / name).touch()
    choice.remember_model(folder, folder / "models" / name)


WITHOUT_TORCH: tuple[Write, ...] = (
    Write("save", _opened, _save, _mask),
    Write("save mine over theirs", _conflict, lambda _, opened: conflict.keep_mine(store.snapshot(opened)), _mask),
    Write("keep both", _conflict, lambda _, opened: conflict.keep_both(store.snapshot(opened)), _bytes("B/1.png")),
    Write("keep theirs", _conflict, lambda _, opened: conflict.keep_theirs(store.snapshot(opened)), _bytes("B/1.png")),
    Write("journal", _opened, _strokes, _painted),
    _plain("mask", lambda path, number: masks.write_mask(path, labels(number)), "mask.png"),
    _plain(
        "provenance",
        lambda path, number: provenance.write(path, Provenance(labels(number) > 0, proposed=True)),
        "provenance.png",
    ),
    Write(
        "decision",
        lambda folder: (_data_set(folder), _decide(folder, "edited")),
        lambda folder, _: _decide(folder, "excluded"),
        _decided,
    ),
    Write(
        "split", _split, lambda _, dataset: splits.assign(dataset, "A/2.png", "test"), _bytes(".chromadesk/split.json")
    ),
    _plain("kept colours", lambda path, number: kept.write(path, _kept(number)), "kept.json"),
    Write(
        "settings",
        lambda folder: _settings(folder, lambda: settings.put("daily goal", 7)),
        lambda folder, _: _settings(folder, _two_settings),
        lambda folder: {"goal": (folder / "chromadesk" / "settings.json").read_text().count('"daily goal": 7')},
    ),
    Write("job", _job, _end, _said),
    Write(
        "chosen model",
        lambda folder: (_model(folder, "one"), choice.remember_quality(folder, "careful")),
        lambda folder, _: choice.remember_model(folder, folder / "models" / "two", folder / "models" / "one"),
        lambda folder: {"quality": choice.remembered_quality(folder)},
    ),
    Write(
        "board",
        lambda folder: board.write(folder, "b", board.Board("one")),
        lambda folder, _: board.write(folder, "b", board.Board("two", "and a note")),
        lambda folder: {"board": board.read(folder, "b")},
    ),
    *(
        _plain(f"swatches {suffix}", lambda path, number: table.write(path, swatches(number)), f"s{suffix}")
        for suffix in table.FORMATS
    ),
    *(
        _plain(f"board {suffix}", lambda path, number: boards_out.write(path, _entries(number)), f"b{suffix}")
        for suffix in (".ase", ".pdf")
    ),
    *(
        _plain(
            f"lookbook {suffix}",
            lambda path, number: lookbook.write(path, _picture(number), labels(1), swatches(number)),
            f"l{suffix}",
        )
        for suffix in (".png", ".pdf")
    ),
    _plain("table", lambda path, number: tables.write(path, {"a.jpg": {"season": str(number)}}), "t.csv"),
    _plain("report", lambda path, number: files.write_text(path, f"<html>{number}" * 4000), "report.html"),
    _plain("overlay", lambda path, number: batch.write_overlay(path, _picture(number), labels(1)), "o.jpg"),
    Write(
        "thumbnails",
        lambda folder: (_data_set(folder), _thumbnails(folder, 0)),
        lambda folder, _: _thumbnails(folder, 1),
        _thumbnail,
    ),
    Write(
        "copy",
        lambda folder: [files.write_bytes(folder / name, name.encode() * 9) for name in ("one", "two")],
        lambda folder, _: files.copy(folder / "one", folder / "two"),
        _bytes("one", "two"),
    ),
)


def with_torch() -> tuple[Write, ...]:
    """Those that load torch: weights, a version made of them, and a training's checkpoint."""
    import torch

    from chromadesk.learning import checkpoint
    from chromadesk.models import weights
    from chromadesk.models.info import WeightsInfo, read_info
    from chromadesk.models.promote import promote
    from chromadesk.models.registry import build

    parameters = {"depth": 2, "width": 2}

    def network(number: int) -> Any:
        torch.manual_seed(number)
        return build("unet", parameters)

    info = WeightsInfo("tiny", "unet", parameters, input_size=(64, 32))

    def save(path: Path, number: int) -> None:
        weights.save(network(number), dataclasses.replace(info, seed=number), path)

    def loaded(folder: Path) -> dict[str, object]:
        network, said = weights.load(folder / "w.safetensors")
        total = sum(float(value.double().sum()) for value in network.state_dict().values())
        return {"weights": (said.seed, total)}

    def versions(folder: Path) -> dict[str, object]:
        found = sorted((folder / "models").glob("*.safetensors"))
        assert all(read_info(path).name == path.stem for path in found)
        return {path.name: read_info(path).seed for path in found if path.stem == "tiny-v1"}

    def kept_states(folder: Path) -> dict[str, object]:
        return {"checkpoint": float(checkpoint.load(folder)["numbers"].sum())}

    def state(number: int) -> dict[str, Any]:
        return {"numbers": torch.full((100,), float(number)), "epoch": number}

    return (
        Write("weights", lambda f: save(f / "w.safetensors", 0), lambda f, _: save(f / "w.safetensors", 1), loaded),
        Write(
            "version",
            lambda f: (
                save(f / "a.safetensors", 0),
                save(f / "b.safetensors", 1),
                promote(f / "a.safetensors", f, "tiny"),
            ),
            lambda f, _: promote(f / "b.safetensors", f, "tiny"),
            versions,
        ),
        Write(
            "checkpoint",
            lambda f: checkpoint.save(state(0), f),
            lambda f, _: checkpoint.save(state(1), f),
            kept_states,
        ),
    )
