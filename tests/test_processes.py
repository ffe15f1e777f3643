"""A process is known by its number and its start."""

from __future__ import annotations

import os
import subprocess
import sys

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
