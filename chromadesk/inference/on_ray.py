"""The same batch by the machines of a Ray cluster, for folders that outgrow one: each worker keeps a model and writes.

Every machine sees photos, masks and weights by the same paths. A worker that dies is replaced and its photo given to
another; a mask takes its place whole and under the name that was planned, so what is done twice is there once.

Ray's actors, not Ray Data, which does not fit: it hands out blocks of rows and does a whole one again when its worker
dies, with no end when it was a photo that killed it, and at a limit to that it gives up the whole run. Here a photo is
given to three workers at most, then told as one that cannot be read is. Nor are pandas and pyarrow needed.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import chromadesk
from chromadesk import files
from chromadesk.errors import ChromaDeskError, InputError, StorageError
from chromadesk.inference import batch
from chromadesk.inference.batch import Task
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, Warned, ignore, never
from chromadesk.parallel import cores

#: So many workers may die over a photo, and as many each before they have a model, until that is told as an error.
_TRIES = 3
#: Seconds between two questions whether to stop, and those that a cluster may take to answer.
_PATIENCE, _PATIENT = 0.5, 10.0
#: After so many seconds without any worker it is said that there is none.
_LONG = 60.0
#: Bytes of Ray's store of objects: nothing but paths and sentences goes through it.
_STORE = 80 << 20
#: Nothing is reported to Ray's makers, and what Ray has to say of workers that died stays out of what we say.
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS_SKIP_REGEX": "."}
#: Of a cluster made here: nothing listens but on this machine, and there only to who knows the word (else Ray keeps one
#: in the person's home, or lets in anybody who has an account here); workers wait for others no more than we do.
_HERE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token", "RAY_worker_niceness": "0"}


def run(
    tasks: list[Task],
    weights: Path,
    *,
    device: str = "auto",
    precision: str = "auto",
    quality: str = "standard",
    class_map: str | None = None,
    overlays: bool = False,
    address: str | None = None,
    workers: int | None = None,
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> dict[Task, str]:
    """Write every task's mask by ``workers`` (None: one for each core, or GPU) of the Ray cluster at ``address`` (None:
    one made on this machine for this); tells, and returns, what ``batch.run`` does, in the order they are done.

    Raises InputError without Ray or cluster, ModelError, StorageError.
    """
    report(Started("segment", len(tasks)))
    if not tasks:
        return {}
    with _cluster(address, workers) as ray:
        there = ray.cluster_resources()
        on_gpu = device != "cpu" and there.get("GPU", 0) >= 1
        most = max(1, int(there.get("GPU" if on_gpu else "CPU", 1)))
        hire = partial(
            ray.remote(_Worker).options(num_cpus=0 if on_gpu else 1, num_gpus=1 if on_gpu else 0).remote,
            (str(weights.absolute()), device, precision, quality, class_map),
            overlays,
        )
        try:
            return _Crew(ray, hire, tasks, report).work(min(workers or most, len(tasks)), cancelled)
        finally:
            for folder in {task.mask.parent for task in tasks}:
                files.sweep(folder)  # what workers that died had begun


class _Crew:
    """Gives photos to workers, one at a time to each that has its model, and replaces those that die."""

    def __init__(self, ray: Any, hire: Callable[[], Any], tasks: list[Task], report: Report) -> None:
        self._ray, self._hire, self._report = ray, hire, report
        self._waiting, self._done, self._total = deque(tasks), 0, len(tasks)
        #: Answers to come -> who gives them and for which photo; None: for having loaded the model.
        self._awaited: dict[Any, tuple[Any, Task | None]] = {}
        self._deaths: Counter[Task | None] = Counter()
        self._failures: dict[Task, str] = {}
        self._begun = self._heard = time.monotonic()

    def work(self, workers: int, cancelled: Cancelled) -> dict[Task, str]:
        """A sentence for each photo that could not be done. Once ``cancelled`` those under way are ended."""
        for _ in range(workers):
            self._begin()
        while self._done < self._total:
            stopping = cancelled()
            idle = all(task is None for _, task in self._awaited.values())
            if stopping and idle:
                break
            answers, _ = self._ray.wait(list(self._awaited), timeout=_PATIENCE)
            for answer in answers:
                worker, task = self._awaited.pop(answer)
                alive = self._hear(answer, task, _TRIES * workers)
                self._heard = time.monotonic()
                if not alive and not stopping:
                    self._begin()
                elif alive and self._waiting and not stopping:
                    self._give(worker, self._waiting.popleft())
            if idle and time.monotonic() - self._heard > _LONG:
                self._heard = time.monotonic()
                self._report(Warned("No worker of the Ray cluster has its model yet; waiting for one."))
        return self._failures

    def _begin(self) -> None:
        worker = self._hire()
        self._awaited[worker.load.remote(chromadesk.__version__)] = worker, None

    def _give(self, worker: Any, task: Task) -> None:
        where = Task(task.photo.absolute(), task.mask.absolute())  # workers lie in other folders
        self._awaited[worker.write.remote(where)] = worker, task

    def _hear(self, answer: Any, task: Task | None, deaths: int) -> bool:
        """Whether the worker that owes ``answer`` lives; its photo is done then, or else to be done again."""
        try:
            self._ray.get(answer)
        except self._ray.exceptions.RayTaskError as error:
            cause = error.cause
            if task is None or isinstance(cause, StorageError) or not isinstance(cause, ChromaDeskError):
                raise cause from None  # the next photo would fare no better
            self._finished(task, str(cause))
        except self._ray.exceptions.RayError as error:
            self._deaths[task] += 1
            if task is None and self._deaths[None] >= deaths:
                raise ChromaDeskError(
                    "Worker after worker ends before it has its model; see that there is memory for all, or ask for "
                    "fewer (--workers)."
                ) from error
            if task is not None and self._deaths[task] < _TRIES:
                self._report(Warned(f"A worker ended while it worked on {task.photo}; another one takes it."))
                self._waiting.appendleft(task)
            elif task is not None:
                self._finished(task, f"{task.photo} ended {_TRIES} workers, one after the other; leave it out.")
            return False
        else:
            if task is not None:
                self._finished(task)
        return True

    def _finished(self, task: Task, failure: str = "") -> None:
        self._done += 1
        if failure:
            self._failures[task] = failure
            self._report(Warned(failure))
        left = (time.monotonic() - self._begun) / self._done * (self._total - self._done)
        self._report(Progress(self._done, self._total, task.photo.name, left))


class _Worker:
    """Keeps a model warm, on one core of its own."""

    def __init__(self, model: tuple[str, str, str, str, str | None], overlays: bool) -> None:
        self._model, self._overlays = model, overlays

    def load(self, version: str) -> None:
        """Load the model for a ChromaDesk of ``version``. Raises ModelError, InputError."""
        if version != chromadesk.__version__:
            raise InputError(
                f"A machine of the Ray cluster has ChromaDesk {chromadesk.__version__}, this one {version}; install "
                "the same on all."
            )
        import cv2
        import torch

        from chromadesk.inference.segment import Segmenter

        torch.set_num_threads(1)
        cv2.setNumThreads(1)
        weights, device, precision, quality, class_map = self._model
        self._segment = Segmenter(Path(weights), device, precision, quality, class_map=class_map).labels

    def write(self, task: Task) -> None:
        """Write a photo's mask; see batch.write."""
        batch.write(self._segment, self._overlays, task)


