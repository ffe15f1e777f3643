"""How a child process shares the processor with the window and with other children."""

from __future__ import annotations

import os


def share_the_processor() -> None:
    """Let threads that wait for one another sleep instead of spin; to be called before torch is imported.

    PyTorch's threads spin by default, which is fastest alone but makes two processes on the same cores wait for each
    other ten times as long: a prediction during a training would take seconds. What the person set stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
