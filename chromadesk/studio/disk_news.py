"""What becomes of the work, told: another studio has the data set, the disk refuses, all is saved again."""

from __future__ import annotations

from PySide6.QtCore import QObject

from chromadesk.studio.notices import Notice, Notices
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr


class DiskNews(QObject):
    """Listens to the session; each state is said once, when it begins and when it is over."""

    def __init__(self, session: Session, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._notices = session, notices
        #: What was said last, until it is over.
        self._said: Notice | None = None
        session.dataset_opened.connect(self._opened)
        session.access.lost.connect(self._lost)
        session.access.freed.connect(self._freed)
        session.keeping.began.connect(self._refused)
        session.keeping.ended.connect(self._saved)

    def _say(self, text: str, level: str) -> None:
        self._over()
        self._notices.show(text, level)
        self._said = next((notice for notice in self._notices.shown if notice.text == text), None)

    def _over(self) -> None:
        if self._said is not None:
            self._notices.dismiss(self._said)
        self._said = None

    @property
    def _elsewhere(self) -> str:
        """``another ChromaDesk (ana on studio-3)``."""
        who = self._session.access.elsewhere
        return tr("another ChromaDesk ({who})", who=who) if who else tr("another ChromaDesk")

    def _opened(self) -> None:
        self._over()
        dataset = self._session.dataset
        if dataset is not None and self._session.refusal:
            self._say(
                tr(
                    "{name} is also open in {other}, which may change it. Here you can look, compare and export.",
                    name=dataset.root.name,
                    other=self._elsewhere,
                ),
                "warning",
            )

    def _lost(self) -> None:
        self._say(
            tr(
                "{other} has opened this data set for editing; from now on it is read-only here. Strokes that were not "
                "saved are in their journal.",
                other=self._elsewhere,
            ),
            "error",
        )

    def _freed(self) -> None:
        self._over()
        self._notices.show(
            tr("The other ChromaDesk is gone. You can edit this data set now."),
            "info",
            tr("Open for editing"),
            self._session.edit,
        )

    def _refused(self, reason: str) -> None:
        self._say(
            tr("Not saved: {reason}. Your work is kept, and saved as soon as that is possible; go on.", reason=reason),
            "error",
        )

    def _saved(self) -> None:
        self._over()
        self._notices.show(tr("Everything is saved now."), "info")
