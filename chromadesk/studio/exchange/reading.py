"""What another program's data set holds, found out off the GUI thread: its format, its labels, a look at a photo."""

from __future__ import annotations

import dataclasses
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chromadesk.dataset import guessing
from chromadesk.dataset.formats.pair import Entry
from chromadesk.dataset.mapping import OWN
from chromadesk.dataset.survey import Met, Survey, fitting_map, knows, look
from chromadesk.errors import DatasetError
from chromadesk.jobs.messages import Cancelled, Message
from chromadesk.studio.background import Background

#: Seconds between two tellings of how the reading gets on.
_EVERY = 0.1
#: Photos by which it is found out whose labels they are.
_PROBED = 3


@dataclass(frozen=True)
class Seen:
    """A survey as it stands; ``failure`` is the first sentence on one of the ``failed`` photos."""

    met: tuple[Met, ...] = ()
    read: int = 0
    total: int = 0
    failed: int = 0
    failure: str = ""
    first: Entry | None = None
    done: bool = False


class Reader(QObject):
    """One data set at a time; a later one takes the place of one under way."""

    #: The format of what is read, or None.
    guessed = Signal(object)
    #: The shipped map that fits, None for none, and whether the labels are our own classes: (object, bool).
    fitted = Signal(object, bool)
    #: (Seen)
    seen = Signal(object)
    #: It cannot be read at all: a sentence.
    failed = Signal(str)
    #: (Look), or a sentence on what cannot be shown.
    looked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._surveying, self._looking = Background(self), Background(self)
        self._stop = threading.Event()
        self._look_wanted = 0

    def guess(self, path: Path) -> None:
        """Find out which format ``path`` has; ``guessed`` follows."""
        stop = self._begin()

        def work() -> str | None:
            if not path.exists():
                raise DatasetError(f"{path} does not exist; check its name.")
            return guessing.guess(path)

        self._surveying.run(
            work,
            lambda found: None if stop.is_set() else self.guessed.emit(found),
            lambda error: None if stop.is_set() else self.failed.emit(str(error)),
        )

    def read(self, path: Path, name: str, foreign: bool | None) -> None:
        """Read all of ``path`` in the format ``name``; ``seen`` follows again and again, or ``failed``.

        ``foreign`` None: find out first whether its labels are our own; ``fitted`` tells.
        """
        stop = self._begin()

        def work() -> None:
            other = foreign
            if other is None:
                fits, other = _fitting(path, name, stop.is_set)
                own = not other
                self._tell(stop, lambda: self.fitted.emit(fits, own))
            survey, told = Survey(path, name, other), 0.0

            def report(_: Message) -> None:
                nonlocal told
                if time.monotonic() - told > _EVERY:
                    told = time.monotonic()
                    seen = _as_it_stands(survey, done=False)
                    self._tell(stop, lambda: self.seen.emit(seen))

            survey.run(report, stop.is_set)
            seen = _as_it_stands(survey, done=True)
            self._tell(stop, lambda: self.seen.emit(seen))

        self._surveying.run(work, lambda _: None, lambda error: None if stop.is_set() else self.failed.emit(str(error)))

    def look_at(self, entry: Entry, edge: int) -> None:
        """Read one photo, small; ``looked`` follows unless another one is wanted by then."""
        self._look_wanted += 1
        wanted = self._look_wanted

        def found(value: object) -> None:
            if wanted == self._look_wanted:
                self.looked.emit(value)

        self._looking.run(
            lambda: look(entry, edge) if wanted == self._look_wanted else None,
            lambda value: found(value) if value is not None else None,
            lambda error: found(str(error)),
        )

    def stop(self) -> None:
        """Leave what is under way."""
        self._stop.set()
        self._look_wanted += 1

    def close(self) -> None:
        """End the threads."""
        self.stop()
        self._surveying.finish(drop=True)
        self._looking.finish(drop=True)

    def _begin(self) -> threading.Event:
        self.stop()
        self._stop = threading.Event()
        return self._stop

    def _tell(self, stop: threading.Event, call: object) -> None:
        assert callable(call)
        self._surveying.deliver(lambda: None if stop.is_set() else call())


def _fitting(path: Path, name: str, cancelled: Cancelled) -> tuple[str | None, bool]:
    """The shipped map that fits the first photos, and whether their labels are foreign."""
    ours, other = (Survey(path, name, foreign) for foreign in (False, True))
    ours.run(cancelled=cancelled, most=_PROBED)
    known = ours.read and all(knows(OWN, each.label) for each in ours.met if each.photos)
    if known and not ours.failures:
        return None, False
    other.run(cancelled=cancelled, most=_PROBED)
    if known and ours.read >= other.read:  # what fails is broken, whosever it is
        return None, False
    return fitting_map(other.labels), True


def _as_it_stands(survey: Survey, done: bool) -> Seen:
    met = tuple(dataclasses.replace(each) for each in survey.met)
    failure = next(iter(survey.failures.values()), "")
    return Seen(met, survey.read, survey.total, len(survey.failures), failure, survey.first, done)
