"""Make the guide's pictures of the studio: real window, real model, real training, no display needed.

    make screenshots            writes resources/screenshots/*.webp (about a minute on two cores)

The photos are the demo's public-domain portraits and a third one, whole and as crops of them.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_home = tempfile.TemporaryDirectory(prefix="chromadesk-screenshots-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = str(Path(_home.name) / _name.lower())

import numpy as np  # noqa: E402  (the environment comes first)
from matplotlib import cbook  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, Qt  # noqa: E402
from PySide6.QtGui import QMouseEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from skimage import data  # noqa: E402

from chromadesk import classes  # noqa: E402
from chromadesk.learning.config import TrainConfig  # noqa: E402
from chromadesk.masks import read_mask, write_mask  # noqa: E402
from chromadesk.models import library  # noqa: E402
from chromadesk.models.info import read_info  # noqa: E402
from chromadesk.studio import theme, words  # noqa: E402
from chromadesk.studio.canvas.view import Canvas  # noqa: E402
from chromadesk.studio.window import COLOURS, MODEL, PAINT, Window  # noqa: E402
from chromadesk.studio.words import tr  # noqa: E402

SIZE = (1440, 900)
LARGEST = 300_000  # bytes a picture may take
UNMASKED = ("cameraman-left", "hopper-left")
NOTICES = 6.0  # seconds after which the notices have gone
#: name, (left, top, right, bottom) as parts of the portrait's width and height, mirrored
CROPS = (
    ("-head", (0.2, 0.0, 0.75, 0.5), False),
    ("-left", (0.0, 0.0, 0.72, 1.0), True),
    ("-bust", (0.1, 0.0, 0.9, 0.8), False),
)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default=library.DEFAULT, help="weights file, or the name of one")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "screenshots")
    parser.add_argument("--epochs", type=int, default=12, help="of the training in the last picture")
    parser.add_argument("--language", default="en", choices=words.LANGUAGES)
    options = parser.parse_args()
    weights = library.find(options.model)
    app = QApplication(["chromadesk"])
    words.use(options.language)
    theme.apply(app)
    window = Window()
    window.resize(*SIZE)
    window.show()
    try:
        with tempfile.TemporaryDirectory() as folder:
            take(window, weights, Path(folder), options.out, options.epochs)
    finally:
        window.leave()


def take(window: Window, weights: Path, folder: Path, out: Path, epochs: int) -> None:
    """The states of ``window``, on photos written into ``folder``."""
    pause(0.5)
    save(window, out / "welcome.webp")
    window.paint.empty.recents.follow()
    portraits = folder / "Portraits"
    write_photos(portraits, weights)
    window.session.open_dataset(portraits)
    window.session.active.use(weights)
    paint(window, out)
    improve(window, weights, epochs)
    save(window, out / "model.webp")
    window.leave()
    again = Window()
    again.resize(*SIZE)
    again.show()
    pause(0.5)
    save(again, out / "recent.webp")
    again.leave()


def write_photos(folder: Path, weights: Path) -> None:
    """Three portraits and crops of them; the masks of most, cut from those of the whole portraits like the photos."""
    hopper = str(cbook.get_sample_data("grace_hopper.jpg", asfileobj=False))
    portraits = {
        "astronaut": Image.fromarray(data.astronaut()),
        "cameraman": Image.fromarray(data.camera()).convert("RGB"),
        "hopper": Image.open(hopper).convert("RGB"),
    }
    folder.mkdir()
    for name, portrait in portraits.items():
        portrait.save(folder / f"{name}.jpg", quality=92)
    segment = [sys.executable, "-m", "chromadesk", "segment", folder, "--out", folder / "B", "--model", weights]
    subprocess.run(segment, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    for name, portrait in portraits.items():
        mask = Image.fromarray(read_mask(folder / "B" / f"{name}.png").labels)
        for ending, part, mirrored in CROPS:
            cut(portrait, part, mirrored).save(folder / f"{name}{ending}.jpg", quality=92)
            if name + ending not in UNMASKED:
                write_mask(folder / "B" / f"{name}{ending}.png", np.asarray(cut(mask, part, mirrored)))


def cut(picture: Image.Image, part: tuple[float, float, float, float], mirrored: bool) -> Image.Image:
    """A part of ``picture``, given as in CROPS."""
    width, height = picture.size
    left, top, right, bottom = part
    crop = picture.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))
    return crop.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else crop


def is_open(window: Window, key: str) -> bool:
    """Whether the photo ``key`` is open, with its mask."""
    return window.session.item is not None and window.session.item.key == key and window.session.document is not None


def paint(window: Window, out: Path) -> None:
    """The astronaut with a brush over her; then her colours, large."""
    window.session.open_photo("astronaut.jpg")
    wait(lambda: is_open(window, "astronaut.jpg"), 20, "the photo")
    window.show_workspace(PAINT)
    pause(1.0)  # the filmstrip's thumbnails come from a thread
    canvas = window.paint.canvas
    window.tool_state.set_tool("brush")
    window.tool_state.set_class(classes.by_name("hair").id)
    stroke(canvas, (195, 45), (225, 32), (255, 40), (272, 65), (280, 95))
    window.tool_state.set_class(classes.by_name("clothes").id)
    stroke(canvas, (140, 205), (165, 235), (200, 258), (240, 268), (280, 250))
    wait(lambda: bool(window.live.swatches("clothes")), 60, "the palette")
    point(canvas, QEvent.Type.MouseMove, (110, 330), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton)
    pause(NOTICES)
    save(window, out / "paint.webp")
    window.paint.cleaning.begin("smooth")
    pause(1.5)
    save(window, out / "cleanup.webp")
    window.paint.cleaning.cancel()
    document = window.session.document
    assert document is not None
    window.session.predict()
    wait(lambda: document.proposal is not None, 120, "the proposal")
    for name, toggle in (
        ("wipe", window.comparing.toggle),
        ("keys", window.overlays.keys.toggle),
        ("labelling", window.overlays.guide.toggle),
    ):
        toggle()
        pause(1.0)
        save(window, out / f"{name}.webp")
        toggle()
    window.overlays.manual.toggle()
    window.overlays.manual.open_page("forecasters")
    save(window.overlays.manual, out / "guide.webp")
    window.overlays.manual.toggle()
    window.show_workspace(COLOURS)
    pause(1.0)
    save(window, out / "colours.webp")
    window.colours.tabs.show_tab(tr("Collection"))
    pause(NOTICES)
    save(window, out / "collection.webp")


def improve(window: Window, weights: Path, epochs: int) -> None:
    """A short real fine-tune, then its evaluation, both shown in the Model workspace."""
    window.show_workspace(MODEL)
    workspace = window.model_workspace
    assert workspace is not None
    model = read_info(weights).architecture
    config = TrainConfig(
        dataset="",
        out="",
        model=model,
        init=str(weights),
        epochs=epochs,
        batch=4,
        loss="vanilla",
        augment="flip",
    )
    workspace.jobs.start("improve", {**dataclasses.asdict(config), "baseline": str(weights)})
    wait(lambda: not workspace.jobs.running, 1800, "the training")
    pause(1.0)
    workspace.evaluation.evaluate()
    wait(lambda: not workspace.jobs.running, 600, "the evaluation")
    pause(NOTICES)


def stroke(canvas: Canvas, *points: tuple[float, float]) -> None:
    """Draw with the mouse through ``points`` of the photo (x, y)."""
    left, nothing = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    point(canvas, QEvent.Type.MouseButtonPress, points[0], left, left)
    for position in points[1:]:
        point(canvas, QEvent.Type.MouseMove, position, nothing, left)
    point(canvas, QEvent.Type.MouseButtonRelease, points[-1], left, nothing)
    pause(0.5)


def point(
    canvas: Canvas, kind: QEvent.Type, position: tuple[float, float], button: Qt.MouseButton, held: Qt.MouseButton
) -> None:
    """One event of the mouse at a point of the photo (x, y)."""
    x, y = canvas.transform.to_screen(*position)
    local = QPointF(x / canvas.ratio, y / canvas.ratio)
    everywhere = QPointF(canvas.mapToGlobal(local))
    QApplication.sendEvent(canvas, QMouseEvent(kind, local, everywhere, button, held, Qt.KeyboardModifier.NoModifier))


def wait(ready: Callable[[], bool], seconds: float, what: str) -> None:
    """Run the event loop until ``ready``; ends the script when that takes too long."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            sys.exit(f"Waited {seconds:.0f} s for {what} in vain.")
        QApplication.processEvents()
        time.sleep(0.01)


def pause(seconds: float) -> None:
    """Run the event loop for a while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        QApplication.processEvents()
        time.sleep(0.01)


def save(window: QWidget, path: Path) -> None:
    """Write what ``window`` shows, as fine as LARGEST allows."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in (92, 85, 75, 60):
        picture.save(path, quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            break
    print(f"{path}: {picture.size[0]} x {picture.size[1]}, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
