"""Data sets opened of late: kept in the settings, counted while they are open, looked for when they are listed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk import homes, samples, settings
from chromadesk.errors import ChromaDeskError
from chromadesk.studio import words
from chromadesk.studio.background import Background
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr

#: How many are kept.
MOST = 8
#: Approvals reach the settings at most this often, milliseconds.
_PACE = 2000


@dataclass(frozen=True)
class Recent:
    """A data set: its folder, when it was last opened (ISO, local time), and how far its photos were then."""

    folder: str
    opened: str
    photos: int
    approved: int

    @property
    def name(self) -> str:
        """The folder's own name."""
        return Path(self.folder).name or self.folder

    @property
    def when(self) -> str:
        """When it was last opened, as people say it."""
        try:
            day = datetime.fromisoformat(self.opened).date()
        except ValueError:
            return ""
        if day >= date.today():
            return tr("today")
        if day == date.today() - timedelta(days=1):
            return tr("yesterday")
        return words.day(day)


def listed() -> list[Recent]:
    """What the settings remember, the newest first; entries that make no sense are left out."""
    found = []
    for entry in settings.get("recent"):
        if isinstance(entry, dict) and _makes_sense(entry):
            found.append(Recent(**{name: entry[name] for name in Recent.__dataclass_fields__}))
    return found


def sample_folder() -> Path:
    """Where the sample photos are copied to, in the user's own data folder."""
    return homes.data() / "Sample photos"


class Recents(QObject):
    """Reads and writes them in a thread of its own, since a folder on a sleeping drive may take its time."""

    #: The list is another one.
    changed = Signal()
    #: (folder, is there): what a look at the disk said.
    looked = Signal(str, bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._files = Background(self, threads=1)
        self._open: Recent | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PACE)
        self._timer.timeout.connect(self._write)

    def follow(self) -> None:
        """Remember what is opened from now on. Only the app asks for it: scripts and benchmarks leave no trace."""
        self._session.dataset_opened.connect(self._opened)
        self._session.status_changed.connect(self._status_changed)

    def look(self) -> None:
        """Find out which folders are still there; ``looked`` follows for each."""
        for recent in listed():
            self._look(recent.folder)

    def forget(self, folder: str) -> None:
        """Take a data set off the list; its folder stays as it is."""
        self._keep([recent for recent in listed() if recent.folder != folder])

    def open_samples(self) -> None:
        """Copy the sample photos into a folder of the user's, and open it."""
        folder = sample_folder()
        self._files.run(
            lambda: samples.write(folder),
            lambda _: self._open_folder(folder),
            lambda error: self._session.notice.emit(str(error), "error"),
        )

    def close(self) -> None:
        """Write what is not yet written, and end the thread."""
        if self._timer.isActive():
            self._write()
        self._files.finish()

    def _look(self, folder: str) -> None:
        self._files.run(Path(folder).is_dir, lambda there: self.looked.emit(folder, there), lambda _: None)

    def _open_folder(self, folder: Path) -> None:
        self._session.open_folder(folder)

    def _opened(self) -> None:
        if self._timer.isActive():
            self._write()  # of the data set before
        dataset = self._session.dataset
        if dataset is None:
            return
        now = datetime.now().isoformat(timespec="seconds")
        self._open = Recent(str(dataset.root), now, len(dataset), self._session.states.counts["approved"])
        self._write()

    def _status_changed(self, key: str) -> None:
        if self._open is not None:
            self._open = replace(self._open, approved=self._session.states.counts["approved"])
        if self._open is not None and not self._timer.isActive():
            self._timer.start()

    def _write(self) -> None:
        self._timer.stop()
        if self._open is None:
            return
        recent = self._open
        self._files.run(lambda: _remember(recent), lambda _: self.changed.emit(), self._failed)

    def _keep(self, recents: list[Recent]) -> None:
        self._files.run(lambda: _keep(recents), lambda _: self.changed.emit(), self._failed)

    def _failed(self, error: ChromaDeskError) -> None:
        self._session.notice.emit(str(error), "warning")


def _remember(recent: Recent) -> None:
    """Put one at the head of the list; one that is already there keeps its place when it was opened before others."""
    others = [other for other in listed() if other.folder != recent.folder]
    _keep(sorted([recent, *others], key=lambda other: other.opened, reverse=True))


def _keep(recents: list[Recent]) -> None:
    settings.put("recent", [asdict(recent) for recent in recents[:MOST]])


def _makes_sense(entry: dict[str, Any]) -> bool:
    texts = all(isinstance(entry.get(name), str) for name in ("folder", "opened"))
    counts = all(isinstance(entry.get(name), int) and entry[name] >= 0 for name in ("photos", "approved"))
    return texts and counts and bool(entry["folder"])
