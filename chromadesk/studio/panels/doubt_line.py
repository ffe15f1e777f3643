"""What the filmstrip says above photos sorted by doubt: what the model doubts about the open one, how a ranking goes,
or the button that begins one.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from chromadesk.studio.outside import said
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.photo_model import PhotoModel
from chromadesk.studio.session import Session
from chromadesk.studio.words import numeral, tr


class DoubtLine(QWidget):
    """Hidden in any other order."""

    def __init__(self, session: Session, model: PhotoModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._model = session, model
        self._ranking = ""
        self.line = parts.meta()
        self.rank = parts.button(
            tr("Rank photos"),
            lambda: None,
            tip=tr("Have the model go over the photos nobody approved yet, in the background (@rank)"),
        )
        layout = parts.column(self, margins=0, spacing=4)
        layout.addWidget(self.line)
        layout.addWidget(self.rank)
        session.photo_opened.connect(self.follow)
        session.status_changed.connect(self.follow)
        session.doubts.changed.connect(self.follow)
        self.follow()

    def show_ranking(self, words: str) -> None:
        """Show how a ranking gets on; empty: none runs."""
        began_or_ended = bool(words) != bool(self._ranking)
        self._ranking = words
        if began_or_ended:
            self.follow()
        else:
            self._write()

    def follow(self, *_: object) -> None:
        """Catch up with session and order."""
        sorted_so = self._model.sort_by == "doubt" and bool(self._session.items)
        self.setVisible(sorted_so)
        if not sorted_so:
            return
        unranked = 0 if self._ranking else self._model.unranked()
        self.rank.setVisible(unranked > 0)
        self.rank.setText(tr("Rank %Ln photo(s)", "", unranked))
        self._write()

    def _write(self) -> None:
        item = self._session.item
        lines = [self._ranking] if self._ranking else []
        if item is not None and self._session.status(item.key) not in ("approved", "excluded"):
            doubt = self._session.doubts.get(item.key)
            if doubt is not None:
                lines.insert(0, f"{numeral(100 * doubt.score)} % {said(doubt.reason)}")
        self.line.setText("\n".join(lines))
        self.line.setVisible(bool(lines))
