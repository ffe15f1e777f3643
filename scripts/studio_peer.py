"""The studio's dab beside napari's, on the same photo size, brush, way and machine, one after the other.

napari is no dependency; give it a throw-away environment and run this script there, with a display (``xvfb-run -a``):

    python -m venv /tmp/napari && /tmp/napari/bin/pip install "napari[pyside6]" "pyside6!=6.12.0"
    /tmp/napari/bin/python scripts/studio_peer.py --studio ".venv/bin/python -m chromadesk"

Both get real mouse events at 100 %; a dab is timed from its event until the canvas has painted it.
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import napari
import numpy as np
from qtpy.QtCore import QEvent, QObject, QPointF, Qt
from qtpy.QtGui import QMouseEvent
from qtpy.QtWidgets import QApplication, QWidget
from vispy.gloo import gl

#: As in chromadesk/studio/benchmark.py: screen pixels between two events, events of a stroke.
PACE, STROKE = 12.0, 40


class Painted(QObject):
    """Knows whether a widget has been painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def way(width: int, height: int) -> Iterator[tuple[float, float]]:
    """The benchmark's curve over the middle of the canvas."""
    across, down, t = 0.3 * min(width, height), 0.35 * height, 0.0
    while True:
        yield width / 2 + across * math.sin(3 * t), height / 2 + down * math.sin(2 * t + 0.5)
        t += PACE / math.hypot(3 * across * math.cos(3 * t), 2 * down * math.cos(2 * t + 0.5), 1.0)


def napari_dabs(megapixels: float, radii: list[int], events: int) -> dict[int, dict[str, float]]:
    """Milliseconds of a dab in napari's labels layer by radius: p50, p99."""
    height = round(math.sqrt(megapixels * 1.5e6))
    width = round(megapixels * 1e6 / height)
    viewer = napari.Viewer()
    viewer.window.resize(1440, 900)
    photo = np.random.default_rng(0).integers(0, 255, (height // 20 + 1, width // 20 + 1, 3), np.uint8)
    viewer.add_image(np.kron(photo, np.ones((20, 20, 1), np.uint8))[:height, :width])
    labels = viewer.add_labels(np.zeros((height, width), np.uint8))
    labels.mode = "paint"
    app = QApplication.instance()
    assert app is not None
    canvas = viewer.window._qt_viewer.canvas.native
    viewer.scene.camera.zoom = 1.0 / canvas.devicePixelRatioF()
    for _ in range(50):
        app.processEvents()
        time.sleep(0.02)
    painted = Painted(canvas)
    points = way(canvas.width(), canvas.height())

    def send(kind: QEvent.Type, at: tuple[float, float], button: Qt.MouseButton, buttons: Qt.MouseButton) -> float:
        local = QPointF(*at)
        event = QMouseEvent(kind, local, QPointF(canvas.mapToGlobal(local)), button, buttons, Qt.NoModifier)
        painted.seen = False
        begun = time.perf_counter()
        app.sendEvent(canvas, event)
        while not painted.seen and time.perf_counter() - begun < 5:
            app.processEvents()
        canvas.makeCurrent()
        gl.glFinish()
        return (time.perf_counter() - begun) * 1000

    found = {}
    for radius in radii:
        labels.brush_size = 2 * radius
        times = []
        before = int((np.asarray(labels.data) > 0).sum())
        for number in range(math.ceil(events / STROKE)):
            labels.selected_label = number % 5 + 1
            at = next(points)
            times.append(send(QEvent.Type.MouseButtonPress, at, Qt.LeftButton, Qt.LeftButton))
            for _ in range(STROKE - 1):
                at = next(points)
                times.append(send(QEvent.Type.MouseMove, at, Qt.NoButton, Qt.LeftButton))
            send(QEvent.Type.MouseButtonRelease, at, Qt.LeftButton, Qt.NoButton)
        if int((np.asarray(labels.data) > 0).sum()) <= before:
            raise SystemExit("napari painted nothing; does its window have a display?")
        found[radius] = {"p50_ms": float(np.percentile(times, 50)), "p99_ms": float(np.percentile(times, 99))}
    viewer.close()
    return found


def studio_dabs(command: str, megapixels: float, radii: list[int], events: int) -> dict[int, dict[str, float]]:
    """The same of the studio, from its own benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "studio.json"
        asked = f"benchmark studio --megapixels {megapixels:g} --radii {','.join(map(str, radii))}".split()
        subprocess.run(
            [*shlex.split(command), *asked, "--events", str(events), "--photos", "10", "--json", str(out)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        rows = json.loads(out.read_text("utf-8"))["strokes"]
    return {row["radius"]: row["dab"] for row in rows if row["zoom"] == "100 %"}


def main() -> None:
    """Measure both and print a line for each brush."""
    parser = argparse.ArgumentParser(description="The studio's dab beside napari's.")
    parser.add_argument("--studio", default="chromadesk", help="the command that runs ChromaDesk")
    parser.add_argument("--megapixels", type=float, default=24)
    parser.add_argument("--radii", default="10,100,300")
    parser.add_argument("--events", type=int, default=300)
    asked = parser.parse_args()
    radii = [int(text) for text in asked.radii.split(",")]
    theirs = napari_dabs(asked.megapixels, radii, asked.events)
    ours = studio_dabs(asked.studio, asked.megapixels, radii, asked.events)
    print(f"A dab at {asked.megapixels:g} MP and 100 %, ms (napari {napari.__version__})")
    print(f"{'radius':>8}{'napari p50':>12}{'p99':>9}{'studio p50':>12}{'p99':>9}{'ratio p50':>11}")
    for radius in radii:
        one, two = theirs[radius], ours[radius]
        print(
            f"{radius:>8}{one['p50_ms']:>12.1f}{one['p99_ms']:>9.1f}{two['p50_ms']:>12.1f}{two['p99_ms']:>9.1f}"
            f"{one['p50_ms'] / two['p50_ms']:>11.1f}"
        )


if __name__ == "__main__":
    main()
