"""The question at the door: jobs still run, and the window is about to close."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from chromadesk.studio import icons, theme
from chromadesk.studio.panels import parts
from chromadesk.studio.words import capitalised, mark, together, tr

KEEP, STOP, CANCEL = "keep", "stop", "cancel"
_NOUNS = {
    "train": mark("a training"),
    "improve": mark("a training"),
    "evaluate": mark("an evaluation"),
    "queue": mark("a ranking of photos"),
}


class LeavingQuestion(QMessageBox):
    """Asks what becomes of the running jobs of these ``kinds``; show it with ``open()``, which blocks nothing."""

    #: KEEP, STOP or CANCEL.
    answered = Signal(str)

    def __init__(self, kinds: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        nouns = [tr(_NOUNS[kind]) if kind in _NOUNS else tr("a job ({kind})", kind=kind) for kind in kinds]
        training = bool({"train", "improve"} & set(kinds))
        one = len(nouns) == 1
        running = capitalised(together(nouns))
        self.setIconPixmap(icons.pixmap("info", theme.ACCENT, 24, self.devicePixelRatioF()))
        self.setWindowTitle(tr("Close ChromaDesk"))
        self.setText(tr("{job} is running.", job=running) if one else tr("{jobs} are running.", jobs=running))
        words = [
            tr("It goes on without the studio, and you find it again when you next open the data set.")
            if one
            else tr("They go on without the studio, and you find them again when you next open the data set.")
        ]
        if training:
            words.append(tr("A training that you stop keeps what it has learned and can be continued later."))
        self.setInformativeText(" ".join(words))
        keep = tr("Keep training") if training and one else tr("Keep it running") if one else tr("Keep them running")
        #: By answer.
        self.choices: dict[str, QPushButton] = {
            KEEP: self.addButton(keep, QMessageBox.ButtonRole.AcceptRole),
            STOP: self.addButton(tr("Stop it") if one else tr("Stop them"), QMessageBox.ButtonRole.DestructiveRole),
            CANCEL: self.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole),
        }
        parts.set_primary(self.choices[KEEP], True)
        self.setDefaultButton(self.choices[KEEP])
        self.setEscapeButton(self.choices[CANCEL])
        self.finished.connect(self._finished)

    def _finished(self, code: int) -> None:
        clicked = self.clickedButton()
        answer = next((answer for answer, button in self.choices.items() if button is clicked), CANCEL)
        self.deleteLater()
        self.answered.emit(answer)
