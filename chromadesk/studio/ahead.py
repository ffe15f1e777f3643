"""What is wanted next is there at once: the neighbours of the open photo, read and predicted ahead; and a photo that is
being opened is predicted while it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from chromadesk.dataset.pairs import Item
from chromadesk.errors import ImageError
from chromadesk.studio.background import Background
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.session import Session

#: The open photo is painted first, milliseconds.
_PAUSE = 80
#: Larger photos (96 megapixels take 400 MB) are not read ahead.
_MOST_PIXELS = 30_000_000


class Ahead(QObject):
    """Begins anew whenever a photo is opened; ``neighbours`` gives the keys beside it as the filmstrip lists them."""

    def __init__(
        self, session: Session, neighbours: Callable[[], list[str]], predictor: Predictor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._neighbours, self._predictor = session, neighbours, predictor
        self._background = Background(self)
        self._wanted: list[Item] = []
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._begin)
        session.photo_opening.connect(self._opening)
        session.photo_opened.connect(self._soon.start)
        session.active.changed.connect(self._soon.start)
        session.dataset_opened.connect(self._forget)

    def close(self) -> None:
        """End the thread."""
        self._forget()
        self._soon.stop()
        self._background.finish(drop=True)

    def _forget(self) -> None:
        self._wanted = []

    def _opening(self, key: str) -> None:
        item = self._session.find(key)
        if item is not None and self._predictor.warm and self._session.status(key) == "new":
            self._predictor.ahead([item])

    def _begin(self) -> None:
        session = self._session
        if session.item is None:
            return
        next_one = session.next_unapproved()
        keys = dict.fromkeys([*([next_one] if next_one else []), *self._neighbours()])
        keys.pop(session.item.key, None)
        self._wanted = [item for item in map(session.find, keys) if item is not None]
        for item in self._wanted:
            self._background.run(lambda item=item: self._read(item), lambda _: None, lambda _: None)  # type: ignore[misc]
        self._predictor.ahead([item for item in self._wanted if session.status(item.key) == "new"])

    def _read(self, item: Item) -> None:
        """In the thread. What is wrong with a photo is said when it is opened."""
        if item in self._wanted and _is_small(item.photo):
            self._session.decoder.get(item.photo)


def _is_small(photo: Path) -> bool:
    from chromadesk.images import photo_size  # kept out of the window's start

    try:
        height, width = photo_size(photo)
    except ImageError:
        return False
    return height * width <= _MOST_PIXELS
