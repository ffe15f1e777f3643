"""Masks that another program changed while they were open: looked for, asked about, compared."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from chromadesk.editing.identity import same
from chromadesk.editing.kept import Kept
from chromadesk.studio.comparing import Comparing
from chromadesk.studio.notices import Notices
from chromadesk.studio.opening import open_again
from chromadesk.studio.question import Question
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr
from chromadesk.studio.writing import Clash

MINE, THEIRS, SEE, LATER = "mine", "theirs", "see", "later"


class ClashQuestion(Question):
    """Asks which of two masks is kept: MINE, THEIRS, SEE or LATER."""

    def __init__(self, mask: str, parent: QWidget) -> None:
        super().__init__(tr("Two masks"), LATER, parent)
        self.show_icon("warning")
        self.setText(tr("Another program changed the mask {mask} since you opened it.", mask=mask))
        self.setInformativeText(
            tr(
                "Keep your mask or the other one? The one that you do not keep stays in the folder “conflicts” of the "
                "data set's own files."
            )
        )
        role = QMessageBox.ButtonRole
        self.offer(
            SEE,
            {
                MINE: (tr("Keep mine"), role.AcceptRole),
                THEIRS: (tr("Keep the other"), role.AcceptRole),
                SEE: (tr("Compare"), role.ActionRole),
                LATER: (tr("Decide later"), role.RejectRole),
            },
        )


class Underneath:
    """Asks in ``parent`` when a save meets another program's mask, and looks for one when the window comes back."""

    def __init__(self, session: Session, notices: Notices, comparing: Comparing, parent: QWidget) -> None:
        self._session, self._notices, self._comparing, self._parent = session, notices, comparing, parent
        #: The question that waits for its answer.
        self.question: ClashQuestion | None = None
        #: The two are being compared because of it.
        self._seen = False
        session.clashed.connect(self.ask)
        session.photo_opened.connect(self._forget)

    def ask(self, clash: Clash) -> None:
        """Which of the two is kept?"""
        if self.question is None and clash.opened is self._session.opened:
            self.question = ClashQuestion(clash.opened.item.mask.name, self._parent)
            self.question.answered.connect(lambda answer: self._answered(answer, clash))
            self.question.open()

    def look(self) -> None:
        """See whether another program changed the mask of the open photo: show that, unless strokes would be lost."""
        session, opened = self._session, self._session.opened
        if opened is None or opened.mask_unreadable or session.writing.under_way(opened.item.key) is not None:
            return

        def other() -> bool:
            return opened.item.mask.exists() and not same(opened.item.mask, opened.mask)

        def seen(changed: bool) -> None:
            if not changed or opened is not session.opened or opened.document.stroke is not None:
                return
            clash, name = Clash(opened, None), opened.item.mask.name
            if session.refusal:
                open_again(session)
            elif opened.document.touched_since_save:
                self._notices.show(
                    tr("{mask} was changed by another program, and you have painted on it.", mask=name),
                    "warning",
                    tr("Decide…"),
                    lambda: self.ask(clash),
                )
            else:
                session.writing.keep_theirs(clash)
                session.notice.emit(
                    tr("{mask} was changed by another program; this is how it is now.", mask=name), "info"
                )

        session.files.run(other, seen, lambda error: None)

    def _answered(self, answer: str, clash: Clash) -> None:
        self.question = None
        if answer in (MINE, THEIRS) and self._seen:
            self._comparing.choose(None)
            self._seen = False
        if answer == MINE:
            self._session.writing.keep_mine(clash)
        elif answer == THEIRS:
            self._session.writing.keep_theirs(clash)
        elif answer == SEE:
            self._see(clash)

    def _see(self, clash: Clash) -> None:
        """Lay the other mask under the wipe: it is the saved one."""
        opened = clash.opened

        def read() -> Kept:
            from chromadesk.masks import read_mask  # kept out of the window's start

            return Kept(read_mask(opened.item.mask, opened.document.size).labels)

        def seen(theirs: Kept) -> None:
            opened.document.saved = theirs
            if opened is self._session.opened:
                self._comparing.choose("saved")
                self._seen = True
                self._notices.show(
                    tr("Left of the line is the other program's mask; drag it."),
                    "info",
                    tr("Decide…"),
                    lambda: self.ask(clash),
                )

        self._session.files.run(read, seen, lambda error: self._session.notice.emit(str(error), "error"))

    def _forget(self) -> None:
        if self.question is not None:
            self.question.reject()
