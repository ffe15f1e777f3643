"""The segmenter process: requests as JSON lines on stdin, labels into memory-mapped files, answers on stdout.

    python -m chromadesk.jobs.segmenter FOLDER

    <- {"id": 1, "photo": "/path/photo.jpg" or null, "model": "/path/weights", "labels": "FOLDER/1.npy",
        "scores": "FOLDER/1.scores.npy",          may be left out
        "coarse": "FOLDER/1.coarse.npy",          may be left out
        "quality": "standard"}                    see inference.looks; may be left out
    -> {"id": 1, "coarse": true}                  of a large photo coarse labels, uint8 (h, w), lie there already
    -> {"id": 1, "seconds": 0.41, "doubt": 0.4, "reason": "skin or hair?"}
                                                  the labels, uint8 (H, W), lie in the file asked for,
                                                  the class scores as of inference.scores in theirs
    -> {"id": 1, "error": "One sentence."}        and the process lives on
    -> {"alive": true}                            every second while it works, see jobs.heartbeat

A request without a photo only makes the model ready. When stdin ends, because the studio closed or died, the process
removes FOLDER and leaves at once, even in the middle of a photo. At its start it removes what killed studios left.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import queue
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np
import numpy.typing as npt

from chromadesk import crashes, log
from chromadesk.errors import ChromaDeskError, JobError, ModelError
from chromadesk.explain import out_of_memory
from chromadesk.inference.uncertainty import doubt
from chromadesk.jobs import scratch
from chromadesk.jobs.heartbeat import Heartbeat
from chromadesk.jobs.manners import share_the_processor

if TYPE_CHECKING:
    from chromadesk.inference.segment import Segmenter

_log = logging.getLogger(__name__)


class Server:
    """Answers one request after the other and keeps the model of the last one loaded."""

    def __init__(self, say: Callable[[dict[str, Any]], None]) -> None:
        #: Says something before the answer.
        self._say = say
        self._segmenter: Segmenter | None = None
        self._loaded: tuple[Path, int, str] | None = None

    def answer(self, line: str) -> dict[str, Any]:
        """The answer to the request on ``line``; never raises for what a request or a photo can hold."""
        number: Any = None
        try:
            request = json.loads(line)
            number = request["id"]
            began = time.perf_counter()
            served = self._serve(request)
            return {"id": number, "seconds": round(time.perf_counter() - began, 3), **served}
        except ChromaDeskError as error:
            if isinstance(error, ModelError):
                self._segmenter = self._loaded = None  # its file may be well where its numbers in memory are not
            return {"id": number, "error": str(error)}
        except (ValueError, KeyError, TypeError) as error:
            _log.exception("a request that makes no sense")
            return {"id": number, "error": f"The segmenter was asked for something it does not know: {error!r}."}
        except (MemoryError, RuntimeError, OSError) as error:  # torch reports a full GPU as a RuntimeError
            _log.exception("a photo could not be segmented")
            self._segmenter = self._loaded = None
            return {"id": number, "error": _plain(error)}

    def _serve(self, request: dict[str, Any]) -> dict[str, Any]:
        segmenter = self._ready(Path(request["model"]), str(request.get("quality", "standard")))
        if request["photo"] is None:
            return {}
        from chromadesk.inference.staged import see

        def coarse(labels: npt.NDArray[np.uint8]) -> None:
            if "coarse" in request:
                _leave(request["coarse"], labels)
                self._say({"id": request["id"], "coarse": True})

        labels, chances = see(segmenter, Path(request["photo"]), coarse)
        _leave(request["labels"], labels)
        if "scores" in request:
            from chromadesk.inference.scores import quantise

            _leave(request["scores"], quantise(chances))
        found = doubt(chances)
        return {"doubt": round(found.score, 4), "reason": found.reason}

    def _ready(self, model: Path, quality: str) -> Segmenter:
        try:
            version = (model, model.stat().st_mtime_ns, quality)
        except OSError as error:
            raise JobError(f"There is no model file {model}; choose another model.") from error
        if self._segmenter is None or self._loaded != version:
            from chromadesk.inference.segment import Segmenter

            self._segmenter = self._loaded = None  # its memory goes before the next one's comes
            self._segmenter = Segmenter(model, quality=quality)
            self._loaded = version
        return self._segmenter


def _leave(path: str, array: npt.NDArray[np.uint8]) -> None:
    plane = np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=array.shape)
    plane[:] = array
    plane.flush()


def _plain(error: BaseException) -> str:
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if out_of_memory(error):
        return "There is too little memory to segment this photo; stop running jobs or close programs, then try again."
    return f"The photo could not be segmented: {text}."


def _read_requests(lines: queue.Queue[str], folder: Path) -> None:
    for line in sys.stdin:
        lines.put(line)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _private_stdout() -> TextIO:
    """What anything else prints goes to stderr from here on, so that no library can garble an answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def main() -> None:
    """Serve until stdin ends."""
    share_the_processor()
    faulthandler.enable()
    answers, folder = _private_stdout(), Path(sys.argv[1])
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read_requests, args=(lines, folder), daemon=True).start()
    scratch.serve(folder)
    scratch.sweep()
    speaking = threading.Lock()

    def say(answer: dict[str, Any]) -> None:
        with speaking, contextlib.suppress(OSError):  # nobody listens any more: stdin ends too
            answers.write(json.dumps(answer) + "\n")
            answers.flush()

    server = Server(say)
    with log.kept("segmenter"), crashes.watched("segmenter"), Heartbeat(lambda: say({"alive": True})):
        while True:
            say(server.answer(lines.get()))


if __name__ == "__main__":
    main()
