"""Swatches on their way to a board: dragged from wherever one is shown."""

from __future__ import annotations

import json

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from chromadesk.colour.board import Pin

MIME = "application/x-chromadesk-swatch"
_PICTURE = QSize(56, 46)


def packed(pin: Pin) -> QMimeData:
    """``pin`` for a board; for other programs its hex code."""
    data = QMimeData()
    data.setData(MIME, json.dumps(pin.to_json()).encode())
    data.setText(pin.swatch.hex)
    return data


def unpacked(data: QMimeData) -> Pin | None:
    """The pin that is dragged; None for anything else."""
    if not data.hasFormat(MIME):
        return None
    try:
        return Pin.of_json(json.loads(bytes(data.data(MIME).data())))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def drag(widget: QWidget, pin: Pin) -> None:
    """Let the person carry ``pin`` away from ``widget``; returns when it is let go."""
    carried = QDrag(widget)
    carried.setMimeData(packed(pin))
    picture = QPixmap(_PICTURE)
    picture.fill(QColor(*pin.swatch.rgb))
    carried.setPixmap(picture)
    carried.setHotSpot(QPoint(_PICTURE.width() // 2, _PICTURE.height() // 2))
    carried.exec(Qt.DropAction.CopyAction)
