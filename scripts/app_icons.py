"""Draw the application's icon at every size a desktop asks for, from resources/application/chromadesk.svg.

    python scripts/app_icons.py OUT

OUT gets hicolor/<size>x<size>/apps/chromadesk.png, hicolor/scalable/apps/chromadesk.svg, the same for the icon of files
(mimetypes/application-x-chromadesk), chromadesk.ico for Windows and chromadesk.icns for macOS.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]

import numpy as np  # noqa: E402  (the environment comes first)
from PIL import Image  # noqa: E402
from PySide6.QtCore import QByteArray, Qt  # noqa: E402
from PySide6.QtGui import QImage, QPainter  # noqa: E402
from PySide6.QtSvg import QSvgRenderer  # noqa: E402

#: Pixels; 22 is KDE's.
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
#: Twice as large as the largest wanted.
_ICNS = 1024
_APPLICATION = (ROOT / "resources" / "application" / "chromadesk.svg").read_text()
#: A sheet of paper, and on it the application, without its <svg> and </svg>.
_FILE = (
    (ROOT / "packaging" / "linux" / "file.svg")
    .read_text()
    .replace("<!-- application -->", _APPLICATION.partition(">")[2].partition("</svg>")[0])
)
_SOURCES = {"apps": (_APPLICATION, "chromadesk"), "mimetypes": (_FILE, "application-x-chromadesk")}


def draw(source: str, size: int) -> Image.Image:
    """The SVG ``source`` at ``size`` pixels, with its transparency."""
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(size, image.bytesPerLine())[:, : size * 4]
    return Image.fromarray(rows.reshape(size, size, 4).copy(), "RGBA")


def write(out: Path) -> None:
    """All of them, into the folder ``out``."""
    for context, (source, name) in _SOURCES.items():
        for size in SIZES:
            folder = out / "hicolor" / f"{size}x{size}" / context
            folder.mkdir(parents=True, exist_ok=True)
            draw(source, size).save(folder / f"{name}.png", optimize=True)
        folder = out / "hicolor" / "scalable" / context
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.svg").write_text(source)
    draw(_APPLICATION, 256).save(out / "chromadesk.ico", sizes=[(size, size) for size in SIZES if size <= 256])
    draw(_APPLICATION, _ICNS).save(out / "chromadesk.icns")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
