"""The question at the door: jobs still run, and the window is about to close."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from chromadesk.studio import icons, theme
from chromadesk.studio.panels import parts

KEEP, STOP, CANCEL = "keep", "stop", "cancel"
_NOUNS = {"train": "a training", "improve": "a training", "evaluate": "an evaluation", "queue": "a ranking of photos"}


class LeavingQuestion(QMessageBox):
    """Asks what becomes of the running jobs of these ``kinds``; show it with ``open()``, which blocks nothing."""

    #: KEEP, STOP or CANCEL.
    answered = Signal(str)

    def __init__(self, kinds: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        nouns = [_NOUNS.get(kind, f"a job ({kind})") for kind in kinds]
        training = "a training" in nouns
        one = len(nouns) == 1
        self.setIconPixmap(icons.pixmap("info", theme.ACCENT, 24, self.devicePixelRatioF()))
        self.setWindowTitle("Close ChromaDesk")
        self.setText(f"{' and '.join(nouns).capitalize()} {'is' if one else 'are'} running.")
        words = [
            f"{'It goes' if one else 'They go'} on without the studio, and you find {'it' if one else 'them'} "
            "again when you next open the data set."
        ]
        if training:
            words.append("A training that you stop keeps what it has learned and can be continued later.")
        self.setInformativeText(" ".join(words))
        keep = "Keep training" if training and one else "Keep it running" if one else "Keep them running"
        #: By answer.
        self.choices: dict[str, QPushButton] = {
            KEEP: self.addButton(keep, QMessageBox.ButtonRole.AcceptRole),
            STOP: self.addButton("Stop it" if one else "Stop them", QMessageBox.ButtonRole.DestructiveRole),
            CANCEL: self.addButton("Cancel", QMessageBox.ButtonRole.RejectRole),
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
