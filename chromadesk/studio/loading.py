"""Loading the studio's modules without what that costs on the side, a fifth of the time until its window is up."""

from __future__ import annotations

import gc
import os
import sys


def lightly() -> None:
    """Call it before anything else of the studio is imported; leaves garbage collection off, see ``collecting``."""
    gc.disable()  # nothing is garbage yet
    # NumPy's OpenBLAS starts its threads at once, and each spins for 30 ms on a core that the window wants.
    before = os.environ.get("OPENBLAS_THREAD_TIMEOUT")
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")
    import numpy as np  # noqa: F401 -- reads it now, and never again

    if before is None:
        del os.environ["OPENBLAS_THREAD_TIMEOUT"]  # child processes do what they like
    import PySide6.QtCore  # noqa: F401

    # PySide reads the source of each module that is loaded from now on, to see whether it may use ``__feature__``; none
    # does. Where a later PySide asks in another way, it costs what it costs.
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda module: False)  # noqa: B010 -- untyped, whatever it is
