"""Long work in the corner: a notice that says how it gets on, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from chromadesk.jobs.messages import Progress
from chromadesk.studio.elided import Elided
from chromadesk.studio.notices import Notice
from chromadesk.studio.panels.parts import row
from chromadesk.studio.words import duration, tr


class Working(Notice):
    """Stays until it is dismissed by whoever began the work; ``stop`` is called once, by its button."""

    def __init__(self, over: QWidget, text: str, stop: Callable[[], None]) -> None:
        super().__init__(over, text, "info", [(tr("Cancel"), lambda: self._stop(stop))])
        self.stays = True
        self.cross.hide()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(text)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.state = Elided("")
        self.state.setObjectName("meta")
        lines = row(spacing=8)
        lines.addWidget(self.state, 1)
        self.rows.addWidget(self.bar)
        self.rows.addLayout(lines)
        self.setFixedHeight(self.height() + 36)

    def follow(self, progress: Progress) -> None:
        """Show how far it is."""
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        far = (
            tr("{done} of {total}", done=progress.done, total=progress.total) if progress.total else str(progress.done)
        )
        left = progress.seconds_left
        rest = "" if left is None or left < 1 else tr("about {duration} left", duration=duration(left))
        self.state.setText(" · ".join(filter(None, [far, rest, progress.text])))

    def _stop(self, stop: Callable[[], None]) -> None:
        assert self.answer is not None
        self.answer.setEnabled(False)
        self.state.setText(tr("Stopping after this photo…"))
        stop()
