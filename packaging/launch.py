"""Where the program begins that PyInstaller makes of ChromaDesk."""

from __future__ import annotations

import multiprocessing
import sys

multiprocessing.freeze_support()  # a worker of a training's data loader is this program again

from chromadesk.__main__ import main  # noqa: E402

if len(sys.argv) == 1 and not any(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
    sys.argv.append("studio")  # opened from a desktop, which gives no words
main()
