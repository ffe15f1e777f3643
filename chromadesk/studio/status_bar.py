"""The bar at the bottom: file, size, colour profile, zoom, state, and that the mask is hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.doubts import words
from chromadesk.studio.outside import said
from chromadesk.studio.session import Session
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import tr

HEIGHT = 24


class StatusBar(QWidget):
    """Follows the session and the canvas."""

    def __init__(self, session: Session, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._session = session
        self._canvas = canvas
        self._opening = self._listing = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(24)
        names = ("file", "size", "profile", "zoom", "state", "split", "doubt", "overlay", "note")
        self.fields = {name: QLabel("") for name in names}
        for label in self.fields.values():
            label.setObjectName("meta")
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self.fields["zoom"].setMinimumWidth(40)
        self.fields["note"].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never widens it
        layout.addStretch(1)
        layout.setStretchFactor(self.fields["note"], 100)
        session.opening.changed.connect(self._lists)
        session.photo_opening.connect(self._opens)
        session.photo_opened.connect(self._settled)
        session.opening_failed.connect(self._settled)
        session.history_changed.connect(self._follow)
        session.photo_saved.connect(self._follow)
        session.status_changed.connect(self._follow)
        session.doubts.changed.connect(self._follow)
        canvas.view_changed.connect(self._follow)
        canvas.state.changed.connect(self._follow)
        self._follow()

    def _opens(self, key: str) -> None:
        self._opening = key
        self._follow()

    def _lists(self, folder: str) -> None:
        self._listing = folder
        self._follow()

    def _settled(self, *_: object) -> None:
        self._opening = ""
        self._follow()

    def _kept_for_testing(self, key: str) -> bool:
        dataset = self._session.dataset
        return dataset is not None and key in dataset and dataset[key].split == "test"

    def _follow(self, *_: object) -> None:
        item, photo, document = self._session.item, self._session.photo, self._session.document
        texts = dict.fromkeys(self.fields, "")
        if item is not None and photo is not None and document is not None:
            height, width = document.size
            status = self._session.status(item.key)
            doubt = self._session.doubts.get(item.key)
            unpainted = status == "new" or (status == "proposed" and not document.touched_since_save)
            texts = {
                "file": item.photo.name,
                "size": f"{width} × {height}",
                "profile": said(photo.profile),
                "zoom": f"{self._canvas.transform.scale * 100:.0f} %",
                "state": _state(status, unpainted, document.dirty),
                "split": tr("kept for testing") if self._kept_for_testing(item.key) else "",
                "doubt": "" if doubt is None or status in ("approved", "excluded") else words(doubt),
                "overlay": _seen(self._canvas.state),
                "note": self._session.index.note(item.key) if self._session.index is not None else "",
            }
        if self._opening:
            texts["state"] = tr("opening {opening}…", opening=self._opening)
        elif self._session.dataset is None:
            texts["file"] = tr("No data set open")
        if self._listing:
            texts["state"] = tr("opening {listing}…", listing=self._listing)
        for name, text in texts.items():
            self.fields[name].setText(text)
            self.fields[name].setVisible(bool(text))
        self.fields["note"].setToolTip(texts["note"])


def _state(status: str, unpainted: bool, dirty: bool) -> str:
    """The state of the photo, and whether what was painted is saved."""
    if unpainted:
        return tr(status)
    return tr("{state}, not saved", state=tr(status)) if dirty else tr("{state}, saved", state=tr(status))


def _seen(state: ToolState) -> str:
    """What is not as it usually is about the view, and the key that ends it."""
    told = [] if state.overlay else [tr("mask hidden, Q shows it")]
    if state.overlay and state.fill == 0:
        told.append(tr("outlines only, F fills them"))
    if state.lifted:
        told.append(tr("shadows lifted, O ends it"))
    return "; ".join(told)
