"""A process is known by its number and its start."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from chromadesk.processes import living, started


def test_a_process_is_itself_while_it_lives_and_nobody_else() -> None:
    assert living(os.getpid(), started()) == psutil.Process()
    assert living(os.getpid(), started() - 60) is None  # the number is another's now
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    since = started(child.pid)
    assert living(child.pid, since) == psutil.Process(child.pid)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert living(child.pid, since) is None  # ended, and not yet waited for
    child.communicate()
    assert living(child.pid, since) is None
    with pytest.raises(psutil.Error):
        started(child.pid)
    assert living(-1, 0.0) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a start is kept as it was")
def test_it_stays_itself_when_the_clock_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    since = started()
    for place in Path("/proc").iterdir():
        if place.name.isdigit() or place.name == "self":
            (tmp_path / place.name).symlink_to(place)
    said = Path("/proc/stat").read_text()
    (tmp_path / "stat").write_text(re.sub(r"btime (\d+)", lambda found: f"btime {int(found[1]) - 3600}", said))
    monkeypatch.setattr(psutil, "PROCFS_PATH", str(tmp_path))  # an hour back, as psutil sees it
    assert living(os.getpid(), since) is not None
    assert started() == since
