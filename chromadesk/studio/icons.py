"""Icons: 20 px, 1.5 px stroke, one colour, drawn from resources/icons for any screen density."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chromadesk import resources
from chromadesk.studio import theme

SIZE = 20


@functools.cache
def _source(name: str) -> str:
    if name.endswith(".svg"):
        return Path(name).read_text(encoding="utf-8")
    return (resources.folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@functools.cache
def pixmap(name: str, colour: str = theme.TEXT, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """The icon called ``name``, or in the file ``name``.svg, in one colour; ``size`` in logical pixels."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@functools.cache
def icon(name: str) -> QIcon:
    """The icon for a button."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, theme.TEXT, SIZE, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, theme.FAINT, SIZE, ratio), QIcon.Mode.Disabled)
    return made


@functools.cache
def toggle(off: str, on: str) -> QIcon:
    """The icon for a switch of 16 px: quiet while it is off, bright with another picture when it is on."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(off, theme.QUIET, 16, ratio), QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(pixmap(off, theme.TEXT, 16, ratio), QIcon.Mode.Active, QIcon.State.Off)
        made.addPixmap(pixmap(on, theme.TEXT, 16, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


@functools.cache
def plain(name: str, colour: str) -> QIcon:
    """A 16 px icon in one colour, which a selected row does not tint."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(pixmap(name, colour, 16, ratio), mode)
    return made
