"""Children that are born with PyTorch imported and killed soon after: a life costs milliseconds, not seconds.

A campaign runs its nursery as a program of its own, which nobody's threads or windows share, and hears of it in JSON
lines.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.faults.harness import ROOT


def run(module: str, *arguments: object) -> Iterator[dict[str, Any]]:
    """What the program ``module`` says, line by line; raises when it fails."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as program:
        assert program.stdout is not None
        for line in program.stdout:
            yield json.loads(line)
    if program.returncode:
        raise AssertionError(f"{module} ended with {program.returncode}")


def say(**values: Any) -> None:
    """One such line."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def life(work: Callable[[], None], seconds: float | None, log: Path) -> int:
    """Let a child do ``work`` and kill it after so many ``seconds`` (None: never): its exit code, -9 where it was
    killed; what it printed, and how it failed, goes to ``log``.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with open(log, "a") as handle:
                os.dup2(handle.fileno(), 1)
                os.dup2(handle.fileno(), 2)
            work()
            code = 0
        except BaseException:  # noqa: BLE001 -- it must not come back as a second parent
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    end = None if seconds is None else time.monotonic() + seconds
    while end is None or time.monotonic() < end:
        ended, status = os.waitpid(child, 0 if end is None else os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
