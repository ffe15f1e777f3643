"""Loading lightly: nothing is different but the time it takes."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import gc, os
from chromadesk.studio import loading
loading.lightly()
import inspect
def refuse(module): raise AssertionError(f"the source of {module} was read")
inspect.getsource = refuse
import chromadesk.studio.window
print(gc.isenabled(), os.environ.get("OPENBLAS_THREAD_TIMEOUT"))
"""


def said(**environment: str) -> list[str]:
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    return done.stdout.split()


def test_no_source_is_read_and_the_environment_stays() -> None:
    assert said() == ["False", "None"]
    assert said(OPENBLAS_THREAD_TIMEOUT="26") == ["False", "26"]
