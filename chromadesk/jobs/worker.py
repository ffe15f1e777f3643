"""Runs the job in a folder: the same functions a person's command calls, with what they say kept on disk.

Kinds of job, and their ``config``:

    train      a learning.config.TrainConfig
    evaluate   a learning.config.EvaluateConfig
    improve    a TrainConfig and ``baseline`` (a model, or null): trains, then evaluates the new weights and the
               baseline on the test split; the result is {"train": ..., "new": evaluation, "old": evaluation or null,
               "better": bool or null, "close": bool, "why": sentence}, the latter three a learning.gate.Verdict
    queue      an inference.rank.RankConfig
"""

from __future__ import annotations

import dataclasses
import faulthandler
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chromadesk import log
from chromadesk.errors import Cancelled as Stopped
from chromadesk.errors import ChromaDeskError, JobError
from chromadesk.explain import out_of_memory
from chromadesk.jobs import containment, record
from chromadesk.jobs.heartbeat import Heartbeat
from chromadesk.jobs.manners import share_the_processor
from chromadesk.jobs.messages import (
    Cancelled,
    Failed,
    Finished,
    Message,
    Progress,
    Report,
    Started,
    Warned,
    ignore,
    never,
)

_log = logging.getLogger(__name__)
#: Progress is passed on at most this often, in seconds; a GPU takes many steps in between.
_PROGRESS_EVERY = 0.1
#: Entries of a config that name a model or are the path of a weights file.
_MODELS = ("init", "model", "baseline", "encoder_weights")

Work = Callable[[dict[str, Any], Report, Cancelled], dict[str, Any]]


def run_job(folder: Path, report: Report = ignore, cancelled: Cancelled = never, dataset: Path | None = None) -> int:
    """Run the job in ``folder``; exit code 0 (done, or stopped on request), 1 (failed) or 2 (input cannot be used).

    Every message goes to ``report`` and to the job's folder; the last is Finished or Failed. ``dataset`` replaces the
    request's, for a folder carried to another machine. Raises JobError when there is no job in ``folder`` or another
    process runs it, StorageError when the folder cannot be written.
    """
    request = record.read_request(folder)
    containment.refuse_links(folder)
    record.claim(folder)
    record.renew(folder)
    record.dequeue(folder)
    record.note_begun(folder)
    tell = _Recorder(folder, report)
    try:
        if request.nice and hasattr(os, "nice"):
            os.nice(request.nice)
        with Heartbeat(lambda: record.beat(folder)):
            last = _work(folder, request, tell, lambda: cancelled() or record.stop_asked(folder), dataset)
        if not (folder / record.REQUEST).exists():
            return 1  # moved or removed while it ran: nobody would look for its last word here
        record.note_ended(folder)
        tell(last)  # before the release: who sees the process gone finds its last word
    finally:
        record.release(folder)
    return last.exit_code if isinstance(last, Failed) else 0


def _work(
    folder: Path, request: record.Request, tell: Report, cancelled: Cancelled, dataset: Path | None
) -> Finished | Failed:
    try:
        work = _WORK.get(request.kind)
        if work is None:
            raise JobError(f"{folder} asks for {request.kind!r}; this version knows {', '.join(_WORK)}.")
        config = resolve(request.config, folder, dataset)
        if isinstance(out := config.get("out"), str):
            containment.check_out(out, folder)
        return Finished(work(config, tell, cancelled))
    except Stopped:
        return Finished({"cancelled": True})
    except ChromaDeskError as error:
        return Failed(str(error), error.exit_code)
    except Exception as error:  # noqa: BLE001 -- the last line of defence: the person gets a sentence, the log the rest
        _keep(folder, traceback.format_exc())
        _log.exception("job %s failed", folder.name)
        return Failed(_sentence(error, folder))


def resolve(config: dict[str, Any], folder: Path, dataset: Path | None = None) -> dict[str, Any]:
    """``config`` with the paths that are relative to ``folder`` made absolute, and ``dataset`` put in when given."""
    resolved = dict(config)
    for key in ("dataset", "out"):
        if isinstance(resolved.get(key), str):
            resolved[key] = os.path.normpath(folder.absolute() / resolved[key])
    for key in _MODELS:
        value = resolved.get(key)
        if isinstance(value, str) and value.endswith(".safetensors"):
            resolved[key] = os.path.normpath(folder.absolute() / value)
    if dataset is not None:
        resolved["dataset"] = str(dataset.absolute())
    return resolved


