"""How fast the studio is: strokes, views, undo, opening and memory, on generated photos, in the real window.

Latency runs from handing Qt a mouse event to the canvas having painted its dirty region into the window; the next event
follows at once, as from a hand faster than any. Memory is what the operating system counts (RSS).
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from chromadesk.bench import studio
from chromadesk.bench.machine import machine
from chromadesk.bench.studio import NEXT, Settings
from chromadesk.editing.brush import MAX_DIAMETER
from chromadesk.errors import Cancelled
from chromadesk.jobs import messages
from chromadesk.jobs.messages import Metrics
from chromadesk.learning.config import TrainConfig
from chromadesk.models import library
from chromadesk.studio import benchmark_photos as photos
from chromadesk.studio.driver import MIDDLE, Driver, Point, Sample, driven
from chromadesk.studio.window import MODEL, PAINT

#: Screen pixels between two events: a hand at 1,500 px/s and a mouse at 125 Hz.
PACE = 12.0
#: Events of one stroke.
STROKE = 40
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def measure(settings: Settings, report: messages.Report, cancelled: messages.Cancelled) -> dict[str, Any]:
    """Everything, as JSON values. Raises Cancelled when asked to stop."""
    steps = itertools.count(1)
    total = 5 + 2 * len(settings.megapixels)

    def next_step(text: str) -> None:
        if cancelled():
            raise Cancelled("The benchmark was stopped.")
        report(messages.Progress(next(steps), total, text))

    report(messages.Started("benchmark", total))
    with tempfile.TemporaryDirectory(prefix="chromadesk-benchmark-") as folder, driven() as driver:
        root = Path(folder)
        results: dict[str, Any] = {
            "machine": machine(),
            "versions": studio.versions(),
            "window": _window(driver),
            "settings": dataclasses.asdict(settings),
            "strokes": [],
            "views": [],
        }
        next_step("photos in turn")
        results["many"] = photos.many(driver, root / "many", settings.photos)
        next_step(f"a folder of {settings.folder:,} photos")
        results["folder"] = photos.folder(driver, root / "folder", settings.folder)
        for megapixels in settings.megapixels:
            next_step(f"generating {megapixels:g} MP")
            studio.write_pair(root / "sizes", f"{megapixels:g}", megapixels)
        for name in ("next", "other"):
            studio.write_pair(root / "sizes", name, NEXT)
        driver.open_folder(root / "sizes")
        next_step("memory")
        results["memory"] = _memory(driver, settings)
        next_step("opening")
        results["opening"] = photos.opening(driver, settings)
        for megapixels in settings.megapixels:
            next_step(f"strokes at {megapixels:g} MP")
            driver.open_photo(f"A/{megapixels:g}.jpg")
            driver.settle()
            for zoom in ("fit", "100 %"):
                _zoom(driver, zoom)
                results["strokes"] += _strokes(driver, settings, megapixels, zoom)
                results["views"] += _views(driver, settings, megapixels, zoom)
        next_step("beside a training")
        results["beside"] = _beside(driver, root / "beside", settings)
    results["targets"] = [target.to_json() for target in studio.targets(results)]
    return results


def _window(driver: Driver) -> dict[str, Any]:
    canvas = driver.canvas
    return {
        "platform": QGuiApplication.platformName(),
        "window": [driver.window.width(), driver.window.height()],
        "canvas": [canvas.width(), canvas.height()],
        "pixel_ratio": canvas.ratio,
    }


def _memory(driver: Driver, settings: Settings) -> dict[str, Any]:
    """What a large photo takes more than a small one, after many strokes, undone and made again."""
    megapixels = settings.memory_at
    driver.open_photo("A/next.jpg")
    driver.settle()
    before = studio.rss()
    driver.open_photo(f"A/{megapixels:g}.jpg")
    document, session = driver.window.session.document, driver.window.session
    assert document is not None
    driver.window.tool_state.set_size(200)
    way = _way(driver)
    for number in range(settings.strokes):
        _paint(driver, way, number, 5, pause=0)
    for _ in range(settings.strokes):
        driver.key(Qt.Key.Key_Z, _CONTROL)
    undone = len(document.history.undone)
    for _ in range(settings.strokes):
        driver.key(Qt.Key.Key_Z, _CONTROL | _SHIFT)
    driver.settle()
    history = document.history.nbytes
    grown = studio.rss() - before
    layer = driver.canvas.photo_layer
    assert session.photo is not None
    assert layer is not None
    arrays = {
        "photo": session.photo.pixels.nbytes,
        "photo_pyramid": layer.nbytes,
        "labels": document.labels.nbytes,
        "provenance": document.touched.nbytes,
        "label_pyramid": document.pyramid.nbytes,
    }
    return {
        "megapixels": megapixels,
        "strokes": undone,
        "history_bytes": history,
        "bytes_a_pixel": round((grown - history) / document.labels.size, 2),
        "counted": "growth of RSS over a 0.5 MP photo, less the history",
        "arrays_a_pixel": {name: round(size / document.labels.size, 2) for name, size in arrays.items()},
    }


def _beside(driver: Driver, root: Path, settings: Settings) -> dict[str, Any]:
    """Paint on a 0.5 MP photo while the bundled network is really fine-tuned by a job of the studio's."""
    stems = studio.write_many(root, 40)
    studio.write_pair(root, "open", NEXT)
    driver.open_folder(root)
    driver.open_photo("A/open.jpg")
    driver.window.show_workspace(MODEL)
    driver.window.show_workspace(PAINT)
    workspace, index = driver.window.model_workspace, driver.window.session.index
    assert workspace is not None
    assert index is not None
    for stem in stems:
        index.set_status(f"A/{stem}.jpg", "approved")
    config = TrainConfig("", "", init=library.DEFAULT, epochs=1000, test_share=0, patience=0, **settings.training)
    job = workspace.jobs.start("train", config.to_json())
    assert job is not None
    steps: list[float] = []
    job.message.connect(lambda message: steps.append(time.monotonic()) if isinstance(message, Metrics) else None)
    driver.until(lambda: len(steps) > 1, "The training's first step")
    way, begun = _way(driver), len(steps)
    driver.window.tool_state.set_size(40)
    dabs: list[Sample] = []
    with driver.listening() as silences:
        for number in range(math.ceil(settings.events / STROKE)):
            dabs += _paint(driver, way, number, min(STROKE, settings.events))[0]
            driver.rest(0.5)
        driver.until(lambda: len(steps) > begun, "The training's next step")
    workspace.jobs.stop_all()
    driver.until(lambda: not workspace.jobs.running, "The training's end")
    return {
        "training_steps": len(steps) - begun,
        "dab": studio.summary(dabs),
        "silence": studio.summary([(silence, 0.0) for silence in silences]),
    }


