"""What becomes of the work, told: another studio has the data set, the disk refuses, all is saved again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from chromadesk.studio.notices import Notice, Notices
from chromadesk.studio.opening import open_again
from chromadesk.studio.safety import Safety
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr


class DiskNews(QObject):
    """Listens to the session; each state is said once, when it begins and when it is over."""

    def __init__(self, session: Session, safety: Safety, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._safety, self._notices = session, safety, notices
        #: What was said last, until it is over.
        self._said: Notice | None = None
        session.dataset_opened.connect(self._opened)
        session.access.lost.connect(self._lost)
        session.access.freed.connect(self._freed)
        session.keeping.began.connect(self._refused)
        session.keeping.ended.connect(self._saved)
        safety.changed.connect(self._journal_changed)

    def _say(self, text: str, level: str) -> None:
        """In place of what was said before."""
        self._over()
        self._notices.show(text, level)
        self._said = next((notice for notice in self._notices.shown if notice.text == text), None)

    def _over(self) -> None:
        if self._said is not None:
            self._notices.dismiss(self._said)
        self._said = None

    @property
    def _other(self) -> str:
        """``another ChromaDesk (ana on studio-3)``."""
        who = self._session.access.elsewhere
        return tr("another ChromaDesk ({who})", who=who) if who else tr("another ChromaDesk")

    @property
    def _name(self) -> str:
        return self._session.dataset.root.name if self._session.dataset is not None else ""

    def _opened(self) -> None:
        self._over()
        if self._session.refusal:
            self._say(
                tr(
                    "{name} is also open in {other}, which may change it. Here you can look, compare and export.",
                    name=self._name,
                    other=self._other,
                ),
                "warning",
            )
        elif self._session.elsewhere:
            self._say_away()

    def _lost(self) -> None:
        self._say(
            tr(
                "{name} was opened for editing in {other}; from now on it is read-only here. Strokes that were not "
                "saved are in their journal.",
                name=self._name,
                other=self._other,
            ),
            "error",
        )

    def _freed(self) -> None:
        self._over()
        self._notices.show(
            tr("The other ChromaDesk is gone. You can edit {name} now.", name=self._name),
            "info",
            tr("Open for editing"),
            partial(open_again, self._session),
        )

    def _say_away(self) -> None:
        self._say(
            tr(
                "{name} cannot be written. You can paint all the same: your strokes are kept on this computer, and "
                "saved when the folder can be written again.",
                name=self._name,
            ),
            "warning",
        )

    def _journal_changed(self) -> None:
        if self._session.keeping.trouble or self._session.refusal:
            return  # said already
        if self._safety.refused:
            self._say(
                tr(
                    "No disk takes your strokes now; they are only in this window. Make room, or bring the drive back, "
                    "before you close it."
                ),
                "error",
            )
        elif self._safety.away and not self._session.elsewhere:
            self._say_away()
        elif not self._safety.away:
            self._over()

    def _refused(self, reason: str) -> None:
        if self._safety.only_here:
            text = tr(
                "Not saved: {reason}. Keep this window open: your latest work is nowhere else. It is saved as soon as "
                "that is possible.",
                reason=reason,
            )
        else:
            text = tr(
                "Not saved: {reason}. Your work is kept, and is saved as soon as that is possible. You can go on.",
                reason=reason,
            )
        self._say(text, "error")

    def _saved(self) -> None:
        self._over()
        self._notices.show(tr("Everything is saved now."), "info")