@contextlib.contextmanager
def _cluster(address: str | None, workers: int | None) -> Iterator[Any]:
    """Ray, connected to the cluster at ``address``, or to one that lasts as long as this. Raises InputError."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(_environment(_QUIET))
        words: dict[str, Any] = {}
        if address is not None:
            _reach(address)
        else:
            # Not in TMPDIR: the paths of Ray's sockets have a limit.
            folder = "/tmp" if os.name == "posix" else None
            room = tempfile.TemporaryDirectory(prefix="chromadesk-", dir=folder, ignore_cleanup_errors=True)
            words = {
                "num_cpus": workers or cores(),
                "object_store_memory": _STORE,
                "include_dashboard": False,
                "_temp_dir": stack.enter_context(room),
            }
            stack.enter_context(_environment({**_HERE, "RAY_AUTH_TOKEN": secrets.token_hex(32)}))
        try:
            import ray
        except ImportError as error:
            raise InputError('Ray is not installed; install it with: pip install "chromadesk[ray]".') from error
        before = signal.getsignal(signal.SIGTERM)
        try:
            ray.init(address=address or "local", log_to_driver=False, configure_logging=False, **words)
        except (ConnectionError, ImportError, RuntimeError, ValueError) as error:
            where = f"The Ray cluster at {address}" if address else "A Ray cluster of this machine's own"
            hint = "; where it asks for a token, set RAY_AUTH_MODE=token" if address else ""
            raise InputError(f"{where} cannot be used ({error}){hint}.") from error
        stack.callback(ray.shutdown)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)  # Ray takes it for itself
        yield ray


def _reach(address: str) -> None:
    """Raises InputError when nothing answers at ``address``, which Ray would find out in minutes."""
    if address == "auto":  # Ray looks for a cluster of this machine
        return
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _PATIENT).close()
    except (OSError, ValueError, OverflowError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else "write HOST:PORT"
        raise InputError(f"The Ray cluster at {address} cannot be reached ({reason}); check the address.") from error


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
