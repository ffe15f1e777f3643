"""The jobs of the open data set: which one runs, which wait, what became of the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QWidget

from chromadesk.jobs import past
from chromadesk.jobs.messages import Finished, Message, Progress
from chromadesk.jobs.past import Entry
from chromadesk.studio.background import Background
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.outside import said
from chromadesk.studio.panels import parts
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session
from chromadesk.studio.tips import plain
from chromadesk.studio.words import day, duration, mark, numeral, tr

#: The newest so many are listed; the others lie in the data set's folder.
_LISTED = 40
_HEADINGS = {
    "running": mark("RUNNING"),
    "waiting": mark("WAITING"),
    "done": mark("ENDED"),
    "stopped": mark("ENDED"),
    "failed": mark("ENDED"),
}
#: Kinds of job whose result the panels of the Model workspace can show.
_SHOWN = (*past.TRAININGS, "evaluate")


class JobsPanel(QWidget):
    """A row per job: stop the one that runs, take one that waits out of the queue, look at what one has found."""

    #: (the job's folder, its kind): its result is shown in the panels now.
    opened = Signal(object, str)

    def __init__(self, session: Session, jobs: Jobs, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._background = session, jobs, background
        self.rows: list[JobRow] = []
        self._headings: list[QWidget] = []
        self.empty = parts.EmptyState(
            tr("Trainings and evaluations run in the background, one after the other; they are listed here."),
            tr("Look again"),
            self.refresh,
        )
        #: What stands beside the panel's name: nothing.
        self.head = QWidget()
        self._list = QWidget()
        self._rows = parts.column(self._list, margins=12, spacing=4)
        self._rows.addStretch(1)
        scroll = parts.scrolled(self._list, tr("Jobs"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scroll)
        self.setMinimumHeight(220)
        self._soon = QTimer(self, singleShot=True, interval=100)
        self._soon.timeout.connect(self.refresh)
        session.dataset_opened.connect(self.refresh)
        session.active.changed.connect(self._soon.start)  # one may have been adopted
        jobs.changed.connect(lambda count: self._soon.start())
        jobs.followed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the list of jobs anew, in the background, if anybody looks."""
        if not self.isVisible():
            return
        dataset = self._session.dataset
        if dataset is None:
            self._show([])
            return
        state = dataset.state
        self._background.run(
            lambda: past.entries(state, _LISTED),
            lambda found: self._show(found) if self._is_open(state) else None,
            lambda error: self._session.notice.emit(str(error), "error"),
        )

    def _is_open(self, state: Path) -> bool:
        return self._session.dataset is not None and self._session.dataset.state == state

    def _show(self, found: list[Entry]) -> None:
        if found == [row.entry for row in self.rows]:
            return
        for old in (*self.rows, *self._headings):
            self._rows.removeWidget(old)
            old.deleteLater()
        self.rows, self._headings = [], []
        place, above = 0, ""
        for entry in found:
            if _HEADINGS[entry.standing] != above:
                above = _HEADINGS[entry.standing]
                label = parts.heading(tr(above))
                self._headings.append(label)
                self._rows.insertWidget(place, label)
                place += 1
            row = JobRow(entry, self._jobs.stop, self._jobs.remove, self._open)
            self.rows.append(row)
            self._rows.insertWidget(place, row)
            place += 1
        self._stack.setCurrentIndex(1 if found else 0)

    def _open(self, entry: Entry) -> None:
        if self._jobs.replay(entry.folder) is not None:
            self.opened.emit(entry.folder, entry.kind)

    def _follow(self, job: JobProcess) -> None:
        job.message.connect(self._on_message)

    def _on_message(self, message: Message) -> None:
        job = self.sender()
        if isinstance(message, Progress) and isinstance(job, JobProcess):
            for row in self.rows:
                if row.entry.folder == job.folder:
                    row.show_progress(message)
        elif isinstance(message, Finished):
            self._soon.start()


class JobRow(QFrame):
    """One job, in two lines, and what can be done with it."""

    def __init__(
        self,
        entry: Entry,
        stop: Callable[[Path], object],
        remove: Callable[[Path], object],
        show: Callable[[Entry], object],
    ) -> None:
        super().__init__()
        self.entry = entry
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = parts.row(self)
        layout.setContentsMargins(0, 4, 0, 4)
        texts = parts.column(margins=0, spacing=2)
        self.about = parts.meta(about(entry))
        title = said(entry.title)
        name = parts.title(title)
        for label in (name, self.about):
            label.setToolTip(plain(str(entry.folder)))
            texts.addWidget(label)
        layout.addLayout(texts, 1)
        self.stop_button = parts.button(
            tr("Stop"), self._stop, tip=tr("Stop after this step; what was learned so far is kept")
        )
        self.remove_button = parts.button(
            tr("Remove"), lambda: remove(entry.folder), tip=tr("Take it out of the queue")
        )
        self.open_button = parts.button(tr("Show"), lambda: show(entry), tip=tr("Show in the panels what it found"))
        self._ask = stop
        standing = entry.standing
        for made, wanted, does in (
            (self.stop_button, standing == "running", tr("Stop {title}", title=title)),
            (self.remove_button, standing == "waiting", tr("Remove from the queue: {title}", title=title)),
            (self.open_button, standing != "waiting" and entry.kind in _SHOWN, tr("Show {name}", name=title)),
        ):
            made.setAccessibleName(does)
            layout.addWidget(made)
            made.setVisible(wanted)
        self.setAccessibleName(f"{title}, {tr(_HEADINGS[standing]).lower()}, {self.about.text()}")

    def show_progress(self, message: Progress) -> None:
        """How far it is."""
        left = (
            "" if message.seconds_left is None else tr("about {duration} left", duration=duration(message.seconds_left))
        )
        if self.stop_button.isEnabled() and self.entry.standing == "running":
            done = tr("{done} of {total}", done=numeral(message.done), total=numeral(message.total))
            self.about.setText(" · ".join(filter(None, [about(self.entry), said(message.text) or done, left])))

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.about.setText(tr("{about} · stopping after this step", about=about(self.entry)))
        self._ask(self.entry.folder)


def about(entry: Entry) -> str:
    """``today 14:32 · 12 photos · 3 min · mIoU 0.791``: the line under a job's name."""
    facts = [moment(entry.when)]
    if entry.standing == "running":
        facts[0] = tr("since {when}", when=facts[0])
    elif entry.standing == "waiting":
        facts[0] = tr("asked for {when}", when=facts[0])
    if entry.photos is not None:
        facts.append(tr("%Ln photo(s)", "", entry.photos))
    if entry.standing == "done":
        facts.append(tr("done in {time}", time=duration(entry.seconds)) if entry.seconds else tr("done"))
    elif entry.standing == "stopped":
        facts.append(tr("stopped after {time}", time=duration(entry.seconds)) if entry.seconds else tr("stopped"))
    elif entry.standing == "failed":
        facts.append(tr("failed"))
    facts.append(said(entry.outcome))
    return " · ".join(filter(None, facts))


def moment(when: float, now: float | None = None) -> str:
    """``today 14:32``, ``yesterday 09:05``, ``3 May 2025 10:00``, by the clock of this machine."""
    then, today = time.localtime(when), time.localtime(now)
    clock = time.strftime("%H:%M", then)
    days = (time.mktime((*today[:3], 12, 0, 0, 0, 0, -1)) - time.mktime((*then[:3], 12, 0, 0, 0, 0, -1))) / 86400
    if round(days) in (0, 1):
        return " ".join([tr("yesterday") if round(days) else tr("today"), clock])
    return f"{day(date(*then[:3]))} {clock}"
