"""What is done with photos of any name, in a process of its own: ``python -m tests.faults.names_victim WEIGHTS``.

A data set's folder a line on stdin; back comes a line of JSON: what went wrong, each a text, and the lines that the
commands said.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback
from pathlib import Path

import numpy as np
from PIL import Image

from chromadesk import cli
from chromadesk.colour import board, kept
from chromadesk.colour.palette import Anchor
from chromadesk.colour.swatch import Swatch
from chromadesk.dataset import fields, tables
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.patch import Box
from chromadesk.editing.store import open_document, snapshot, write
from chromadesk.images import read_photo
from chromadesk.listing import list_photos
from chromadesk.masks import read_mask
from chromadesk.models.info import WeightsInfo
from chromadesk.report import Page, html


class _Terminal(io.StringIO):
    """A stream whose text can be asked for, and that takes only what UTF-8 can say."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        text.encode()
        return super().write(text)


def command(*words: str) -> tuple[int, str]:
    """Exit code and what was said."""
    said = _Terminal()
    before = sys.argv
    sys.argv = ["chromadesk", *words]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            cli.main()
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    finally:
        sys.argv = before
    return 0, said.getvalue()


def treat(root: Path, weights: Path) -> tuple[list[str], list[str]]:
    """Everything a person does with a folder of photos."""
    wrong, lines = [], []
    listed = list_photos(root)
    dataset = Dataset.open(root)
    lines.append(dataset.remark)
    seen = {item.name for item in dataset.items} | set(dataset.left_out)
    if {path.name for path in listed} - seen:
        wrong.append(f"the data set lacks {sorted({path.name for path in listed} - seen)!a}")
    out = root.parent / "out"
    for words in (
        ("segment", str(root), "--out", str(out), "--model", str(weights), "--overlay", "--device", "cpu"),
        *(("segment", str(root / name), "--out", str(out), "--model", str(weights)) for name in os.listdir(root)[:1]),
        ("colours", str(root), "--csv", str(out / "c.csv"), "--report", str(out / "c.html"), "--model", str(weights)),
    ):
        code, said = command(*words)
        lines += said.splitlines()
        if code not in (0, 2):
            wrong.append(f"{words[0]} ended with {code}: {said[-300:]!a}")
    with Index.open(dataset) as index:
        for item in dataset.items[:3]:
            _one(dataset, index, item.key, wrong)
    with Index.open(Dataset.open(root)) as again:
        wrong += [f"{key!a} is {again.status(key)}" for key in dataset.keys[:3] if _readable(dataset, key)
                  and again.status(key) != "approved"]  # fmt: skip
    rows = {key: {"brand": key[:100].strip(), "tags": "=1+1"} for key in dataset.keys if key == key.strip()}
    tables.write(dataset.state / fields.KEPT, rows)
    if tables.read(dataset.state / fields.KEPT) != rows:
        wrong.append("a table of fields does not come back")
    _texts(root, out, wrong)
    return wrong, lines


def _readable(dataset: Dataset, key: str) -> bool:
    return dataset[key].photo.is_file() and os.access(dataset[key].photo, os.R_OK) and _is_photo(dataset[key].photo)


def _is_photo(path: Path) -> bool:
    with contextlib.suppress(Exception):
        read_photo(path)
        return True
    return False


def _one(dataset: Dataset, index: Index, key: str, wrong: list[str]) -> None:
    """Paint, save, decide, arrange colours, pin one to a board; and all of it comes back."""
    if not _readable(dataset, key):
        return
    item = dataset[key]
    opened = open_document(item, dataset.state)
    opened.document.edit("brush", Box(0, 0, 2, 2), np.full((2, 2), 3, np.uint8), np.ones((2, 2), bool))
    opened.journal.flush()
    opened.close()
    opened = open_document(item, dataset.state)
    if not opened.recovered:
        wrong.append(f"a stroke on {key!a} does not come back")
    write(snapshot(opened))
    opened.close()
    index.set_status(key, "approved", "a note")
    decided = kept.Kept({"clothes": (Anchor(((50.0, 0.0, 0.0),), None, key, True),)})
    kept.write(kept.path_of(dataset.state, key), decided)
    if kept.read(kept.path_of(dataset.state, key)) != decided:
        wrong.append(f"the colours of {key!a} do not come back")
    pinned = board.Board(key, "", (board.Pin(Swatch((50.0, 0.0, 0.0)), key, (key,)),))
    name = board.free_name(key, [])
    board.write(dataset.state, name, pinned)
    if board.read(dataset.state, name).pins[0].photos != (key,):
        wrong.append(f"a board with {key!a} does not come back")
    if not item.mask.is_file() or read_mask(item.mask).labels[0, 0] != 3:
        wrong.append(f"the mask of {key!a} does not come back")


def _texts(root: Path, out: Path, wrong: list[str]) -> None:
    """What names become in tables and pages."""
    page = html([Page(path.name, np.zeros((2, 2, 3), np.uint8), np.zeros((2, 2), np.uint8), {}) for path in
                 list_photos(root)], WeightsInfo("<b>bold", "unet"), [])  # fmt: skip
    texts = [page, *((out / name).read_text("utf-8") for name in ("c.html", "c.csv") if (out / name).exists())]
    for text in texts[:2]:
        if "<img src=x" in text or "<b>bold" in text:
            wrong.append("a name became markup")
    for cell in (line.split(",")[0].strip('"') for text in texts[2:] for line in text.splitlines()):
        if cell[:1] in ("=", "+", "-", "@"):
            wrong.append(f"a cell begins {cell[:20]!a}")


def main() -> None:
    """Treat every folder of which stdin says the path."""
    weights = _weights(Path(sys.argv[1]))
    answers = sys.stdout
    for line in sys.stdin:
        root = Path(json.loads(line))
        try:
            wrong, lines = treat(root, weights)
        except BaseException:  # noqa: BLE001 -- that is what is looked for
            wrong, lines = [traceback.format_exc()], []
        answers.write(json.dumps({"wrong": wrong, "lines": lines}) + "\n")
        answers.flush()


def _weights(path: Path) -> Path:
    import torch

    from chromadesk.models.registry import build
    from chromadesk.models.weights import save

    torch.manual_seed(0)
    torch.set_num_threads(1)
    parameters = {"depth": 4, "width": 4}
    save(build("unet", parameters), WeightsInfo("tiny", "unet", parameters, input_size=(64, 32)), path)
    return path


def photo(path: bytes) -> None:
    """A small sound photo at ``path``."""
    buffer = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (40, 24, 3), np.uint8)).save(buffer, "JPEG")
    with open(path, "wb") as handle:
        handle.write(buffer.getvalue())


if __name__ == "__main__":
    main()
