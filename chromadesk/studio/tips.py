"""Texts that name keys: "@save" in one is the key that the command ``save`` has, whatever a person made of it."""

from __future__ import annotations

import re

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

_COMMAND = re.compile(r"@([a-z_]+(?:\.[a-z0-9_]+)?)")
#: Under this name a widget keeps its tip as it was written.
_TIP = "tip_naming_commands"


def with_keys(text: str) -> str:
    """``text`` with the present keys: of a notice, say, that is shown and gone."""
    from chromadesk.studio.keymap import shown  # its table of actions knows panels, and they write keys

    return _COMMAND.sub(lambda found: shown(found[1]) or found[0], text)


def set_tip(widget: QWidget, text: str) -> None:
    """Give ``widget`` a tool tip that goes with the keys."""
    widget.setProperty(_TIP, text)
    widget.setToolTip(with_keys(text))


def plain(text: str) -> str:
    """``text`` for a tool tip that shows what a person typed as it is, also where it looks like HTML."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def follow_keys(top: QWidget) -> None:
    """Keys were changed: write the tips of everything in ``top`` anew."""
    for widget in top.findChildren(QWidget):
        text = widget.property(_TIP)
        if text:
            widget.setToolTip(with_keys(text))