def _zoom(driver: Driver, zoom: str) -> None:
    driver.canvas.fit()
    if zoom != "fit":
        driver.canvas.actual_size()
    driver.app.processEvents()


def _strokes(driver: Driver, settings: Settings, megapixels: float, zoom: str) -> list[dict[str, Any]]:
    """A row for each brush: its radius counts in photo pixels, and zoomed to fit in screen pixels as well."""
    scale = driver.canvas.transform.scale
    cases = [(radius, "photo", 2 * radius) for radius in settings.radii]
    if scale != 1:
        cases += [(radius, "screen", round(2 * radius / scale)) for radius in settings.radii]
    rows = []
    for radius, unit, diameter in cases:
        if diameter > MAX_DIAMETER:
            continue  # larger than any brush
        driver.window.tool_state.set_size(diameter)
        way = _way(driver)
        dabs, releases = [], []
        for number in range(math.ceil(settings.events / STROKE)):
            spent, last = _paint(driver, way, number, min(STROKE, settings.events))
            dabs += spent
            releases.append(last)
        rows.append(
            {
                "megapixels": megapixels,
                "zoom": zoom,
                "scale": round(scale, 4),
                "radius": radius,
                "unit": unit,
                "on_screen": unit == "screen" or scale == 1,
                "diameter": diameter,
                "dab": studio.summary(dabs),
                "release": studio.summary(releases),
            }
        )
    return rows


def _views(driver: Driver, settings: Settings, megapixels: float, zoom: str) -> list[dict[str, Any]]:
    """Pan with the middle button, zoom with the wheel, undo a stroke of 300 px with a brush of 300 px and redo it."""
    driver.window.tool_state.set_size(40)
    way = _way(driver)
    pans, zooms, back, again = [], [], [], []
    driver.press(next(way), MIDDLE)
    for _ in range(settings.events):
        pans.append(driver.move(next(way), MIDDLE))
    driver.release(next(way), MIDDLE)
    _zoom(driver, zoom)
    middle = driver.canvas.width() / 2, driver.canvas.height() / 2
    for number in range(settings.events):
        zooms.append(driver.wheel(middle, 1 if number // 5 % 2 == 0 else -1))
    _zoom(driver, zoom)
    driver.window.tool_state.set_size(300)
    reach = 150 * driver.canvas.transform.scale / driver.canvas.ratio
    left, right = (middle[0] - reach, middle[1]), (middle[0] + reach, middle[1])
    driver.window.tool_state.set_class(1)
    driver.press(left)
    driver.move(right)
    driver.release(right)
    for _ in range(settings.events):
        back.append(driver.key(Qt.Key.Key_Z, _CONTROL))
        again.append(driver.key(Qt.Key.Key_Z, _CONTROL | _SHIFT))
    return [
        {"megapixels": megapixels, "zoom": zoom, "what": what, "time": studio.summary(samples)}
        for what, samples in (("pan", pans), ("zoom", zooms), ("undo", back), ("redo", again))
    ]


def _paint(
    driver: Driver, way: Iterator[Point], number: int, events: int, pause: float = 0.1
) -> tuple[list[Sample], Sample]:
    """One stroke in a class of its own: the times of its dabs, and of letting go."""
    driver.window.tool_state.set_class((3, 1, 2, 4, 0)[number % 5])
    driver.rest(pause)  # a hand takes longer from one stroke to the next; the journal is written meanwhile
    times = [driver.press(next(way))]
    for _ in range(events - 1):
        at = next(way)
        times.append(driver.move(at))
    return times, driver.release(at)


def _way(driver: Driver) -> Iterator[Point]:
    """A curve without end over the middle of the canvas, a point every PACE pixels; the same at every zoom."""
    width, height = driver.canvas.width(), driver.canvas.height()
    across, down, t = 0.3 * min(width, height), 0.35 * height, 0.0
    while True:
        yield width / 2 + across * math.sin(3 * t), height / 2 + down * math.sin(2 * t + 0.5)
        t += PACE / math.hypot(3 * across * math.cos(3 * t), 2 * down * math.cos(2 * t + 0.5), 1.0)
