"""Colours on the clipboard, in the form a person chose last."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from chromadesk import settings
from chromadesk.colour.swatch import Swatch
from chromadesk.colour.written import FORMS, written
from chromadesk.errors import StorageError
from chromadesk.studio.canvas.saying import say_over
from chromadesk.studio.words import tr


def form() -> str:
    """The form chosen last, of FORMS."""
    kept: str = settings.get("copy as")
    return kept if kept in FORMS else "hex"


def copy(widget: QWidget, swatch: Swatch | None, wanted: str = "") -> None:
    """Put a colour on the clipboard and say so at the cursor, over ``widget``'s window; ``wanted``: another form, which
    is used from now on.
    """
    if swatch is None:
        return
    if wanted and wanted != form():
        try:
            settings.put("copy as", wanted)
        except StorageError as error:
            say_over(widget, str(error))
            return
    text = written(swatch, wanted or form())
    QGuiApplication.clipboard().setText(text)
    say_over(widget, tr("Copied {text}", text=text))


def fill(menu: QMenu, widget: QWidget, swatch: Swatch) -> None:
    """Put the forms into ``menu``, the one in use ticked."""
    group = QActionGroup(menu)
    for name in FORMS:
        action = QAction(written(swatch, name), menu)
        action.setCheckable(True)
        action.setChecked(name == form())
        action.triggered.connect(lambda _=False, name=name: copy(widget, swatch, name))
        group.addAction(action)
        menu.addAction(action)
