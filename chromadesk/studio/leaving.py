"""The questions at the door: the window is about to close, and jobs still run, or masks are not saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from chromadesk.studio.question import Question
from chromadesk.studio.words import capitalised, mark, together, tr

KEEP, STOP, CANCEL, AGAIN = "keep", "stop", "cancel", "again"
_NOUNS = {
    "train": mark("a training"),
    "improve": mark("a training"),
    "evaluate": mark("an evaluation"),
    "queue": mark("a ranking of photos"),
}


class UnsavedQuestion(Question):
    """Asks what becomes of ``count`` photos that the disk refuses for the ``reason``: AGAIN, STOP (close) or CANCEL.
    ``only_here``: no journal has what was painted, either.
    """

    def __init__(self, count: int, reason: str, only_here: bool, parent: QWidget) -> None:
        super().__init__(tr("Close ChromaDesk"), CANCEL, parent)
        self.show_icon("warning")
        self.setText(tr("%Ln photo(s) could not be saved: {reason}.", "", count, reason=reason))
        self.setInformativeText(
            tr("Strokes that you made since are only in this window, and end with it.")
            if only_here
            else tr("Your strokes are kept, and come back when you next open the photo(s).", "", count)
        )
        self.offer(
            AGAIN,
            {
                AGAIN: (tr("Try again"), QMessageBox.ButtonRole.AcceptRole),
                STOP: (
                    tr("Close and lose them") if only_here else tr("Close"),
                    QMessageBox.ButtonRole.DestructiveRole,
                ),
                CANCEL: (tr("Cancel"), QMessageBox.ButtonRole.RejectRole),
            },
        )


class LeavingQuestion(Question):
    """Asks what becomes of the running jobs of these ``kinds``: KEEP, STOP or CANCEL."""

    def __init__(self, kinds: Sequence[str], parent: QWidget) -> None:
        super().__init__(tr("Close ChromaDesk"), CANCEL, parent)
        nouns = [tr(_NOUNS[kind]) if kind in _NOUNS else tr("a job ({kind})", kind=kind) for kind in kinds]
        training = bool({"train", "improve"} & set(kinds))
        one = len(nouns) == 1
        running = capitalised(together(nouns))
        self.show_icon("info")
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
        self.offer(
            KEEP,
            {
                KEEP: (keep, QMessageBox.ButtonRole.AcceptRole),
                STOP: (tr("Stop it") if one else tr("Stop them"), QMessageBox.ButtonRole.DestructiveRole),
                CANCEL: (tr("Cancel"), QMessageBox.ButtonRole.RejectRole),
            },
        )
