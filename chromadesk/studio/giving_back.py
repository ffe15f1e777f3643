"""When what is free goes back to the system: in a moment of rest."""

from __future__ import annotations

from PySide6.QtCore import QTimer, SignalInstance

from chromadesk.studio.background import Background
from chromadesk.studio.memory import give_back


class GivingBack(QTimer):
    """Gives back what is free, in the thread of ``files``, a moment after the last of the signals ``after``: when a
    photo is shown, its neighbours are read and its colours found, or when the hand rests after its strokes.
    """

    def __init__(self, files: Background, *after: SignalInstance) -> None:
        super().__init__(files, singleShot=True, interval=400)
        self.timeout.connect(lambda: files.run(give_back, lambda _: None, lambda _: None))
        for each in after:
            each.connect(self.start)
