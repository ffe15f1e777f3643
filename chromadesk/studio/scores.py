"""The network's class scores of photos: kept, squeezed, as they come with proposals, fetched when a tool wants them."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject

from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.session import Session
from chromadesk.studio.tools.state import ToolState

Planes = npt.NDArray[np.uint8]
#: Photos whose scores are kept; one takes about 0.1 MB.
_KEPT = 50


class KeptScores(QObject):
    """Gives the canvas the scores of the open photo. Where there are none, they are fetched once the scribble is in
    hand; until then, and without a model, it goes by colours alone.
    """

    def __init__(
        self, session: Session, predictor: Predictor, state: ToolState, canvas: Canvas, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._predictor, self._state, self._canvas = session, predictor, state, canvas
        self._kept: OrderedDict[Path, tuple[bytes, tuple[int, ...]]] = OrderedDict()
        self._asked: Path | None = None
        canvas.find_chances = self.of_open_photo
        predictor.scored.connect(self._keep)
        session.photo_opened.connect(self._follow)
        state.changed.connect(self._follow)

    def of_open_photo(self) -> Planes | None:
        """uint8 (5, h, w) over the whole photo, 255 for certain; None while there are none."""
        item = self._session.item
        kept = self._kept.get(item.photo) if item is not None else None
        if kept is None:
            return None
        return np.frombuffer(zlib.decompress(kept[0]), np.uint8).reshape(kept[1])

    def _keep(self, photo: Path, planes: Planes) -> None:
        self._kept[photo] = zlib.compress(np.ascontiguousarray(planes).data, 1), planes.shape
        self._kept.move_to_end(photo)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _follow(self) -> None:
        item = self._session.item
        if item is None or self._session.active.path is None or self._state.tool != "scribble":
            return
        if item.photo in self._kept or item.photo == self._asked:
            return
        self._asked = item.photo
        self._predictor.score(item)
