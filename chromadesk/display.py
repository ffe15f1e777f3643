"""Whether a window can be shown here, and the studio as a process of its own."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from chromadesk import children
from chromadesk.errors import ChromaDeskError

#: Qt platforms on which nobody sees anything.
_BLIND = ("offscreen", "minimal", "minimalegl", "vnc")


def available() -> bool:
    """Whether there is a display: not on Qt's offscreen platforms, nor on Linux without X11 or Wayland."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _BLIND:
        return False
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def require() -> None:
    """Raise ChromaDeskError where Qt would abort for want of a display; a platform chosen on purpose needs none."""
    if not available() and not os.environ.get("QT_QPA_PLATFORM"):
        raise ChromaDeskError(
            "There is no display to show the studio on: start it from a desktop, or set DISPLAY or WAYLAND_DISPLAY."
        )


def open_studio(folder: Path) -> int:
    """Open the studio on ``folder`` and wait until it is closed; its exit code.

    A process of its own, because the caller may have torch in memory and the studio must not.
    """
    return subprocess.run(children.command("chromadesk", "studio", str(folder)), check=False).returncode
