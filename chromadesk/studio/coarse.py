"""The coarse mask of a large photo: seen until the fine one is there, and never a part of the document.

So no step of it can be undone, no journal holds it, and strokes painted meanwhile stay: the fine mask comes under them
as any proposal does. What would go by the mask that is seen has to wait, for the document does not have it yet.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from chromadesk.dataset.pairs import Item
from chromadesk.editing.patch import Plane
from chromadesk.studio.canvas.coarse_layer import CoarseLayer
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.session import Session


class Coarse(QObject):
    """Lays what the predictor sketches over the canvas, and takes it away again."""

    def __init__(self, session: Session, predictor: Predictor, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._everything = False
        session.prediction_wanted.connect(self._asked)
        predictor.sketched.connect(self._show)
        predictor.settled.connect(self._settled)

    @property
    def shown(self) -> bool:
        """A coarse mask is seen in place of the document's."""
        return self._canvas.coarse is not None

    def approve(self) -> None:
        """Approve the open photo, unless it is not yet what is seen."""
        if not self._canvas.is_coarse():
            self._session.approve()

    def _asked(self, item: Item, everything: bool) -> None:
        self._everything = everything

    def _show(self, key: str, labels: Plane) -> None:
        session, document = self._session, self._session.document
        if document is None or session.item is None or session.item.key != key or session.refusal:
            return
        if self._everything and document.touched.any():
            return  # whether a stroke was there before or is new is known only when the fine one comes
        self._canvas.show_coarse(CoarseLayer(document, labels))

    def _settled(self, key: str) -> None:
        document, item = self._session.document, self._session.item
        if item is None or item.key != key or document is None or not self.shown:
            return
        if document.stroke is None:
            self._canvas.show_coarse(None)
        else:
            document.rested.append(self._rested)  # behind the session, which then lays the fine one in

    def _rested(self) -> None:
        document = self._session.document
        if document is not None and self._rested in document.rested:
            document.rested.remove(self._rested)
        self._canvas.show_coarse(None)
