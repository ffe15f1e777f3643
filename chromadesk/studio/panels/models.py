"""The models there are, bundled and the data set's own: how good, which one is active, and back to an older one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QWidget

from chromadesk.errors import ChromaDeskError, ModelError
from chromadesk.models import registry
from chromadesk.models.info import read_info
from chromadesk.models.library import list_weights
from chromadesk.models.lineage import in_order, tree
from chromadesk.studio import theme
from chromadesk.studio.background import Background
from chromadesk.studio.panels import parts
from chromadesk.studio.session import Session
from chromadesk.studio.tips import plain
from chromadesk.studio.words import numeral, tr

#: A fine-tune stands so far to the right of what it was made from, pixels; not for ever.
_INDENT, _DEEPEST = 14, 4


@dataclass(frozen=True)
class Entry:
    """One weights file as the list shows it; ``problem`` is the sentence that says why it cannot be used."""

    path: Path
    bundled: bool
    architecture: str = ""
    parent: str = ""
    photos: int = 0
    miou: float | None = None
    problem: str = ""
    depth: int = 0

    @property
    def about(self) -> str:
        """One line under the name."""
        if self.problem:
            return self.problem
        facts = [
            self.architecture,
            tr("bundled")
            if self.bundled
            else tr("from {model}", model=self.parent)
            if self.parent
            else tr("from scratch"),
        ]
        if self.miou is not None:
            facts.append(f"mIoU\N{NO-BREAK SPACE}{numeral(self.miou, 3)}")
        return " · ".join(facts)


def entries(state: Path | None) -> list[Entry]:
    """Every weights file known, fine-tunes below what they were made from (``depth``), bundled ones first; a damaged
    one is listed with its problem.
    """
    found: list[Entry] = []
    for path, bundled in list_weights(state):
        try:
            info = read_info(path)
        except ModelError as error:
            found.append(Entry(path, bundled, problem=str(error)))
            continue
        row = registry.find(info.architecture)
        title = row.title if row else info.architecture
        miou = info.scores.get("miou")
        found.append(Entry(path, bundled, title, info.parent, len(info.trained_on), miou))
    roots = tree([(entry.path.stem, entry.parent, entry) for entry in found])
    return [dataclasses.replace(entry, depth=depth) for depth, entry in in_order(roots)]


class ModelsPanel(QWidget):
    """A row per model. The files are read in the background."""

    def __init__(self, session: Session, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._background = session, background
        self.rows: list[ModelRow] = []
        self.empty = parts.EmptyState(
            tr("No model is installed: install ChromaDesk again, or train one."), tr("Look again"), self.refresh
        )
        self._list = QWidget()
        self._rows = parts.column(self._list, margins=8, spacing=4)
        self._rows.addStretch(1)
        scroll = parts.scrolled(self._list, tr("Models"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(scroll)
        self._stack.addWidget(self.empty)
        session.dataset_opened.connect(self.refresh)
        session.active.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the list of models anew."""
        state = self._session.dataset.state if self._session.dataset else None
        self._background.run(lambda: entries(state), self._show, self._failed)

    def _show(self, found: list[Entry]) -> None:
        for row in self.rows:
            self._rows.removeWidget(row)
            row.deleteLater()
        earlier = self._session.active.earlier
        self.rows = [
            ModelRow(
                entry,
                entry.path == self._session.active.path,
                lambda path=entry.path: self._session.active.use(path),  # type: ignore[misc]
                (earlier.stem if earlier else "", self._session.active.go_back),
            )
            for entry in found
        ]
        for place, row in enumerate(self.rows):
            self._rows.insertWidget(place, row)
        self._stack.setCurrentIndex(0 if found else 1)

    def _failed(self, error: ChromaDeskError) -> None:
        self._session.notice.emit(str(error), "error")


class ModelRow(QFrame):
    """A model: the accent dot when it is active, and the way ``back`` (to which, by what); else a button that makes it
    active. Indented below what it was made from.
    """

    def __init__(
        self, entry: Entry, active: bool, use: Callable[[], object], back: tuple[str, Callable[[], object]]
    ) -> None:
        super().__init__()
        self.entry, self.active = entry, active
        self._left = 4 + _INDENT * min(entry.depth, _DEEPEST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = parts.row(self, spacing=8)
        layout.setContentsMargins(self._left + 14, 4, 4, 4)
        texts = parts.column(margins=0, spacing=2)
        name = parts.title(entry.path.stem)
        about = parts.meta(entry.about)
        told = "" if entry.problem else "\n" + tr("trained on %Ln photo(s)", "", entry.photos)
        about.setToolTip(plain(f"{entry.path}{told}"))
        texts.addWidget(name)
        texts.addWidget(about)
        layout.addLayout(texts, 1)
        to, go = back
        self.back_button = parts.button(
            tr("Back to {to}", to=to), go, tip=tr("Let it make the proposals again; your masks stay")
        )
        texts.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.back_button.setVisible(active and bool(to))  # shown only once it lies in the row, or it is a window
        self.use_button = parts.button(tr("Use"), use, tip=tr("Make this model propose the masks"))
        layout.addWidget(self.use_button)
        self.use_button.setVisible(not active and not entry.problem)
        state = tr("active") if active else tr("not active")
        self.setAccessibleName(f"{entry.path.stem}, {entry.about}, {state}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.active:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.ACCENT))
            painter.drawEllipse(self._left, 9, 8, 8)
