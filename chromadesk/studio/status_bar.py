"""The bar at the bottom: file, size, colour profile, zoom, state, and that the mask is hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.doubts import words
from chromadesk.studio.opening import open_again
from chromadesk.studio.outside import said
from chromadesk.studio.safety import Safety
from chromadesk.studio.session import Session
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.words import tr

HEIGHT = 24


class StatusBar(QWidget):
    """Follows the session and the canvas."""

    def __init__(self, session: Session, safety: Safety, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._session = session
        self._safety = safety
        self._canvas = canvas
        self._opening = self._listing = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(24)
        names = ("file", "size", "profile", "zoom", "state", "access", "split", "doubt", "overlay", "note")
        self.fields = {name: QLabel("") for name in names}
        for name, label in self.fields.items():
            label.setObjectName("alert" if name == "access" else "meta")
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self.edit = QToolButton()
        self.edit.setText(tr("Open for editing"))
        self.edit.setObjectName("statusbutton")
        self.edit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.edit.setToolTip(tr("Read the data set again, to be changed here from now on"))
        self.edit.clicked.connect(lambda: open_again(session))
        layout.insertWidget(names.index("access") + 1, self.edit)
        self.fields["zoom"].setMinimumWidth(40)
        # What follows stays where it is while strokes come, are kept and saved, and when the photo is approved.
        self._room = _widest(self.fields["state"], ("edited", "approved"))
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
        session.access.changed.connect(self._follow)
        session.keeping.changed.connect(self._follow)
        safety.kept.connect(self._follow)
        safety.changed.connect(self._follow)
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

    def _worry(self) -> str:
        """What stands in the way of saving, in a few words."""
        session = self._session
        if session.refusal:
            return session.refusal
        if session.keeping.trouble:
            return tr("not saved: {reason}", reason=session.keeping.trouble)
        if self._safety.refused:
            return tr("not kept: no disk takes it")
        if session.dataset is not None and (self._safety.away or session.elsewhere):
            return tr("read-only folder: kept on this computer")
        return ""

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
                "state": _state(status, unpainted or bool(self._session.refusal), document.dirty, self._safety.synced),
                "split": tr("kept for testing") if self._kept_for_testing(item.key) else "",
                "doubt": "" if doubt is None or status in ("approved", "excluded") else words(doubt),
                "overlay": _seen(self._canvas.state),
                "note": self._session.index.note(item.key) if self._session.index is not None else "",
            }
        texts["access"] = self._worry()
        self.edit.setVisible(self._session.access.gone)
        self.fields["state"].setMinimumWidth(0 if self._session.refusal else self._room)
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
        self.fields["access"].setToolTip(self._session.keeping.sentence)
        kept = document is not None and document.dirty and self._safety.synced and not self._session.refusal
        self.fields["state"].setToolTip(
            tr("Your strokes are safe on the disk; saving, or going on to another photo, writes the mask")
            if kept
            else ""
        )


def _widest(label: QLabel, statuses: tuple[str, ...]) -> int:
    """The room that ``label`` needs for all that is said of photos in these states, px."""
    label.ensurePolished()
    metrics = label.fontMetrics()
    said = [
        _state(status, False, dirty, kept) for status in statuses for dirty in (False, True) for kept in (False, True)
    ]
    return max(metrics.horizontalAdvance(text) for text in said)


def _state(status: str, bare: bool, dirty: bool, kept: bool) -> str:
    """The state of the photo, and unless ``bare`` where what was painted is: in the mask, or only in the journal."""
    if bare or (dirty and not kept):
        return tr(status)
    return tr("{state}, kept", state=tr(status)) if dirty else tr("{state}, saved", state=tr(status))


def _seen(state: ToolState) -> str:
    """What is not as it usually is about the view, and the key that ends it."""
    told = [] if state.overlay else [tr("mask hidden, Q shows it")]
    if state.overlay and state.fill == 0:
        told.append(tr("outlines only, F fills them"))
    if state.lifted:
        told.append(tr("shadows lifted, O ends it"))
    return "; ".join(told)
