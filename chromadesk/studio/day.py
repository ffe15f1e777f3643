"""What was approved today and this week: read once when a data set is opened, then counted along."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk import settings
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.session import Session

#: How often it looks whether a new day has begun, milliseconds; a computer may have slept meanwhile.
_LOOK = 60_000


class Day(QObject):
    """Counts the photos of the open data set that are approved and were so on a day (local time).

    With initials set, those that carry them or none; without, everybody's.
    """

    #: A count, the initials or the goal is another one.
    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._initials: str = settings.get("initials")
        self._goal: int = settings.get("daily goal")
        self._days: dict[str, date] = {}
        self._counts: Counter[date] = Counter()
        self._shown_on = date.today()
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        session.dataset_opened.connect(self._read)
        session.states.moved.connect(self._moved)

    @property
    def initials(self) -> str:
        """Who works here; empty while nobody said."""
        return self._initials

    @property
    def goal(self) -> int:
        """Approvals a day that the person aims at, 0 for none."""
        return self._goal

    @property
    def today(self) -> int:
        """Approved since midnight."""
        return self._counts[date.today()]

    @property
    def week(self) -> int:
        """Approved since Monday."""
        monday = _monday()
        return sum(self._counts[monday + timedelta(days)] for days in range(7))

    def set_initials(self, initials: str) -> None:
        """Sign with others from now on; what was approved keeps what it carries."""
        initials = initials.strip()
        if initials != self._initials and self._keep("initials", initials):
            self._initials = initials
            self._read()

    def set_goal(self, goal: int) -> None:
        """Aim at so many a day, 0 for none."""
        if goal != self._goal and self._keep("daily goal", goal):
            self._goal = goal
            self.changed.emit()

    def _read(self) -> None:
        index = self._session.index
        self._days.clear()
        self._counts.clear()
        if index is not None:
            index.author = self._initials
            monday = datetime.combine(_monday(), time()).timestamp()
            for key, decision in index.approvals(monday).items():
                if not self._initials or decision.by in ("", self._initials):
                    self._add(key, date.fromtimestamp(decision.at))
        self.changed.emit()

    def _moved(self, key: str, before: str, after: str) -> None:
        gone = self._days.pop(key, None)
        if gone is not None:
            self._counts[gone] -= 1
        if after == "approved":
            self._add(key, date.today())
        if gone is not None or after == "approved":
            self.changed.emit()

    def _add(self, key: str, day: date) -> None:
        self._days[key] = day
        self._counts[day] += 1

    def _look(self) -> None:
        if date.today() != self._shown_on:
            self._shown_on = date.today()
            self.changed.emit()

    def _keep(self, name: str, value: object) -> bool:
        try:
            settings.put(name, value)
        except ChromaDeskError as error:
            self._session.notice.emit(str(error), "warning")
            return False
        return True


def _monday() -> date:
    today = date.today()
    return today - timedelta(today.weekday())
