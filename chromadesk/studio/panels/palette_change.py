"""How far a class's palette has moved: since the photo was opened, or against before the last prediction."""

from __future__ import annotations

from PySide6.QtCore import QObject

from chromadesk.colour.distance import emd
from chromadesk.colour.swatch import Swatch
from chromadesk.editing.patch import Patch
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.session import Session
from chromadesk.studio.words import mark, numeral, tr

_OPENED = mark("ΔE {away} since the photo was opened")
_PROPOSED = mark("ΔE {away} since the prediction")
_BEFORE = mark("ΔE {away} against before the prediction")
_READ = mark("ΔE {away} since colours are read this way")


class PaletteChange(QObject):
    """Keeps the palettes to compare with: those of the open photo as they were first read, until a prediction comes.

    The distance is the earth mover's in CIEDE2000: by how much the class's pixels have changed their colour on average.
    """

    def __init__(self, session: Session, live: LivePalettes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._live = live
        self._before: dict[str, list[Swatch]] | None = None
        self._since = _OPENED
        self._way: object = None
        session.photo_opened.connect(self._opened)
        live.changed.connect(self._changed)

    def said(self, name: str) -> str:
        """What is to be said of the palette of the class ``name``; empty when there is nothing to compare."""
        then, now = (self._before or {}).get(name), self._live.swatches(name)
        if not then or not now or not any(each.share for each in then) or not any(each.share for each in now):
            return ""
        return tr(self._since, away=numeral(emd(then, now), 1))

    def _opened(self) -> None:
        self._before, self._since, self._way = None, _OPENED, None
        document = self._session.document
        if document is not None:
            document.recorders.append(self._stepped)

    def _stepped(self, direction: str, patch: Patch) -> None:
        if direction == "do" and patch.kind == "prediction":
            # what is known now is of the mask before: the colours are read when the hand rests
            known = {name: self._live.swatches(name) for name in self._live.found}
            before = any(swatches for name, swatches in known.items() if name != "background")
            self._before, self._since = (known, _BEFORE) if before else (None, _PROPOSED)

    def _changed(self) -> None:
        way = self._live.settings, self._live.kept
        if self._way is not None and way != self._way:  # another way to read is no change of the mask
            self._before, self._since = None, _READ
        self._way = way if self._live.found else None
        if self._before is None and self._live.found and self._live.settled:
            self._before = {name: self._live.swatches(name) for name in self._live.found}
