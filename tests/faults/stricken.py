"""A fault for a child process, brought in from outside: copied as ``sitecustomize.py`` into a folder on its PYTHONPATH.

``fault.json`` beside it says which (``{"where": "training" or "segmenter", "how": ..., "step": n}``); ``struck`` gets
the time, seconds since 1970, of the moment before. Nothing in the product knows of it.
"""

import importlib.abc
import importlib.machinery
import json
import os
import sys
import time
from pathlib import Path

_HERE = Path(__file__).parent
_PLACES = {
    "training": ("chromadesk.learning.objective", "_CrossEntropy", "step", "chromadesk.jobs.worker"),
    "segmenter": ("chromadesk.inference.segment", "Segmenter", "_probabilities", "chromadesk.jobs.segmenter"),
}


def _strike(how, subject, photos):
    """``photos``: how many the work at hand has in memory at a time."""
    import torch

    if how == "memory" and photos > 1:
        torch.empty(2**56, dtype=torch.uint8)  # the real allocator's refusal
    elif how == "numbers":
        if hasattr(subject, "_model"):
            with torch.no_grad():
                for each in subject._model.parameters():
                    each.fill_(float("nan"))
        else:  # whatever computes it
            scores = subject.scores
            subject.scores = lambda photos: scores(photos) * float("nan")
    elif how == "exit":
        os._exit(3)
    elif how == "segfault":
        import ctypes

        ctypes.string_at(0)
    elif how == "hang":
        time.sleep(1e6)
    elif how == "stop":
        import signal

        os.kill(os.getpid(), signal.SIGSTOP)


def _arm(module, fault):
    _, owner, method, _ = _PLACES[fault["where"]]
    subject = getattr(module, owner)
    work, calls = getattr(subject, method), [0]

    def stricken(self, photos, *rest):
        calls[0] += 1
        lasting = fault["how"] == "memory" and fault["where"] == "training"
        if calls[0] == fault["step"] or (lasting and calls[0] > fault["step"]):
            if calls[0] == fault["step"]:
                (_HERE / "struck").write_text(repr(time.time()))
            # A segmenter has one photo and no way to take less; a training may take fewer at a time.
            at_once = rest[-1] if fault["where"] == "training" else 2
            _strike(fault["how"], self, at_once)
        return work(self, photos, *rest)

    setattr(subject, method, stricken)


class _Finder(importlib.abc.MetaPathFinder):
    """Arms the module in question when it has been loaded."""

    def __init__(self, fault):
        self._fault, self._name = fault, _PLACES[fault["where"]][0]

    def find_spec(self, name, path, target=None):
        if name != self._name:
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path)
        load, fault = found.loader.exec_module, self._fault

        def exec_module(module):
            load(module)
            _arm(module, fault)

        found.loader.exec_module = exec_module
        return found


def _begin():
    """Only in the child meant: ``sys.argv`` is not there yet when this is imported, the command line is."""
    fault = json.loads((_HERE / "fault.json").read_text())
    if _PLACES[fault["where"]][3] in sys.orig_argv and not (_HERE / "struck").exists():  # once: the next child is well
        sys.meta_path.insert(0, _Finder(fault))


if __name__ == "sitecustomize":
    _begin()
