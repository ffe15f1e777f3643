"""Child processes yield the processor, unless the person decided otherwise."""

from __future__ import annotations

import os

import pytest

from chromadesk.jobs.manners import share_the_processor


def test_waiting_threads_sleep_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    share_the_processor()
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    share_the_processor()
    assert os.environ["OMP_WAIT_POLICY"] == "ACTIVE"
