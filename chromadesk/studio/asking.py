"""Asked by the doctor in a process of its own: does Qt start, and what does it find? Version, fonts, platform."""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtGui import QFontDatabase, QGuiApplication


def main() -> None:
    """Start Qt and tell; a library that is missing ends this process only."""
    application = QGuiApplication([])
    sys.stdout.write(f"{PySide6.__version__} {len(QFontDatabase.families())} {application.platformName()}\n")


if __name__ == "__main__":
    main()