class _Recorder:
    """Passes messages on and keeps them in the job's folder, Progress no more often than a person can see."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._last = 0.0

    def __call__(self, message: Message) -> None:
        self._report(message)
        now = time.monotonic()
        if isinstance(message, Progress):
            if now - self._last < _PROGRESS_EVERY and message.done < message.total:
                return
            self._last = now
        record.append(self._folder, message)


class _Pace:
    """Passes messages on and measures what a step takes, so that the next estimate rests on something."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._first: tuple[int, float] | None = None
        self.seconds_per_step: float | None = None

    def __call__(self, message: Message) -> None:
        if isinstance(message, Started):
            self._first = None  # photos were compared before; their steps are not a training's
        elif isinstance(message, Progress):
            now = time.monotonic()
            if self._first is None:
                self._first = message.done, now
            elif message.done > self._first[0]:
                self.seconds_per_step = (now - self._first[1]) / (message.done - self._first[0])
        self._report(message)


def _train(config: dict[str, Any], report: Report, cancelled: Cancelled) -> dict[str, Any]:
    from chromadesk.learning.config import TrainConfig, resumable
    from chromadesk.learning.loop import train

    # A job that is run again goes on where it was stopped.
    resume = resumable(Path(config["out"])) if "out" in config else False
    pace = _Pace(report)
    result = train(TrainConfig.from_json({**config, "resume": resume}), pace, cancelled)
    return {**result, "seconds_per_step": pace.seconds_per_step}


def _evaluate(config: dict[str, Any], report: Report, cancelled: Cancelled) -> dict[str, Any]:
    from chromadesk.learning.config import EvaluateConfig
    from chromadesk.learning.evaluate import evaluate

    return evaluate(EvaluateConfig.from_json(config), report, cancelled)


def _improve(config: dict[str, Any], report: Report, cancelled: Cancelled) -> dict[str, Any]:
    config = dict(config)
    baseline = config.pop("baseline", None)
    trained = _train(config, report, cancelled)
    if trained.get("cancelled"):
        return {"cancelled": True, "train": trained}
    if not trained["test"]:
        report(
            Warned("No photo is kept for testing, so nobody knows how good the new weights are; keep some (Ctrl+T).")
        )
        return {"train": trained, "new": None, "old": None, **_verdict(None, None, trained)}
    common: dict[str, Any] = {k: config[k] for k in ("dataset", "size", "device", "precision") if k in config}

    # both on the photos the curve was drawn from, though the person may have painted on some of them meanwhile
    common |= {"split": "test", "keys": trained["test"]}

    def scores(model: str) -> dict[str, Any]:
        return _evaluate({**common, "model": model}, report, cancelled)

    new, old = scores(trained["model"]), scores(baseline) if baseline else None
    return {"train": trained, "new": new, "old": old, **_verdict(old, new, trained)}


def _verdict(old: dict[str, Any] | None, new: dict[str, Any] | None, trained: dict[str, Any]) -> dict[str, Any]:
    from chromadesk.learning.gate import compare

    return dataclasses.asdict(compare(old, new, chosen_on_these=trained["judged_on"] == "test"))


def _queue(config: dict[str, Any], report: Report, cancelled: Cancelled) -> dict[str, Any]:
    from chromadesk.inference.rank import RankConfig, rank

    return rank(RankConfig.from_json(config), report, cancelled)


_WORK: dict[str, Work] = {"train": _train, "evaluate": _evaluate, "improve": _improve, "queue": _queue}


def _sentence(error: Exception, folder: Path) -> str:
    text = str(error).strip().splitlines()
    first = text[0] if text else type(error).__name__
    if out_of_memory(error):
        return "There is not enough memory for this job. Choose a smaller batch or another device under Advanced."
    return f"The job failed unexpectedly ({type(error).__name__}: {first}); details are in {folder / record.LOG}."


def _keep(folder: Path, text: str) -> None:
    with open(folder / record.LOG, "a", encoding="utf-8") as handle:
        handle.write(text)


def main() -> int:
    """``python -m chromadesk.jobs.worker FOLDER``, as the studio does; what is printed goes to the log.

    A request to terminate, as a system that shuts down makes it, is a wish to stop: a training keeps its checkpoint.
    """
    share_the_processor()
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: told.set())
    folder = Path(sys.argv[1])
    try:
        record.read_request(folder)
        containment.refuse_links(folder)
        with open(folder / record.LOG, "a") as printed:
            os.dup2(printed.fileno(), 1)
            os.dup2(printed.fileno(), 2)
        faulthandler.enable()  # how it died of a fault stands in the job's log
        with log.kept("worker"):
            _log.info("job %s begins", folder.name)
            code = run_job(folder, cancelled=told.is_set)
            _log.info("job %s ends with code %d", folder.name, code)
        return code
    except ChromaDeskError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
