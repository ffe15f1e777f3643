"""Predictions on their way into the open document."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.editing.document import Document

Labels = npt.NDArray[np.uint8]


class Proposals:
    """Remembers what was asked for, and keeps a prediction that arrives in mid-stroke until the stroke ends."""

    def __init__(self) -> None:
        #: Of photos that were asked for wholly anew, the document as it was then.
        self._before: dict[str, Labels] = {}
        #: Photos that were asked for, whose prediction has neither come nor failed; also such as were left meanwhile.
        self.owed: set[str] = set()
        self._deferred: tuple[str, Labels] | None = None

    def ask(self, key: str, document: Document | None) -> None:
        """A prediction of ``key`` was asked for; with ``document`` also of what a person touched in it until now."""
        self._before.pop(key, None)
        self.owed.add(key)
        if document is not None:
            self._before[key] = document.packed(document.bounds)

    def apply(self, key: str, labels: Labels, document: Document) -> bool:
        """Lay ``labels`` into ``document``; False while a stroke is in progress. Raises ValueError for another size."""
        if document.stroke is not None:
            self._deferred = (key, labels)
            return False
        if labels.shape != document.labels.shape:
            raise ValueError(f"a prediction of {labels.shape} for a photo of {document.labels.shape}")
        before = self._before.pop(key, None)
        if before is not None and before.shape != labels.shape:  # the photo was changed and opened again meanwhile
            before = None
        self.owed.discard(key)
        document.predict(labels, everything=before is not None, since=before)
        return True

    def take_deferred(self) -> tuple[str, Labels] | None:
        """The prediction that waited for a stroke, once."""
        deferred, self._deferred = self._deferred, None
        return deferred
